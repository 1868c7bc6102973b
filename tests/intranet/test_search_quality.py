"""How often the first five hits hold what was sought: forms of words, umlauts written out, two languages."""

import gzip
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from django.utils import timezone

from feed import words
from feed.actions import posting
from intranet.search import finding
from intranet.search.asking import read
from tests import house

FIXTURE = tomllib.loads((Path(__file__).parent / "search_quality.toml").read_text(encoding="utf-8"))
LANG = house.ROOT.parent / "shared/data/lang"
ANYTHING = {"kind": "", "order": "", "period": "", "language": ""}
ENOUGH = 0.9


@pytest.fixture
def texts(company):
    """{name: id of the post} of the fixture."""
    return {
        name: posting.add(author=company.executive, body=body, created_at=timezone.now()).pk
        for name, body in FIXTURE["texts"].items()
    }


def first_five(user, typed):
    return [hit.post_id for hit in finding.find(user, read(typed), ANYTHING, language="de").page(1)[:5]]


def test_nine_of_ten_questions_find_their_text_among_the_first_five(company, texts):
    asked = [(name, typed) for name, questions in FIXTURE["questions"].items() for typed in questions]
    missed = [
        (name, typed) for name, typed in asked if texts[name] not in first_five(company.outsider, typed)
    ]
    print(f"{len(asked) - len(missed)} of {len(asked)} found; missed: {missed}")
    assert len(asked) >= 100
    assert len(missed) <= (1 - ENOUGH) * len(asked), missed


@pytest.mark.real
@pytest.mark.parametrize(("language", "code"), [("german", "de"), ("english", "en")])
def test_forms_of_one_word_meet_as_the_vocabulary_says(language, code):
    """The published vocabulary with its stems: each form, and in German each with its umlauts written out."""
    with gzip.open(LANG / f"snowball-{language}-voc-stem.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][::7]
    families = defaultdict(set)
    for word, stem in rows:
        families[stem].add(words.stem(word, code))
    written_out = [
        (word, word.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})))
        for word, _ in rows
    ]
    umlauts = [(word, out) for word, out in written_out if word != out]
    spelt = sum(words.stem(word, code) == words.stem(out, code) for word, out in umlauts)
    together = sum(len(stems) == 1 for stems in families.values())
    print(f"{language}: {together} of {len(families)} families, {spelt} of {len(umlauts)} umlaut spellings")
    assert together >= ENOUGH * len(families)
    assert spelt >= ENOUGH * len(umlauts)
