"""Queries that are compiled once for all readers give each what the queryset would give (A1)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feed.models import Post
from feed.streams import pages
from people.prepared import Prepared
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@Prepared
def readable(reader, *, ids, since):
    return Post.objects.visible_to(reader).filter(pk__in=ids, created_at__gte=since).select_related("author")


def test_each_reader_gets_their_own_rows_from_one_compiled_query(company):
    posts = [
        PostFactory(),
        PostFactory(audience=company.foundry),
        PostFactory(author=company.outsider, state="draft"),
    ]
    ids, since = [post.pk for post in posts], timezone.now() - timedelta(days=1)
    for reader in (company.outsider, company.employee, company.moderator, company.administrator):
        wanted = set(Post.objects.visible_to(reader).filter(pk__in=ids))
        found = readable(reader, ids=ids, since=since)
        assert set(found) == wanted
        assert {post.author.name for post in found} == {post.author.name for post in wanted}


def test_longer_lists_and_other_moments_are_not_the_first_ones(company):
    posts = [PostFactory() for _ in range(5)]
    since = timezone.now() - timedelta(days=1)
    for number in (1, 2, 3, 5):
        found = readable(company.employee, ids=[post.pk for post in posts[:number]], since=since)
        assert set(found) == set(posts[:number])
    later = timezone.now() + timedelta(days=1)
    assert readable(company.employee, ids=[posts[0].pk], since=later) == []


def test_who_left_gets_nothing_from_a_query_that_others_compiled(company):
    post = PostFactory()
    assert pages.rows(company.employee, [post.pk]) == [post]
    gone = UserFactory(is_active=False)
    assert pages.rows(gone, [post.pk]) == []


def test_query_that_reads_the_clock_itself_is_refused(company):
    frozen = Prepared(lambda reader: Post.objects.visible_to(reader).filter(created_at__lt=timezone.now()))
    with pytest.raises(TypeError, match="clock"):
        frozen(company.employee)


def test_text_of_a_reader_stays_a_value(company):
    by_words = Prepared(lambda reader, *, words: Post.objects.visible_to(reader).filter(body=words))
    post = PostFactory(body="it's 100 % %s \\ fine")
    assert by_words(company.employee, words="nothing") == []
    assert by_words(company.employee, words=post.body) == [post]
