"""Thanks as readers see them. No number of them is shown anywhere."""

from dataclasses import dataclass

from django.db.models import Prefetch

from feed.models import Kudos, Post, Thanked
from people.models import User


@dataclass(frozen=True)
class Praise:
    """Whom a post thanks, and the company's value it is given for, or None."""

    people: list[User]
    value: str | None


def attach(posts) -> None:
    """Give each post its `praise`, or None. Two queries, or none if no thanks are among them."""
    thanking = {post.pk: post for post in posts if post.kind == Post.Kind.KUDOS}
    for post in posts:
        post.praise = None
    if not thanking:
        return
    thanked = Thanked.objects.select_related("user__department", "user__location").order_by("pk")
    rows = Kudos.objects.filter(post__in=thanking).select_related("value")
    for kudos in rows.prefetch_related(Prefetch("thanks", thanked)):
        people = [one.user for one in kudos.thanks.all()]
        thanking[kudos.post_id].praise = Praise(people, kudos.value.name if kudos.value else None)
