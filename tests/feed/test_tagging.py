"""Tags: one rule of spelling, display as first written, merging and renaming by communications."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry

from feed.actions import following, tagging
from feed.actions.refusals import Refused
from feed.models import Follow, Tag, TagAlias, TaggedPost
from people import roles
from people.handles import tag_slug
from tests.factories import ArticleFactory, PostFactory, UserFactory
from tests.feed.test_concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return UserFactory(roles=[roles.COMMUNICATIONS])


def tagged(body, **fields):
    post = PostFactory(body=body, **fields)
    tagging.tag(post=post)
    return post


def names(post):
    return sorted(post.tags.values_list("name", flat=True))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Straße", "STRASSE", "strasse", "ſtrasse"),
        ("Prüfstand", "pruefstand", "PRÜFSTAND", "Pru\u0308fstand"),
        ("Café", "CAFE", "ｃａｆｅ"),
        ("Nachtschicht", "nachtschicht"),
        ("日本", "日本"),
    ],
)
def test_spellings_that_fold_together_are_one_tag(spellings):
    assert len({tag_slug(one) for one in spellings}) == 1
    assert len({tag.pk for one in spellings for tag in tagging.find_or_make(names=[one])}) == 1


def test_names_of_signs_alone_are_told_apart():
    assert tag_slug("→") and tag_slug("→") != tag_slug("☕")


def test_tag_is_shown_as_it_was_written_first():
    tagged("Der neue #Prüfstand steht.")
    later = tagged("Am #PRÜFSTAND, #pruefstand und #Prüfstand: `#kein` Tag, Zimmer #12.")
    assert names(later) == ["Prüfstand"]
    assert Tag.objects.count() == 1


def test_posts_tags_follow_its_words_and_its_time():
    post = tagged("#eins #zwei")
    post.body = "#zwei #drei"
    post.published_at = post.published_at.replace(microsecond=7)
    tagging.tag(post=post)
    assert names(post) == ["drei", "zwei"]
    assert set(post.tagged_posts.values_list("published_at", flat=True)) == {post.published_at}


def test_articles_tags_carry_the_time_of_publishing():
    post = ArticleFactory(tags=["foundry"]).post_page.post
    assert [row.published_at for row in post.tagged_posts.all()] == [post.published_at]


def test_merging_moves_posts_articles_and_followers_and_the_old_address_leads_on(keeper, client_for):
    old, both = tagged("#gießerei"), tagged("#gießerei #guss")
    article = ArticleFactory(tags=["giesserei"])
    tag, into = Tag.objects.get(slug="giesserei"), Tag.objects.get(slug="guss")
    reader, other = UserFactory(), UserFactory()
    following.follow(follower=reader, tag=tag)
    for one in (tag, into):
        following.follow(follower=other, tag=one)

    assert tagging.merge(tag=tag, into=into, by=keeper) == 3

    assert names(old) == names(both) == names(article.post_page.post) == ["guss"]
    assert [one.name for one in article.tags.all()] == ["guss"]
    assert set(Follow.objects.values_list("follower", "tag")) == {(reader.pk, into.pk), (other.pk, into.pk)}
    assert tagging.find_or_make(names=["Gießerei"]) == [into]
    assert ModelLogEntry.objects.filter(action="feed.merge_tag", user=keeper).exists()


def test_draft_of_an_article_keeps_its_tag_when_it_is_merged(keeper):
    article = ArticleFactory(tags=["furnace"], state="draft")
    [into] = tagging.find_or_make(names=["oven"])
    tagging.merge(tag=Tag.objects.get(slug="furnace"), into=into, by=keeper)
    article = type(article).objects.get(pk=article.pk)
    article.get_latest_revision().publish()
    assert names(article.post_page.post) == ["oven"]


def test_merging_twice_leads_every_old_address_to_the_last(keeper):
    a, b, c = tagging.find_or_make(names=["a", "b", "c"])
    tagging.merge(tag=a, into=b, by=keeper)
    tagging.merge(tag=b, into=c, by=keeper)
    assert {alias.slug: alias.tag for alias in TagAlias.objects.all()} == {"a": c, "b": c}
    with pytest.raises(Refused):
        tagging.merge(tag=b, into=c, by=keeper)
    with pytest.raises(Refused):
        tagging.merge(tag=c, into=c, by=keeper)


def test_renaming_keeps_posts_and_the_old_word(keeper):
    post = tagged("#kantiene")
    tag = tagging.rename(tag=post.tags.get(), name="#Kantine", by=keeper)
    assert (tag.name, tag.slug, names(post)) == ("Kantine", "kantine", ["Kantine"])
    assert tagging.find_or_make(names=["kantiene"]) == [tag]
    tagging.rename(tag=tag, name="KANTIENE", by=keeper)
    assert set(TagAlias.objects.values_list("slug", flat=True)) == {"kantine"}


def test_renaming_into_another_tag_or_nothing_is_refused(keeper):
    one, _two = tagging.find_or_make(names=["one", "two"])
    with pytest.raises(Refused):
        tagging.rename(tag=one, name="TWO", by=keeper)
    with pytest.raises(ValidationError):
        tagging.rename(tag=one, name=" # ", by=keeper)
    with pytest.raises(ValidationError):
        tagging.describe(tag=one, description="x" * 301, by=keeper)


@pytest.mark.parametrize("role", ["employee", "moderator", "executive"])
def test_nobody_else_keeps_the_tags(company, role):
    one, two = tagging.find_or_make(names=["one", "two"])
    somebody = getattr(company, role)
    for work in (
        lambda: tagging.merge(tag=one, into=two, by=somebody),
        lambda: tagging.rename(tag=one, name="three", by=somebody),
        lambda: tagging.describe(tag=one, description="x", by=somebody),
    ):
        with pytest.raises(Refused):
            work()


@pytest.mark.django_db(transaction=True)
def test_many_who_write_a_new_tag_at_once_share_one():
    posts = [PostFactory(body=f"#{word} #rig") for word in ("Snow", "SNOW", "snow", "snoW") * 4]
    at_once(lambda post: tagging.tag(post=post), posts, threads=8 if connection.vendor != "sqlite" else 4)
    assert Tag.objects.count() == 2
    assert TaggedPost.objects.count() == 32


def test_communications_renames_and_merges_in_the_admin(company, client_for):
    tagged("#kantiene")
    tagging.find_or_make(names=["secret"])
    client = client_for(company.communications)
    tag = Tag.objects.get(slug="kantiene")
    assert "kantiene" in client.get("/admin/tags/").content.decode()
    form = {"name": "Kantine", "description": "Was es gibt."}
    assert client.post(f"/admin/tags/edit/{tag.pk}/", form).status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.slug, tag.description) == ("Kantine", "kantine", "Was es gibt.")

    address = f"/admin/merge-tag/{tag.pk}/"
    assert client.post(address, {"into": "secret"}).status_code == 422
    tagged("#essen")
    asked = client.post(address, {"into": "#Essen"})
    assert "1 post" in asked.content.decode() and Tag.objects.filter(pk=tag.pk).exists()
    assert client.post(address, {"into": "essen", "confirmed": "on"}).status_code == 302
    assert not Tag.objects.filter(pk=tag.pk).exists()
    assert client.get(address).status_code == 404


def test_tags_in_the_admin_are_closed_to_others(company, client_for):
    post = tagged("#kantine")
    for role in ("employee", "moderator", "executive"):
        client = client_for(getattr(company, role))
        for address in (f"/admin/merge-tag/{post.tags.get().pk}/", "/admin/tags/"):
            assert client.get(address).status_code in (302, 403, 404), role


def test_tags_of_before_are_folded_by_the_migration():
    first, second = (
        Tag.objects.create(name="Führung", slug="x-1"),
        Tag.objects.create(name="führung", slug="x-2"),
    )
    other = Tag.objects.create(name="Strasse", slug="führung")
    post, both = PostFactory(), PostFactory()
    for tag, where in ((second, post), (first, both), (second, both)):
        TaggedPost.objects.create(tag=tag, content_object=where)
    following.follow(follower=post.author, tag=second)

    migration = importlib.import_module("blog.migrations.0009_folded_tags")
    migration.fold(apps, None)
    migration.date(apps, None)

    assert set(Tag.objects.values_list("pk", "slug")) == {(first.pk, "fuehrung"), (other.pk, "strasse")}
    assert set(TagAlias.objects.values_list("slug", "tag")) == {
        ("x-1", first.pk), ("x-2", first.pk), ("führung", other.pk),
    }  # fmt: skip
    assert {row.published_at for row in TaggedPost.objects.all()} == {post.published_at, both.published_at}
    assert names(post) == names(both) == ["Führung"]
    assert Follow.objects.get().tag == first
