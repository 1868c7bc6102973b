"""What newcomers may follow of the talk: the topics of the last week (people.welcome)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from feed.actions import following
from feed.models import Follow, Tag
from feed.streams import topics
from people.welcome import Choice, Step

SHOWN = 12


def load(user) -> list[Choice]:
    """The week's topics that `user` may see, most talked about first. Two queries."""
    mine = set(
        Follow.objects.filter(follower=user, muted=False, tag__isnull=False).values_list(
            "tag__slug", flat=True
        )
    )
    return [
        Choice(
            value=topic["slug"],
            label=f"#{topic['name']}",
            hint=ngettext("%(n)s post this week", "%(n)s posts this week", topic["number"])
            % {"n": topic["number"]},
            is_chosen=topic["slug"] in mine,
        )
        for topic in topics.of_week(user, size=SHOWN)
    ]


def save(user, chosen: dict[str, bool]) -> None:
    """Follow what is ticked, no longer what is not."""
    for tag in Tag.objects.filter(slug__in=chosen):
        act = following.follow if chosen[tag.slug] else following.unfollow
        act(follower=user, tag=tag)


STEP = Step(
    "topics",
    title=_("Topics"),
    text=_("Posts and articles with these tags come into your feed."),
    load=load,
    save=save,
)
