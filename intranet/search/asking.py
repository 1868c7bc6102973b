"""What somebody typed into the box: words, "exact phrases", -unwanted words, from: tag: in:. No database."""

import re
from dataclasses import dataclass, field

from feed import languages, words
from feed.words import Terms

MAX_CHARS = 200
MOST_WORDS, MOST_PHRASES, MOST_WITHOUT, MOST_OPERATORS = 10, 4, 6, 3

OPERATORS = {"from": "authors", "von": "authors", "tag": "tags", "in": "places"}
_PART = re.compile(
    r"""(?:(?P<name>from|von|tag|in):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+)))
      | (?P<no>-?)"(?P<phrase>[^"]*)"?
      | (?P<minus>-?)(?P<word>[^\s"]+)""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """The parts of a question. `typed`: as in the box; `names`: the words that people and places are sought by."""

    typed: str = ""
    terms: Terms = field(default_factory=Terms)
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __bool__(self):
        return bool(self.terms or self.terms.without or self.has_operators)

    @property
    def has_operators(self):
        """Whether from:, tag: or in: narrows it."""
        return bool(self.authors or self.tags or self.places)

    @property
    def names(self) -> str:
        """The words alone, as typed, without signs and operators."""
        spoken = [*self.terms.words, *(word for phrase in self.terms.phrases for word in phrase)]
        return " ".join(spoken)


def read(typed: str) -> Asked:
    """Take apart what was typed; whatever it holds, the rest is words. Reads the first MAX_CHARS characters."""
    typed = typed.replace("\x00", "")[:MAX_CHARS]
    found = {"words": [], "phrases": [], "without": [], "authors": [], "tags": [], "places": []}
    for part in _PART.finditer(typed):
        _sort_in(part, found)
    terms = Terms(
        words=tuple(_telling(list(dict.fromkeys(found["words"])))[:MOST_WORDS]),
        phrases=tuple(dict.fromkeys(found["phrases"]))[:MOST_PHRASES],
        without=tuple(dict.fromkeys(found["without"]))[:MOST_WITHOUT],
    )
    narrowing = {
        name: tuple(dict.fromkeys(found[name]))[:MOST_OPERATORS] for name in ("authors", "tags", "places")
    }
    return Asked(typed=typed, terms=terms, **narrowing)


def _sort_in(part, found):
    if part["name"]:
        value = (part["quoted"] or part["value"] or "").strip().lstrip("@#")
        if value:
            found[OPERATORS[part["name"].casefold()]].append(value)
    elif part["phrase"] is not None:
        phrase = words.split(part["phrase"])
        if part["no"]:
            found["without"] += phrase[:1] if len(phrase) == 1 else []
        elif phrase:
            found["phrases"].append(tuple(map(words.folded, phrase[:MOST_WORDS])))
    else:
        split = words.split(part["word"])
        if part["minus"] and split:
            found["without"].append(max(split, key=len))
        else:
            found["words"] += split


def _telling(typed: list[str]) -> list[str]:
    """Without the small words of both languages, unless nothing else was said; IT in capitals is no small word."""
    kept = [word for word in typed if not languages.is_small(word) or (len(word) > 1 and word.isupper())]
    return kept or typed
