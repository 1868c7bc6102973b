"""Atom by RFC 4287: what the key's owner may read, in German and English, and nothing without a good key."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from feed.actions import moderating, posting
from people.actions import feed_keys
from people.models import FeedKey
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def key(company):
    return feed_keys.renew(user=company.employee).key


def read(client, url, **headers):
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200, url
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer


def text(node, path):
    return node.findtext(path, namespaces=ATOM)


def titles(feed):
    return {text(entry, "a:title") for entry in feed.findall("a:entry", ATOM)}


def test_feed_has_what_the_standard_demands(client, company, key):
    """RFC 4287 sections 4.1.1 and 4.1.2: id, title, updated, author, alternate and self links; dates with a zone."""
    feed = read(client, f"/atom/{key}/all/")
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"].endswith(f"/atom/{key}/all/")
    assert urlsplit(links["alternate"]).path == "/blogs/"
    ids = [text(feed, "a:id")] + [text(entry, "a:id") for entry in feed.findall("a:entry", ATOM)]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("tag:") and key not in one for one in ids)
    for node in [feed, *feed.findall("a:entry", ATOM)]:
        assert text(node, "a:title")
        assert datetime.fromisoformat(text(node, "a:updated")).tzinfo is not None
    for entry in feed.findall("a:entry", ATOM):
        assert text(entry, "a:author/a:name") == company.executive.name
        assert entry.find("a:link[@rel='alternate']", ATOM).get("href").startswith("http")
        assert entry.find("a:content", ATOM).get("type") == "html"
    assert client.get(f"/atom/{key}/all/")["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_feed_shows_what_the_owner_may_read_as_long_as_they_may(client, company, key):
    assert titles(read(client, f"/atom/{key}/all/")) == {"Why we keep the foundry", "Only for the foundry"}
    outsider = feed_keys.renew(user=company.outsider).key
    assert titles(read(client, f"/atom/{outsider}/all/")) == {"Why we keep the foundry"}
    company.employee.audience_members.all().delete()
    assert titles(read(client, f"/atom/{key}/all/")) == {"Why we keep the foundry"}


def test_feed_of_a_blog_and_of_a_tag(client, company, key):
    german = company.foundry_blog.pages.get(locale__language_code="de")
    feed = read(client, f"/atom/{key}/blog/{german.pk}/")
    assert titles(feed) == {"Only for the foundry"}
    assert german.title in text(feed, "a:title")
    tagged = read(client, f"/atom/{key}/tag/foundry/")
    assert titles(tagged) == {"Why we keep the foundry"}
    assert tagged.find("a:entry/a:category", ATOM).get("term") == "foundry"


def test_hidden_blog_and_tag_are_absent(client, company):
    outsider = feed_keys.renew(user=company.outsider).key
    page = company.foundry_blog.pages.first()
    for path in (f"blog/{page.pk}/", "tag/furnace/", "blog/999999/", "tag/none/"):
        assert client.get(f"/atom/{outsider}/{path}").status_code == 404


def test_feed_speaks_german_and_english(client, company, key):
    german, english = (read(client, f"/atom/{key}/all/?language={code}") for code in ("de", "en"))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (german.get(lang), english.get(lang)) == ("de", "en")
    hrefs = [
        feed.find("a:entry[a:title='Why we keep the foundry']/a:link", ATOM).get("href")
        for feed in (german, english)
    ]
    assert "/de/" in hrefs[0]
    assert "/en/" in hrefs[1]
    assert client.get(f"/atom/{key}/all/?language=xx").status_code == 404


def test_unchanged_feed_is_not_sent_again(client, company, key):
    first = client.get(f"/atom/{key}/all/")
    assert client.get(f"/atom/{key}/all/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert (
        client.get(f"/atom/{key}/all/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code
        == 304
    )
    ArticleFactory(blog=company.blog, author=company.executive, title="News")
    changed = client.get(f"/atom/{key}/all/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_wrong_revoked_and_former_colleagues_keys_are_absent(client, company, key):
    assert client.get("/atom/wrong/all/").status_code == 404
    newer = feed_keys.renew(user=company.employee).key
    assert client.get(f"/atom/{key}/all/").status_code == 404
    company.employee.is_active = False
    company.employee.save()
    assert client.get(f"/atom/{newer}/all/").status_code == 404
    assert FeedKey.objects.count() == 1


def test_feed_signs_nobody_in(client, key):
    client.get(f"/atom/{key}/all/")
    assert client.get("/blogs/").status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_feed_takes_the_same_queries_for_one_and_for_twenty(
    count, client, company, key, django_assert_max_num_queries
):
    for _ in range(count):
        ArticleFactory(blog=company.blog, author=company.executive, tags=["foundry"])
    with django_assert_max_num_queries(8):
        client.get(f"/atom/{key}/all/")


def test_hostile_title_stays_text(client, company, key):
    ArticleFactory(blog=company.blog, author=company.executive, title="<script>x</script> & ]]> \u202e")
    assert "<script>x</script> & ]]> \u202e" in titles(read(client, f"/atom/{key}/all/"))


def test_feed_of_a_tag_has_posts_too_as_far_as_its_owner_may_read_them(client, company, key):
    said = {"author": company.executive, "community": None}
    posting.add(**said, body="Sand has come. #foundry")
    posting.add(**said, body="Furnace two is cold, and it will stay so until the frost is gone for good, I think. "
                "Ask me on Monday. #Foundry", audience=company.foundry)  # fmt: skip
    hidden = posting.add(**said, body="Rude. #foundry")
    moderating.hide_post(post=hidden, by=company.moderator, reason="Rude.")
    feed = read(client, f"/atom/{key}/tag/foundry/")
    assert {"Sand has come. #foundry", "Why we keep the foundry"} < titles(feed) and len(titles(feed)) == 3
    long = next(one for one in feed.findall("a:entry", ATOM) if "Furnace" in text(one, "a:title"))
    assert "Ask me on Monday" in text(long, "a:summary") and "/posts/" in long.find("a:link", ATOM).get(
        "href"
    )
    outsider = feed_keys.renew(user=company.outsider).key
    page = client.get(f"/atom/{outsider}/tag/foundry/").content.decode()
    assert "Sand has come" in page and "Furnace two" not in page and "Rude" not in page
    assert "Sand has come" not in client.get(f"/atom/{key}/all/").content.decode()
