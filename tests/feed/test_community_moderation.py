"""Moderators on communities and profile texts: hidden with a reason, restored; nothing they may not read (A6)."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from feed.actions import memberships
from feed.models import ModerationStep, Notification, Report
from people import roles
from tests.factories import CommunityFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
REPORT = {"rule": "person", "text": "Rude."}


@pytest.fixture
def moderator():
    return UserFactory(roles=[roles.MODERATORS])


def address(name, thing):
    return reverse(f"feed:{name}", args=[getattr(thing, "slug", None) or thing.handle])


def test_a_reported_community_is_hidden_with_a_reason_that_its_owner_reads(client_for, moderator):
    owner, outsider, member = UserFactory(), UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[member], name="Rude Mechanicals")
    client_for(outsider).post(address("community_report", found), REPORT)
    queue = client_for(moderator).get("/moderation/").content.decode()
    assert "Rude Mechanicals" in queue and "Rude." in queue
    decided = {"outcome": "hide", "reason": "House rule 1."}
    url = reverse("feed:report_decide", args=[Report.objects.get().pk])
    assert client_for(moderator).post(url, decided).status_code == 303
    shown = {
        person.pk: client_for(person).get(address("community", found)).status_code
        for person in (owner, member, outsider, moderator)
    }
    assert shown == {owner.pk: 200, member.pk: 200, outsider.pk: 404, moderator.pk: 200}
    assert "Rude Mechanicals" not in client_for(outsider).get("/communities/").content.decode()
    note = Notification.objects.get(user=owner, cause="moderation")
    assert note.text == "hide-community|House rule 1."
    assert b"House rule 1." in client_for(owner).get("/notifications/").content
    assert b"Rude Mechanicals" in client_for(moderator).get("/moderation/?view=log").content


def test_a_hidden_community_is_shown_again(client_for, moderator):
    outsider, found = UserFactory(), CommunityFactory()
    for reason in ("House rule 1.", "Renamed."):
        client_for(moderator).post(address("community_hide", found), {"reason": reason})
    assert client_for(outsider).get(address("community", found)).status_code == 200
    assert ModerationStep.objects.filter(community=found).count() == 2


def test_a_report_that_stays_is_closed_without_hiding(client_for, moderator):
    found = CommunityFactory()
    client_for(UserFactory()).post(address("community_report", found), REPORT)
    url = reverse("feed:report_decide", args=[Report.objects.get().pk])
    client_for(moderator).post(url, {"outcome": "keep", "reason": "Harmless."})
    found.refresh_from_db()
    assert found.hidden_at is None and Report.objects.get().outcome == "kept"


def test_a_moderator_outside_finds_nothing_of_a_closed_community(client_for, moderator):
    member = UserFactory()
    found = CommunityFactory(kind="closed", name="Kindred", members=[member])
    post = PostFactory(community=found, audience_id=found.readers_id, body="Zwiebelsuppe")
    client_for(member).post(address("community_report", found), REPORT)
    client_for(member).post(reverse("feed:report", args=[post.pk]), REPORT)
    assert Report.objects.count() == 2 and not Notification.objects.filter(user=moderator).exists()
    for view in ("reports", "held", "log"):
        text = client_for(moderator).get(f"/moderation/?view={view}").content.decode()
        assert "Kindred" not in text and "Zwiebelsuppe" not in text
    assert client_for(moderator).post(address("community_hide", found), {"reason": "x"}).status_code == 404


def test_a_profile_text_is_hidden_from_others_and_its_writer_reads_why(client_for, moderator):
    person, reader = UserFactory(about="I hate Mondays and Otto."), UserFactory()
    profile = reverse("people:profile", args=[person.handle])
    client_for(reader).post(address("person_report", person), REPORT)
    assert b"I hate Mondays" in client_for(moderator).get("/moderation/").content
    url = reverse("feed:report_decide", args=[Report.objects.get().pk])
    client_for(moderator).post(url, {"outcome": "hide", "reason": "House rule 1."})
    assert b"I hate Mondays" not in client_for(reader).get(profile).content
    own = client_for(person).get(profile).content
    assert b"I hate Mondays" in own and b"House rule 1." in own
    assert b"House rule 1." in client_for(person).get("/notifications/").content
    client_for(moderator).post(address("about_hide", person), {"reason": "Changed."})
    assert b"I hate Mondays" in client_for(reader).get(profile).content


def test_nobody_but_moderators_hides_and_nobody_reports_themselves(client_for):
    person, reader = UserFactory(about="Hello."), UserFactory()
    assert client_for(reader).post(address("about_hide", person), {"reason": "x"}).status_code == 404
    assert (
        client_for(reader).post(address("community_hide", CommunityFactory()), {"reason": "x"}).status_code
        == 404
    )
    assert client_for(person).post(address("person_report", person), REPORT).status_code == 404


def test_a_profile_lists_only_communities_that_the_reader_may_know_of(client_for):
    person, insider, outsider = UserFactory(), UserFactory(), UserFactory()
    CommunityFactory(name="Archers", members=[person])
    CommunityFactory(name="Kindred", kind="closed", members=[person, insider])
    url = reverse("people:profile", args=[person.handle]) + "?show=communities"
    for reader, sees in ((insider, True), (outsider, False)):
        text = client_for(reader).get(url).content.decode()
        assert "Archers" in text and ("Kindred" in text) == sees


@pytest.fixture
def kindred():
    """A closed community with two owners and a member, and a post by one of the owners that the member reports."""
    first, second, member = UserFactory.create_batch(3)
    found = CommunityFactory(kind="closed", name="Kindred", owner=first, members=[second, member])
    memberships.set_role(community=found, user=second, role="owner", by=first)
    post = PostFactory(community=found, audience_id=found.readers_id, body="Zwiebelsuppe", author=first)
    return SimpleNamespace(place=found, first=first, second=second, member=member, post=post)


def test_owners_decide_reports_where_no_moderator_is_but_not_about_their_own_words(
    client_for, moderator, kindred
):
    thanks = client_for(kindred.member).post(
        reverse("feed:report", args=[kindred.post.pk]), REPORT, follow=True
    )
    assert b"The owners of the community will look at it" in thanks.content
    queue = reverse("feed:community_reports", args=[kindred.place.slug])
    told = Notification.objects.filter(cause="review")
    assert [(row.user, row.url) for row in told] == [(kindred.second, queue)]
    decide = reverse("feed:community_report_decide", args=[kindred.place.slug, Report.objects.get().pk])
    for other, status in (
        (kindred.first, 404),
        (kindred.member, 404),
        (moderator, 404),
        (UserFactory(), 404),
    ):
        assert client_for(other).post(decide, {"outcome": "keep", "reason": "Mine."}).status_code == status
    page = client_for(kindred.first).get(queue).content.decode()
    assert "1 report about your own words waits" in page and "Rude." not in page
    browser = client_for(kindred.second)
    assert queue in browser.get(address("community", kindred.place)).content.decode()
    assert "Rude." in browser.get(queue).content.decode()
    assert browser.post(decide, {"outcome": "hide", "reason": ""}).status_code == 422
    assert browser.post(decide, {"outcome": "hide", "reason": "House rule 1."})["Location"] == queue
    kindred.post.refresh_from_db()
    assert kindred.post.hidden_by == kindred.second and Report.objects.get().outcome == "hidden"
    assert Notification.objects.get(user=kindred.first, cause="moderation").text == "hide|House rule 1."
    undo = reverse("feed:post_hide", args=[kindred.post.pk])
    log = browser.get(f"{queue}?view=log").content.decode()
    assert "House rule 1." in log and undo in log
    browser.post(undo, {"reason": "Sorry."})
    kindred.post.refresh_from_db()
    assert kindred.post.hidden_at is None and undo not in browser.get(f"{queue}?view=log").content.decode()


def test_reports_go_to_a_moderator_who_is_inside_and_the_owners_have_no_queue(client_for, moderator, kindred):
    memberships.invite(community=kindred.place, user=moderator, by=kindred.first)
    memberships.join(community=kindred.place, user=moderator)
    client_for(kindred.member).post(reverse("feed:report", args=[kindred.post.pk]), REPORT)
    assert Notification.objects.get(cause="review").user == moderator
    queue = reverse("feed:community_reports", args=[kindred.place.slug])
    assert client_for(kindred.second).get(queue).status_code == 404
    assert "Zwiebelsuppe" in client_for(moderator).get("/moderation/").content.decode()
