"""The few words around what was sought, with the words themselves marked. Escaped; no database."""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from feed import words
from feed.words import PREFIX_FROM, STEMMED, Terms

LENGTH, LEAD, MOST_TEXT = 230, 60, 60_000
_SPACE = re.compile(r"\s+")


class Marker:
    """Marks the words of `terms` in texts: `Marker(terms).snippet(text)`, `.whole(title)`."""

    def __init__(self, terms: Terms):
        self.stems = {code: {words.stem(word, code) for word in terms.words} for code in STEMMED}
        self.starts = tuple(one for stems in self.stems.values() for one in stems if len(one) >= PREFIX_FROM)
        self.widened = terms.widened
        self.said = {word for phrase in terms.phrases for word in phrase}

    def snippet(self, text: str) -> SafeString:
        """About LENGTH characters around the place where most of the words stand, else the first ones."""
        text = _SPACE.sub(" ", text[:MOST_TEXT]).strip()
        places = self._places(text)
        start = self._densest(places) if places else 0
        start = max(0, start - LEAD)
        end = min(len(text), start + LENGTH)
        start, end = _between_words(text, start, end)
        inside = [(left - start, right - start) for left, right in places if left >= start and right <= end]
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return format_html("{}{}{}", before, _marked(text[start:end], inside), after)

    def whole(self, text: str) -> SafeString:
        """All of a short text."""
        return _marked(text, self._places(text))

    def _places(self, text):
        return [
            found.span() for found in words.found_in(text) if self._is_meant(found.group()[: words.MAX_WORD])
        ]

    def _is_meant(self, word):
        stems = [words.stem(word, code) for code in STEMMED]
        if any(one in self.stems[code] for one, code in zip(stems, STEMMED, strict=True)):
            return True
        if self.said and words.folded(word) in self.said:
            return True
        return self.widened and self.starts and any(one.startswith(self.starts) for one in stems)

    def _densest(self, places):
        """Where the stretch begins that holds most places."""
        best, most = places[0][0], 0
        for index, (left, _right) in enumerate(places):
            inside = sum(1 for other, _end in places[index : index + 12] if other < left + LENGTH - LEAD)
            if inside > most:
                best, most = left, inside
        return best


def _between_words(text, start, end):
    if start:
        start = text.find(" ", start, start + LEAD) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), end - 40)
    return start, end


def _marked(text, places) -> SafeString:
    parts, last = [], 0
    for left, right in places:
        parts.append((escape(text[last:left]), format_html("<mark>{}</mark>", text[left:right])))
        last = right
    parts.append((escape(text[last:]), ""))
    return format_html_join("", "{}{}", parts)
