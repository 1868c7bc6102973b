"""How much one person may do in a while (T11)."""

import pytest
import time_machine
from django.urls import reverse

from feed.models import Comment
from people import ratelimit
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_limit_holds_for_one_person_and_ends_with_the_window():
    anna, ben = UserFactory(), UserFactory()
    with time_machine.travel("2026-11-24T10:00:05Z", tick=False):
        for _time in range(30):
            ratelimit.check(anna, "comment")
        with pytest.raises(ratelimit.TooMany) as refusal:
            ratelimit.check(anna, "comment")
        assert refusal.value.retry_after == 55
        ratelimit.check(ben, "comment")
        ratelimit.check(anna, "reaction")
    with time_machine.travel("2026-11-24T10:01:01Z", tick=False):
        ratelimit.check(anna, "comment")


@pytest.mark.parametrize(
    ("action", "most", "seconds"),
    [("post", 10, 60), ("comment", 30, 60), ("reaction", 60, 60), ("upload", 20, 3600)],
)
def test_limits_are_those_of_the_requirements(action, most, seconds):
    assert ratelimit.LIMITS[action] == (most, seconds)


@time_machine.travel("2026-11-24T10:00:05Z", tick=False)
def test_replayed_comment_is_not_counted_and_the_text_is_kept_beyond_the_limit(client_for, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "comment", (1, 60))
    post, client = PostFactory(), client_for(UserFactory())
    address = reverse("feed:comments", args=[post.pk])
    for _time in range(5):
        assert client.post(address, {"body": "Einmal.", "key": "k"}).status_code == 303
    refused = client.post(address, {"body": "Zu viel.", "key": "other"})
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert "Zu viel." in refused.content.decode()
    assert client_for(UserFactory()).post(address, {"body": "Ich auch.", "key": "k"}).status_code == 303
    assert Comment.objects.count() == 2


def test_other_limits_answer_with_a_page_that_says_when_to_go_on(client_for, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "reaction", (0, 60))
    post, client = PostFactory(), client_for(UserFactory())
    answer = client.post(reverse("feed:react", args=[post.pk]), {"kind": "thanks"})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
