"""Thanks as readers see them. No number of them is shown anywhere."""

from dataclasses import dataclass

from feed.models import Post, Thanked
from people.models import User
from people.prepared import Prepared


@dataclass(frozen=True)
class Praise:
    """Whom a post thanks, and the company's value it is given for, or None."""

    people: list[User]
    value: str | None


def attach(posts) -> None:
    """Give each post its `praise`, or None. One query, or none if no thanks are among them."""
    thanking = {post.pk: post for post in posts if post.kind == Post.Kind.KUDOS}
    for post in posts:
        post.praise = Praise([], None) if post.kind == Post.Kind.KUDOS else None
    if not thanking:
        return
    for one in _thanked(None, posts=list(thanking)):
        value = one.kudos.value.name if one.kudos.value else None
        people = [*thanking[one.kudos.post_id].praise.people, one.user]
        thanking[one.kudos.post_id].praise = Praise(people, value)


@Prepared
def _thanked(posts):
    rows = Thanked.objects.filter(kudos__post__in=posts).order_by("pk")
    return rows.select_related("kudos__value", "user__department", "user__location")
