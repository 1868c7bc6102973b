"""Moving an article in the admin: languages stay together, and comments with whom they were written for."""

import pytest
from django.urls import reverse

from blog.models import ArticlePage
from feed.models import Post
from tests.factories import CommentFactory


def move(client, page, destination, **data):
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    return client.post(url, data)


def page_of(blog, language="de"):
    return blog.pages.get(locale__language_code=language)


@pytest.fixture
def client(company, client_for):
    return client_for(company.executive)


def test_both_languages_move_together_and_narrow_at_once(company, client):
    move(client, company.article, page_of(company.foundry_blog))
    versions = ArticlePage.objects.filter(translation_key=company.article.translation_key)
    assert {page.get_parent().specific.blog for page in versions} == {company.foundry_blog}
    assert Post.objects.get(pages__page=company.article).audience == company.foundry
    assert company.post.comments.count() == 1


def test_widening_move_asks_with_the_number(company, client):
    CommentFactory(post=company.foundry_article.post_page.post, author=company.employee)
    answer = move(client, company.foundry_article, page_of(company.blog))
    assert answer.status_code == 422
    assert "1 comment" in answer.content.decode()
    assert (
        ArticlePage.objects.get(pk=company.foundry_article.pk).get_parent().specific.blog
        == company.foundry_blog
    )
    assert (
        move(client, company.foundry_article, page_of(company.blog), confirm_widening="1").status_code == 302
    )
    new = Post.objects.get(pages__page=company.foundry_article)
    assert (new.audience, new.comment_count) == (None, 0)


def test_article_stays_in_its_language(company, client):
    move(client, company.article, page_of(company.foundry_blog, "en"))
    assert ArticlePage.objects.get(pk=company.article.pk).get_parent().pk == page_of(company.blog).pk


def test_containers_are_not_edited(company, client_for):
    for page in (page_of(company.blog).get_parent(), page_of(company.blog).get_parent().get_parent()):
        answer = client_for(company.administrator).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code in (302, 403)
