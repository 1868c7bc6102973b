"""What the bell lists. Nobody hears of what they may not read (A4), of their own doing, or of what they muted."""

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from feed.actions import announcing
from feed.models import (
    Comment,
    Community,
    Follow,
    JoinRequest,
    Membership,
    Mention,
    Notification,
    Post,
    Watch,
)
from people import roles
from people.models import AudienceMember, User

Cause = Notification.Cause
# What somebody who muted a person does not hear of. A question to me is work, and stays.
CHATTER = (Cause.MENTION, Cause.SHARE, Cause.KUDOS)


def tell_of_comment(*, comment: Comment) -> None:
    """Who is answered hears "reply"; who watches (and the post's author) hears "comment". Bundled: one open row each.

    Call it inside the transaction that made the comment, after the post was locked. A fixed number of queries.
    """
    post = comment.post
    levels = dict(Watch.objects.filter(post=post).values_list("user_id", "level"))
    muted = {user_id for user_id, level in levels.items() if level == Watch.Level.MUTED}
    answered = {comment.reply_to.author_id} if comment.reply_to_id else set()
    watching = (set(levels) | {post.author_id, post.posted_by_id}) - answered
    if "@" in comment.body:  # who is named hears that instead
        watching -= set(Mention.objects.filter(comment=comment).values_list("user_id", flat=True))
    gone = muted | {comment.author_id, None}
    for cause, users in ((Cause.REPLY, answered - gone), (Cause.COMMENT, watching - gone)):
        told = _readers(post, users)
        _bundle(told, cause, post, comment)
        announcing.bell_rang(user_ids=told)


def tell_of_held(*, comment: Comment) -> None:
    """The post's author and their delegate hear that a comment waits for them; one open row for each conversation."""
    users = {comment.post.author_id, comment.post.posted_by_id} - {None, comment.author_id}
    told = _readers(comment.post, users)
    for user_id in told:
        waiting = Notification.objects.unread().filter(user_id=user_id, post=comment.post, cause=Cause.REVIEW)
        now = timezone.now()
        if not waiting.update(count=F("count") + 1, comment=comment, actor=comment.author, updated_at=now):
            Notification.objects.create(
                user_id=user_id, cause=Cause.REVIEW, post=comment.post, comment=comment, actor=comment.author
            )
    announcing.bell_rang(user_ids=told)


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
        announcing.bell_rang(user_ids=[user_id])


def tell_of_report(
    *, post: Post | None, reporter: User, community: Community | None = None, writer: User | None = None
) -> None:
    """Who may read what is reported and decides about it hears that the queue has something; one open row each.

    Moderators; in a closed community without one its owners, but not about what they wrote (`writer`). Neither post
    nor community: a profile, which everybody may read.
    """
    place = post.community if post is not None and post.community_id else None
    if place is not None and place.keeps_order_itself():
        owners = Membership.objects.filter(community=place, role=Membership.Role.OWNER)
        asked, url = (
            owners.values_list("user_id", flat=True),
            reverse("feed:community_reports", args=[place.slug]),
        )
    else:
        asked = User.objects.with_role(roles.MODERATORS).values_list("pk", flat=True)
        url = reverse("feed:moderation")
    now = timezone.now()
    told = _hearing(set(asked) - {reporter.pk, writer and writer.pk}, Cause.REVIEW, None, community, None)
    told = _readers(post, told) if post is not None else told
    for user_id in told:
        waiting = Notification.objects.unread().filter(user_id=user_id, cause=Cause.REVIEW, url=url)
        if not waiting.update(count=F("count") + 1, updated_at=now):
            Notification.objects.create(user_id=user_id, cause=Cause.REVIEW, url=url)
    announcing.bell_rang(user_ids=told)


@transaction.atomic
def tell(
    *,
    users,
    cause: str,
    post: Post | None = None,
    comment: Comment | None = None,
    community: Community | None = None,
    actor: User | None = None,
    text: str = "",
    url: str = "",
) -> set[int]:
    """One row for each of `users` (people or ids) who may read it; returns their ids. At most six queries.

    Nobody hears of their own doing, of a conversation they muted, or chatter of a person they muted. `comment`
    implies its post. `text` may be "verb|words of a person": the list words the verb in the reader's language.
    """
    post = post or (comment.post if comment else None)
    wanted = {getattr(one, "pk", one) for one in users} - {None, actor and actor.pk}
    if (comment is not None and (comment.is_gone or comment.held_at)) or (
        post is not None and not post.is_live
    ):
        return set()
    wanted = _hearing(wanted, cause, post, community, actor)
    now = timezone.now()
    what = {
        "cause": cause, "post": post, "comment": comment, "community": community, "actor": actor,
        "text": text[:500], "url": url[:1000], "created_at": now, "updated_at": now,
    }  # fmt: skip
    rows = [Notification(user_id=pk, **what) for pk in sorted(wanted)]
    Notification.objects.bulk_create(rows, batch_size=500)
    announcing.bell_rang(user_ids=wanted)
    return wanted


def forget_comment(*, comment: Comment) -> None:
    """A comment is gone: unread notes about it go; bundled ones count one less and point at the conversation."""
    rows = Notification.objects.unread().filter(comment=comment).exclude(cause=Cause.MODERATION)
    announcing.bell_rang(user_ids=rows.values_list("user_id", flat=True))
    rows.filter(count__lte=1).delete()
    rows.update(count=F("count") - 1, comment=None, actor=None)


def mark_read(*, user: User, pk: int | None = None) -> int:
    """One notification, or all, of this person; returns how many were unread."""
    rows = Notification.objects.filter(user=user).unread()
    done = (rows.filter(pk=pk) if pk else rows).update(read_at=timezone.now())
    if done:
        announcing.bell_rang(user_ids=[user.pk])
    return done


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


def _hearing(wanted: set, cause, post, community, actor) -> set:
    """Those of `wanted` who may read what it is about and did not mute it."""
    if community is not None:
        wanted = _knowing(community, wanted)
    if post is not None:
        wanted = _readers(post, wanted)
        muted = Watch.objects.filter(post=post, level=Watch.Level.MUTED, user__in=wanted)
        wanted -= set(muted.values_list("user_id", flat=True))
    elif community is None:
        wanted = set(User.objects.present().filter(pk__in=wanted).values_list("pk", flat=True))
    if actor is not None and cause in CHATTER:
        muted = Follow.objects.filter(follower__in=wanted, user=actor, muted=True)
        wanted -= set(muted.values_list("follower_id", flat=True))
    return wanted


def _knowing(community, user_ids: set) -> set:
    """Those of `user_ids` who are active and may know that the community exists: all, or members and the asked in."""
    users = User.objects.present().filter(pk__in=user_ids)
    if community.kind == Community.Kind.CLOSED:
        members = AudienceMember.objects.filter(audience=community.audience_id).values("user")
        asked_in = JoinRequest.objects.filter(
            community=community, invited_by__isnull=False, state=JoinRequest.State.OPEN
        ).values("user")
        users = users.filter(Q(pk__in=members) | Q(pk__in=asked_in))
    return set(users.values_list("pk", flat=True))
