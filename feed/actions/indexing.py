"""The search index follows what is written: called in the transaction that writes, so that text never lags behind.

A short text costs less than queuing a task would: splitting, stems from memory, one insert. Rights are not indexed;
whoever hides, deletes, moves or gives to other readers need not call this.
"""

import zlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from feed import words
from feed.models import Comment, Option, Post, PostPage, SearchEntry
from people.models import User

# Raise it when feed.words finds other forms: the next `manage.py update_search_index` then writes every row anew.
FORMS = 1
BATCH = 500
Kind = SearchEntry.Kind


def put_post(*, post: Post, is_new: bool = False) -> None:
    """A short post was written, changed or published; `is_new`: it has no row yet. Two statements at most."""
    _put(_of_post(post), {"post": post, "comment": None, "version": None}, is_new)


def put_comment(*, comment: Comment, is_new: bool = False) -> None:
    """A comment was written or changed. Reads `post`."""
    _put(_of_comment(comment), {"comment": comment}, is_new)


def put_version(*, version: PostPage) -> None:
    """A language version of an article was published. Reads `post`."""
    _put(_of_version(version), {"version": version}, False)


def put_comments(*, comments: Iterable[Comment]) -> None:
    """Many new comments at once, as imports bring them. One statement for each 500."""
    SearchEntry.objects.bulk_create(map(_of_comment, comments), batch_size=BATCH)


def follow_versions(*, post: Post) -> None:
    """The language versions of an article went to another post with their conversation."""
    SearchEntry.objects.filter(version__post=post).update(post=post)


def put(*, at: Post | Comment) -> None:
    """The wording of a post or comment changed by something else than its author's hand."""
    if isinstance(at, Comment):
        put_comment(comment=at)
    elif at.is_short:
        put_post(post=at)


def forget(*, user: User | None = None, posts=None, comments=None) -> None:
    """The words of these posts or comments (querysets) go, or of all comments and short posts of `user`."""
    if posts is not None:
        SearchEntry.objects.filter(post__in=posts).delete()
    if comments is not None:
        SearchEntry.objects.filter(comment__in=comments).delete()
    if user is not None:
        SearchEntry.objects.filter(author=user).exclude(kind=Kind.ARTICLE).delete()


def rebuild(*, everything: bool = False) -> Iterable[tuple[int, int]]:
    """Bring the index in line with all texts, a batch and a transaction at a time: yields (texts seen, rows written).

    Rows that say already what the text says are left alone, so that a run which was ended goes on where it stopped;
    `everything` writes them all anew. Rows of what is no longer there go first.
    """
    SearchEntry.objects.filter(_outdated()).delete()
    for rows, make, key in _sources():
        last = 0
        while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = batch[-1].pk
            yield len(batch), _renew([make(row) for row in batch], key, everything)


def fill(*, most: int = 2_000) -> int:
    """Index up to `most` texts that have no row, as after an update; returns how many. For the tick at night."""
    done = 0
    for (_rows, make, key), lacking in zip(_sources(), _lacking(), strict=True):
        batch = list(lacking.order_by("-pk")[: most - done])
        done += _renew([make(row) for row in batch], key, False) if batch else 0
    return done


def missing() -> int:
    """How many texts have no row: above 0 after an update, until `update_search_index` has run."""
    return sum(rows.count() for rows in _lacking())


def _sources():
    """(texts, their row, by what it is found) of each kind."""
    return (
        (PostPage.objects.select_related("post"), _of_version, "version_id"),
        (Post.objects.filter(kind__in=Post.SHORT).exclude(state=Post.State.DELETED), _of_post, "post_id"),
        (Comment.objects.filter(deleted_at__isnull=True).select_related("post"), _of_comment, "comment_id"),
    )


def _lacking():
    (versions, *_), (posts, *_), (comments, *_) = _sources()
    alone = SearchEntry.objects.filter(post=OuterRef("pk"), comment=None, version=None)
    return (
        versions.filter(search_entry=None),
        posts.filter(~Exists(alone)),
        comments.filter(search_entry=None),
    )


@transaction.atomic
def _renew(entries, key, everything):
    known = SearchEntry.objects.filter(**{f"{key}__in": [getattr(entry, key) for entry in entries]})
    if key == "post_id":
        known = known.filter(comment=None, version=None)
    said = {} if everything else {row[0]: row[1:] for row in known.values_list(key, "fingerprint", "post_id")}
    changed = [one for one in entries if said.get(getattr(one, key)) != (one.fingerprint, one.post_id)]
    if changed:
        known.filter(**{f"{key}__in": [getattr(entry, key) for entry in changed]}).delete()
        SearchEntry.objects.bulk_create(changed, batch_size=BATCH)
    return len(changed)


def _outdated():
    alone = Q(comment=None, version=None)
    gone = Q(post__state=Post.State.DELETED) | Q(comment__deleted_at__isnull=False)
    return gone | (alone & ~Q(post__kind__in=Post.SHORT))


def _put(entry, where, is_new):
    if is_new:
        entry.save(force_insert=True)
        return
    names = [field.name for field in entry._meta.concrete_fields if field.name != "id"]
    values = {name: getattr(entry, name) for name in names}
    if not SearchEntry.objects.filter(**where).update(**values):
        entry.save(force_insert=True)


def _of_post(post):
    said = post.body
    if post.kind == Post.Kind.POLL:
        options = Option.objects.filter(poll__post=post).order_by("position")
        said = "\n".join([said, *options.values_list("text", flat=True)])
    at = post.published_at or post.publish_at or post.created_at
    return _entry(Kind.POST, post, post.author_id, post.language, at, "", said)


def _of_comment(comment):
    post, author, language = comment.post, comment.author_id, comment.language
    entry = _entry(Kind.COMMENT, post, author, language, comment.created_at, "", comment.body)
    entry.comment = comment
    return entry


def _of_version(version):
    post = version.post
    said = f"{version.summary}\n{version.text}"
    at = version.published_at or post.published_at or post.created_at
    entry = _entry(Kind.ARTICLE, post, post.author_id, version.language, at, version.title, said)
    entry.version = version
    return entry


def _entry(kind, post, author_id, language, at, title, said):
    """The row. Only an editor says in which language an article is; what a short text is written in is guessed."""
    meant = language if kind == Kind.ARTICLE else ""
    source = f"{FORMS} {kind} {author_id} {language} {at:%s} {title}\n{said}"
    return SearchEntry(
        kind=kind, post=post, author_id=author_id, language=language, published_at=at,
        fingerprint=zlib.crc32(source.encode()), **words.columns(title, said, meant),
    )  # fmt: skip
