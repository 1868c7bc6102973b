"""Other readers for an article: narrowing acts at once, widening never shows old words to new readers (A4, A9)."""

import pytest
from django.urls import reverse

from blog.actions import publishing, retargeting
from blog.models import ArticlePage
from feed.models import Comment, Post
from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db


def republish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def test_narrowing_acts_at_once(company, client_for):
    browser = client_for(company.outsider)
    assert browser.get(company.article.url_path).status_code == 200
    republish(company.article, has_own_audience=True, audience=company.foundry)
    assert browser.get(company.article.url_path).status_code == 404
    assert Comment.objects.get(pk=company.comment.pk).post_id == company.post.pk


def test_widening_keeps_the_old_words_with_the_old_readers(company, client_for):
    said = CommentFactory(
        post=company.foundry_article.post_page.post, author=company.employee, body="Among ourselves"
    )
    page = republish(company.foundry_article, has_own_audience=True, audience=None)
    inside, outside = client_for(company.employee), client_for(company.outsider)
    assert "Among ourselves" not in outside.get(page.url_path).content.decode()
    assert outside.get(page.url_path).status_code == 200
    assert outside.get(reverse("feed:comment", args=[said.pk])).status_code == 404
    old = reverse("feed:post", args=[said.post_id])
    assert "Among ourselves" in inside.get(old).content.decode()
    assert outside.get(old).status_code == 404
    assert Post.objects.get(pk=said.post_id).locked_at
    assert old in inside.get(page.url_path).content.decode()
    assert old not in outside.get(page.url_path).content.decode()


def test_widening_says_how_much_stays_behind_before_it_acts(company):
    post = company.foundry_article.post_page.post
    CommentFactory(post=post, author=company.employee)
    with pytest.raises(retargeting.NeedsConfirmation) as asked:
        retargeting.retarget(posts=[post], audience_id=None)
    assert asked.value.comments == 1
    assert Post.objects.get(pk=post.pk).audience == company.foundry


def test_widening_without_comments_needs_no_second_conversation(company):
    post = company.foundry_article.post_page.post
    republish(company.foundry_article, has_own_audience=True, audience=None)
    assert Post.objects.get(pk=post.pk).audience is None
    assert Post.objects.filter(part_of=post).count() == 0


def test_both_languages_move_to_the_new_conversation(company):
    page = ArticleFactory(blog=company.foundry_blog, author=company.executive, languages=("de", "en"))
    CommentFactory(post=page.post_page.post, author=company.employee)
    republish(page, has_own_audience=True, audience=None)
    posts = {
        version.post_id
        for version in publishing.PostPage.objects.filter(page__translation_key=page.translation_key)
    }
    assert len(posts) == 1
    assert posts != {page.post_page.post_id}
