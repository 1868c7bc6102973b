"""Mentions: who is told and who is not, what becomes a link, and what stays as typed (A21, A3, A16)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from feed import text, text_links
from feed.actions import comment_editing, commenting, mentioning, post_editing, posting
from feed.actions.refusals import Refused
from feed.models import Comment, Community, Follow, Mention, Notification, Post, Watch
from feed.text_links import Link
from people import registries, roles
from people.actions import privacy
from people.models import AudienceMember
from tests.factories import AudienceFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def jana():
    return UserFactory(first_name="Jana", last_name="Petersen", handle="jana.petersen")


@pytest.fixture
def author():
    return UserFactory(first_name="Bo", last_name="Writer", handle="bo.writer")


@pytest.fixture
def communications():
    return UserFactory(roles=[roles.COMMUNICATIONS])


def community(slug="bells", kind="open", members=(), number=None):
    audience = AudienceFactory(members=members)
    return Community.objects.create(
        name=f"The {slug}", slug=slug, kind=kind, audience=audience, created_by=UserFactory(),
        member_count=len(members) if number is None else number,
    )  # fmt: skip


def told(user):
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("cause", flat=True))


# Links

ANNA = '<a class="mention" href="/people/x/" rel="nofollow noopener"><bdi>@A &lt;b&gt;</bdi></a>'


def test_addresses_in_texts_are_those_of_the_site():
    assert text_links.PERSON.format("a.b") == reverse("people:profile", args=["a.b"])
    assert text_links.COMMUNITY.format("a-b") == reverse("feed:community", args=["a-b"])
    assert text_links.TAGGED.format("a-b") == reverse("feed:tag", args=["a-b"])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@anna-lena.mueller", f"<p>{ANNA}</p>"),
        ("(@Anna-Lena.Müller.)", f"({ANNA}.)"),
        ("#STRASSE", '<a class="tag" href="/tags/y/" rel="nofollow noopener"><bdi>#STRASSE</bdi></a>'),
        ("#Straße", '<a class="tag" href="/tags/y/" rel="nofollow noopener"><bdi>#Straße</bdi></a>'),
        ("`@anna-lena.mueller`", "<code>@anna-lena.mueller</code>"),
        ("x@anna-lena.mueller", "x@anna-lena.mueller"),
        ("@nobody #nothing", "@nobody #nothing"),
        ('<a class="mention" href="/people/x/">', "&lt;a class="),
        ("[x](/people/x/)", "[x](/people/x/)"),
        ("[@anna-lena.mueller](https://example.com)", '<a href="https://example.com" rel="nofollow noopener">@anna'),
    ],
)  # fmt: skip
def test_only_known_names_and_tags_become_links_of_ours(typed, shown):
    known = {"@anna-lena.mueller": Link("/people/x/", "@A <b>"), "#strasse": Link("/tags/y/")}
    assert shown in text.render(typed, known=known)


@pytest.mark.parametrize(
    "url", ["/admin/", "//evil.example/people/x/", "javascript:alert(1)", "/people/x/?next=//y"]
)
def test_not_even_a_wrong_address_of_ours_passes_the_sanitiser(url):
    assert "href" not in text.render("@x", known={"@x": Link(url, "@X")})


# Who is told


def test_mentioned_colleague_hears_of_it_once_and_the_text_shows_the_name(author, jana, client_for):
    post = posting.add(author=author, body="Ask @jana.petersen, or @Jana.Petersen.")
    assert told(jana) == ["mention"]
    assert '<a class="mention" href="/people/jana.petersen/"' in post.body_html
    assert "@Jana Petersen" in Post.objects.get().body_html
    assert "mentions you" in client_for(jana).get("/notifications/").content.decode()


def test_who_may_not_read_it_is_not_told(author, jana):
    posting.add(author=author, body="@jana.petersen", audience=AudienceFactory(members=[author]))
    assert told(jana) == []


def test_nobody_hears_of_naming_themselves_or_of_somebody_they_muted(author, jana):
    Follow.objects.create(follower=jana, user=author, muted=True)
    posting.add(author=author, body="@jana.petersen @bo.writer")
    assert told(jana) == told(author) == []


def test_editing_tells_only_new_names_and_never_the_old_ones_again(author, jana):
    other = UserFactory()
    post = posting.add(author=author, body="@jana.petersen")
    for version, body in enumerate(
        (f"@{other.handle}", f"@jana.petersen @{other.handle}", "nobody"), start=1
    ):
        post_editing.edit(post=post, editor=author, body=body, version=version)
    assert told(jana) == told(other) == ["mention"]
    assert not Mention.objects.exists()


def test_scheduled_post_tells_when_it_appears(author, jana):
    when = timezone.now() + timedelta(hours=1)
    post = posting.add(author=author, body="@jana.petersen", publish_at=when)
    assert told(jana) == []
    posting.publish(post=post)
    assert told(jana) == ["mention"]


def test_older_post_that_is_brought_links_names_and_tells_nobody(author, jana):
    post = posting.add(author=author, body="@jana.petersen #scale", created_at=timezone.now())
    html = Post.objects.get(pk=post.pk).body_html
    assert "/people/jana.petersen/" in html and "/tags/scale/" in html
    assert told(jana) == []


def test_more_than_ten_names_are_refused_before_anything_is_saved(author):
    with pytest.raises(Refused):
        commenting.add(post=PostFactory(), author=author, body=" ".join(f"@name{n}" for n in range(11)))
    with pytest.raises(Refused):
        mentioning.check(source=" ".join(f"@name{n}" for n in range(11)), by=author)
    assert not Comment.objects.exists()


# Comments: one note for each person and event


def test_who_is_answered_and_named_hears_of_the_answer_only(author, jana):
    top = commenting.add(post=PostFactory(), author=jana, body="I see it so.")
    commenting.add(post=top.post, author=author, body="@jana.petersen: no.", reply_to=top)
    assert told(jana) == ["reply"]


def test_watcher_who_is_named_hears_of_that_only(author, jana):
    post = PostFactory(author=jana)
    Watch.objects.get_or_create(user=jana, post=post)
    commenting.add(post=post, author=author, body="Yes, @jana.petersen!")
    assert told(jana) == ["mention"]


def test_muted_conversation_stays_silent_also_for_names(author, jana):
    post = PostFactory()
    Watch.objects.create(user=jana, post=post, level="muted")
    commenting.add(post=post, author=author, body="@jana.petersen")
    assert told(jana) == []


def test_held_comment_tells_whom_it_names_when_it_is_let_through(author, jana):
    post = PostFactory(comment_rule="approval")
    held = commenting.add(post=post, author=author, body="@jana.petersen")
    assert told(jana) == []
    for _ in range(2):
        commenting.approve(comment=held, by=post.author)
    assert told(jana) == ["mention"]


def test_changed_comment_links_and_tells_the_new_name(author, jana):
    comment = commenting.add(post=PostFactory(), author=author, body="Who knows?")
    comment_editing.edit(comment=comment, editor=author, body="Who knows? @jana.petersen", version=1)
    assert told(jana) == ["mention"]
    assert "/people/jana.petersen/" in Comment.objects.get().body_html


# Communities and groups


def test_members_of_a_mentioned_community_hear_of_it(author, jana):
    bells = community(members=[jana, author])
    post = posting.add(author=author, body="@bells, look.")
    assert told(jana) == ["mention"]
    assert "/communities/bells/" in Post.objects.get(pk=post.pk).body_html
    assert bells.mentions.count() == 1


def test_closed_community_stays_a_typed_word_for_outsiders_and_tells_nobody_by_their_hand(author, jana):
    community("secret-club", "closed", members=[jana])
    post = posting.add(author=author, body="@secret-club")
    assert told(jana) == [] and not Mention.objects.exists()
    assert "The secret-club" not in Post.objects.get(pk=post.pk).body_html


def test_name_of_a_closed_community_shows_only_where_all_readers_are_inside(author, jana):
    club = community("secret-club", "closed", members=[author, jana])
    outside = posting.add(author=author, body="@secret-club in public")
    inside = posting.add(author=author, body="@secret-club inside", audience=club.audience)
    assert "The secret-club" not in Post.objects.get(pk=outside.pk).body_html
    assert "The secret-club" in Post.objects.get(pk=inside.pk).body_html


def test_community_that_closes_leaves_the_texts_of_outsiders(author):
    club = community(members=[author])
    post = posting.add(author=author, body="@bells")
    assert "The bells" in Post.objects.get(pk=post.pk).body_html
    Community.objects.filter(pk=club.pk).update(kind="closed")
    mentioning.of_community(community=club)
    assert "The bells" not in Post.objects.get(pk=post.pk).body_html


@pytest.mark.parametrize("word", ["@all", "@alle", "@everyone", "@plant-celle", "@choir"])
def test_whole_groups_are_for_communications_and_asked_about_with_the_number(word, author, communications):
    readers = AudienceFactory(name="Plant Celle", members=[author, communications, UserFactory()])
    community("choir", members=[author, communications, UserFactory()], number=51)
    with pytest.raises(Refused):
        mentioning.check(source=word, by=author)
    with pytest.raises(mentioning.NeedsConfirmation) as asked:
        mentioning.check(source=word, by=communications, audience_id=readers.pk)
    assert asked.value.count == (1 if word == "@choir" else 2)
    mentioning.check(source=word, by=communications, audience_id=readers.pk, confirmed=True)
    post = PostFactory(audience=readers)
    with pytest.raises(mentioning.NeedsConfirmation) as asked:
        commenting.add(post=post, author=communications, body=word)
    assert asked.value.count == (1 if word == "@choir" else 2) and not Comment.objects.exists()
    with pytest.raises(Refused):
        commenting.add(post=post, author=author, body=word, group_confirmed=True)
    commenting.add(post=post, author=communications, body=word, group_confirmed=True)
    assert told(author) == ["mention"] and told(communications) == []


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_comment_that_names_a_group_is_asked_about_with_its_text_kept(
    author, communications, client_for, headers
):
    post = PostFactory(audience=AudienceFactory(members=[author, communications]))
    client, url = client_for(communications), reverse("feed:comments", args=[post.pk])
    typed = {"body": "@all, who has the key?", "key": "a-key"}
    answer = client.post(url, typed, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422 and "@all, who has the key?" in page
    assert "1 person will hear of this" in page and 'name="confirm_group"' in page
    assert not Comment.objects.exists() and told(author) == []
    answer = client.post(url, {**typed, "confirm_group": "on"}, headers=headers)
    assert answer.status_code in (201, 303) and told(author) == ["mention"]
    comment = Comment.objects.get()
    comment_editing.edit(comment=comment, editor=communications, body="@all, who has the keys?", version=1)
    with pytest.raises(Refused):
        comment_editing.edit(comment=comment, editor=communications, body="@alle, who?", version=2)
    page = client.post(reverse("feed:share", args=[post.pk]), typed, headers=headers).content.decode()
    assert "1 person will hear of this" in page and not Post.objects.filter(shared=post).exists()


def test_group_is_told_by_a_task_which_may_run_twice_and_asks_again_who_may_read(
    author, communications, jana, settings
):
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    readers = AudienceFactory(members=[author, communications, jana])
    post = posting.add(author=communications, body="@all: look.", audience=readers)
    assert told(author) == told(jana) == []
    AudienceMember.objects.filter(user=jana).delete()
    task = DBTaskResult.objects.get(task_path="feed.actions.mentioning.tell_group")
    for _ in range(2):
        task.task.call(**task.args_kwargs["kwargs"])
    assert told(author) == ["mention"] and told(jana) == told(communications) == []
    post_editing.delete(post=post, by=communications)
    other = UserFactory()
    AudienceMember.objects.create(audience=readers, user=other)
    mentioning.tell_group.call(post_id=post.pk, comment_id=None)
    assert told(other) == []


def test_everybody_who_may_read_hears_of_a_mention_of_all(author, communications, client_for):
    outside = UserFactory()
    readers = AudienceFactory(name="Plant Celle", members=[author, communications])
    posting.add(author=communications, body="@all: the gate is shut.", audience=readers)
    assert told(author) == ["mention"]
    assert told(outside) == told(communications) == []
    answer = client_for(communications).post("/write/", {"body": "@all again", "audience": "", "key": "k"})
    assert answer.status_code == 422 and "will hear of this" in answer.content.decode()


def test_colleague_without_the_right_reaches_no_group_past_the_form(author, jana):
    posting.add(author=author, body="@all @jana.petersen")
    assert list(Mention.objects.values_list("user", "is_everyone")) == [(jana.pk, False)]


def test_who_leaves_the_readers_no_longer_sees_the_note(author, jana):
    readers = AudienceFactory(members=[author, jana])
    posting.add(author=author, body="@jana.petersen", audience=readers)
    AudienceMember.objects.filter(user=jana).delete()
    jana = type(jana).objects.get(pk=jana.pk)
    assert not Notification.objects.visible_to(jana).exists()


# Erasure


@pytest.mark.parametrize("keep_content", [True, False])
def test_erased_colleague_is_named_nowhere_in_what_others_wrote(author, jana, keep_content):
    post = posting.add(author=author, body="@Jana.Petersen said so.")
    comment = commenting.add(post=post, author=author, body="Thank you, @jana.petersen.")
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=1))
    comment_editing.edit(comment=comment, editor=author, body="Thanks, @jana.petersen.", version=1)
    exported = registries.export.run(user=jana)["thanks_and_mentions"]["mentions"]
    assert [(row["post_id"], row["comment_id"]) for row in exported] == [
        (post.pk, None),
        (post.pk, comment.pk),
    ]
    privacy.erase(user=jana, keep_content=keep_content)
    for row in (Post.objects.get(), Comment.objects.get(), *comment.versions.all()):
        assert "petersen" not in f"{row.body}{row.body_html}".casefold()
    assert not Mention.objects.exists()
