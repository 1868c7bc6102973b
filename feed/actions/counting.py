"""Counters: each is recomputed from the rows by one function, under the lock of the row that carries it (A27).

Lock order is always post before comment. `no_key`: rows that merely point here may be written meanwhile (PostgreSQL).
"""

from django.db import transaction
from django.db.models import Count, Max, Q

from feed.actions import counting_votes
from feed.models import Comment, Community, Membership, Post, Reaction

BATCH = 500


def lock_post(*, pk: int) -> Post:
    """The post, locked until the transaction ends. Raises Post.DoesNotExist."""
    return Post.objects.select_for_update(no_key=True).get(pk=pk)


def lock_comment(*, pk: int) -> Comment:
    """The comment, locked until the transaction ends. Raises Comment.DoesNotExist."""
    return Comment.objects.select_for_update(no_key=True).get(pk=pk)


def lock_community(*, pk: int) -> Community:
    """The community, locked until the transaction ends; before any post of it. Raises Community.DoesNotExist."""
    return Community.objects.select_for_update(no_key=True).get(pk=pk)


def count_members(*, community: Community) -> None:
    """Set member_count of a locked community, also on the given instance."""
    community.member_count = Membership.objects.filter(community=community).count()
    Community.objects.filter(pk=community.pk).update(member_count=community.member_count)


def count_comments(*, post: Post) -> None:
    """Set comment_count and last_activity_at of a locked post, also on the given instance."""
    found = Comment.objects.shown().filter(post=post).aggregate(n=Count("pk"), newest=Max("created_at"))
    post.comment_count = found["n"]
    post.last_activity_at = max(filter(None, (found["newest"], post.published_at)), default=None)
    Post.objects.filter(pk=post.pk).update(
        comment_count=post.comment_count, last_activity_at=post.last_activity_at
    )


def count_replies(*, root_id: int | None) -> None:
    """Set reply_count of a root; nothing for None. Call it with the post locked."""
    if root_id is not None:
        shown = Comment.objects.shown().filter(root_id=root_id).count()
        Comment.objects.filter(pk=root_id).update(reply_count=shown)


def count_around(*, comment: Comment) -> None:
    """What changes with one comment: its post's counter and its root's. Call it with the post locked."""
    count_comments(post=comment.post)
    count_replies(root_id=comment.root_id)


def count_reactions(*, of: Post | Comment) -> None:
    """Set reaction_counts (and a comment's support) of a locked post or comment, also on the given instance."""
    if isinstance(of, Post):
        rows = Reaction.objects.filter(post=of, comment__isnull=True)
    else:
        rows = Reaction.objects.filter(comment=of)
    of.reaction_counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    fields = {"reaction_counts": of.reaction_counts}
    if isinstance(of, Comment):
        fields["support"] = of.support = support(counts=of.reaction_counts)
    type(of).objects.filter(pk=of.pk).update(**fields)


def support(*, counts: dict) -> int:
    """By which "most supported" sorts: everything that says yes."""
    return sum(counts.get(kind, 0) for kind in Reaction.SUPPORT)


def recount(*, posts) -> int:
    """Repair all counters of these posts (a queryset) and their comments; returns how many rows were wrong.

    A few queries per 500 posts; each batch is one transaction with its posts locked.
    """
    wrong = 0
    ids = list(posts.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            batch = list(
                Post.objects.select_for_update(no_key=True)
                .filter(pk__in=ids[start : start + BATCH])
                .order_by("pk")
            )
            wrong += _recount_posts(batch) + _recount_comments(batch)
            wrong += counting_votes.recount(post_ids=[post.pk for post in batch])
    return wrong


def _recount_posts(batch) -> int:
    shown = Comment.objects.shown().filter(post__in=batch).order_by()
    talk = {
        pk: (n, newest)
        for pk, n, newest in shown.values_list("post").annotate(Count("pk"), Max("created_at"))
    }
    reactions = _by_kind(Reaction.objects.filter(post__in=batch, comment__isnull=True), "post")
    changed = []
    for post in batch:
        n, newest = talk.get(post.pk, (0, None))
        activity = max(filter(None, (newest, post.published_at)), default=None)
        right = (n, activity, reactions.get(post.pk, {}))
        if (post.comment_count, post.last_activity_at, post.reaction_counts) != right:
            post.comment_count, post.last_activity_at, post.reaction_counts = right
            changed.append(post)
    Post.objects.bulk_update(
        changed, ["comment_count", "last_activity_at", "reaction_counts"], batch_size=BATCH
    )
    return len(changed)


def _recount_comments(batch) -> int:
    comments = Comment.objects.filter(post__in=batch).only(
        "reply_count", "reaction_counts", "support", "root_id"
    )
    shown = Comment.objects.shown().filter(post__in=batch, root__isnull=False).order_by()
    replies = dict(shown.values_list("root").annotate(Count("pk")))
    reactions = _by_kind(Reaction.objects.filter(Q(post__in=batch), comment__isnull=False), "comment")
    changed = []
    for comment in comments.select_for_update(no_key=True).iterator(chunk_size=2000):
        counts = reactions.get(comment.pk, {})
        right = (replies.get(comment.pk, 0), counts, support(counts=counts))
        if (comment.reply_count, comment.reaction_counts, comment.support) != right:
            comment.reply_count, comment.reaction_counts, comment.support = right
            changed.append(comment)
    Comment.objects.bulk_update(changed, ["reply_count", "reaction_counts", "support"], batch_size=BATCH)
    return len(changed)


def _by_kind(rows, of) -> dict:
    """{object id: {kind: number}} of reactions."""
    found = {}
    for pk, kind, n in rows.order_by().values_list(of, "kind").annotate(Count("pk")):
        found.setdefault(pk, {})[kind] = n
    return found
