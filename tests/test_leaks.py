"""T1: nobody reads what is not for them. Each role opens every page of everything there is, in every state; of the
addresses about one post or comment each role takes a third in the suite, and all as a benchmark.

A leak is a secret word in an answer for a role that `leak_world.may` does not name; titles, texts, comments and
addresses have words of their own. A cell is one (role, address, word).
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from people.models import FeedKey
from people.profile_sections import sections
from tests import addresses, house, leak_world, snapshots

WORD = re.compile(r"zq[a-z]+")
OPEN_TO_ALL = {"open", "locked"}
READABLE_INSIDE = {"audience", "ownaudience", "moved"}
ADMIN_ROLES = {"author", "executive", "delegate", "communications", "administrator"}
RESTRICTED = ("audience", "ownaudience", "moved", "draftinside", "draft", "open")


@pytest.fixture
def world(db):
    return snapshots.build_once(leak_world.build)


@pytest.mark.parametrize("role", ["anonymous", *leak_world.ROLES])
def test_role_reads_only_what_is_for_it(world, role):
    _read_all(world, role, _thinned(world, role))


@pytest.mark.benchmark
@pytest.mark.parametrize("role", ["anonymous", *leak_world.ROLES])
def test_role_reads_only_what_is_for_it_at_every_single_address(world, role):
    """T1 in full: pytest -m benchmark -n0 tests/test_leaks.py"""
    _read_all(world, role, _front(world, role))


def _read_all(world, role, urls):
    client = _client(world, role)
    leaks, seen = [], set()
    for url in urls:
        fragment = _is_fragment(url)
        _look(client, url, {"HX-Request": "true"} if fragment else {}, role, world.may, leaks, seen)
    house.assert_none(leaks)
    house.assert_none(sorted(_must_see(role) - seen))


def _is_fragment(url):
    return url.startswith(("/posts/", "/comments/"))


def _thinned(world, role):
    """Every page and list, and every third address about one post or comment: each is asked by four roles."""
    first = ["anonymous", *leak_world.ROLES].index(role) % 3
    every = _front(world, role)
    fragments = [url for url in every if _is_fragment(url)]
    return [url for url in every if not _is_fragment(url)] + fragments[first::3]


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES | {"insider", "moderator"}))
def test_admin_shows_a_role_only_what_is_for_it(world, role):
    client = _client(world, role)
    leaks, seen = [], set()
    for url in _admin(world):
        _look(client, url, {}, role, world.may, leaks, seen)
    house.assert_none(leaks)
    if role in ("executive", "author"):
        assert leak_world.word("t", "draftinside") in seen, (
            "the admin showed nothing, so the test proves nothing"
        )


def test_enough_was_tried(world):
    cells = sum(len(_front(world, role)) * len(world.may) for role in leak_world.ROLES)
    print(f"{cells} cells")
    assert cells >= 9_000


def _client(world, role):
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def _look(client, url, headers, role, may, leaks, seen):
    answer = client.get(url, headers=headers)
    if answer.status_code >= 500:
        leaks.append(f"{role} {url}: {answer.status_code}")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = body.decode(errors="replace") + answer.get("Location", "")
    # What the reader typed into the address themselves tells them nothing.
    found = set(WORD.findall(said)) & set(may) - set(WORD.findall(url))
    seen |= found if answer.status_code == 200 else set()
    leaks += [f"{role} {url} {headers}: {word}" for word in sorted(found) if role not in may.get(word, ())]


def _must_see(role):
    """Guards against answers that leak nothing because they show nothing."""
    states = set()
    if role in leak_world.EVERYONE:
        states |= OPEN_TO_ALL
    if role in leak_world.INSIDE:
        states |= READABLE_INSIDE
    kinds = [leak_world.word(kind, state) for kind in "bc" for state in states]
    shown = [leak_world.word("c", "cshown"), leak_world.word("c", "creplytohidden")] if states else []
    return {*kinds, *shown}


def _front(world, role):
    """Every address outside the admin that names something in the world, and every list."""
    lists = ["home", "blog:index", "blog:write", "blog:request", "people:list", "people:settings"]
    lists += ["feed:communities", "feed:feed", "feed:everything", "feed:tags"]
    lists += ["feed:bookmarks", "feed:notifications", "feed:moderation", "usersessions_list"]
    found = [reverse(name) for name in lists if _exists(name)]
    found += [f"{reverse('feed:moderation')}?view={view}" for view in ("held", "log")]
    for post in world.posts.values():
        found += [reverse(f"feed:{name}", args=[post.pk]) for name in _of("posts/<int:pk>/")]
    for place, post in world.places.values():
        names = ("community", "community_members", "community_leave", "community_change", "community_report")
        found += [reverse(f"feed:{name}", args=[place.slug]) for name in names]
        found += [
            reverse(f"feed:{name}", args=[post.pk])
            for name in ("post", "talk", "comments", "share", "report")
        ]
    for comment in _comments(world):
        found += [reverse(f"feed:{name}", args=[comment.pk]) for name in _of("comments/<int:pk>/")]
    for state, article in world.articles.items():
        url = type(article).objects.get(pk=article.pk).url_path if state == "moved" else article.url_path
        found += [url, f"/tags/{leak_world.word('t', state)}/"]
    for state in ("open", "audience"):
        url = world.articles[state].url_path
        found += [f"{url}?sort=oldest", f"{url}?sort=support"]
        found += [f"{url}?at={comment.pk}&reply={comment.pk}" for comment in world.comments.values()]
    for blog in (world.open_blog, world.inside_blog):
        found += [page.url_path for page in blog.pages.all()]
    for who in ("executive", "commenter", "insider"):
        profile = reverse("people:profile", args=[world.people[who].handle])
        found += [f"{profile}?show={key}" for key in sections]
    return found + _feeds(world, role)


def _feeds(world, role):
    if role == "anonymous":
        return []
    key = FeedKey.objects.get_or_create(user=world.people[role])[0].key
    found = [reverse("feed:atom_all", args=[key])]
    for blog in (world.open_blog, world.inside_blog):
        found += [reverse("feed:atom_blog", args=[key, page.pk]) for page in blog.pages.all()]
    return found + [
        reverse("feed:atom_tag", args=[key, leak_world.word("t", state)]) for state in world.articles
    ]


def _comments(world):
    below = [comment for post in world.posts.values() for comment in post.comments.all()]
    return [
        *world.comments.values(),
        *(comment for comment in below if comment not in world.comments.values()),
    ]


def _exists(name):
    return any(known == name for _, known in addresses.patterns())


def _of(start):
    """Names of the feed's addresses that begin with `start` and name nothing else."""
    return [
        name.removeprefix("feed:")
        for route, name in addresses.patterns()
        if route.startswith(start) and route.count("<") == 1 and name.startswith("feed:")
    ]


def _admin(world):
    """The admin's lists, searches and choosers, and every screen about one page."""
    word = "zq"
    found = ["/admin/", "/admin/pages/", f"/admin/pages/?q={word}", f"/admin/pages/results/?q={word}"]
    found += [f"/admin/search/?q={word}", "/admin/choose-page/", f"/admin/choose-page/search/?q={word}"]
    found += ["/admin/reports/workflow/", "/admin/reports/workflow_tasks/", "/admin/reports/locked/"]
    found += [
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/reports/page-types-usage/",
    ]
    for blog in (world.open_blog, world.inside_blog):
        for page in blog.pages.all():
            found += [
                f"/admin/pages/{page.pk}/",
                f"/admin/pages/{page.pk}/?q={word}",
                f"/admin/choose-page/{page.pk}/",
            ]
    about_one = [
        route
        for route, _ in addresses.patterns()
        if route.startswith("admin/pages/") and re.findall(r"<int:(\w+)>", route) in (["page_id"], ["pk"])
        and route.count("<") == 1
    ]  # fmt: skip
    for state in RESTRICTED:
        pk = str(world.articles[state].pk)
        found += ["/" + re.sub(r"<int:\w+>", pk, route) for route in about_one]
    return found
