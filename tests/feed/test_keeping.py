"""What is mine: stances, bookmarks, watching, following, shares."""

import pytest
from django.urls import reverse

from feed.actions import following, reacting
from feed.actions.refusals import Refused
from feed.models import Bookmark, Follow, Post, Reaction, Tag, Watch
from people import ratelimit
from tests.factories import CommentFactory, PostFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reader(client_for):
    person = UserFactory()
    client = client_for(person)
    client.person = person
    return client


def test_stance_is_set_changed_and_taken_back():
    comment, user = CommentFactory(), UserFactory()
    for kind, counts in (("agree", {"agree": 1}), ("differ", {"differ": 1}), ("differ", {})):
        reacting.react(user=user, post=comment.post, comment=comment, kind=kind)
        comment.refresh_from_db()
        assert comment.reaction_counts == counts


def test_stance_on_a_post_is_another_one_than_on_its_comment():
    comment, user = CommentFactory(), UserFactory()
    reacting.react(user=user, post=comment.post, kind="thanks")
    reacting.react(user=user, post=comment.post, comment=comment, kind="differ")
    comment.post.refresh_from_db()
    assert comment.post.reaction_counts == {"thanks": 1}
    assert Reaction.objects.count() == 2


@pytest.mark.parametrize("state", ["hidden", "deleted", "held"])
def test_nobody_reacts_to_what_is_gone(state):
    comment = CommentFactory(**{state: True})
    with pytest.raises(Refused):
        reacting.react(user=UserFactory(), post=comment.post, comment=comment, kind="thanks")


def test_pressed_button_comes_back_with_its_count(reader):
    post = PostFactory()
    answer = reader.post(reverse("feed:react", args=[post.pk]), {"kind": "thanks"}, headers=HTMX)
    assert 'value="thanks" aria-pressed="true"' in answer.content.decode()
    assert 'data-count="1">1</span>' in answer.content.decode()


def test_unknown_stance_is_refused_in_words(reader):
    assert reader.post(reverse("feed:react", args=[PostFactory().pk]), {"kind": "hate"}).status_code == 422


def test_comment_of_another_post_is_absent(reader):
    url = reverse("feed:react", args=[PostFactory().pk])
    assert reader.post(url, {"kind": "thanks", "comment": CommentFactory().pk}).status_code == 404


def test_61st_reaction_in_a_minute_has_to_wait(reader, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "reaction", (2, 60))
    url = reverse("feed:react", args=[PostFactory().pk])
    assert [reader.post(url, {"kind": "thanks"}, headers=HTMX).status_code for _ in range(3)] == [
        200,
        200,
        429,
    ]


def test_everybody_sees_who_reacted(reader):
    reaction = ReactionFactory(kind="differ")
    url = reverse("feed:reactions", args=[reaction.post_id])
    for headers in ({}, HTMX):
        page = reader.get(url, headers=headers).content.decode()
        assert reaction.user.name in page
        assert "I see it differently" in page
    assert reaction.user.name not in reader.get(url + "?kind=thanks").content.decode()


def test_bookmark_is_kept_once_listed_and_dropped(reader):
    comment = CommentFactory(body="Keep these words.")
    url = reverse("feed:bookmark", args=[comment.post_id])
    for _ in range(2):
        reader.post(url, {"on": "yes"}, headers=HTMX)
        reader.post(url, {"on": "yes", "comment": comment.pk}, headers=HTMX)
    assert Bookmark.objects.count() == 2
    page = reader.get("/bookmarks/").content.decode()
    assert "Keep these words." in page
    assert comment.post.body in page
    reader.post(url, {"on": "no", "comment": comment.pk})
    assert Bookmark.objects.get().comment is None


def test_bookmark_of_what_was_hidden_is_no_longer_listed(reader):
    comment = CommentFactory(body="Keep these words.", hidden=True)
    Bookmark.objects.create(user=reader.person, post=comment.post, comment=comment)
    assert "Keep these words." not in reader.get("/bookmarks/").content.decode()


def test_watching_is_a_choice_and_an_author_watches_without_one(reader, client_for):
    post = PostFactory()
    url = reverse("feed:watch", args=[post.pk])
    reader.post(url, {"on": "yes"}, headers=HTMX)
    assert Watch.objects.get().level == "watching"
    reader.post(url, {"on": "no"})
    assert not Watch.objects.exists()
    author = client_for(post.author)
    assert 'value="no" aria-pressed="true"' in author.get(f"/posts/{post.pk}/").content.decode()
    author.post(url, {"on": "no"})
    assert Watch.objects.get().level == "muted"


