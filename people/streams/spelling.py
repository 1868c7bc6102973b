"""What somebody may have meant by a word that nobody has: words of people that are one slip of a finger away."""

from django.core.cache import cache

from people.models import User

SHORTEST = 4  # below, one slip makes another word
MOST = 5
KEPT = ("people.words", 60)


def near(words) -> dict[str, list[str]]:
    """For each of the folded `words` up to five that people have and that are one slip away, the likeliest first.

    At most one query, once a minute.
    """
    asked = [word for word in dict.fromkeys(words) if len(word) >= SHORTEST and word.isalpha()]
    return {word: _closest(word, _words_of_everybody()) for word in asked}


def is_near(typed: str, word: str) -> bool:
    """Whether `word`, or its beginning, is `typed` with one letter changed, added, left out or two swapped."""
    return any(_one_slip(typed, word[:length]) for length in range(len(typed) - 1, len(typed) + 2))


def _closest(typed, words):
    """Whole words first, then those that begin with the same letter. One slip leaves the one or the other half."""
    half = len(typed) // 2
    head, tail = typed[: half - 1], typed[half:]
    found = {word for word in words if (word.startswith(head) or tail in word) and is_near(typed, word)}
    return sorted(found, key=lambda word: (not _one_slip(typed, word), word[0] != typed[0], word))[:MOST]


def _words_of_everybody():
    """All words of present people, without numbers. Kept for a minute: a word that is new, or gone, is by then."""
    words = cache.get(KEPT[0])
    if words is None:
        texts = User.objects.present().values_list("folded", flat=True)
        words = {
            word for text in texts for word in text.split() if len(word) >= SHORTEST - 1 and word.isalpha()
        }
        cache.set(KEPT[0], words, KEPT[1])
    return words


def _one_slip(one, other):
    """Whether two words differ by exactly one slip, or not at all."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    begin, most = 0, min(len(one), len(other))
    while begin < most and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < most - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[begin : len(one) - end], other[begin : len(other) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])
