"""The demo company: its texts hold together, it fills completely, and twice is once."""

import itertools
import re
from datetime import date

from django.urls import reverse
from PIL import Image

from blog.models import ArticlePage, BlogRequest, ReviewTask, StandardPage
from feed.actions import counting
from feed.models import (
    Attachment,
    Bookmark,
    Comment,
    Community,
    CompanyValue,
    Draft,
    Follow,
    Membership,
    Mention,
    Notification,
    Poll,
    Post,
    Question,
    Reaction,
    Report,
    Tag,
    TaggedPost,
    Vote,
    Watch,
)
from feed.streams import timeline, topics
from intranet.demo import colleagues, older, posts
from intranet.demo.colleagues import HERE, read
from intranet.demo.loading import articles, conversations, feed, filling, markdown, people
from intranet.management.commands.demo import SIGN_INS
from people.models import Audience, Department, Picture, User

TODAY = date(2026, 11, 24)
PEOPLE = {person.key: person for person in colleagues.everyone(TODAY)}
WRITTEN = articles.rows()
COMPOSED = older.articles(list(PEOPLE.values()), TODAY)
SAID = feed.rows()
FEED = SAID + posts.compose(list(PEOPLE.values()), TODAY, {row["body"].strip() for row in SAID})
PLACES = read("communities.toml")
BLOGS = {row["key"]: row for row in read("people.toml")["blog"]}
COVERS = {row["key"] for row in read("covers.toml")["cover"]}
COUNTED = (
    ArticlePage, Attachment, Audience, BlogRequest, Bookmark, Comment, Community, CompanyValue, Department, Draft,
    Follow, Membership, Mention, Notification, Picture, Poll, Post, Question, Reaction, Report, StandardPage, Tag,
    TaggedPost, User, Vote, Watch,
)  # fmt: skip


def test_about_150_people_have_unique_names_addresses_and_handles():
    assert 140 <= len(PEOPLE) <= 160
    for attribute in ("name", "email"):
        values = [getattr(person, attribute) for person in PEOPLE.values()]
        assert len(set(values)) == len(values)


def test_managers_form_a_tree_of_at_least_four_levels():
    def level(person):
        return 1 + (level(PEOPLE[person.manager]) if person.manager else 0)

    assert max(level(person) for person in PEOPLE.values()) >= 4


def test_some_colleagues_are_new():
    assert len([person for person in PEOPLE.values() if (TODAY - person.since).days <= 30]) >= 4


def test_article_names_only_people_blogs_and_covers_that_exist():
    for row in WRITTEN + COMPOSED:
        names = [row["author"], row.get("drafted_by"), row.get("approved_by")]
        names += [comment["author"] for comment in row.get("comment", [])]
        assert {name for name in names if name} <= set(PEOPLE)
        assert row["author"] in BLOGS[row["blog"]]["authors"]
        assert not row.get("cover") or row["cover"] in COVERS


def test_comments_answer_earlier_ones_and_cite_words_of_their_article():
    for row in WRITTEN + COMPOSED:
        bodies = [version["body"] for version in row["version"]]
        hours = {}
        for comment in sorted(row.get("comment", []), key=lambda comment: comment["hours"]):
            if comment.get("reply_to"):
                assert hours[comment["reply_to"]] <= comment["hours"]
            if comment.get("cites"):
                assert any(comment["cites"] in body for body in bodies), comment["cites"]
            hours[comment["id"]] = comment["hours"]


def test_nobody_comments_before_the_first_working_day():
    for row in WRITTEN + COMPOSED:
        for comment in row.get("comment", []):
            started = (TODAY - PEOPLE[comment["author"]].since).days
            assert started >= row["days_ago"] - comment["hours"] / 24


def test_titles_are_told_apart():
    titles = [version["title"] for row in WRITTEN + COMPOSED for version in row["version"]]
    assert len(set(titles)) == len(titles)
    assert 95 <= len(COMPOSED) <= 110


def test_summaries_fit_the_editor_and_bodies_become_blocks():
    class AnyPicture(dict):
        def __missing__(self, key):
            assert key in COVERS
            return Picture(pk=1, collection_id=1)

    for version in (version for row in WRITTEN for version in row["version"]):
        assert len(version["summary"]) <= 400, version["title"]
        blocks = markdown.blocks(version["body"], pictures=AnyPicture(), credit="Illustration: me")
        assert blocks
        assert not [
            block
            for block in blocks
            if block["type"] == "text" and re.search(r"[*|]{2}|##|!\[", block["value"])
        ]


def test_article_composed_twice_is_the_same():
    assert older.articles(list(PEOPLE.values()), TODAY) == COMPOSED


def test_standard_pages_exist_in_both_languages_without_blanks_to_fill_in():
    found = sorted((HERE / "pages").glob("*.toml"))
    assert len(found) == 5
    for path in found:
        versions = {version["language"]: version for version in read(f"pages/{path.name}")["version"]}
        assert set(versions) == {"de", "en"}
        for version in versions.values():
            assert not re.search(r"\[[^\]]+\](?!\()", version["body"]), version["title"]
        headings = [version["body"].count("\n## ") for version in versions.values()]
        assert headings[0] == headings[1]


def test_faces_are_small_squares_of_people_who_exist():
    files = list((HERE / "faces").glob("*.webp"))
    assert len(files) >= 140
    for path in files:
        assert path.stem in PEOPLE
        assert path.stat().st_size <= 20_000
        with Image.open(path) as face:
            assert face.size == (512, 512)


def test_covers_are_described_in_both_languages():
    for row in read("covers.toml")["cover"]:
        assert row["alt_de"] and row["alt_en"] and (HERE / "covers" / f"{row['key']}.webp").exists()


