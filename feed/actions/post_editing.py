"""Posts: change, take back, give to other readers. Each function is one transaction with the post locked first.

Raises Refused or Conflict (feed.actions.refusals) and changes nothing then; the caller still has the text.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed import languages, text
from feed.actions import addressing, announcing, counting, drafting, indexing, mentioning, post_rules, tagging
from feed.actions.refusals import Conflict, Refused
from feed.models import Comment, Community, Notification, Post, PostVersion, TaggedPost
from feed.models.post import MAX_CHARS, SHARE_CHARS, SILENT_EDIT_SECONDS
from people.models import Audience, User

UNDO_SECONDS = 10
UNDO_GRACE = 5  # the request's way to us
EDITABLE = (Post.State.PUBLISHED, Post.State.SCHEDULED, Post.State.HELD)


def most_chars(*, post: Post) -> int:
    """How long its text may be: a remark has more room. What is longer already may stay so."""
    return max(SHARE_CHARS if post.shared_id else MAX_CHARS, len(post.body))


@transaction.atomic
def edit(*, post: Post, editor: User, body: str, version: int) -> Post:
    """Change the wording. In the first 15 minutes silently; later the old wording is kept and the post marked.

    `version` is the one that the editor saw; another one raises Conflict with the post as it is now (A33, T16).
    New names in it are told, nobody twice (A21).
    """
    locked = _lock_own(post, editor)
    body = text.clean_source(body, max_chars=most_chars(post=locked))
    if body == locked.body:
        return locked
    if locked.version != version:
        raise Conflict(locked)
    _refuse_change(locked, body)
    if _is_marked(locked):
        PostVersion.objects.create(
            post=locked, version=locked.version, body=locked.body, body_html=locked.body_html,
            written_at=locked.edited_at or locked.published_at,
        )  # fmt: skip
        locked.edited_at = timezone.now()
    locked.body, locked.body_html = body, text.render(body)
    locked.language, locked.version = languages.guess(body, otherwise=locked.language), locked.version + 1
    locked.save(update_fields=["body", "body_html", "language", "version", "edited_at"])
    drafting.forget(user=editor, place=place(post=locked))
    tagging.tag(post=locked)
    mentioning.mention(post=locked, by=editor)
    indexing.put_post(post=locked)
    return locked


def place(*, post: Post) -> str:
    """Under which name the draft of a change is kept."""
    return f"post:{post.pk}"


@transaction.atomic
def retarget(
    *, post: Post, by: User, audience: Audience | None = None, community: Community | None = None
) -> Post:
    """Give a post to other readers, at once (A4). Refused as soon as somebody has answered: they wrote for these.

    A question to somebody who cannot read it any more is for everybody then (feed.actions.addressing).
    """
    locked = _lock_own(post, by)
    if community is not None and locked.shared_id:
        raise Refused(_("A share is read by those who read the original."))
    reason = audience_fixed(post=locked)
    if reason:
        raise Refused(reason)
    locked.audience, locked.community = audience, community
    post_rules.refuse_unless_inside(post=locked)
    if community is not None:
        locked.audience_id = locked.community.readers_id
    locked.save(update_fields=["audience", "community"])
    mentioning.mention(post=locked, by=by, quiet=True)
    addressing.recheck(posts=[locked], by=by)
    return locked


def audience_fixed(*, post: Post) -> str:
    """Why its readers can no longer be changed, or "". One query at most."""
    if post.shared_id:
        return _("A share is read by those who read the original.")
    if Comment.objects.filter(post=post, deleted_at__isnull=True).exists():
        return _(
            "Somebody has answered already, for the people who could read it. Delete the post and write it anew "
            "if others shall read it."
        )
    return ""


@transaction.atomic
def delete(*, post: Post, by: User) -> Post:
    """Take back one's own post, published or waiting; what others wrote below stays in their export, read by nobody."""
    locked = counting.lock_post(pk=post.pk)
    if locked.state == Post.State.DELETED and locked.author_id == by.pk:
        return locked
    if not locked.editable_by(by):
        raise Refused(_("Only its author can take this back."))
    locked.state, locked.deleted_at = Post.State.DELETED, timezone.now()
    locked.save(update_fields=["state", "deleted_at"])
    TaggedPost.objects.filter(content_object=locked).update(published_at=None)
    _bells_rang(locked)
    return locked


@transaction.atomic
def undelete(*, post: Post, by: User) -> Post:
    """Undo one's own deletion within 10 seconds; it is again what it was. Raises Refused later."""
    locked = counting.lock_post(pk=post.pk)
    outside = locked.audience_id is not None and locked.audience_id not in by.access.audience_ids
    if locked.author_id != by.pk or not locked.is_short or outside:
        raise Refused(_("Only its author can bring this back."))
    if locked.state != Post.State.DELETED:
        return locked
    if locked.deleted_at is None or timezone.now() - locked.deleted_at > timedelta(
        seconds=UNDO_SECONDS + UNDO_GRACE
    ):
        raise Refused(_("The time to undo this is over."))
    if locked.published_at:
        locked.state = Post.State.PUBLISHED
    else:
        locked.state = Post.State.SCHEDULED if locked.publish_at else Post.State.HELD
    locked.deleted_at = None
    locked.save(update_fields=["state", "deleted_at"])
    tagging.set_published(post=locked)
    _bells_rang(locked)
    return locked


def _lock_own(post, user):
    locked = counting.lock_post(pk=post.pk)
    if not locked.editable_by(user) or locked.state not in EDITABLE or locked.hidden_at is not None:
        raise Refused(_("This post can no longer be changed."))
    return locked


def _refuse_change(post, body):
    if not body and not (post.kind == Post.Kind.POST and post.attachments.filter(comment=None).exists()):
        raise Refused(_("Write something first."))
    if post.kind == Post.Kind.POLL and post.poll.voter_count:
        raise Refused(_("Somebody has voted already, so the question stays as it is."))


def _is_marked(post) -> bool:
    """Whether readers may have taken note of the present wording."""
    silent = timedelta(seconds=SILENT_EDIT_SECONDS)
    return post.published_at is not None and timezone.now() - post.published_at > silent


def _bells_rang(post):
    """The bell's number of those who were told of it follows; the list hides what cannot be read."""
    told = Notification.objects.unread().filter(post=post)
    announcing.bell_rang(user_ids=told.values_list("user_id", flat=True))
