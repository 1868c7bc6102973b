"""Comments: change, take back. Each function is one transaction with the post locked first.

Raises Refused or Conflict (feed.actions.refusals) and changes nothing then; the caller still has the text.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed import languages, text
from feed.actions import (
    announcing,
    commenting,
    counting,
    drafting,
    indexing,
    mentioning,
    notifying,
    question_log,
)
from feed.actions.refusals import Conflict, Refused
from feed.models import Comment, CommentVersion
from feed.models.comment import MAX_CHARS, SILENT_EDIT_SECONDS
from people.models import User

UNDO_SECONDS = 10
UNDO_GRACE = 5  # the request's way to us


@transaction.atomic
def edit(*, comment: Comment, editor: User, body: str, version: int) -> Comment:
    """Change the wording. In the first 15 minutes silently; later the old wording is kept and the comment marked.

    `version` is the one that the editor saw; another one raises Conflict with the comment as it is now (A33, T16).
    """
    post = counting.lock_post(pk=comment.post_id)
    locked = counting.lock_comment(pk=comment.pk)
    locked.post = post
    if not locked.editable_by(editor):
        raise Refused(_("This comment can no longer be changed."))
    body = text.clean_source(body, max_chars=MAX_CHARS)
    if body == locked.body:
        return locked
    if locked.version != version:
        raise Conflict(locked)
    mentioning.check_change(before=locked.body, source=body, by=editor)
    now = timezone.now()
    if now - locked.created_at > timedelta(seconds=SILENT_EDIT_SECONDS):
        written_at = locked.edited_at or locked.created_at
        CommentVersion.objects.create(
            comment=locked,
            version=locked.version,
            body=locked.body,
            body_html=locked.body_html,
            written_at=written_at,
        )
        locked.edited_at = now
    locked.body, locked.body_html = body, text.render(body)
    locked.language, locked.version = languages.guess(body, otherwise=locked.language), locked.version + 1
    was_shown = locked.held_at is None
    if was_shown and commenting.needs_approval(post=post, author=editor):
        locked.held_at = now
    locked.save(update_fields=["body", "body_html", "language", "version", "edited_at", "held_at"])
    mentioning.mention(post=post, comment=locked, by=editor)
    indexing.put_comment(comment=locked)
    drafting.forget(user=editor, place=f"edit:{locked.pk}")
    if was_shown and locked.held_at:
        counting.count_around(comment=locked)
        notifying.tell_of_held(comment=locked)
    return locked


@transaction.atomic
def delete(*, comment: Comment, by: User) -> Comment:
    """Take back one's own comment. The row stays: a tombstone where somebody answered, otherwise shown nowhere."""
    return _set_deleted(comment, by, timezone.now())


@transaction.atomic
def undelete(*, comment: Comment, by: User) -> Comment:
    """Undo one's own deletion within 10 seconds. Raises Refused later."""
    return _set_deleted(comment, by, None)


def _set_deleted(comment, by, when):
    post = counting.lock_post(pk=comment.post_id)
    locked = counting.lock_comment(pk=comment.pk)
    locked.post = post
    if locked.author_id != by.pk or not post.visible_to(by):
        raise Refused(_("Only its writer can take a comment back."))
    if when is None and locked.deleted_at is not None:
        if timezone.now() - locked.deleted_at > timedelta(seconds=UNDO_SECONDS + UNDO_GRACE):
            raise Refused(_("The time to undo this is over."))
    elif when is not None and locked.deleted_at is not None:
        return locked
    locked.deleted_at = when
    locked.save(update_fields=["deleted_at"])
    counting.count_around(comment=locked)
    announcing.counts_changed(post=post)
    if when is not None:
        notifying.forget_comment(comment=locked)
        question_log.comment_gone(comment=locked, by=by)
    else:
        question_log.comment_back(comment=locked, by=by)
    return locked
