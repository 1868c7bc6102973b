"""Who is found by what is typed: present colleagues, by what every colleague may see of them (`User.folded`)."""

import re
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Func, IntegerField, Q, QuerySet, Value, When

from people.folding import NAMES_END, digits, fold
from people.models import User
from people.streams import spelling

MOST_WORDS = 6
WITHIN = 4  # from this length on a word is found inside others too: "kleb" in "Gusskleber"
BY_NAME = ("last_name", "first_name", "pk")
BEST = ("rank", *BY_NAME)
PHONE = re.compile(r"[\d\s()+/.-]{3,}")


@dataclass
class Match:
    """`people` found, with `rank`; `read_as` {typed word: words taken for it} where nobody has a word as typed."""

    people: QuerySet
    read_as: dict[str, list[str]] = field(default_factory=dict)


def found(query: str, viewer) -> QuerySet:
    """Present colleagues whom `query` finds, best first (`rank` 0 to 3, then by name); everybody without a word.

    Every word must be found: in name, handle, role, department, location, skills or phone numbers, as far as every
    colleague may see them. Umlauts, accents, ß and one slip in a word are forgiven. Asks the database once, or twice
    where nobody has the words as typed; never for somebody who is not signed in, who finds nobody.
    """
    return match(query, viewer).people.order_by(*BEST)


def match(query: str, viewer) -> Match:
    """As `found`, unordered, and what was read into the query."""
    if not (viewer.is_authenticated and viewer.is_active):
        return Match(_ranked(User.objects.none(), []))
    present, words = User.objects.present(), words_of(query)
    if not words:
        return Match(_ranked(present, []))
    as_typed = present.filter(*(_has(word) for word in words))
    if as_typed.exists():
        return Match(_ranked(as_typed, [[word] for word in words]))
    near = {word: others for word, others in spelling.near(words).items() if others}
    meant = [list(dict.fromkeys([word, *near.get(word, ())])) for word in words]
    people = present.filter(*(_any(choice) for choice in meant))
    return Match(_ranked(people, meant), near)


def words_of(query: str) -> list[str]:
    """The folded words of a query; a phone number, however it is written, is one word."""
    query = query.strip()
    if PHONE.fullmatch(query) and len(digits(query)) >= 3:
        return [digits(query)]
    return list(dict.fromkeys(fold(query[:200]).split()))[:MOST_WORDS]


def _has(word):
    return Q(folded__contains=word if len(word) >= WITHIN or word.isdigit() else f" {word}")


def _any(words):
    condition = Q()
    for word in words:
        condition |= _has(word)
    return condition


def _ranked(people, meant):
    """With `rank`: 0 all are names, 1 beginnings of names, 2 beginnings of words, 3 somewhere; 0 without words."""
    if not meant:
        return people.annotate(rank=Value(0, output_field=IntegerField()))
    patterns = f"% {{}} %{NAMES_END}%", f"% {{}}%{NAMES_END}%", "% {}%"
    ranks = [When(_all_like(meant, pattern), then=rank) for rank, pattern in enumerate(patterns)]
    return people.annotate(rank=Case(*ranks, default=3, output_field=IntegerField()))


def _all_like(meant, pattern):
    condition = Q()
    for choice in meant:
        one = Q()
        for word in choice:
            one |= Q(_Like("folded", Value(pattern.format(word))))
        condition &= one
    return condition


class _Like(Func):
    """LIKE with a pattern of our own; folded words hold no wildcards."""

    template, arg_joiner, output_field = "%(expressions)s", " LIKE ", BooleanField()
