"""What the conversation holds of a person: their export, what is revoked when they leave, and erasure (A12, A34)."""

from django.db import transaction
from django.utils import timezone

from feed.actions import attaching, counting, indexing
from feed.models import (
    Attachment,
    Bookmark,
    Comment,
    CommentVersion,
    Draft,
    Follow,
    IdempotencyKey,
    ModerationStep,
    Notification,
    Post,
    PostVersion,
    Reaction,
    Report,
    Watch,
)  # fmt: skip
from people import registries

WRITTEN = {
    "feed.Post.author",
    "feed.Post.posted_by",
    "feed.Comment.author",
    "feed.Attachment.owner",
    "feed.Draft.user",
    "feed.SearchEntry.author",
}
LIKED = {
    "feed.Reaction.user",
    "feed.Bookmark.user",
    "feed.Follow.follower",
    "feed.Follow.user",
    "feed.Watch.user",
}
TOLD = {"feed.Notification.user", "feed.Notification.actor", "feed.IdempotencyKey.user"}
MODERATED = {
    "feed.Report.reporter", "feed.Report.decided_by", "feed.ModerationStep.moderator", "feed.ModerationStep.affected",
    "feed.Comment.hidden_by", "feed.Post.hidden_by", "feed.Pin.pinned_by",
}  # fmt: skip


def written(*, user):
    """Posts, comments with their earlier wordings, pictures and drafts; also under posts that were withdrawn."""
    posts = Post.objects.filter(author=user)
    comments = Comment.objects.filter(author=user)
    versions = CommentVersion.objects.filter(comment__author=user)
    post_versions = PostVersion.objects.filter(post__author=user)
    pictures, drafts = Attachment.objects.filter(owner=user), Draft.objects.filter(user=user)
    times = ("created_at", "publish_at", "published_at", "edited_at", "deleted_at")
    said = ("pk", "post_id", "body", "created_at", "edited_at", "deleted_at", "hidden_reason")
    return {
        "posts": list(posts.values("pk", "kind", "state", "body", "language", *times)),
        "earlier_wordings_of_posts": list(post_versions.values("post_id", "version", "body", "written_at")),
        "comments": list(comments.values(*said)),
        "earlier_wordings": list(versions.values("comment_id", "version", "body", "written_at")),
        "pictures": list(pictures.values("pk", "kind", "name", "alt", "credit", "size", "created_at")),
        "drafts": list(drafts.values("place", "body", "data", "updated_at")),
    }


def liked(*, user):
    """Reactions, bookmarks, follows and watches."""
    reactions, bookmarks = Reaction.objects.filter(user=user), Bookmark.objects.filter(user=user)
    follows, watches = Follow.objects.filter(follower=user), Watch.objects.filter(user=user)
    return {
        "reactions": list(reactions.values("post_id", "comment_id", "kind", "created_at")),
        "bookmarks": list(bookmarks.values("post_id", "comment_id", "created_at")),
        "follows": list(follows.values("user__handle", "tag__name", "page__title", "muted", "created_at")),
        "watches": list(watches.values("post_id", "level", "created_at")),
    }


def told(*, user):
    """The bell."""
    rows = Notification.objects.filter(user=user)
    return list(rows.values("cause", "post_id", "comment_id", "text", "created_at", "read_at"))


def moderated(*, user):
    """Reports the person made and steps they took or were affected by, without the names of others."""
    made = Report.objects.filter(reporter=user).values("rule", "text", "created_at", "outcome", "note")
    taken = ModerationStep.objects.filter(moderator=user).values("verb", "reason", "created_at")
    affecting = ModerationStep.objects.filter(affected=user).values("verb", "reason", "created_at")
    return {"reports_made": list(made), "steps_taken": list(taken), "steps_affecting_me": list(affecting)}


@transaction.atomic
def hold_scheduled(*, user):
    """Leaving: what was to appear later waits for a colleague's decision; unsent drafts and keys go."""
    Post.objects.filter(author=user, state=Post.State.SCHEDULED).update(
        state=Post.State.HELD, publish_at=None
    )
    Draft.objects.filter(user=user).delete()
    IdempotencyKey.objects.filter(user=user).delete()


@transaction.atomic
def erase_written(*, user, keep_content):
    """Keep what was said under the anonymous name, or take comments and short posts away; counts stay right."""
    Draft.objects.filter(user=user).delete()
    if keep_content:
        return
    for attachment in Attachment.objects.filter(owner=user):
        attaching.drop(attachment=attachment)
    indexing.forget(user=user)
    CommentVersion.objects.filter(comment__author=user).delete()
    mine = Comment.objects.filter(author=user)
    touched = {pk: set() for pk in mine.values_list("post_id", flat=True)}
    for post_id, root_id in mine.values_list("post_id", "root_id"):
        touched[post_id].add(root_id)
    mine.update(body="", body_html="", deleted_at=timezone.now())
    PostVersion.objects.filter(post__author=user).delete()
    Post.objects.filter(author=user, kind__in=Post.SHORT).update(
        body="", body_html="", state=Post.State.DELETED, deleted_at=timezone.now()
    )
    for post_id, roots in touched.items():
        counting.count_comments(post=counting.lock_post(pk=post_id))
        for root_id in roots:
            counting.count_replies(root_id=root_id)


@transaction.atomic
def erase_liked(*, user, keep_content):
    """Reactions go and their counts follow; bookmarks, follows and watches go."""
    posts = set(Reaction.objects.filter(user=user, comment=None).values_list("post_id", flat=True))
    comments = set(
        Reaction.objects.filter(user=user).exclude(comment=None).values_list("comment_id", flat=True)
    )
    for model in (Reaction, Bookmark, Watch):
        model.objects.filter(user=user).delete()
    Follow.objects.filter(follower=user).delete()
    Follow.objects.filter(user=user).delete()
    for pk in sorted(posts):
        counting.count_reactions(of=counting.lock_post(pk=pk))
    for pk in sorted(comments):
        counting.count_reactions(of=counting.lock_comment(pk=pk))


@transaction.atomic
def erase_told(*, user, keep_content):
    """The bell, what it told others by name, and keys."""
    Notification.objects.filter(user=user).delete()
    Notification.objects.filter(actor=user).update(actor=None)
    IdempotencyKey.objects.filter(user=user).delete()


@transaction.atomic
def erase_moderated(*, user, keep_content):
    """Texts of reports go; the log of steps stays, naming the anonymous row: it belongs to those affected."""
    Report.objects.filter(reporter=user).update(text="")


def register():
    """Called when the app is ready."""
    for name, export, erase, covers in (
        ("written", written, erase_written, WRITTEN),
        ("reactions", liked, erase_liked, LIKED),
        ("notifications", told, erase_told, TOLD),
        ("moderation", moderated, erase_moderated, MODERATED),
    ):
        registries.export.register(name, export, covers)
        registries.erasure.register(name, erase, covers)
    registries.leaving.register("feed", hold_scheduled)
