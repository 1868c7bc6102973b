"""Moderators on communities and profile texts: hidden with a reason, restored; nothing they may not read (A6)."""

import pytest
from django.urls import reverse

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
