"""Hostile texts sent through the real forms: no error, and nothing unsafe in what comes back (T5)."""

import lxml.html
import pytest
from django.urls import reverse

from blog.models import BlogRequest
from feed.models import Comment, Post
from people import ratelimit
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.feed.hostile_texts import HTML, SCHEMES, body, unsafe

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HOSTILE = [
    *HTML,
    *(f"[x]({scheme})" for scheme in SCHEMES[:14]),
    *(body(seed, 30).replace("\ud800", "") for seed in range(20)),
]


@pytest.fixture
def reader(client_for, monkeypatch):
    monkeypatch.setattr(ratelimit, "LIMITS", dict.fromkeys(ratelimit.LIMITS, (10**6, 60)))
    return client_for(UserFactory())


def handlers_and_scripts(page: str):
    """Event handlers, inline scripts without nonce and odd links anywhere in a page."""
    found = []
    for element in lxml.html.fromstring(page).iter(lxml.etree.Element):
        found += [f"{element.tag} {name}" for name in element.attrib if name.lower().startswith("on")]
        if element.tag == "script" and not element.get("src") and not element.get("nonce"):
            found.append(f"script {element.text!r:.40}")
        for name in ("href", "src", "action", "formaction"):
            if element.get(name, "").strip().lower().startswith(("javascript:", "vbscript:", "data:text")):
                found.append(f"{name} {element.get(name)!r:.40}")
    return found


def test_comments_answers_and_previews(reader):
    post = PostFactory()
    for number, typed in enumerate(HOSTILE):
        sent = reader.post(
            reverse("feed:comments", args=[post.pk]), {"body": typed, "key": f"k{number}"}, headers=HTMX
        )
        assert sent.status_code in (201, 422), typed
        shown = reader.post(reverse("feed:preview", args=[post.pk]), {"body": typed}, headers=HTMX)
        assert shown.status_code in (200, 422), typed
        assert not handlers_and_scripts(f"<div>{shown.content.decode()}</div>"), typed
    stored = Comment.objects.filter(post=post)
    assert stored.count() > len(HOSTILE) * 0.8
    assert not [fault for comment in stored for fault in unsafe(comment.body_html)]
    page = reader.get(reverse("feed:post", args=[post.pk]))
    assert page.status_code == 200
    assert not handlers_and_scripts(page.content.decode())


def test_shares_reports_and_edits(reader):
    post, comment = PostFactory(), CommentFactory()
    for number, typed in enumerate(HOSTILE[:40]):
        share = reader.post(reverse("feed:share", args=[post.pk]), {"body": typed, "key": f"s{number}"})
        assert share.status_code in (200, 303, 302, 422), typed
    report = reader.post(
        reverse("feed:comment_report", args=[comment.pk]), {"reason": HTML[1], "detail": HTML[0]}
    )
    assert report.status_code < 500
    shared = Post.objects.exclude(shared=None)
    assert shared.exists()
    assert not [fault for one in shared for fault in unsafe(one.body_html)]


def test_profiles_and_requests(client_for):
    person = UserFactory(locale="de")
    client = client_for(person)
    for typed in HOSTILE[:30]:
        data = {
            "about": typed,
            "pronouns": typed[:30],
            "phone": typed[:30],
            "room": typed[:30],
            "locale": "de",
        }
        data |= {"first_name": typed[:50], "theme": "system", "time_zone": "Europe/Berlin"}
        assert client.post(reverse("people:settings"), data).status_code in (302, 422), typed
        page = client.get(reverse("people:profile", args=[person.handle]))
        assert page.status_code == 200 and not handlers_and_scripts(page.content.decode()), typed
    before = BlogRequest.objects.count()
    sent = client.post(reverse("blog:request"), {"title": HTML[1], "reason": HTML[0], "purpose": HTML[0]})
    assert sent.status_code < 500
    assert BlogRequest.objects.count() >= before


@pytest.mark.parametrize(
    "value", ["\x00", "%", "a\x00b", "x" * 5000, "\u202e", "' OR 1=1 --", "\ud7ff", "🂡" * 300]
)
def test_odd_queries_are_never_an_error(reader, value):
    for name, arguments in (("people:list", ["q", "after", "department"]), ("blog:index", ["after", "page"])):
        for argument in arguments:
            assert reader.get(reverse(name), {argument: value}).status_code < 500, (name, argument)
