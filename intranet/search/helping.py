"""When nothing was found: how it may have been meant. Every proposal finds something that this reader may see (A3)."""

from dataclasses import replace
from difflib import get_close_matches

from django.db.models.functions import Left

from feed import words
from feed.models import SearchEntry
from intranet.search import finding
from intranet.search.asking import Asked, read

NEWEST, CHARS = 600, 500  # texts that spellings are taken from, and how much of each
SHORTEST, MOST_TRIED, ENOUGH = 4, 6, 2
LIKE_ENOUGH = 0.75


def spellings(user, asked: Asked, data: dict) -> list[str]:
    """The question with one word spelt as it stands in what the reader may see, or that word alone."""
    typed = [word for word in asked.terms.words if len(word) >= SHORTEST]
    if not typed:
        return []
    known = _known(user)
    found = []
    for word in typed[:3]:
        for near in _near(word, known)[:MOST_TRIED]:
            whole = asked.typed.replace(word, near)
            meant = next((one for one in (whole, near) if finding.exists(user, read(one), data)), "")
            if meant and meant not in found:
                found.append(meant)
            if len(found) == ENOUGH:
                return found
    return found


def fewer_words(user, asked: Asked, data: dict) -> list[str]:
    """Each word alone that finds something, when several together do not."""
    if len(asked.terms.words) < 2:
        return []
    alone = [
        replace(asked, terms=replace(asked.terms, words=(word,), phrases=()))
        for word in asked.terms.words[:4]
    ]
    return [one.terms.words[0] for one in alone if finding.exists(user, one, data)]


def _known(user) -> dict[str, str]:
    """{folded word: as it is written} in the newest texts that `user` may read."""
    rows = SearchEntry.objects.visible_to(user).order_by("-published_at", "-pk")
    texts = rows.values_list(
        Left("post__body", CHARS),
        Left("comment__body", CHARS),
        "version__title",
        Left("version__text", CHARS),
    )[:NEWEST]
    found = {}
    for row in texts:
        for part in filter(None, row):
            for word in words.split(part):
                if len(word) >= SHORTEST:
                    found.setdefault(words.folded(word), word)
    return found


def _near(word, known):
    """Words of about the same length that share a beginning or an end and most letters."""
    folded = words.folded(word)
    likely = [
        one for one in known
        if abs(len(one) - len(folded)) <= 2 and one != folded
        and (one[0] == folded[0] or one[-2:] == folded[-2:]) and len(set(one) & set(folded)) >= len(set(folded)) - 2
    ]  # fmt: skip
    return [known[one] for one in get_close_matches(folded, likely, n=MOST_TRIED, cutoff=LIKE_ENOUGH)]
