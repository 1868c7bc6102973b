"""Numbers beside tabs and filters, over nothing but what the reader may see; beyond MANY they only say "more"."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from intranet.search import choosing
from intranet.search.finding import KINDS, MANY, Found, fits


@dataclass(frozen=True)
class Count:
    """`text` as shown; `number` of what was looked at, `is_more` when there are more than that."""

    number: int
    is_more: bool = False

    @property
    def text(self) -> str:
        """ "38", or "200+"."""
        shown = number_format(min(self.number, MANY), use_l10n=True, force_grouping=True)
        return f"{shown}+" if self.is_more else shown


@dataclass(frozen=True)
class Choice:
    """One tab or one value of a filter."""

    label: str
    count: Count
    value: str = ""
    url: str = ""
    is_current: bool = False


def bounded(number: int, is_full: bool = False) -> Count:
    """The number of hits as it is shown."""
    return Count(number, number > MANY or (is_full and number > 0))


def tabs(found: Found, lists: dict, data: dict, link) -> list[Choice]:
    """Everything, then the kinds that have something; the current one always."""
    labels = {
        "": _("Everything"), "answers": _("Answers"), "articles": _("Blogs"), "posts": _("Feed"),
        "comments": _("Comments"), "people": _("People"), "communities": _("Communities"), "tags": _("Tags"),
    }  # fmt: skip
    passing = [hit for hit in found.base if fits(hit, data, found.answers, but="kind")]
    numbers = {"": len(passing), "answers": sum(hit.comment_id in found.answers for hit in passing)}
    numbers |= {kind: sum(hit.kind == stored for hit in passing) for kind, stored in KINDS.items()}
    counts = {kind: bounded(number, found.is_full) for kind, number in numbers.items()}
    counts |= {kind: Count(len(rows)) for kind, rows in lists.items()}
    return [
        Choice(label, counts[kind], kind, link(kind=kind), kind == data["kind"])
        for kind, label in labels.items()
        if not kind or counts[kind].number or kind == data["kind"]
    ]


def counted(found: Found, data: dict, form) -> dict[str, list[Choice]]:
    """{"period": choices, "language": choices}, each value with what it would leave."""
    made = {}
    for name in ("period", "language"):
        passing = [hit for hit in found.base if fits(hit, data, found.answers, but=name)]
        made[name] = [
            Choice(
                label,
                bounded(sum(_is_in(hit, name, value) for hit in passing), found.is_full),
                value,
                is_current=value == data[name],
            )
            for value, label in form.fields[name].choices
        ]
    return made


def _is_in(hit, name, value):
    if name == "language":
        return not value or hit.language == value
    start = choosing.since(value)
    return start is None or hit.published_at >= start
