"""Reactions: one per person and object (T14)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import announcing, counting
from feed.actions.refusals import Refused
from feed.models import Comment, Post, Reaction
from people.models import User


@transaction.atomic
def react(*, user: User, post: Post, kind: str, comment: Comment | None = None) -> Post | Comment:
    """Set, change or (with the kind that is set already) take back one's stance; counts are right when it returns.

    Returns the post or comment with its new counts. Raises Refused for what is deleted or hidden.
    """
    of = counting.lock_comment(pk=comment.pk) if comment else counting.lock_post(pk=post.pk)
    if (comment and (of.is_gone or of.held_at)) or not (comment or of.is_live):
        raise Refused(_("This is no longer there."))
    mine = Reaction.objects.filter(user=user, post=post, comment=comment)
    if not mine.filter(kind=kind).delete()[0] and not mine.update(kind=kind, created_at=timezone.now()):
        Reaction.objects.create(user=user, post=post, comment=comment, kind=kind)
    counting.count_reactions(of=of)
    announcing.counts_changed(post=post)
    return of


@dataclass(frozen=True)
class NewReaction:
    """One stance for `add_many`."""

    user: User
    post: Post
    kind: str
    comment: Comment | None = None


@transaction.atomic
def add_many(*, reactions: list[NewReaction], created_at=None) -> int:
    """Bring many reactions here (demo, import) with few queries; a second one of the same person is left out.

    Returns how many were given. Counters of the posts and comments concerned are right afterwards.
    """
    when = created_at or timezone.now()
    rows = [
        Reaction(user=one.user, post=one.post, comment=one.comment, kind=one.kind, created_at=when)
        for one in reactions
    ]
    Reaction.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    counting.recount(posts=Post.objects.filter(pk__in={row.post_id for row in rows}))
    return len(rows)
