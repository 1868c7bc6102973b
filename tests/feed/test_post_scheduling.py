"""Posts that appear later: once, in the reader's own time, and only where their author still belongs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.actions import posting, questions, scheduling
from feed.actions.refusals import Refused
from feed.models import Notification, Post, TaggedPost
from people.actions import audiences, leaving
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def waiting(author):
    return posting.add(
        author=author, body="Later, @mats. #bell", publish_at=timezone.now() + timedelta(hours=1)
    )


def come_due(*posts):
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(
        publish_at=timezone.now() - timedelta(minutes=1)
    )


def test_nobody_but_the_author_sees_or_hears_of_it_before(waiting, author, client_for):
    mats = UserFactory(handle="mats")
    assert waiting.state == "scheduled"
    assert not Post.objects.visible_to(mats).filter(pk=waiting.pk).exists()
    assert not Notification.objects.exists()
    assert TaggedPost.objects.get().published_at is None
    assert "Later" in client_for(author).get(reverse("feed:scheduled")).content.decode()
    assert "Later" not in client_for(mats).get(reverse("feed:scheduled")).content.decode()


def test_clock_publishes_what_is_due_once_and_tells_then(author):
    mats = UserFactory(handle="mats")
    post = posting.add(
        author=author, body="Later, @mats. #bell", publish_at=timezone.now() + timedelta(hours=1)
    )
    assert scheduling.publish_due() == (0, 0)
    come_due(post)
    assert scheduling.publish_due() == (1, 0)
    assert scheduling.publish_due() == (0, 0)
    post.refresh_from_db()
    assert (post.state, post.publish_at) == ("published", None)
    assert TaggedPost.objects.get().published_at == post.published_at
    assert Notification.objects.filter(user=mats, cause="mention").count() == 1


def test_scheduled_question_waits_from_its_publication_and_tells_once(author):
    asked = UserFactory()
    post = posting.add(
        author=author, body="Who?", kind="question", ask=questions.Ask(addressee=asked),
        publish_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    assert not Notification.objects.exists()
    come_due(post)
    scheduling.publish_due()
    post.refresh_from_db()
    assert post.questions.get().opened_at == post.published_at
    assert Notification.objects.filter(user=asked, cause="question").count() == 1


def test_bad_one_stops_no_other(author):
    later = timezone.now() + timedelta(hours=1)
    bad, good = (posting.add(author=author, body=body, publish_at=later) for body in ("Bad.", "Good."))
    come_due(bad, good)
    Post.objects.filter(pk=bad.pk).update(shared=bad)  # a share of itself cannot be shared
    assert scheduling.publish_due()[0] == 1
    good.refresh_from_db()
    assert good.state == "published"


def test_post_of_somebody_who_left_is_held_and_does_not_appear(waiting, author):
    come_due(waiting)
    leaving.deactivate(user=author)
    scheduling.publish_due()
    waiting.refresh_from_db()
    assert waiting.state == "held"


def test_post_to_people_the_author_no_longer_belongs_to_is_held(company):
    post = posting.add(
        author=company.employee, body="Later.", audience=company.foundry,
        publish_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    come_due(post)
    audiences.remove_member(audience=company.foundry, user=company.employee)
    assert scheduling.publish_due() == (0, 0)
    post.refresh_from_db()
    assert post.state == "held"


def test_author_moves_posts_now_and_takes_back(waiting, author, client_for):
    browser = client_for(author)
    url = reverse("feed:post_reschedule", args=[waiting.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"when": "2020-01-01T10:00"}).status_code == 422
    tomorrow = timezone.localtime() + timedelta(days=1)
    assert browser.post(url, {"when": tomorrow.strftime("%Y-%m-%dT10:00")}).status_code == 303
    waiting.refresh_from_db()
    assert timezone.localtime(waiting.publish_at).strftime("%d %H:%M") == tomorrow.strftime("%d 10:00")
    browser.post(reverse("feed:post_publish", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.state == "published"
    assert browser.post(url, {"when": tomorrow.strftime("%Y-%m-%dT10:00")}).status_code == 404


def test_others_cannot_move_or_publish_it(waiting, client_for):
    stranger = client_for(UserFactory(is_superuser=True))
    for name in ("post_reschedule", "post_publish"):
        assert stranger.post(reverse(f"feed:{name}", args=[waiting.pk])).status_code == 404
    with pytest.raises(Refused):
        scheduling.publish_now(post=waiting, by=UserFactory())


def test_deleted_and_brought_back_it_still_waits(waiting, author, client_for):
    browser = client_for(author)
    browser.post(reverse("feed:post_delete", args=[waiting.pk]))
    come_due(waiting)
    assert scheduling.publish_due() == (0, 0)
    browser.post(reverse("feed:post_undelete", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.state == "scheduled"


@pytest.mark.parametrize("when", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_hour_that_the_clocks_skip_or_repeat_is_asked_about(client_for, when):
    author = UserFactory(time_zone="Europe/Berlin")
    answer = client_for(author).post("/write/", {"body": "Later.", "when": when})
    assert answer.status_code == 422
    assert "Europe/Berlin" in answer.content.decode()
    assert not Post.objects.exists()


def test_time_is_meant_in_the_authors_own_zone(client_for):
    author = UserFactory(time_zone="America/Detroit")
    tomorrow = (timezone.now() + timedelta(days=2)).date()
    answer = client_for(author).post("/write/", {"body": "Later.", "when": f"{tomorrow}T09:00"})
    assert answer.status_code == 303
    assert Post.objects.get().publish_at.hour in (13, 14)
