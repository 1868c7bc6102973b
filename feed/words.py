"""Words of a text as search compares them: one stemmer for each language, and the folded form. No database.

The same forms go into the index and into the question, on every database, so that "Häuser", "Haeuser" and "Haus",
"Strasse" and "Straße", "hiring" and "hired" meet wherever the index lies.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import snowballstemmer

from feed import languages
from people.folding import fold

STEMMED = ("de", "en")
MAX_WORD, MAX_TEXT = 60, 200_000
PREFIX_FROM = 4  # letters of a stem that also finds longer words

_WORD = re.compile(r"[^\W_]+")
_STEMMERS = {"de": snowballstemmer.stemmer("german"), "en": snowballstemmer.stemmer("english")}


@dataclass(frozen=True)
class Terms:
    """What a text must hold: `words` by their stems, `phrases` (tuples of folded words) as typed; none of `without`.

    `widened`: longer words count too. `in_title`: only titles; with `widened` the words' beginnings, as typed so far.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    widened: bool = False
    in_title: bool = False

    def __bool__(self):
        return bool(self.words or self.phrases)

    def wider(self) -> "Terms":
        """The same, with longer words."""
        return replace(self, widened=True)


def found_in(text: str) -> Iterator[re.Match]:
    """The words of a text with their places."""
    return _WORD.finditer(text)


def split(text: str) -> list[str]:
    """The words of a text, composed; each at most MAX_WORD letters."""
    return [word[:MAX_WORD] for word in _WORD.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """What a word and its other forms have in common, in lower case and without accents."""
    stemmed = _STEMMERS[language].stemWord(word.lower())
    return _whole(stemmed if stemmed.isascii() else _without_marks(stemmed))


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """The word itself as it is compared (people.folding); other scripts stay what they are."""
    return _whole(fold(word).replace(" ", "") or _without_marks(word.casefold()))


def columns(title: str, body: str, language: str) -> dict[str, str | None]:
    """The text columns of feed.SearchEntry. An unknown `language` is guessed; if that fails, both stemmers are used."""
    parts = {"title": split(title[:1000]), "body": split(body[:MAX_TEXT])}
    language = language or languages.guess(body)
    found = {}
    for part, words in parts.items():
        for code in STEMMED:
            meant = code == language or language not in STEMMED
            found[f"{part}_{code}"] = " ".join(stem(word, code) for word in words) if meant else None
        found[part] = " ".join(map(folded, words))
    return found


def _whole(word):
    """PostgreSQL reads 3e5x as the number 3e5 and an x: with a letter before it is one word everywhere."""
    return f"n{word}" if word[:1].isdigit() and not word.isdigit() else word


def _without_marks(text):
    return "".join(one for one in unicodedata.normalize("NFKD", text) if one.isalnum())
