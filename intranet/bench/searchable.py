"""Rows of the search index for filled posts and comments, past the model layer; each text is split once."""

from functools import lru_cache

from feed import words
from feed.models import Comment, Post, SearchEntry
from intranet.bench import bulk

COLUMNS = ("pk", "kind", "post_id", "comment_id", "author_id", "language", "published_at", "fingerprint")
TEXTS = ("title", "body", "title_de", "body_de", "title_en", "body_en")
AT_ONCE = 20_000


def index(*, posts_from: int, comments_from: int) -> int:
    """Index all posts and comments from these ids on, AT_ONCE at a time; returns how many rows were made."""
    made = 0
    for kind, model, moment, start, ids in (
        ("post", Post, "published_at", posts_from, ("pk",)),
        ("comment", Comment, "created_at", comments_from, ("post_id", "pk")),
    ):
        columns = ("author_id", "language", moment, "body", *ids)
        while found := list(
            model.objects.filter(pk__gte=start).order_by("pk").values_list(*columns)[:AT_ONCE]
        ):
            made += bulk.insert(SearchEntry, (*COLUMNS, *TEXTS), _rows(kind, found))
            start = found[-1][-1] + 1
    return made


def _rows(kind, found):
    first = bulk.first_free(SearchEntry)
    rows = []
    for pk, (author, language, at, body, post, *comment) in enumerate(found, first):
        place = post, comment[0] if comment else None
        rows.append((pk, kind, *place, author, language, at, 0, *_split(body)))
    return rows


@lru_cache(maxsize=20_000)
def _split(body):
    found = words.columns("", body, "")
    return tuple(found[name] for name in TEXTS)
