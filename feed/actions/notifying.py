"""What the bell lists. Nobody hears of what they may not read (A4), of their own doing, or of what they muted."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from feed.models import Comment, Notification, Post, Watch
from people import roles
from people.models import AudienceMember, User

Cause = Notification.Cause


def tell_of_comment(*, comment: Comment) -> None:
    """Who is answered hears "reply"; who watches (and the post's author) hears "comment". Bundled: one open row each.

    Call it inside the transaction that made the comment, after the post was locked. A fixed number of queries.
    """
    post = comment.post
    levels = dict(Watch.objects.filter(post=post).values_list("user_id", "level"))
    muted = {user_id for user_id, level in levels.items() if level == Watch.Level.MUTED}
    answered = {comment.reply_to.author_id} if comment.reply_to_id else set()
    watching = (set(levels) | {post.author_id, post.posted_by_id}) - answered
    gone = muted | {comment.author_id, None}
    for cause, users in ((Cause.REPLY, answered - gone), (Cause.COMMENT, watching - gone)):
        _bundle(_readers(post, users), cause, post, comment)


def tell_of_held(*, comment: Comment) -> None:
    """The post's author and their delegate hear that a comment waits for them; one open row for each conversation."""
    users = {comment.post.author_id, comment.post.posted_by_id} - {None, comment.author_id}
    for user_id in _readers(comment.post, users):
        waiting = Notification.objects.unread().filter(user_id=user_id, post=comment.post, cause=Cause.REVIEW)
        now = timezone.now()
        if not waiting.update(count=F("count") + 1, comment=comment, actor=comment.author, updated_at=now):
            Notification.objects.create(
                user_id=user_id, cause=Cause.REVIEW, post=comment.post, comment=comment, actor=comment.author
            )


def tell_of_moderation(
    *, user_id: int, post: Post, actor: User, verb: str, reason: str, comment: Comment | None = None
) -> None:
    """Somebody hears what was done with their words, and why. Not bundled: each step has its reason.

    `text` is "verb|reason"; the list words it in the reader's language.
    """
    if user_id != actor.pk and _readers(post, {user_id}):
        text = f"{verb}|{reason}"[:500]
        Notification.objects.create(
            user_id=user_id, cause=Cause.MODERATION, post=post, comment=comment, actor=actor, text=text
        )


def tell_of_report(*, post: Post, reporter: User) -> None:
    """Moderators who may read the post hear that the queue has something; one open row each."""
    moderators = User.objects.present().filter(groups__name=roles.MODERATORS).exclude(pk=reporter.pk)
    url = reverse("feed:moderation")
    now = timezone.now()
    for user_id in _readers(post, set(moderators.values_list("pk", flat=True))):
        waiting = Notification.objects.unread().filter(user_id=user_id, cause=Cause.REVIEW, url=url)
        if not waiting.update(count=F("count") + 1, updated_at=now):
            Notification.objects.create(user_id=user_id, cause=Cause.REVIEW, url=url)


def forget_comment(*, comment: Comment) -> None:
    """A comment is gone: unread notes about it go; bundled ones count one less and point at the conversation."""
    rows = Notification.objects.unread().filter(comment=comment).exclude(cause=Cause.MODERATION)
    rows.filter(count__lte=1).delete()
    rows.update(count=F("count") - 1, comment=None, actor=None)


def mark_read(*, user: User, pk: int | None = None) -> int:
    """One notification, or all, of this person; returns how many were unread."""
    rows = Notification.objects.filter(user=user).unread()
    return (rows.filter(pk=pk) if pk else rows).update(read_at=timezone.now())


@transaction.atomic
def _bundle(users, cause, post, comment):
    """Raise the open row of those who have one, write one for the others."""
    if not users:
        return
    open_rows = Notification.objects.unread().filter(user__in=users, post=post, cause=cause)
    has_one = set(open_rows.values_list("user_id", flat=True))
    now = timezone.now()
    open_rows.update(count=F("count") + 1, comment=comment, actor=comment.author, updated_at=now)
    rows = [
        Notification(
            user_id=user_id,
            cause=cause,
            post=post,
            comment=comment,
            actor=comment.author,
            created_at=now,
            updated_at=now,
        )
        for user_id in sorted(users - has_one)
    ]
    Notification.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _readers(post, user_ids: set) -> set:
    """Those of `user_ids` who are active and in the post's audience."""
    if not user_ids:
        return set()
    users = User.objects.present().filter(pk__in=user_ids)
    if post.audience_id is not None:
        users = users.filter(pk__in=AudienceMember.objects.filter(audience=post.audience_id).values("user"))
    return set(users.values_list("pk", flat=True))