def test_muted_conversation_says_so_and_can_be_heard_again(reader):
    post = PostFactory()
    url = reverse("feed:watch", args=[post.pk])
    answer = reader.post(url, {"on": "muted"}, headers=HTMX).content.decode()
    assert "Muted" in answer
    assert Watch.objects.get().level == "muted"
    reader.post(url, {"on": "unmute"})
    assert not Watch.objects.exists()
    assert reader.post(url, {"on": "louder"}).status_code == 404


def test_person_blog_and_tag_can_be_followed_and_left(company, client_for):
    client, page = client_for(company.employee), company.blog.pages.first()
    tag = Tag.objects.get(name="foundry")
    for kind, pk in (("user", company.author.pk), ("page", page.pk), ("tag", tag.pk)):
        answer = client.post("/follow/", {kind: pk, "follow": "yes"}, headers=HTMX)
        assert 'aria-pressed="true"' in answer.content.decode()
    assert Follow.objects.filter(follower=company.employee, muted=False).count() == 3
    for kind, pk in (("user", company.author.pk), ("page", page.pk), ("tag", tag.pk)):
        assert client.post("/follow/", {kind: pk, "follow": "no"}).status_code == 303
    assert list(Follow.objects.values_list("page", "muted")) == [(page.pk, True)], "a blog is muted"


def test_hidden_blog_tag_and_former_colleague_are_absent(company, client_for):
    client = client_for(company.outsider)
    hidden_tag = Tag.objects.get(name="furnace")
    for kind, pk in (
        ("page", company.foundry_blog.pages.first().pk), ("tag", hidden_tag.pk),
        ("user", UserFactory(is_active=False).pk), ("page", 1), ("page", 999999),
    ):  # fmt: skip
        assert client.post("/follow/", {kind: pk, "follow": "yes"}).status_code == 404
    assert client.post("/follow/", {"follow": "yes"}).status_code == 422
    assert not Follow.objects.exists()


def test_nobody_follows_themselves():
    user = UserFactory()
    following.follow(follower=user, user=user)
    assert not Follow.objects.exists()


def test_share_is_a_post_for_the_readers_of_the_original(company, client_for):
    original = company.foundry_article.post_page.post
    url = reverse("feed:share", args=[original.pk])
    sent = {"body": "Read this, **please**.", "key": "k"}
    answer = client_for(company.employee).post(url, sent)
    assert client_for(company.employee).post(url, sent)["Location"] == answer["Location"]
    share = Post.objects.get(shared=original)
    assert (answer["Location"], share.audience_id) == (f"/posts/{share.pk}/", company.foundry.pk)
    assert "Only for the foundry" in client_for(company.moderator).get(f"/posts/{share.pk}/").content.decode()
    assert client_for(company.outsider).get(f"/posts/{share.pk}/").status_code == 404
    assert client_for(company.outsider).post(url, sent).status_code == 404


def test_share_of_what_is_gone_shows_the_remark_and_nothing_of_the_original(company, client_for):
    share = PostFactory(body_html="<p>Look.</p>", shared=company.post)
    Post.objects.filter(pk=company.post.pk).update(hidden_at="2026-11-01T00:00Z")
    page = client_for(company.employee).get(f"/posts/{share.pk}/").content.decode()
    assert "Look." in page
    assert "Why we keep the foundry" not in page


def test_share_of_a_share_points_at_the_original(reader):
    original = PostFactory()
    share = PostFactory(shared=original)
    reader.post(reverse("feed:share", args=[share.pk]), {"body": "Too.", "key": "k"})
    assert Post.objects.get(author=reader.person).shared == original


def test_empty_share_comes_back(reader):
    answer = reader.post(reverse("feed:share", args=[PostFactory().pk]), {"body": " ", "key": "k"})
    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()


def test_only_its_author_deletes_a_share(reader, client_for):
    post = PostFactory()
    url = reverse("feed:post_delete", args=[post.pk])
    assert reader.post(url).status_code == 404
    assert client_for(post.author).post(url).status_code == 303
    assert reader.get(f"/posts/{post.pk}/").status_code == 404
