"""Which texts fit, and in which order: the newest that fit are read under the visibility rule, then ranked.

However common a word is, at most WINDOW entries and TITLES further ones with the words in their title are looked at:
the older rest would come after them anyway. Counts are of these, and say "more" beyond MANY.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log1p
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from feed.models import Question, SearchEntry
from feed.models.search_match import fit
from intranet.search import choosing
from intranet.search.asking import Asked

WINDOW, TITLES, AHEAD, FEW, MANY = 500, 100, 3, 10, 200
SIZE, LAST_PAGE = 20, 30
KINDS = {"articles": "article", "posts": "post", "comments": "comment"}
COLUMNS = (
    "id", "kind", "post_id", "comment_id", "version_id", "language", "published_at", "post__comment_count",
    "comment__reply_count",
)  # fmt: skip
HALF_LIFE_DAYS = 200
WIDER = 0.5  # what a longer word counts against the word itself


class Hit(NamedTuple):
    """One entry that fits."""

    id: int
    kind: str
    post_id: int
    comment_id: int | None
    version_id: int | None
    language: str
    published_at: object
    talk: int
    replies: int | None


@dataclass
class Found:
    """`hits` in order after all filters; `base` before those that the page counts; `is_full`: there may be more."""

    hits: list[Hit]
    base: list[Hit]
    answers: set[int]
    is_full: bool = False

    def page(self, number: int) -> list[Hit]:
        """The hits of one page; the first is 1."""
        return self.hits[(number - 1) * SIZE : number * SIZE]


def find(user, asked: Asked, data: dict, *, language: str) -> Found:
    """All that fits and that `user` may read. Four to eight queries, whatever there is."""
    conditions = choosing.hard(user, asked, data)
    if not asked and not conditions:
        return Found([], [], set())
    base, is_full, asked = _read(user, asked, conditions)
    language = data.get("language") or language
    base, versions = _one_per_article(base, language)
    answers = _answers(base)
    hits = [hit for hit in base if fits(hit, data, answers)]
    if is_full and len(hits) < len(base):  # what is filtered out here made no room for older ones
        more, _full, _asked = _read(user, asked, [*conditions, *_soft(data)])
        more, versions = _one_per_article(more, language)
        answers |= _answers(more)
        hits = [hit for hit in more if fits(hit, data, answers)]
    return Found(_ordered(hits, asked, data.get("order"), answers, versions), base, answers, is_full)


def fits(hit: Hit, data: dict, answers: set[int], *, but: str = "") -> bool:
    """Whether a hit passes the filters that the page counts, all `but` one."""
    kind, language, start = data.get("kind"), data.get("language"), choosing.since(data.get("period", ""))
    if but != "kind" and kind in (*KINDS, "answers"):
        if kind == "answers" and hit.comment_id not in answers:
            return False
        if kind != "answers" and hit.kind != KINDS[kind]:
            return False
    if but != "language" and language and hit.language != language:
        return False
    return but == "period" or start is None or hit.published_at >= start


def exists(user, asked: Asked, data: dict) -> bool:
    """Whether anything would be found. One query."""
    rows = SearchEntry.objects.visible_to(user).filter(*choosing.hard(user, asked, data), *_soft(data))
    return rows.matching(asked.terms).exists()


def _read(user, asked, conditions) -> tuple[list[Hit], bool, Asked]:
    """Hits, whether there may be more, and what was asked in the end: with few hits longer words count too."""
    hits = _newest(user, asked.terms, conditions, WINDOW + 1)
    if len(hits) < FEW and asked.terms.words:
        asked = replace(asked, terms=asked.terms.wider())
        hits = _newest(user, asked.terms, conditions, WINDOW + 1)
    if len(hits) <= WINDOW:
        return hits, False, asked
    if asked.terms.words:
        known = {hit.id for hit in hits}
        titled = _newest(user, replace(asked.terms, in_title=True), [*conditions, Q(kind="article")], TITLES)
        hits += [hit for hit in titled if hit.id not in known]
    return hits, True, asked


def _newest(user, terms, conditions, most):
    """The newest `most` that fit and that `user` may read.

    First of AHEAD times as many, the newest that fit; if that did not make `most`, of all, so that none is missed.
    """
    rows = SearchEntry.objects.visible_to(user)
    fitting = SearchEntry.objects.filter(*conditions).matching(terms)
    found = _in_order(rows.filter(pk__in=_newest_first(fitting).values("pk")[: most * AHEAD]), most)
    return found if len(found) == most else _in_order(rows.filter(*conditions).matching(terms), most)


def _newest_first(rows):
    return rows.order_by("-published_at", "-pk")


def _in_order(rows, most):
    return [Hit(*row) for row in _newest_first(rows).values_list(*COLUMNS)[:most]]


def _soft(data) -> Sequence[Q]:
    """The filters that the page counts, as conditions."""
    kind, start = data.get("kind"), choosing.since(data.get("period", ""))
    found = [Q(kind=KINDS[kind])] if kind in KINDS else []
    if kind == "answers":
        found.append(
            Q(Exists(Question.objects.filter(answer=OuterRef("comment"), state=Question.State.ANSWERED)))
        )
    found += [Q(language=data["language"])] if data.get("language") else []
    return found + ([Q(published_at__gte=start)] if start else [])


def _one_per_article(hits, language) -> tuple[list[Hit], dict[int, list[int]]]:
    """Of an article whose versions both fit only the one in this language; and {post: entries of all that fit}."""
    best, versions = {}, {}
    for hit in hits:
        if hit.version_id:
            versions.setdefault(hit.post_id, []).append(hit.id)
            if hit.post_id not in best or hit.language == language:
                best[hit.post_id] = hit.id
    return [hit for hit in hits if not hit.version_id or best[hit.post_id] == hit.id], versions


def _answers(hits) -> set[int]:
    """Ids of the comments among the hits that answer a question."""
    comments = [hit.comment_id for hit in hits if hit.comment_id]
    if not comments:
        return set()
    answered = Question.objects.filter(
        answer__in=comments, answer__post=F("post"), state=Question.State.ANSWERED
    )
    return set(answered.values_list("answer_id", flat=True))


def _ordered(hits, asked, order, answers, versions):
    if order == "newest" or not asked.terms or not hits:
        return sorted(hits, key=_newness, reverse=True)
    how_well = _how_well([pk for hit in hits for pk in _entries(hit, versions)], asked.terms)
    now = timezone.now()

    def score(hit):
        days = max(0, (now - hit.published_at).total_seconds() / 86_400)
        recent = exp(-0.693 * days / HALF_LIFE_DAYS)
        talk = min(1, log1p((hit.replies if hit.comment_id else hit.talk) or 0) / 4)
        weight = 1.25 if hit.comment_id in answers else 0.9 if hit.comment_id else 1
        well = max(how_well.get(pk, 0) for pk in _entries(hit, versions))
        return weight * well * (0.5 + 0.35 * recent + 0.15 * talk), hit.published_at, hit.id

    return sorted(hits, key=score, reverse=True)


def _entries(hit, versions):
    """The entries by which a hit is judged: an article's by all versions that fit."""
    return versions[hit.post_id] if hit.version_id else [hit.id]


def _how_well(ids, terms) -> dict[int, float]:
    """How well each entry fits: longer words count WIDER of the words themselves."""
    found = fit(ids, replace(terms, widened=False))
    if terms.widened:
        found = {pk: found.get(pk, 0) + WIDER * well for pk, well in fit(ids, terms).items()}
    return found


def _newness(hit):
    return hit.published_at, hit.id
