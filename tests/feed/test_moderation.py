"""Reporting, hiding, restoring, locking, deciding: by whom, with a reason, logged, told to the writer (A6)."""

import pytest
from django.urls import reverse

from feed.actions import commenting, moderating
from feed.actions.refusals import Refused
from feed.models import ModerationStep, Notification, Report
from people import roles
from tests.factories import CommentFactory, PostFactory, ReportFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def moderator():
    return UserFactory(roles=[roles.MODERATORS])


def test_moderator_hides_with_a_reason_that_the_writer_is_told(client_for, moderator):
    comment = CommentFactory()
    url = reverse("feed:comment_hide", args=[comment.pk])
    answer = client_for(moderator).post(url, {"reason": "House rule 3."}, headers=HTMX)
    assert "House rule 3." in answer.content.decode()
    comment.refresh_from_db()
    comment.post.refresh_from_db()
    assert (comment.hidden_by, comment.hidden_reason, comment.post.comment_count) == (
        moderator,
        "House rule 3.",
        0,
    )
    bell = client_for(comment.author).get("/notifications/").content.decode()
    assert "removed your comment" in bell
    assert "House rule 3." in bell
    step = ModerationStep.objects.get()
    assert (step.moderator, step.verb, step.affected, step.reason) == (
        moderator,
        "hide",
        comment.author,
        "House rule 3.",
    )


def test_restored_comment_counts_again_and_its_writer_is_told(moderator):
    comment = moderating.hide(comment=CommentFactory(), by=moderator, reason="Wrong one.")
    moderating.restore(comment=comment, by=moderator, reason="Meant another.")
    comment.refresh_from_db()
    comment.post.refresh_from_db()
    assert (comment.hidden_at, comment.post.comment_count) == (None, 1)
    assert Notification.objects.filter(user=comment.author, cause="moderation").count() == 2


def test_moderation_without_reason_is_asked_for_one(client_for, moderator):
    comment = CommentFactory()
    for headers in ({}, HTMX):
        answer = client_for(moderator).post(
            reverse("feed:comment_hide", args=[comment.pk]), {"reason": " "}, headers=headers
        )
        assert answer.status_code == 422
        assert "Say why." in answer.content.decode()
    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_employee_finds_no_moderation_anywhere(client_for):
    comment, client = CommentFactory(), client_for(UserFactory())
    for name in ("comment_hide", "comment_restore", "comment_approve"):
        assert client.post(reverse(f"feed:{name}", args=[comment.pk]), {"reason": "x"}).status_code == 404
    for name in ("lock", "post_hide"):
        assert (
            client.post(reverse(f"feed:{name}", args=[comment.post_id]), {"reason": "x"}).status_code == 404
        )
    report = ReportFactory(comment=comment)
    assert client.post(reverse("feed:report_decide", args=[report.pk]), {"reason": "x"}).status_code == 404
    assert client.get("/moderation/").status_code == 404
    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_moderator_acts_only_on_what_they_may_read(company, client_for):
    stranger = UserFactory(roles=[roles.MODERATORS])
    comment = CommentFactory(post=company.foundry_article.post_page.post)
    report = ReportFactory(comment=comment)
    client = client_for(stranger)
    assert client.post(reverse("feed:comment_hide", args=[comment.pk]), {"reason": "x"}).status_code == 404
    assert client.post(reverse("feed:report_decide", args=[report.pk]), {"reason": "x"}).status_code == 404
    assert "Only for the foundry" not in client.get("/moderation/").content.decode()
    with pytest.raises(Refused):
        moderating.hide(comment=comment, by=stranger, reason="x")
    assert "Only for the foundry" in client_for(company.moderator).get("/moderation/").content.decode()


