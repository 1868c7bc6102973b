"""The benchmark's company is the same for the same seed, its rows agree, and figures can be compared."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from feed.actions import counting
from feed.models import Comment, Post, TaggedPost
from intranet.bench.filling import Filling
from people.models import AudienceMember

SMALL = {"people": 30, "posts": 300, "communities": 3, "audiences": 4, "comments": 60}


@pytest.mark.django_db
def test_filled_rows_agree_with_each_other():
    filling = Filling(**SMALL, seed=7).run()
    assert filling.made["posts"] == Post.objects.count() == 300
    assert Comment.objects.count() == 60
    assert counting.recount(posts=Post.objects.all()) == 0
    insiders = set(AudienceMember.objects.values_list("audience", "user"))
    narrow = Post.objects.exclude(audience=None).values_list("audience", "author")
    assert narrow
    assert set(narrow) <= insiders
    assert all(row.published_at == row.content_object.published_at for row in TaggedPost.objects.all())
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Post._meta.db_table)
    assert {index.name for index in Post._meta.indexes} <= set(found)


@pytest.mark.django_db
def test_same_seed_says_the_same():
    first, second = (Filling(**SMALL, seed=7).run() for _ in range(2))
    assert first.made == second.made
    said = list(Post.objects.order_by("pk").values_list("body", flat=True))
    assert said[:300] == said[300:]


def test_two_measurements_are_compared(tmp_path):
    figures = dict.fromkeys(
        ("server_ms", "database_ms", "queries", "alone_ms", "per_second", "p50_ms", "p99_ms"), 10
    )
    for name, home in (("before", figures), ("after", figures | {"server_ms": 5})):
        (tmp_path / name).write_text(json.dumps({"screens": {"home": home}}))
    said = io.StringIO()
    call_command("bench", compare=[str(tmp_path / "before"), str(tmp_path / "after")], stdout=said)
    assert "10.0→5.0" in said.getvalue()
