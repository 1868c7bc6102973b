"""Sharing: a short post with a remark that points at another post and is read by the same people (A9)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed import languages, text
from feed.actions import announcing, counting, drafting, keys, watching
from feed.actions.refusals import Refused
from feed.models import Post
from people.models import User

MAX_CHARS = 2_000


def share(*, post: Post, author: User, body: str, key: str | None = None) -> Post:
    """A new post that shows `post` (of a share: what it shares) under a remark; audience = the original's.

    The same key gives the same post. Raises Refused when the original is no longer published.
    """
    try:
        return _share(post, author, body, key)
    except IntegrityError:  # the key was used elsewhere at the same moment
        made = find_sent(author=author, key=key)
        if made is None:
            raise
        return made


def find_sent(*, author: User, key: str | None) -> Post | None:
    """The post that this key made, if any."""
    kind, _sep, pk = keys.find(user=author, key=key).partition(":")
    return Post.objects.filter(pk=pk, author=author).first() if kind == "post" else None


@transaction.atomic
def _share(post, author, body, key):
    original = counting.lock_post(pk=post.shared_id or post.pk)
    made = find_sent(author=author, key=key)
    if made is not None:
        return made
    if not original.is_live or not original.visible_to(author):
        raise Refused(_("This can no longer be shared."))
    body = text.clean_source(body, max_chars=MAX_CHARS)
    now = timezone.now()
    made = Post.objects.create(
        kind=Post.Kind.POST, state=Post.State.PUBLISHED, author=author, shared=original,
        audience_id=original.audience_id,
        language=languages.guess(body, otherwise=original.language), body=body, body_html=text.render(body),
        published_at=now, last_activity_at=now,
    )  # fmt: skip
    keys.keep(user=author, key=key, result=f"post:{made.pk}")
    announcing.post_published(made)
    watching.watch_by_writing(user=author, post=made)
    drafting.forget(user=author, place=f"share:{post.pk}")
    return made


@transaction.atomic
def delete(*, post: Post, by: User) -> None:
    """Take back one's own short post; what others wrote below it stays in their export, read by nobody."""
    locked = counting.lock_post(pk=post.pk)
    if not locked.editable_by(by):
        raise Refused(_("Only its author can take this back."))
    locked.state = Post.State.DELETED
    locked.save(update_fields=["state"])
