"""A text too long for a post becomes an article's draft, for those who have a blog."""

import pytest
from django.urls import reverse

from blog.models import ArticlePage
from feed.models import Draft, Post

pytestmark = pytest.mark.django_db
LONG = "Why we keep the foundry. **Because** it is ours and we have been there for years. " * 20


def test_long_text_is_offered_a_place_in_ones_blog_and_only_there(company, client_for):
    offer = reverse("blog:from_post")
    for who, offered in ((company.author, True), (company.employee, False)):
        answer = client_for(who).post("/write/", {"body": LONG})
        assert answer.status_code == 422
        assert (offer in answer.content.decode()) is offered


def test_article_begins_with_the_text_in_the_editor_and_nobody_else_sees_it(company, client_for):
    Draft.objects.create(user=company.author, place="post", body=LONG.strip())
    browser = client_for(company.author)
    before = Post.objects.count()
    answer = browser.post(reverse("blog:from_post"), {"body": LONG, "key": "k"})
    page = ArticlePage.objects.get(title__startswith="Why we keep the foundry", owner=company.author)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Because" in browser.get(answer["Location"]).content.decode()
    assert (page.live, page.author, page.blog) == (False, company.author, company.staff_blog)
    assert Post.objects.count() == before
    assert not Draft.objects.exists()
    assert client_for(company.outsider).get(page.url_path).status_code == 404


def test_sending_it_twice_makes_one_draft(company, client_for):
    browser = client_for(company.author)
    first, second = (
        browser.post(reverse("blog:from_post"), {"body": LONG, "key": "k"})["Location"] for _ in range(2)
    )
    assert first == second


def test_delegate_begins_it_in_the_name_of_the_executive(company, client_for):
    client_for(company.delegate).post(reverse("blog:from_post"), {"body": LONG})
    page = ArticlePage.objects.get(owner=company.delegate)
    assert (page.author, page.drafted_by) == (company.executive, company.delegate)


def test_somebody_without_a_blog_is_led_to_ask_for_one(company, client_for):
    answer = client_for(company.employee).post(reverse("blog:from_post"), {"body": LONG})
    assert answer["Location"] == reverse("blog:request")
    assert not ArticlePage.objects.filter(owner=company.employee).exists()
