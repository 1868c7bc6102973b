"""What a screen costs the database does not depend on how much there is to show (aims in the issue and T25)."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import FeedKey
from tests.factories import (
    ArticleFactory,
    BlogFactory,
    BookmarkFactory,
    CommentFactory,
    NotificationFactory,
    PictureFactory,
    ReactionFactory,
    ReportFactory,
    UserFactory,
)

AIMS = {
    "home": 12,
    "blogs": 10,
    "blog": 10,
    "article with comments": 12,
    "profile": 10,
}  # session and user included


def screens(company):
    """{name: (role, address)} of the measured screens."""
    key = FeedKey.objects.get_or_create(user=company.employee)[0].key
    blog = company.blog.pages.get(locale__language_code="de")
    person = reverse("people:profile", args=[company.executive.handle])
    return {
        "home": ("employee", reverse("home")),
        "blogs": ("employee", reverse("blog:index")),
        "blog": ("employee", blog.url_path),
        "article with comments": ("employee", company.article.url_path),
        "article by support": ("employee", f"{company.article.url_path}?sort=support"),
        "profile": ("employee", person),
        "profile, comments": ("employee", f"{reverse('people:profile', args=['eva'])}?show=comments"),
        "notifications": ("employee", reverse("feed:notifications")),
        "bookmarks": ("employee", reverse("feed:bookmarks")),
        "people": ("employee", reverse("people:list")),
        "tag": ("employee", reverse("feed:tag", args=["foundry"])),
        "topics": ("employee", reverse("feed:tags")),
        "who reacted": ("employee", reverse("feed:reactions", args=[company.post.pk])),
        "moderation": ("moderator", reverse("feed:moderation")),
        "moderation, held": ("moderator", reverse("feed:moderation") + "?view=held"),
        "Atom": ("employee", reverse("feed:atom_all", args=[key])),
    }


def grow(company, number):
    """Adds `number` of everything that the screens list."""
    for _ in range(number):
        person = UserFactory(department=company.employee.department, location=company.employee.location)
        cover = PictureFactory()
        blog = BlogFactory(executive=True, owner=person)
        ArticleFactory(blog=blog, author=person, cover=cover, tags=["foundry"])
        article = ArticleFactory(blog=company.blog, author=company.executive, cover=cover, tags=["foundry"])
        post = article.post_page.post
        root = CommentFactory(post=company.post, author=person)
        CommentFactory(reply_to=root, author=company.employee)
        CommentFactory(post=post, author=company.employee)
        CommentFactory(post=company.post, author=person, held=True)
        ReactionFactory(post=company.post, user=person)
        ReactionFactory(comment=root, user=company.employee)
        ReportFactory(comment=root, reporter=company.employee)
        BookmarkFactory(user=company.employee, post=post)
        NotificationFactory(user=company.employee, post=post, comment=root, actor=person)


def measure(company, client_for):
    """{name: [queries]} of each screen, asked a second time so that renditions and the brand are there."""
    found = {}
    for name, (role, url) in screens(company).items():
        client = client_for(getattr(company, role))
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        found[name] = [query["sql"] for query in queries]
    return found


@pytest.fixture
def counts(company, client_for):
    grow(company, 1)
    few = measure(company, client_for)
    grow(company, 49)
    cache.clear()
    return few, measure(company, client_for)


def test_screens_ask_the_same_number_of_questions_at_1_and_50_items(counts):
    few, many = counts
    print("\n".join(f"{name}: {len(few[name])} → {len(many[name])}" for name in few))
    grown = [name for name in few if len(few[name]) != len(many[name])]
    told = [
        f"{name}: {len(few[name])} → {len(many[name])}\n" + "\n".join(sorted(many[name])) for name in grown
    ]
    assert not grown, "\n\n".join(told)
    over = {name: len(many[name]) for name, aim in AIMS.items() if len(many[name]) > aim}
    assert not over, "\n\n".join(f"{name}: {count}\n" + "\n".join(many[name]) for name, count in over.items())
