"""The stances that can be taken on something, with how many took them."""

from django.utils.translation import gettext as _

from feed.models import Reaction

Kind = Reaction.Kind
ALWAYS = (Kind.THANKS, Kind.AGREE, Kind.DIFFER)


def stances(counts, mine, *, card=False) -> tuple[list[dict], list[dict]]:
    """The kinds that are visible (always, or because somebody took them), and those behind "more".

    On a card: thanks, mine, and the most frequent one.
    """
    labels = {
        Kind.THANKS: _("Thanks"),
        Kind.AGREE: _("I agree"),
        Kind.DIFFER: _("I see it differently"),
        Kind.CONGRATULATE: _("Congratulations"),
        Kind.SYMPATHISE: _("Sympathy"),
    }
    every = [_stance(kind.value, labels[kind], counts.get(kind, 0), mine == kind) for kind in Kind]
    if card:
        most = max(every, key=lambda one: one["count"])
        shown = [one for one in every if one["kind"] == Kind.THANKS or one["mine"] or one is most]
    else:
        shown = [one for one in every if one["kind"] in ALWAYS or one["count"]]
    return shown, [one for one in every if one not in shown]


def _stance(kind, label, count, mine) -> dict:
    return {"kind": kind, "icon": f"icons/{kind}.svg", "label": label, "count": count, "mine": mine}
