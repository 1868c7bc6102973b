"""Many old comments at once, for imports and the demo: the same invariants as `commenting.add`, with few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from feed import languages, text
from feed.actions import citing, counting, indexing
from feed.actions.citing import Quotation
from feed.models import Comment, Post, Watch
from feed.models.comment import MAX_CHARS
from people.models import User


@dataclass(frozen=True)
class OldComment:
    """One comment as it was written elsewhere. `answers`: index of an earlier one in the same list, or a Comment."""

    author: User
    body: str
    created_at: datetime
    answers: "int | Comment | None" = None
    language: str = ""
    edited_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_by: User | None = None
    hidden_reason: str = ""
    held_at: datetime | None = None
    deleted_at: datetime | None = None
    cited: Quotation | None = None


@transaction.atomic
def add_many(
    *, post: Post, comments: Sequence[OldComment], watch: bool = False, count: bool = True
) -> list[Comment]:
    """Write them below `post`, parents before answers, and recount once. Nobody is told, no rule is asked.

    `watch`: their writers watch the conversation. `count` False: the caller calls `counting.recount` for many posts.
    Returns the rows in the given order. Raises ValueError when
    `answers` points forward. Queries: one per level of answering and batch, plus the recount.
    """
    rows: list[Comment | None] = [None] * len(comments)
    for level in _levels(comments):
        for index in level:
            rows[index] = _row(post, comments[index], rows)
        Comment.objects.bulk_create([rows[index] for index in level], batch_size=500)
    indexing.put_comments(comments=rows)
    if watch:
        writers = {one.author.pk for one in comments}
        Watch.objects.bulk_create(
            [Watch(user_id=pk, post=post) for pk in sorted(writers)], ignore_conflicts=True
        )
    if count:
        counting.recount(posts=Post.objects.filter(pk=post.pk))
    return rows


def _levels(comments) -> list[list[int]]:
    """Indexes by depth, so that each level's parents have their ids."""
    depths: list[int] = []
    for index, one in enumerate(comments):
        if isinstance(one.answers, int) and not 0 <= one.answers < index:
            raise ValueError(f"comment {index} answers {one.answers}, which does not come before it")
        depths.append(depths[one.answers] + 1 if isinstance(one.answers, int) else 0)
    levels: list[list[int]] = [[] for _ in range(max(depths, default=-1) + 1)]
    for index, depth in enumerate(depths):
        levels[depth].append(index)
    return levels


def _row(post, one, rows):
    parent = rows[one.answers] if isinstance(one.answers, int) else one.answers
    body = text.clean_source(one.body, max_chars=MAX_CHARS)
    return Comment(
        post=post, author=one.author, reply_to=parent, root=(parent.root or parent) if parent else None, body=body,
        body_html=text.render(body), language=one.language or languages.guess(body),
        created_at=one.created_at, edited_at=one.edited_at, held_at=one.held_at, hidden_at=one.hidden_at,
        hidden_by=one.hidden_by, hidden_reason=one.hidden_reason, deleted_at=one.deleted_at,
        **citing.fields(cited=one.cited),
    )  # fmt: skip
