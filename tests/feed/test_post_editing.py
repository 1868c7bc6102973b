"""Changing posts, taking them back, and giving them to other readers."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.actions import cleaning, post_editing, posting, sharing, voting
from feed.actions.refusals import Conflict, Refused
from feed.models import Mention, Notification, Post, PostVersion, TaggedPost
from people.actions import copying, privacy
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def post():
    return posting.add(author=UserFactory(), body="First words. #scale")


def age(post, **span):
    then = timezone.now() - timedelta(**span)
    Post.objects.filter(pk=post.pk).update(published_at=then, created_at=then)
    post.refresh_from_db()
    return post


def test_edit_in_the_first_minutes_is_silent(post):
    changed = post_editing.edit(post=post, editor=post.author, body="Other words. #bell", version=1)
    assert (changed.body, changed.version, changed.edited_at) == ("Other words. #bell", 2, None)
    assert not PostVersion.objects.exists()
    assert [row.tag.slug for row in TaggedPost.objects.filter(content_object=post)] == ["bell"]


def test_later_edit_keeps_the_earlier_wording_for_readers(post, client_for):
    age(post, minutes=16)
    post_editing.edit(post=post, editor=post.author, body="Second words.", version=1)
    changed = post_editing.edit(post=post, editor=post.author, body="Third words.", version=2)
    assert changed.edited_at
    assert [row.version for row in changed.earlier.all()] == [2, 1]
    page = client_for(UserFactory()).get(reverse("feed:post_history", args=[post.pk])).content.decode()
    assert page.index("Third words.") < page.index("Second words.") < page.index("First words.")


def test_second_editor_is_shown_both_texts_and_overwrites_nothing(post, client_for):
    browser, url = client_for(post.author), reverse("feed:post_edit", args=[post.pk])
    assert browser.post(url, {"body": "Left.", "version": 1}).status_code == 303
    for headers in ({}, HTMX):
        answer = browser.post(url, {"body": "Right.", "version": 1}, headers=headers)
        assert answer.status_code == 409
        assert "Left." in answer.content.decode()
        assert "Right." in answer.content.decode()
    post.refresh_from_db()
    assert post.body == "Left."
    assert browser.post(url, {"body": "Right.", "version": 2}, headers=HTMX).status_code == 200


def test_saving_the_same_words_again_changes_nothing(post):
    post_editing.edit(post=post, editor=post.author, body="Left.", version=1)
    assert post_editing.edit(post=post, editor=post.author, body="Left.", version=1).version == 2
    with pytest.raises(Conflict):
        post_editing.edit(post=post, editor=post.author, body="Right.", version=1)


def test_only_the_author_edits_and_others_find_nothing_there(post, client_for):
    for who in (UserFactory(), UserFactory(is_superuser=True)):
        answer = client_for(who).post(
            reverse("feed:post_edit", args=[post.pk]), {"body": "Mine.", "version": 1}
        )
        assert answer.status_code == 404
    with pytest.raises(Refused):
        post_editing.edit(post=post, editor=UserFactory(), body="Mine.", version=1)


def test_author_who_lost_access_cannot_edit(company, client_for):
    post = PostFactory(author=company.outsider, audience=company.foundry)
    url = reverse("feed:post_edit", args=[post.pk])
    assert client_for(company.outsider).post(url, {"body": "x", "version": 1}).status_code == 404


def test_too_long_edit_keeps_the_text(post, client_for):
    typed = "word " * 250
    answer = client_for(post.author).post(
        reverse("feed:post_edit", args=[post.pk]), {"body": typed, "version": 1}
    )
    assert answer.status_code == 422
    assert typed.strip() in answer.content.decode()


def test_question_of_a_poll_stays_after_the_first_vote():
    author = UserFactory()
    terms = voting.PollTerms(options=("Yes", "No"), ends_at=timezone.now() + timedelta(days=1))
    post = posting.add(author=author, body="Tea?", kind="poll", poll=terms)
    post_editing.edit(post=post, editor=author, body="Tea at four?", version=1)
    voting.vote(poll=post.poll, user=UserFactory(), options=[post.poll.options.first().pk])
    with pytest.raises(Refused):
        post_editing.edit(post=post, editor=author, body="Coffee?", version=2)


def test_edit_tells_only_those_who_are_newly_named():
    author, first, second = UserFactory(), UserFactory(handle="mats"), UserFactory(handle="ada")
    post = posting.add(author=author, body="Look, @mats.")
    post_editing.edit(post=post, editor=author, body="Look, @mats and @ada.", version=1)
    post_editing.edit(post=post, editor=author, body="Look, @mats, @ada!", version=2)
    assert Mention.objects.filter(post=post).count() == 2
    for who in (first, second):
        assert Notification.objects.filter(user=who, cause="mention").count() == 1


def test_deleted_post_is_gone_at_once_and_back_within_ten_seconds(post, client_for):
    reader = UserFactory()
    post_editing.delete(post=post, by=post.author)
    assert client_for(reader).get(reverse("feed:post", args=[post.pk])).status_code == 404
    assert TaggedPost.objects.get(content_object=post).published_at is None
    post_editing.undelete(post=post, by=post.author)
    assert client_for(reader).get(reverse("feed:post", args=[post.pk])).status_code == 200
    assert TaggedPost.objects.get(content_object=post).published_at == post.published_at


def test_undo_comes_too_late_after_the_seconds(post):
    post_editing.delete(post=post, by=post.author)
    Post.objects.update(deleted_at=timezone.now() - timedelta(seconds=16))
    with pytest.raises(Refused):
        post_editing.undelete(post=post, by=post.author)


def test_notifications_of_a_deleted_post_no_longer_show():
    author, named = UserFactory(), UserFactory(handle="mats")
    post = posting.add(author=author, body="Look, @mats.")
    assert Notification.objects.visible_to(named).count() == 1
    post_editing.delete(post=post, by=author)
    assert not Notification.objects.visible_to(named).exists()


def test_delete_and_undo_without_javascript(post, client_for):
    browser, url = client_for(post.author), reverse("feed:post_delete", args=[post.pk])
    assert browser.get(url).status_code == 200
    answer = browser.post(url, follow=True)
    assert reverse("feed:post_undelete", args=[post.pk]) in answer.content.decode()
    browser.post(reverse("feed:post_undelete", args=[post.pk]))
    post.refresh_from_db()
    assert post.state == "published"


def test_delete_in_a_stream_leaves_a_place_to_undo(post, client_for):
    browser = client_for(post.author)
    gone = browser.post(reverse("feed:post_delete", args=[post.pk]), headers=HTMX).content.decode()
    assert f'id="post-{post.pk}"' in gone
    assert "First words" not in gone
    back = browser.post(reverse("feed:post_undelete", args=[post.pk]), headers=HTMX).content.decode()
    assert "First words" in back


def test_nobody_deletes_or_brings_back_what_is_not_theirs(post, client_for):
    stranger = client_for(UserFactory(is_superuser=True))
    assert stranger.post(reverse("feed:post_delete", args=[post.pk])).status_code == 404
    post_editing.delete(post=post, by=post.author)
    assert stranger.post(reverse("feed:post_undelete", args=[post.pk])).status_code == 404
    assert stranger.get(reverse("feed:post_delete", args=[post.pk])).status_code == 404


def test_readers_are_narrowed_at_once_before_anybody_answered(company, client_for):
    post = posting.add(author=company.employee, body="Furnace two.")
    url = reverse("feed:audience", args=[post.pk])
    choice = f"department:{company.employee.department_id}"
    assert client_for(company.employee).post(url, {"audience": choice}).status_code == 303
    assert client_for(company.outsider).get(reverse("feed:post", args=[post.pk])).status_code == 404
    post.refresh_from_db()
    assert post.audience.of_department == company.employee.department


def test_readers_stay_as_soon_as_somebody_answered_and_the_page_says_why(company, client_for):
    post = posting.add(author=company.employee, body="Furnace two.", audience=company.foundry)
    CommentFactory(post=post, author=company.moderator, hidden=True)
    browser, url = client_for(company.employee), reverse("feed:audience", args=[post.pk])
    assert "answered already" in browser.get(url).content.decode()
    assert browser.post(url, {"audience": ""}).status_code == 422
    post.refresh_from_db()
    assert post.audience == company.foundry


def test_post_is_not_given_to_people_the_author_does_not_belong_to(company, client_for):
    post = posting.add(author=company.outsider, body="Hello.")
    url = reverse("feed:audience", args=[post.pk])
    for choice in (f"audience:{company.foundry.pk}", f"department:{company.employee.department_id}"):
        assert client_for(company.outsider).post(url, {"audience": choice}).status_code == 422


def test_remark_of_a_share_is_changed_and_may_be_longer_than_a_post():
    author = UserFactory()
    made = sharing.share(post=PostFactory(), author=author, body="Read this.")
    assert post_editing.edit(post=made, editor=author, body="x" * 1500, version=1).version == 2
    with pytest.raises(Refused):
        post_editing.retarget(post=made, by=author, audience=None)


def test_earlier_wordings_are_in_the_export_and_go_with_the_words(post):
    age(post, minutes=16)
    post_editing.edit(post=post, editor=post.author, body="Second words.", version=1)
    archive = zipfile.ZipFile(io.BytesIO(copying.export_zip(user=post.author)))
    assert "First words." in archive.read("written.json").decode()
    privacy.erase(user=post.author, keep_content=False)
    assert not PostVersion.objects.exists()
    post.refresh_from_db()
    assert (post.state, post.body) == ("deleted", "")


def test_words_taken_back_a_day_ago_are_emptied(post):
    post_editing.delete(post=post, by=post.author)
    cleaning.clean()
    assert Post.objects.get(pk=post.pk).body
    Post.objects.update(deleted_at=timezone.now() - timedelta(hours=25))
    cleaning.clean()
    assert not Post.objects.get(pk=post.pk).body
