"""Sharing: a short post with a remark that points at another post and is read by the same people (A9)."""

from django.utils.translation import gettext as _

from feed.actions import mentioning, posting
from feed.actions.refusals import Refused
from feed.models import Post
from people.models import User


def share(
    *, post: Post, author: User, body: str, key: str | None = None, confirm_group: bool = False
) -> Post:
    """A new post that shows `post` (of a share: what it shares) under a remark; audience = the original's.

    One hop: a share of a share points at the original. The original's author hears of it. The same key gives the same
    post. `confirm_group`: its writer saw how many a named group is. Raises mentioning.NeedsConfirmation, and Refused
    when the original is no longer published.
    """
    original = post.shared if post.shared_id else post
    if original is None or not original.is_live or not original.visible_to(author):
        made = posting.find_sent(author=author, key=key)
        if made is None:
            raise Refused(_("This can no longer be shared."))
        return made
    mentioning.check(source=body, by=author, audience_id=original.audience_id, confirmed=confirm_group)
    return posting.add(author=author, body=body, key=key, audience=original.audience, shared=original)


def find_sent(*, author: User, key: str | None) -> Post | None:
    """The post that this key made, if any."""
    return posting.find_sent(author=author, key=key)
