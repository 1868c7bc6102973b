"""Scheduled publishing: once, by one of several runners, past bad items (A28, fact 13)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, Revision

from blog.actions import scheduling
from blog.models import ArticlePage
from feed.models import Post, PostPage
from tests.factories import ArticleFactory


def due(company, title, minutes=1):
    """An article of which a revision should have gone live `minutes` ago."""
    page = ArticleFactory(blog=company.blog, author=company.executive, title=title, state="draft")
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=minutes)
    )
    return page


@pytest.mark.django_db
def test_due_article_appears_with_its_conversation(company):
    page = due(company, "On time")
    assert scheduling.publish_due() == (1, 0, 0)
    assert PostPage.objects.get(page=page).post.state == Post.State.PUBLISHED
    assert scheduling.publish_due() == (0, 0, 0)


@pytest.mark.django_db
def test_future_article_waits(company):
    page = due(company, "Later", minutes=-5)
    assert scheduling.publish_due() == (0, 0, 0)
    assert not PostPage.objects.filter(page=page, is_live=True).exists()


@pytest.mark.django_db
def test_a_bad_item_does_not_stop_the_others(company):
    bad, good = due(company, "Bad", minutes=9), due(company, "Good")
    revision = Revision.objects.filter(object_id=str(bad.pk)).latest("pk")
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"body": '[{"type": 17'})
    Revision.objects.filter(pk=revision.pk).update(content={"pk": bad.pk, "content_type": "nonsense"})
    published, _expired, failed = scheduling.publish_due()
    assert (published, failed) == (1, 1)
    assert ArticlePage.objects.get(pk=good.pk).live


@pytest.mark.django_db
def test_expired_article_is_taken_down_and_its_conversation_withdrawn(company):
    Page.objects.filter(pk=company.foundry_article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert scheduling.publish_due() == (0, 1, 0)
    post = Post.objects.get(pk=company.foundry_article.post_page.post_id)
    assert post.state == Post.State.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_two_runners_at_once_publish_once(company):
    pages = [due(company, f"Number {number}") for number in range(4)]
    answers, start = [], threading.Barrier(2)

    def run():
        start.wait()
        try:
            answers.append(scheduling.publish_due())
        finally:
            connection.close()

    runners = [threading.Thread(target=run) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert sum(published for published, _expired, _failed in answers) == len(pages)
    assert sum(failed for _published, _expired, failed in answers) == 0
    assert PostPage.objects.filter(page__in=pages, is_live=True).count() == len(pages)