def test_locked_conversation_shows_its_reason_and_takes_no_comment(client_for, moderator):
    post = PostFactory()
    client_for(moderator).post(reverse("feed:lock", args=[post.pk]), {"reason": "It went in circles."})
    page = client_for(UserFactory()).get(f"/posts/{post.pk}/").content.decode()
    assert "It went in circles." in page
    assert "text-composer" not in page
    with pytest.raises(Refused):
        commenting.add(post=post, author=UserFactory(), body="But …")
    client_for(moderator).post(reverse("feed:lock", args=[post.pk]), {"reason": "Go on."})
    assert commenting.add(post=post, author=UserFactory(), body="But …").pk
    assert list(ModerationStep.objects.order_by("pk").values_list("verb", flat=True)) == ["lock", "unlock"]


def test_report_goes_to_the_queue_and_tells_moderators_but_not_the_writer(client_for, moderator):
    comment, client = CommentFactory(), client_for(UserFactory())
    url = reverse("feed:comment_report", args=[comment.pk])
    assert client.post(url, {}).status_code == 422
    answer = client.post(url, {"rule": "private", "text": "It names a sick colleague."}, headers=HTMX)
    assert "Thank you" in answer.content.decode()
    queue = client_for(moderator).get("/moderation/").content.decode()
    assert "It names a sick colleague." in queue
    assert "A report waits for a decision" in client_for(moderator).get("/notifications/").content.decode()
    assert not Notification.objects.filter(user=comment.author).exists()


def test_second_report_by_the_same_person_replaces_the_first(client_for):
    comment, client = CommentFactory(), client_for(UserFactory())
    for rule in ("person", "other"):
        client.post(reverse("feed:comment_report", args=[comment.pk]), {"rule": rule})
    assert Report.objects.get().rule == "other"


@pytest.mark.parametrize(("outcome", "hidden"), [("hide", True), ("keep", False)])
def test_decision_closes_every_report_of_the_comment(client_for, moderator, outcome, hidden):
    comment = CommentFactory()
    first, _second = ReportFactory(comment=comment), ReportFactory(comment=comment)
    url = reverse("feed:report_decide", args=[first.pk])
    assert client_for(moderator).post(url, {"outcome": outcome, "reason": ""}).status_code == 422
    client_for(moderator).post(url, {"outcome": outcome, "reason": "House rule 2."})
    comment.refresh_from_db()
    assert (comment.hidden_at is not None) is hidden
    assert not Report.objects.open().exists()
    assert "House rule 2." in client_for(moderator).get("/moderation/?view=log").content.decode()
    assert Notification.objects.filter(user=comment.author, cause="moderation").exists() is hidden


def test_nobody_reports_what_they_wrote(client_for):
    comment = CommentFactory()
    assert (
        client_for(comment.author).get(reverse("feed:comment_report", args=[comment.pk])).status_code == 404
    )


def test_author_of_the_post_approves_or_refuses_what_is_held(client_for):
    post = PostFactory(comment_rule="approval")
    first, second = CommentFactory.create_batch(2, post=post, held=True)
    client = client_for(post.author)
    client.post(reverse("feed:comment_approve", args=[first.pk]))
    client.post(reverse("feed:comment_hide", args=[second.pk]), {"reason": "Not about this."})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.held_at, second.hidden_reason) == (None, "Not about this.")
    page = client_for(UserFactory()).get(f"/posts/{post.pk}/").content.decode()
    assert f"comment-{first.pk}" in page
    assert f"comment-{second.pk}" not in page, "what was never shown leaves no tombstone"
    assert "approved your comment" in client_for(first.author).get("/notifications/").content.decode()


def test_queue_lists_what_waits_for_approval(client_for, moderator):
    CommentFactory(held=True, body="Please let me in.")
    assert "Please let me in." in client_for(moderator).get("/moderation/?view=held").content.decode()


def test_hidden_share_is_absent_for_readers_and_can_be_shown_again(client_for, moderator):
    post, reader = PostFactory(), client_for(UserFactory())
    url = reverse("feed:post_hide", args=[post.pk])
    client_for(moderator).post(url, {"reason": "House rule 1."})
    assert reader.get(f"/posts/{post.pk}/").status_code == 404
    assert client_for(post.author).get(f"/posts/{post.pk}/").status_code == 200
    client_for(moderator).post(url, {"reason": "Was fine."})
    assert reader.get(f"/posts/{post.pk}/").status_code == 200
