"""The organisation chart around somebody: the way up, and who is below, a dozen at a time."""

from dataclasses import dataclass, field
from itertools import pairwise

from people.models import User
from people.streams import lines as reporting

SIZE = 12  # people shown below one another before "37 more"
SHORT, BESIDE = 5, 3  # a way of so many levels has room for so many colleagues beside each
FEW = 6  # so many of the person's own below a longer way, so that it stays one screenful


@dataclass
class Node:
    """One person in the chart. `rest`: how many more stand beside `children`; `after` begins their page."""

    person: User
    below: int
    direct: int
    level: int = 1
    is_current: bool = False
    children: list = field(default_factory=list)
    rest: int = 0
    after: int | None = None


@dataclass
class Chart:
    """What a page shows: `nodes` at the top, and `rest` more after the person `after`."""

    nodes: list
    rest: int = 0
    after: int | None = None
    lines: reporting.Lines | None = None

    def rows(self) -> list[Node]:
        """All shown nodes, upper ones first, for the table."""
        found, waiting = [], list(self.nodes)
        while waiting:
            node = waiting.pop(0)
            found.append(node)
            waiting = node.children + waiting
        return found


def around(person) -> Chart:
    """From the top down to `person` and who reports to them. Four queries."""
    lines = reporting.read()
    way = lines.way(person.pk)
    shown, beside = {}, len(way) <= SHORT
    names = _names([pk for above in (way if beside else way[-1:]) for pk in lines.reports.get(above, ())])
    for above, below in pairwise(way):
        others = [pk for pk in _ordered(lines, above, names) if pk != below] if beside else []
        shown[above] = _with(below, others[:BESIDE], lines, names)
    own = _ordered(lines, person.pk, names)
    shown[person.pk] = own[: SIZE if beside else FEW]
    people = _people([way[0], *(pk for pks in shown.values() for pk in pks)])
    made = {pk: _node(people[pk], lines, is_current=pk == person.pk) for pk in people}
    for above, below in shown.items():
        node = made[above]
        node.children = [made[pk] for pk in below]
        node.rest = node.direct - len(below)
        if above == person.pk and node.rest:
            node.after = below[-1]
    _level([made[way[0]]])
    return Chart([made[way[0]]], lines=lines)


def below(person, *, after: int | None = None) -> Chart:
    """Who reports to `person`, those with people of their own first. Four queries."""
    lines = reporting.read()
    names = _names(lines.reports.get(person.pk, ()))
    return _page(_ordered(lines, person.pk, names), after, lines, level=len(lines.way(person.pk)) + 1)


def tops(*, after: int | None = None) -> Chart:
    """Who has nobody above and people below, the largest first; of a single one also who is below.

    At most five queries.
    """
    lines = reporting.read()
    chart = _page(lines.tops(), after, lines, level=1)
    if len(chart.nodes) == 1 and after is None:
        top = chart.nodes[0]
        names = _names(lines.reports[top.person.pk])
        part = _page(_ordered(lines, top.person.pk, names), None, lines, level=2)
        top.children, top.rest, top.after = part.nodes, part.rest, part.after
    return chart


def faults(lines) -> list[list[User]]:
    """People who manage themselves (alone) and circles (each reports to the next), for people administrators."""
    found = [[pk] for pk in lines.selves] + lines.circles
    people = _people([pk for one in found for pk in one]) if found else {}
    return [[people[pk] for pk in one if pk in people] for one in found]


def _page(ordered, after, lines, *, level):
    start = ordered.index(after) + 1 if after in ordered else 0
    shown = ordered[start : start + SIZE]
    people = _people(shown)
    nodes = [_node(people[pk], lines) for pk in shown if pk in people]
    for node in nodes:
        node.level = level
    rest = len(ordered) - start - len(shown)
    return Chart(nodes, rest, shown[-1] if rest else None, lines)


def _with(own, others, lines, names):
    """Those beside, with the one on the way in their order."""
    if not others:
        return [own]
    return sorted([own, *others], key=lambda pk: _key(pk, lines, names))


def _ordered(lines, above, names):
    return sorted(
        (pk for pk in lines.reports.get(above, ()) if pk in names), key=lambda pk: _key(pk, lines, names)
    )


def _key(pk, lines, names):
    return not lines.below[pk], names[pk]


def _names(pks):
    """{person: their place by name}; one query."""
    found = (
        User.objects.filter(pk__in=pks).order_by("last_name", "first_name", "pk").values_list("pk", flat=True)
    )
    return {pk: place for place, pk in enumerate(found)}


def _people(pks):
    return User.objects.for_cards().in_bulk(pks)


def _node(person, lines, **marks):
    return Node(person, lines.below[person.pk], len(lines.reports.get(person.pk, ())), **marks)


def _level(nodes, level=1):
    """Say how far down each stands."""
    while nodes:
        for node in nodes:
            node.level = level
        nodes, level = [child for node in nodes for child in node.children], level + 1
