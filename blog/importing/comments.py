"""Comments of an imported article, with their dates and their tree."""

from django.utils import timezone

from blog.importing import judging, markdown, plan, records
from blog.models import ImportedItem
from feed import text
from feed.actions import counting
from feed.models import Comment, Post
from feed.models.comment import MAX_CHARS
from people.text import clean_text

Kind = ImportedItem.Kind


def write(*, item: records.Item, post: Post, run, persons, note) -> int:
    """Add the item's comments that are not here yet; answers how many. `note(kind, detail)` hears of oddities."""
    wanted = [(plan.comment_key(item, index), each) for index, each in enumerate(item.comments)]
    wanted = [(key, each) for key, each in wanted if not judging.comment(each).reason]
    rows = ImportedItem.objects.filter(site=run.site, kind=Kind.COMMENT, key__in=[key for key, _ in wanted])
    here = {row.key: row.comment for row in rows.select_related("comment")}
    known = {comment.id: comment for comment in item.comments if comment.id}
    ids = {key: each.id for key, each in wanted}
    ours = {ids[key]: comment for key, comment in here.items() if comment and comment.post_id == post.pk}
    added = 0
    for key, each in _parents_first(wanted):
        if key in here:
            continue
        parent = _ancestor(each, known, ours)
        if each.parent and each.parent not in ours:
            note("comment", "orphan")
        comment = ours[each.id] = _create(each, parent, post, persons, note)
        ImportedItem.objects.create(run=run, site=run.site, kind=Kind.COMMENT, key=key, comment=comment)
        added += 1
    if added:
        counting.recount(posts=Post.objects.filter(pk=post.pk))
    return added


def _parents_first(wanted: list[tuple[str, records.Comment]]) -> list[tuple[str, records.Comment]]:
    """Every comment after the one it answers; a circle of answers is cut where it is met."""
    by_id = {comment.id: (key, comment) for key, comment in wanted if comment.id}
    done: set[str] = set()
    ordered = []
    for entry in wanted:
        path, current = [], entry
        while current is not None and current[0] not in done:
            done.add(current[0])
            path.append(current)
            current = by_id.get(current[1].parent)
        ordered += reversed(path)
    return ordered


def _ancestor(comment: records.Comment, known: dict, ours: dict[str, Comment]) -> Comment | None:
    """The nearest comment above that is here."""
    seen, parent = {comment.id}, comment.parent
    while parent and parent not in seen:
        if parent in ours:
            return ours[parent]
        seen.add(parent)
        parent = known[parent].parent if parent in known else ""
    return None


def _create(each: records.Comment, parent: Comment | None, post: Post, persons, note) -> Comment:
    body = markdown.from_html(each.content)
    if len(body) > MAX_CHARS:
        note("comment", "long")
    # NFC may lengthen a text threefold; what was said stays whole, however long
    body = clean_text(body, max_chars=3 * len(body) + 1, max_bytes=12 * len(body) + 4)
    written_at = each.date or post.published_at or post.created_at or timezone.now()
    return Comment.objects.create(
        post=post,
        root_id=(parent.root_id or parent.pk) if parent else None,
        reply_to=parent,
        author_id=persons.commenter(each),
        body=body,
        body_html=text.render(body),
        created_at=written_at,
        held_at=written_at if judging.comment(each).note == "held" else None,
    )
