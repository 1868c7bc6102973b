"""The stances that can be taken on something, with how many took them."""

from django.utils.translation import gettext as _

from feed.models import Reaction

Kind = Reaction.Kind
ALWAYS = (Kind.THANKS, Kind.AGREE, Kind.DIFFER)
ON_CARDS = (Kind.THANKS,)


def stances(counts, mine, always=ALWAYS) -> tuple[list[dict], list[dict]]:
    """The kinds that are visible (always, or because somebody took them), and those behind "more"."""
    labels = {
        Kind.THANKS: _("Thanks"),
        Kind.AGREE: _("I agree"),
        Kind.DIFFER: _("I see it differently"),
        Kind.CONGRATULATE: _("Congratulations"),
        Kind.SYMPATHISE: _("Sympathy"),
    }
    every = [_stance(kind.value, labels[kind], counts.get(kind, 0), mine == kind) for kind in Kind]
    shown = [one for one in every if one["kind"] in always or one["count"]]
    return shown, [one for one in every if one not in shown]


def _stance(kind, label, count, mine) -> dict:
    return {"kind": kind, "icon": f"icons/{kind}.svg", "label": label, "count": count, "mine": mine}
