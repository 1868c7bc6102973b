"""Who reports to whom, read as a whole: two narrow queries for everybody, so that every number below is right at once.

What a directory says can be wrong: people who manage themselves, and circles. They are drawn from the one with the
lowest number, and named to those who can mend them. Who reports to somebody who left hangs below the next one above.
"""

from dataclasses import dataclass, field

from people.models import User


@dataclass
class Lines:
    """`above` {person: manager or None}, `reports` {manager: people}, `below` {person: how many in all}, by number."""

    above: dict = field(default_factory=dict)
    reports: dict = field(default_factory=dict)
    below: dict = field(default_factory=dict)
    selves: list = field(default_factory=list)
    circles: list = field(default_factory=list)

    def way(self, pk) -> list[int]:
        """From the top down to `pk`, which is the last."""
        found = [pk]
        while (pk := self.above[pk]) is not None:
            found.append(pk)
        return found[::-1]

    def tops(self) -> list[int]:
        """Who has people below and nobody above, the largest first."""
        found = [pk for pk, manager in self.above.items() if manager is None and self.below[pk]]
        return sorted(found, key=lambda pk: (-self.below[pk], pk))

    def alone(self) -> int:
        """How many have nobody above and nobody below."""
        return sum(manager is None and not self.below[pk] for pk, manager in self.above.items())


def read() -> Lines:
    """The lines of present people. Two queries."""
    managers = dict(User.objects.present().values_list("pk", "manager_id"))
    left = User.objects.filter(is_active=False, reports__isnull=False)
    gone = dict(left.values_list("pk", "manager_id").distinct())
    lines = Lines()
    for pk in sorted(managers):
        if managers[pk] == pk:
            lines.selves.append(pk)
        lines.above[pk] = _present(pk, managers, gone)
    _open_circles(lines)
    _count(lines)
    return lines


def _present(pk, managers, gone):
    """The next one above who is here, or None."""
    above, seen = managers[pk], {pk}
    while above in gone and above not in seen:
        seen.add(above)
        above = gone[above]
    return above if above in managers and above not in seen else None


def _open_circles(lines):
    """Everybody is climbed through once. A circle is cut above its lowest number."""
    done = set()
    for start in lines.above:
        path, pk = {}, start
        while pk is not None and pk not in done and pk not in path:
            path[pk] = len(path)
            pk = lines.above[pk]
        if pk in path:
            circle = list(path)[path[pk] :]
            first = circle.index(min(circle))
            lines.circles.append(circle[first:] + circle[:first])
            lines.above[min(circle)] = None
        done.update(path)


def _count(lines):
    """Reports, and from the leaves upwards how many are below."""
    for pk, manager in lines.above.items():
        if manager is not None:
            lines.reports.setdefault(manager, []).append(pk)
    order = [pk for pk, manager in lines.above.items() if manager is None]
    for pk in order:  # grows while it is read
        order.extend(lines.reports.get(pk, ()))
    lines.below = dict.fromkeys(order, 0)
    for pk in reversed(order):
        if (manager := lines.above[pk]) is not None:
            lines.below[manager] += lines.below[pk] + 1
