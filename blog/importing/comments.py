"""Comments of an imported article, with their dates and their tree."""

from django.utils import timezone

from blog.importing import judging, markdown, plan, records
from blog.models import ImportedItem
from feed import text
from feed.actions import counting, indexing
from feed.models import Comment, Post
from feed.models.comment import MAX_CHARS
from people.text import clean_text

Kind = ImportedItem.Kind


def write(*, item: records.Item, post: Post, run, persons, note) -> int:
    """Add the item's comments that are not here yet; answers how many. `note(kind, detail)` hears of oddities."""
    by_key = {plan.comment_key(item, index): each for index, each in enumerate(item.comments)}
    wanted = [(key, each) for key, each in by_key.items() if not judging.comment(each).reason]
    rows = ImportedItem.objects.filter(site=run.site, kind=Kind.COMMENT, key__in=[key for key, _ in wanted])
    rows.exclude(comment__post=post).delete()  # of an article that was deleted here and comes again
    here = {row.key: row.comment for row in rows.select_related("comment")}
    ours = {by_key[key].id: comment for key, comment in here.items()}
    new = [(key, each) for key, each in _parents_first(wanted) if key not in here]
    for level in _levels(
        new, {comment.id: comment for comment in item.comments if comment.id}, set(ours), note
    ):
        made = [_comment(each, ours.get(parent), post, persons, note) for _key, each, parent in level]
        Comment.objects.bulk_create(made, batch_size=500)
        indexing.put_comments(comments=made)
        ours.update({each.id: comment for (_key, each, _parent), comment in zip(level, made, strict=True)})
        ImportedItem.objects.bulk_create(
            ImportedItem(run=run, site=run.site, kind=Kind.COMMENT, key=key, comment=comment)
            for (key, _each, _parent), comment in zip(level, made, strict=True)
        )
    if new:
        counting.recount(posts=Post.objects.filter(pk=post.pk))
    return len(new)


def _levels(new: list[tuple[str, records.Comment]], known: dict, here: set[str], note) -> list[list[tuple]]:
    """(key, comment, number of whom it answers) by depth, so that a level is written at once after those it answers."""
    depth = dict.fromkeys(here, 0)
    levels: dict[int, list[tuple]] = {}
    for key, each in new:
        parent = _ancestor(each, known, depth)
        if each.parent and each.parent not in depth:
            note("comment", "orphan")
        depth[each.id] = depth[parent] + 1 if parent else 0
        levels.setdefault(depth[each.id], []).append((key, each, parent))
    return [levels[number] for number in sorted(levels)]


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


def _ancestor(comment: records.Comment, known: dict, coming: dict) -> str:
    """Number of the nearest comment above that comes along, "" for a root."""
    seen, parent = {comment.id}, comment.parent
    while parent and parent not in seen:
        if parent in coming:
            return parent
        seen.add(parent)
        parent = known[parent].parent if parent in known else ""
    return ""


def _comment(each: records.Comment, parent: Comment | None, post: Post, persons, note) -> Comment:
    body = markdown.from_html(each.content) or "…"
    if len(body) > MAX_CHARS:
        note("comment", "long")
    # NFC may lengthen a text threefold; what was said stays whole, however long
    body = clean_text(body, max_chars=3 * len(body) + 1, max_bytes=12 * len(body) + 4)
    written_at = each.date or post.published_at or post.created_at or timezone.now()
    return Comment(
        post=post,
        root_id=(parent.root_id or parent.pk) if parent else None,
        reply_to=parent,
        author_id=persons.commenter(each),
        body=body,
        body_html=text.render(body),
        created_at=written_at,
        held_at=written_at if judging.comment(each).note == "held" else None,
    )
