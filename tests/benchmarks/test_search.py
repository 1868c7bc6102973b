"""Searching 200,000 posts and comments among 20,000 people: p95 of what a page of results asks, and typing.

PostgreSQL only, in a database of its own (flurfunk_bench_search, dropped at the end). FLURFUNK_BENCH_SEARCH says how
many posts, comments and people (60000,140000,20000). CORPUS names a folder of *.jsonl.gz with longer texts. Run:

    DATABASE_URL=postgres://… pytest -m benchmark -n0 -s tests/benchmarks/test_search.py
"""

import os
import random
import time

import pytest
from django.db import connection

from feed import words
from feed.models import Post
from intranet.bench.filling import Filling
from intranet.search import finding, places, showing, suggesting
from intranet.search.asking import read
from intranet.search.snippets import Marker
from people.models import AudienceMember, User
from tests import database

pytestmark = pytest.mark.benchmark

POSTS, COMMENTS, PEOPLE = map(int, os.environ.get("FLURFUNK_BENCH_SEARCH", "60000,140000,20000").split(","))
NAME, AIM_MS, TYPING_MS = "flurfunk_bench_search", 200, 50
ANYTHING = {"kind": "", "order": "", "period": "", "language": ""}


@pytest.fixture(scope="module")
def many(own_database, django_db_blocker):
    """The filled database, in use while the test runs."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with django_db_blocker.unblock():
        own_database.run(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        own_database.run(f'CREATE DATABASE "{NAME}" TEMPLATE "{own_database.template}"')
        database.use(NAME)
        yield Filling(
            people=PEOPLE, posts=POSTS, comments=COMMENTS, audiences=500, communities=50,
            corpus=os.environ.get("CORPUS"),
        ).run()  # fmt: skip
        with database.alone():
            own_database.refill()
        own_database.run(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def questions(user, chance):
    """Sixty: single words as often as they are written, pairs of words, phrases, and an author."""
    bodies = list(Post.objects.visible_to(user).order_by("pk").values_list("body", flat=True)[:3000])
    known = [word for body in chance.sample(bodies, 300) for word in words.split(body) if len(word) > 3]
    pairs = [known[at : at + 2] for at in chance.sample(range(len(known) - 1), 10)]
    asked = [chance.choice(known) for _ in range(30)]
    asked += [" ".join(chance.sample(known, 2)) for _ in range(19)]
    return [
        *asked,
        *(f'"{" ".join(pair)}"' for pair in pairs),
        f"from:{User.objects.order_by('pk').first().handle}",
    ]


def a_page(user, typed):
    """Everything that the page of results computes, but for its HTML."""
    asked = read(typed)
    found = finding.find(user, asked, ANYTHING, language="de")
    showing.rows(user, found.page(1), found.answers, Marker(asked.terms.wider()), "de")
    for of in (places.people, places.communities, places.tags):
        of(user, asked)
    return len(found.base)


def timed(act, *given):
    """(milliseconds on the clock, of the processor in this process, what came)."""
    clock, processor = time.perf_counter(), time.process_time()
    came = act(*given)
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000, came


def test_searching_and_typing_are_quick(many):
    user = User.objects.get(pk=AudienceMember.objects.order_by("pk").first().user_id)
    asked = questions(user, random.Random(3))
    a_page(user, asked[0])
    taken = sorted(((*timed(a_page, user, typed), typed) for typed in asked), reverse=True)
    for clock, processor, found, typed in taken[:6]:
        print(f"{clock:7.0f} ms, {processor:5.0f} of Python: {found:5} hits looked at for {typed}")
    late = taken[int(len(taken) * 0.05)][0]
    print(f"median {taken[len(taken) // 2][0]:.0f} ms, p95 {late:.0f} ms of {len(asked)} questions")
    typing = [timed(suggesting.offers, user, typed) for typed in ("ada", "mö", "lab", "wer", "bran", "des")]
    print(f"typing: at most {max(one[1] for one in typing):.0f} ms of Python")
    assert late <= AIM_MS
    assert max(one[1] for one in typing) <= TYPING_MS
