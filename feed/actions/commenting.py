"""Comments: write, let through. Each function is one transaction with the post locked first.

Raises Refused or Conflict (feed.actions.refusals) and changes nothing then; the caller still has the text.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed import languages, text
from feed.actions import (
    announcing,
    attaching,
    citing,
    counting,
    drafting,
    indexing,
    keys,
    mentioning,
    moderating,
    notifying,
    question_notes,
    questions,
    watching,
)
from feed.actions.citing import Quotation
from feed.actions.questions import Ask
from feed.actions.refusals import Refused
from feed.models import Comment, Post
from feed.models.comment import MAX_CHARS
from people.models import User


def add(*, post: Post, author: User, body: str, reply_to: Comment | None = None, attachments=(), key: str | None = None,
        created_at=None, language: str = "", cited: Quotation | None = None,
        ask: Ask | None = None, group_confirmed: bool = False) -> Comment:  # fmt: skip
    """Write a comment or, with `reply_to`, an answer; root and reply_to are kept exactly.

    `attachments`: unsent ones of the author, in order. `key`: the form's idempotency key; the same key gives the same
    comment, and without one so does the same text within 60 s. `created_at`: of an old comment that is brought here
    (import, demo): rules are not asked and nobody is told. `cited`: the paragraph it is about. `ask`: it is a question.
    `group_confirmed`: its writer saw how many a named group is. Raises Refused, mentioning.NeedsConfirmation, and
    ValidationError for a text too long.
    """
    try:
        return _add(
            post, author, body, reply_to, attachments, key, created_at, language, cited, ask, group_confirmed
        )
    except IntegrityError:  # the key was used elsewhere at the same moment
        made = find_sent(author=author, key=key)
        if made is None:
            raise
        return made


def find_sent(*, author: User, key: str | None) -> Comment | None:
    """The comment that this key made, if any: a replay is not counted by rate limits (T11)."""
    kind, _sep, pk = keys.find(user=author, key=key).partition(":")
    return Comment.objects.filter(pk=pk, author=author).first() if kind == "comment" else None


@transaction.atomic
def _add(post, author, body, reply_to, attachments, key, created_at, language, cited, ask, group_confirmed):
    locked = counting.lock_post(pk=post.pk)
    body = text.clean_source(body, max_chars=MAX_CHARS)
    repeated = find_sent(author=author, key=key) or (
        not key and not created_at and _same_text(locked, author, body, reply_to)
    )
    if repeated:
        return repeated
    if created_at is None:
        refuse_if_closed(post=locked, author=author)
        mentioning.check(source=body, by=author, audience_id=locked.audience_id, confirmed=group_confirmed)
    if reply_to is not None:
        reply_to = _answerable(locked, reply_to)
    comment = Comment.objects.create(
        post=locked,
        root_id=reply_to and (reply_to.root_id or reply_to.pk),
        reply_to=reply_to,
        author=author,
        body=body,
        body_html=text.render(body),
        language=language or languages.guess(body),
        created_at=created_at or timezone.now(),
        held_at=timezone.now() if created_at is None and needs_approval(post=locked, author=author) else None,
        **citing.fields(cited=cited),
    )
    attaching.send(attachments=attachments, comment=comment)
    keys.keep(user=author, key=key, result=f"comment:{comment.pk}")
    if ask is not None:
        questions.open_for(post=locked, comment=comment, asker=author, ask=ask, created_at=created_at)
    mentioning.mention(post=locked, comment=comment, by=author, quiet=True)
    indexing.put_comment(comment=comment, is_new=True)
    counting.count_around(comment=comment)
    post.comment_count = locked.comment_count
    if created_at is None:
        _settle(comment)
    return comment


def refuse_if_closed(*, post: Post, author: User) -> None:
    """Raise Refused with the reason when `post` takes no comment from `author` now."""
    if not post.visible_to(author) or not post.is_live:
        raise Refused(_("This conversation is no longer open to you."))
    if post.locked_at is not None:
        raise Refused(_("A moderator locked this conversation: %(reason)s") % {"reason": post.lock_reason})
    if post.comments_closed:
        reason = post.comments_closed_reason or _("The time for comments here is over.")
        raise Refused(_("Comments are closed: %(reason)s") % {"reason": reason})


def needs_approval(*, post: Post, author: User) -> bool:
    """Whether what `author` writes here waits until somebody lets it through."""
    mine = author.pk in (post.author_id, post.posted_by_id)
    return post.comment_rule == Post.CommentRule.APPROVAL and not mine and not author.is_moderator


@transaction.atomic
def approve(*, comment: Comment, by: User) -> Comment:
    """Let a held comment through: everybody sees it, its writer and the watchers are told, the step is logged."""
    post = counting.lock_post(pk=comment.post_id)
    locked = counting.lock_comment(pk=comment.pk)
    locked.post = post
    if not locked.approvable_by(by):
        raise Refused(_("You may not approve comments here."))
    if locked.held_at is None or locked.is_gone:
        return locked
    locked.held_at = None
    locked.save(update_fields=["held_at"])
    counting.count_around(comment=locked)
    moderating.log_approval(comment=locked, by=by)
    _tell(locked)
    question_notes.comment_shown(comment=locked)
    announcing.comment_added(comment=locked)
    return locked


def _settle(comment):
    """What a new comment brings about: its draft goes, its writer watches, others hear of it."""
    drafting.forget(user=comment.author, place=drafting.place(post=comment.post, reply_to=comment.reply_to))
    watching.watch_by_writing(user=comment.author, post=comment.post)
    if comment.held_at:
        notifying.tell_of_held(comment=comment)
    else:
        _tell(comment)
        announcing.comment_added(comment=comment)


def _tell(comment):
    """Whom it answers or names, and who watches: one note each."""
    notifying.tell_of_comment(comment=comment)
    mentioning.tell(post=comment.post, comment=comment)


def _same_text(post, author, body, reply_to):
    """A double click without a key: the same text by the same person at the same place within a minute."""
    since = timezone.now() - timedelta(seconds=keys.SAME_TEXT_SECONDS)
    recent = Comment.objects.filter(
        author=author, post=post, reply_to=reply_to, created_at__gte=since, deleted_at__isnull=True
    )
    return next((comment for comment in recent.order_by("pk") if comment.body == body), None)


def _answerable(post, reply_to):
    """The comment that is answered as it is now, under the post's lock: deleted meanwhile means refused (A33)."""
    now = Comment.objects.select_related("author").filter(pk=reply_to.pk, post=post).first()
    if now is None or now.is_gone or now.held_at:
        raise Refused(
            _(
                "The comment you answer is no longer there. Your text is still here; you can send it as a comment."
            )
        )
    return now
