"""The bell: who hears of what, bundled, never of what they may not read, never of themselves (A4)."""

import pytest
from django.urls import reverse

from feed.actions import comment_editing, commenting
from feed.models import Notification, Watch
from people.models import AudienceMember
from tests.factories import CommentFactory, NotificationFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def answer(comment, **more):
    return commenting.add(post=comment.post, author=UserFactory(), body="I see.", reply_to=comment, **more)


def heard(user):
    return sorted(Notification.objects.filter(user=user).values_list("cause", "count"))


def test_who_is_answered_hears_reply_and_the_author_of_the_post_hears_comment():
    top = CommentFactory()
    answer(top)
    assert heard(top.author) == [("reply", 1)]
    assert heard(top.post.author) == [("comment", 1)]


def test_unread_notes_are_bundled_and_a_read_one_is_not_raised():
    top = CommentFactory()
    answer(top)
    answer(top)
    assert heard(top.author) == [("reply", 2)]
    Notification.objects.update(read_at="2026-11-01T00:00Z")
    answer(top)
    assert heard(top.author) == [("reply", 1), ("reply", 2)]


def test_nobody_hears_of_themselves():
    post = PostFactory()
    comment = commenting.add(post=post, author=post.author, body="First.")
    commenting.add(post=post, author=post.author, body="Second.", reply_to=comment)
    assert heard(post.author) == []


def test_muted_conversation_is_silent():
    top = CommentFactory()
    for user in (top.author, top.post.author):
        Watch.objects.create(user=user, post=top.post, level=Watch.Level.MUTED)
    answer(top)
    assert not Notification.objects.exists()


def test_former_colleagues_and_those_outside_the_audience_hear_nothing(company):
    post = company.foundry_article.post_page.post
    gone = UserFactory(is_active=False)
    for user in (company.outsider, company.employee, gone):
        Watch.objects.create(user=user, post=post)
    commenting.add(post=post, author=company.moderator, body="Hot today.")
    assert set(Notification.objects.values_list("user", flat=True)) == {
        company.employee.pk,
        company.executive.pk,
    }


def test_old_notes_vanish_with_the_right_to_read(company, client_for):
    post = company.foundry_article.post_page.post
    NotificationFactory(user=company.employee, post=post)
    client = client_for(company.employee)
    assert "Only for the foundry" in client.get("/notifications/").content.decode()
    AudienceMember.objects.filter(user=company.employee).delete()
    page = client.get("/notifications/").content.decode()
    assert "Only for the foundry" not in page
    assert "Notifications, 1 unread" not in page


def test_deleted_comment_takes_its_unread_note_along():
    top = CommentFactory()
    first, second = answer(top), answer(top)
    comment_editing.delete(comment=second, by=second.author)
    assert heard(top.author) == [("reply", 1)]
    assert Notification.objects.get(user=top.author).comment is None
    comment_editing.delete(comment=answer(top), by=Notification.objects.get(user=top.author).actor)
    assert first.pk


def test_held_comment_tells_those_who_approve_and_the_others_only_afterwards():
    post, watcher = PostFactory(comment_rule="approval"), UserFactory()
    Watch.objects.create(user=watcher, post=post)
    comment = commenting.add(post=post, author=UserFactory(), body="May I?")
    assert heard(post.author) == [("review", 1)]
    assert heard(watcher) == []
    commenting.approve(comment=comment, by=post.author)
    assert heard(watcher) == [("comment", 1)]


def test_opening_a_note_marks_it_as_read_and_leads_to_the_comment(client_for):
    top = CommentFactory()
    made = answer(top)
    note, client = Notification.objects.get(user=top.author), client_for(top.author)
    opened = client.get(reverse("feed:notification", args=[note.pk]))
    assert opened["Location"] == reverse("feed:comment", args=[made.pk])
    note.refresh_from_db()
    assert note.read_at is not None


def test_notes_are_marked_one_by_one_or_all_and_only_ones_own(client_for):
    user, others = UserFactory(), NotificationFactory()
    notes = NotificationFactory.create_batch(3, user=user)
    client = client_for(user)
    client.post(reverse("feed:notification", args=[notes[0].pk]))
    assert Notification.objects.filter(user=user).unread().count() == 2
    client.post("/notifications/")
    assert Notification.objects.filter(user=user).unread().count() == 0
    assert client.get(reverse("feed:notification", args=[others.pk])).status_code == 404
    others.refresh_from_db()
    assert others.read_at is None


@pytest.mark.parametrize("count", [1, 15])
def test_list_takes_the_same_queries_for_one_and_for_fifteen(
    count, client_for, django_assert_max_num_queries
):
    user = UserFactory()
    for _ in range(count):
        NotificationFactory(user=user, comment=CommentFactory())
    client = client_for(user)
    client.get("/notifications/")
    with django_assert_max_num_queries(9):
        assert client.get("/notifications/").content.decode().count('class="notif') == count
