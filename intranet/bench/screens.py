"""What is measured: each screen as a function that asks once, and what it needs."""

import secrets
from functools import partial

from django.urls import reverse
from django.utils import timezone

from feed.actions import bringing, posting
from feed.actions.bringing import OldComment
from feed.models import Post
from people.actions import feed_keys
from people.models import User

COMMENTS = 50


def prepare():
    """The person who asks and a conversation of 50 comments; returns (person, password, post)."""
    password = secrets.token_urlsafe(20)
    mark = secrets.token_hex(4)
    person = User.objects.create_user(
        f"bench-{mark}@bench.invalid", password, handle=f"bench-{mark}", first_name="Bench", last_name=mark
    )
    now = timezone.now()
    post = posting.add(author=person, body="Measured.", created_at=now)
    authors = list(User.objects.present().order_by("pk")[:20])
    rows = [OldComment(authors[n % len(authors)], f"Comment {n}, **clear**.", now) for n in range(COMMENTS)]
    bringing.add_many(post=post, comments=rows)
    return person, password, post


def reading(person, post):
    """{name: address} of what is only read."""
    others = Post.objects.visible_to(person).listed().exclude(author=person).select_related("author")
    other = others.newest_first().first() or post
    return {
        "bare Django view": "/bare/",
        "home": "/",
        "feed: for you": reverse("feed:feed"),
        "feed: everything": reverse("feed:everything"),
        "post with 50 comments": reverse("feed:post", args=[post.pk]),
        "profile": reverse("people:profile", args=[other.author.handle]),
        "search": reverse("search") + "?q=Werkstatt+Donnerstag",
        "search, typing": reverse("search_suggest") + "?q=brand",
        "Atom": reverse("feed:atom_all", args=[feed_keys.renew(user=person).key]),
        "live: what is new": f"/live/state/?stream=everything&since={timezone.now():%Y-%m-%dT%H:%M:%S}%2B00:00",
    }


def writing(token, post):
    """{name: function(browser)} of what changes something."""
    token_field = {"csrfmiddlewaretoken": token}
    react = reverse("feed:react", args=[post.pk])
    comment = reverse("feed:comments", args=[post.pk])
    return {
        "post a post": lambda browser: browser.post(
            reverse("feed:write"), token_field | {"body": f"Measured {secrets.token_hex(8)}", "kind": "post"}
        ),
        "comment": lambda browser: browser.post(
            comment, token_field | {"body": f"Measured {secrets.token_hex(8)}"}, htmx=True
        ),
        "reaction": lambda browser: browser.post(react, token_field | {"kind": "thanks"}, htmx=True),
    }


def all_of(person, post, token):
    """{name: function(browser)}, reading first."""
    opened = {name: partial(_open, url) for name, url in reading(person, post).items()}
    return opened | writing(token, post)


def _open(url, browser):
    return browser.get(url)
