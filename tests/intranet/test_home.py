"""The home page: the newest executive article, what I follow, what people talk about, who is new."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Blog
from feed.models import Follow, Pin, Post
from intranet.home import greeting
from tests.factories import ArticleFactory, BlogFactory, CommentFactory, UserFactory

pytestmark = pytest.mark.django_db


def home(client):
    return client.get("/").context


def test_home_opens_with_the_newest_executive_article(company, client_for):
    newer = ArticleFactory(blog=company.blog, author=company.executive, title="Newer")
    ArticleFactory(blog=company.staff_blog, author=company.author, title="By a colleague")
    assert home(client_for(company.outsider))["hero"].page_id == newer.pk


def test_featured_article_comes_before_the_newest_executive_one_until_its_end(company, client_for):
    post = ArticleFactory(blog=company.staff_blog, author=company.author, title="Featured").post_page.post
    pin = Pin.objects.create(
        post=post, until=timezone.now() + timedelta(days=1), pinned_by=company.communications
    )
    assert home(client_for(company.outsider))["hero"].post == post
    Pin.objects.filter(pk=pin.pk).update(until=timezone.now() - timedelta(minutes=1))
    assert home(client_for(company.outsider))["hero"].post == company.post


def test_employee_outside_audience_does_not_see_a_featured_article(company, client_for):
    post = company.foundry_article.post_page.post
    Pin.objects.create(post=post, until=timezone.now() + timedelta(days=1), pinned_by=company.communications)
    answer = client_for(company.outsider).get("/")
    assert "Only for the foundry" not in answer.content.decode()
    assert home(client_for(company.employee))["hero"].post == post


def test_executive_blogs_are_followed_unless_muted(company, client_for):
    ArticleFactory(blog=company.blog, author=company.executive, title="Second")
    shown = home(client_for(company.outsider))["followed"]
    assert [item.post for item in shown] == [company.post]
    page = company.blog.pages.order_by("pk").first()
    Follow.objects.create(follower=company.outsider, page=page, muted=True)
    assert home(client_for(company.outsider))["followed"] == []


def test_followed_staff_blog_author_and_tag_fill_the_list(company, client_for):
    blog, other = BlogFactory(), BlogFactory()
    by_blog = ArticleFactory(blog=blog)
    by_author = ArticleFactory(blog=other)
    by_tag = ArticleFactory(blog=other, tags=["kitchen"])
    reader = company.outsider
    Follow.objects.create(follower=reader, page=blog.pages.order_by("pk").first())
    Follow.objects.create(follower=reader, user=by_author.author)
    Follow.objects.create(follower=reader, tag=by_tag.post_page.post.tags.get())
    shown = {item.post_id for item in home(client_for(reader))["followed"]}
    assert {by_blog.post_page.post_id, by_author.post_page.post_id, by_tag.post_page.post_id} <= shown


def test_people_talk_about_what_was_commented_last(company, client_for):
    quiet = ArticleFactory(blog=company.staff_blog, author=company.author)
    CommentFactory(post=company.post)
    Post.objects.filter(pk=company.post.pk).update(last_activity_at=timezone.now())
    talked = [post.pk for post in home(client_for(company.outsider))["talked"]]
    assert company.post.pk in talked
    assert quiet.post_page.post_id not in talked


def test_new_colleagues_are_greeted_and_those_who_left_are_not(company, client_for):
    joined = timezone.localdate() - timedelta(days=3)
    new = UserFactory(first_name="Nele", joined_on=joined)
    UserFactory(first_name="Gone", joined_on=joined, is_active=False)
    UserFactory(first_name="Longtime", joined_on=joined - timedelta(days=400))
    assert list(home(client_for(company.outsider))["colleagues"]) == [new]


def test_empty_house_says_what_will_appear(client_for):
    answer = client_for(UserFactory()).get("/")
    assert answer.status_code == 200
    assert "Quiet here so far." in answer.content.decode()


def test_home_needs_no_more_than_twenty_queries_however_many_articles_there_are(
    company, client_for, django_assert_max_num_queries
):
    client = client_for(company.outsider)
    client.get("/")
    with django_assert_max_num_queries(20):
        client.get("/")
    for _ in range(8):
        CommentFactory(
            post=ArticleFactory(blog=company.blog, author=company.executive, tags=["a", "b"]).post_page.post
        )
    with django_assert_max_num_queries(20):
        client.get("/")


def test_greeting_follows_the_readers_clock():
    morning = timezone.now().replace(hour=7)
    assert greeting(morning) == "morning"
    assert greeting(morning.replace(hour=14)) == "day"
    assert greeting(morning.replace(hour=22)) == "evening"


def test_brand_colour_is_public_and_nothing_but_a_colour(client):
    answer = client.get("/brand.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert "--brand: #0b6b55" in answer.content.decode()


def test_staff_blog_is_not_followed_by_itself(company, client_for):
    ArticleFactory(blog=BlogFactory(kind=Blog.Kind.STAFF), title="Unfollowed")
    assert "Unfollowed" not in [item.title for item in home(client_for(company.outsider))["followed"]]