def test_reactions_are_scaled_to_the_number_of_people():
    shown = conversations.scaled({"thanks": 148, "agree": 212, "differ": 37, "sympathise": 1}, most=149)
    assert sum(shown.values()) <= 149
    assert shown["agree"] > shown["thanks"] > shown["differ"] > shown["sympathise"] >= 1
    assert sum(conversations.scaled({"thanks": 40, "agree": 30}, most=3).values()) <= 3
    assert conversations.scaled({"thanks": 0}, most=149) == {}


def test_about_600_posts_of_all_kinds_over_three_months():
    assert 580 <= len(FEED) <= 620
    for kind, least in (("post", 400), ("question", 30), ("kudos", 25), ("poll", 12)):
        assert sum(row["kind"] == kind for row in FEED) >= least, kind
    assert 80 <= max(row["days_ago"] for row in FEED) <= 100
    assert all(len(row["body"]) <= 1000 for row in FEED)


def test_posts_name_only_people_communities_values_and_covers_that_exist():
    places = {row["key"] for row in PLACES["community"]}
    values = {row[language] for row in PLACES["value"] for language in ("de", "en")}
    assert len(places) == 12
    for row in FEED + read("feed_scenes.toml")["post"]:
        names = [row["author"], row.get("to"), *row.get("thanks", [])]
        names += [comment["author"] for comment in row.get("comment", [])]
        assert {name for name in names if name} <= set(PEOPLE)
        assert row.get("community", "") in places | {""}
        assert not row.get("value") or row["value"] in values
        assert not row.get("photo") or (row["photo"] in COVERS and row["photo_alt"])
        assert row["author"] not in row.get("thanks", [])


def test_nobody_posts_before_the_first_working_day():
    for row in FEED:
        assert (TODAY - PEOPLE[row["author"]].since).days >= row["days_ago"], row["id"]


def test_no_sentence_comes_twice_on_a_page_of_the_feed():
    bodies = [row["body"] for row in sorted(FEED, key=lambda row: row["days_ago"])]
    assert len(set(bodies)) == len(bodies)
    for start in range(0, len(bodies), 5):
        sentences = [
            one for body in bodies[start : start + 20] for one in re.findall(r"[^.:!?]{25,}[.:!?]", body)
        ]
        assert len(set(sentences)) == len(sentences), sentences


def test_posts_composed_twice_are_the_same():
    taken = {row["body"].strip() for row in SAID}
    assert posts.compose(list(PEOPLE.values()), TODAY, taken) == FEED[len(SAID) :]


def test_demo_fills_once_and_everybody_finds_something(db, client):
    assert not filling.is_filled()
    steps = []
    filling.fill(progress=lambda step, done, total: steps.append(step))
    assert filling.is_filled()
    assert len(list(itertools.groupby(steps))) >= 4
    counts = {model: model.objects.count() for model in COUNTED}
    assert all(counts.values())

    assert counting.recount(posts=Post.objects.all()) == 0
    for row in (row for row in WRITTEN if row["state"] == "published" and len(row["version"]) == 2):
        page = ArticlePage.objects.get(slug=row["slug"])
        assert {version.language for version in page.post_page.post.pages.all()} == {"de", "en"}
    assert ArticlePage.objects.filter(_revisions__approved_go_live_at__isnull=False).count() == 1
    assert ArticlePage.objects.filter(live=False).count() >= 4
    assert not ArticlePage.objects.filter(live=True, has_unpublished_changes=True).exists()
    reviewers = User.objects.get(handle="lena"), User.objects.get(handle="malte")
    assert all(
        task.get_task_states_user_can_moderate(user).count() == 1
        for task in ReviewTask.objects.all()
        for user in reviewers
    )

    for _role, key in SIGN_INS:
        user = User.objects.get(handle=key)
        assert Notification.objects.visible_to(user).unread().exists(), key
        client.logout()
        address = {"login": user.email, "password": people.PASSWORD}
        assert client.post(reverse("account_login"), address).status_code == 302
        assert client.get(reverse("home")).status_code == 200
    look_alive()
    restricted = ArticlePage.objects.get(slug="protokoll-aus-dem-fuehrungskreis").post_page.post
    assert restricted.visible_to(User.objects.get(handle="petra"))
    assert not restricted.visible_to(User.objects.get(handle="yusuf"))

    filling.fill(progress=lambda *step: None)
    assert {model: model.objects.count() for model in COUNTED} == counts


def look_alive():
    """What makes the filled feed worth opening."""
    assert Post.objects.filter(kind__in=Post.SHORT, state="published").count() >= 590
    assert Community.objects.count() == 12
    running = [poll for poll in Poll.objects.select_related("post") if poll.is_open]
    assert len(running) >= 3 and any(poll.is_secret for poll in running)
    assert all(poll.voter_count >= 5 for poll in Poll.objects.all())
    asked = Question.objects.all()
    assert asked.filter(is_official=True, post__kind="question").exists()
    yusuf, henrike = (User.objects.get(handle=key) for key in ("yusuf", "henrike"))
    assert not Vote.objects.filter(poll__in=running, user__in=[yusuf, henrike]).exists()
    for user in (yusuf, henrike):
        assert asked.visible_to(user).open().filter(addressee=user).exists()
        assert len(topics.of_week(user)) == topics.TOP
        assert len(timeline.everything(user)) == timeline.SIZE
    closed = Community.objects.get(name="Führungskreis")
    assert closed.visible_to(henrike) and not closed.visible_to(yusuf)
    assert not TaggedPost.objects.filter(content_object__state="published", published_at=None).exists()
