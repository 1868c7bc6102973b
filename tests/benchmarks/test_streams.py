"""Streams over many posts: the first and the 100th page are read with the same plan, from an index.

PostgreSQL only, in a database of its own (flurfunk_bench, dropped at the end). FLURFUNK_BENCH says how many posts,
people and audiences (100000,10000,500); the promise is about 1000000,100000,5000. Run:

    DATABASE_URL=postgres://… pytest -m benchmark -n0 -s tests/benchmarks/test_streams.py
"""

import os
import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feed.models import Post
from feed.streams import timeline
from intranet.bench.filling import Filling
from people.models import AudienceMember, User
from people.paging import cursor_of
from tests import database

pytestmark = pytest.mark.benchmark

POSTS, PEOPLE, AUDIENCES = map(int, os.environ.get("FLURFUNK_BENCH", "100000,10000,500").split(","))
NAME, PAGE, LATE = "flurfunk_bench", 20, 100


@pytest.fixture(scope="module")
def many(own_database, django_db_blocker):
    """The filled database, in use while the test runs."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with django_db_blocker.unblock():
        own_database.run(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        own_database.run(f'CREATE DATABASE "{NAME}" TEMPLATE "{own_database.template}"')
        database.use(NAME)
        filling = Filling(people=PEOPLE, posts=POSTS, audiences=AUDIENCES, communities=AUDIENCES // 10).run()
        yield filling
        with database.alone():
            own_database.refill()
        own_database.run(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def longest(act):
    """The SQL of the query on posts that took longest while `act` ran, and the milliseconds of everything."""
    act()
    with CaptureQueriesContext(connection) as found:
        began = time.perf_counter()
        act()
        took = (time.perf_counter() - began) * 1000
    on_posts = [one for one in found.captured_queries if '"feed_post"' in one["sql"]]
    return max(on_posts, key=lambda one: float(one["time"]))["sql"], took


def plan(sql):
    """EXPLAIN's lines."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY ON) {sql}")
        return [line for (line,) in cursor.fetchall()]


def shape(lines):
    """Only what is read how: no numbers, no conditions."""
    kept = [re.sub(r"\(actual.*|\(never.*", "", line).strip(" ->") for line in lines]
    return [
        line
        for line in kept
        if re.search(r"Scan|Join|Loop|Sort|Limit|Append|Unique", line) and ":" not in line
    ]


@pytest.mark.parametrize("stream", ["everything", "for_you"])
def test_late_pages_are_read_like_the_first(many, stream):
    for part, seconds in many.seconds.items():
        print(f"{seconds:8.1f} s {part}")
    user = User.objects.get(pk=AudienceMember.objects.order_by("pk").first().user_id)
    rows = Post.objects.filter(audience=None).order_by("-published_at", "-pk")
    late = cursor_of(rows[PAGE * LATE], ("-published_at", "-pk"))
    read = getattr(timeline, stream)
    found = {}
    for name, after in (("first", ""), ("100th", late)):
        sql, took = longest(lambda after=after: read(user, after=after))
        found[name] = plan(sql)
        print(
            f"\n{stream}, {name} page of {POSTS:,} posts, whole page {took:.0f} ms:", *found[name], sep="\n  "
        )
        assert not [line for line in found[name] if "Seq Scan on feed_post " in line]
    assert shape(found["first"]) == shape(found["100th"])
