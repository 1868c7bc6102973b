"""Pages of communities: the directory, one community by kind and reader, its forms, members and the door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.actions import memberships
from feed.models import Community, JoinRequest, Membership
from feed.streams import communities as places
from people.models import User
from tests.factories import CommentFactory, CommunityFactory, PictureFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(name, found, *args):
    return reverse(f"feed:{name}", args=[found.slug, *args])


def form(**changes):
    return {"name": "Runners", "kind": "open", "language": "en", "purpose": "We run.", "rules": "", **changes}


def test_the_directory_shows_mine_first_and_no_closed_one_to_outsiders(client_for):
    person = UserFactory()
    CommunityFactory(name="Archers"), CommunityFactory(name="Zither", members=[person])
    CommunityFactory(name="Kindred", kind="closed")
    text = client_for(person).get("/communities/").content.decode()
    assert text.index("Zither") < text.index("Archers")
    assert "Kindred" not in text


def test_the_directory_finds_by_name_and_purpose(client_for):
    CommunityFactory(name="Archers", purpose="Bows"), CommunityFactory(name="Zither")
    browser = client_for(UserFactory())
    for words, found, absent in (("zith", "Zither", "Archers"), ("bows", "Archers", "Zither")):
        text = browser.get("/communities/", {"q": words}).content.decode()
        assert found in text and absent not in text


def test_the_directory_pages_without_gap_in_constant_queries(django_assert_num_queries):
    person = User.objects.get(pk=UserFactory().pk)
    names = sorted(CommunityFactory().name for _each in range(places.SIZE + 3))
    person.access  # noqa: B018
    with django_assert_num_queries(1):
        first = places.others(person)
    second = places.others(person, after=first.after)
    assert sorted(one.name for one in [*first, *second]) == names


@pytest.mark.parametrize(("kind", "status"), [("open", 200), ("request", 200), ("closed", 404)])
def test_an_outsider_opens_a_community_by_its_kind(client_for, kind, status):
    found = CommunityFactory(kind=kind)
    PostFactory(community=found, audience_id=found.readers_id, body="Zwiebelsuppe")
    browser = client_for(UserFactory())
    for name in ("community", "community_members"):
        assert browser.get(page(name, found)).status_code == status
    text = browser.get(page("community", found)).content.decode()
    assert ("Zwiebelsuppe" in text) == (kind == "open")


def test_every_address_of_a_closed_community_is_the_same_404_as_an_absent_one(client_for):
    found = CommunityFactory(kind="closed")
    browser = client_for(UserFactory(is_superuser=True))
    for name in ("join", "withdraw", "leave", "invite", "archive", "change", "report", "hide"):
        for slug in (found.slug, "absent"):
            assert (
                browser.post(reverse(f"feed:community_{name}", args=[slug]), {"handle": "x"}).status_code
                == 404
            )


def test_somebody_makes_a_community_once_even_when_the_form_is_sent_twice(client_for):
    browser = client_for(UserFactory())
    answers = [browser.post("/communities/new/", form(key="same")) for _twice in range(2)]
    made = Community.objects.get()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer["Location"] for answer in answers} == {page("community", made)}
    assert browser.get(page("community", made)).status_code == 200


def test_a_form_with_mistakes_keeps_what_was_typed(client_for):
    answer = client_for(UserFactory()).post("/communities/new/", form(name="!!!", purpose="Typed long ago"))
    assert answer.status_code == 422 and b"Typed long ago" in answer.content
    assert not Community.objects.exists()


def test_opening_asks_before_it_leaves_comments_with_the_members(client_for):
    owner = UserFactory()
    found = CommunityFactory(owner=owner, kind="closed")
    CommentFactory(post=PostFactory(community=found, audience_id=found.readers_id))
    browser = client_for(owner)
    answer = browser.post(page("community_change", found), form())
    assert answer.status_code == 422 and b"1 comment was written for the members" in answer.content
    assert browser.post(page("community_change", found), form(confirmed="1")).status_code == 303
    found.refresh_from_db()
    assert found.kind == "open"


def test_the_cover_is_written_anew_and_follows_the_kind(client_for, picture):
    owner, outsider = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner)
    answer = client_for(owner).post(
        page("community_change", found), form(cover=picture(), cover_credit="Eva")
    )
    assert answer.status_code == 303
    found.refresh_from_db()
    assert found.cover.file.name.endswith(".webp") and found.cover.visible_to(outsider)
    client_for(owner).post(page("community_change", found), form(kind="closed"))
    cover = type(found.cover).objects.get(pk=found.cover.pk)
    assert not cover.visible_to(User.objects.get(pk=outsider.pk)) and cover.visible_to(owner)
    client_for(owner).post(page("community_change", found), form(kind="closed", no_cover="on"))
    found.refresh_from_db()
    assert found.cover is None


def test_asking_deciding_and_leaving_work_as_plain_forms(client_for):
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, kind="request")
    browser, theirs = client_for(person), client_for(owner)
    assert browser.post(page("community_join", found), {"text": "I run too."}).status_code == 303
    assert b"You asked to come in" in browser.get(page("community", found)).content
    assert b"I run too." in theirs.get(page("community_members", found)).content
    asked = JoinRequest.objects.get()
    no_reason = theirs.post(page("community_decide", found, asked.pk), {"decision": "no"}, follow=True)
    assert b"Say why" in no_reason.content and JoinRequest.objects.get().state == "open"
    theirs.post(page("community_decide", found, asked.pk), {"decision": "yes"})
    assert Membership.objects.filter(community=found, user=person).exists()
    assert browser.post(page("community_leave", found)).status_code == 303
    assert not Membership.objects.filter(community=found, user=person).exists()


def test_the_invited_see_only_the_invitation_to_a_closed_community(client_for):
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(
        owner=owner, kind="closed", name="Kindred", purpose="Hush", members=[UserFactory()]
    )
    answer = client_for(owner).post(page("community_invite", found), {"handle": f"@{person.handle}"})
    assert answer.status_code == 303
    browser = client_for(person)
    text = browser.get(page("community", found)).content.decode()
    assert "Kindred" in text and "Hush" not in text and "Accept" in text
    assert browser.get(page("community_members", found)).status_code == 404
    browser.post(page("community_join", found))
    assert "Hush" in browser.get(page("community", found)).content.decode()


def test_an_unknown_handle_is_refused_and_kept(client_for):
    owner = UserFactory()
    found = CommunityFactory(owner=owner)
    answer = client_for(owner).post(page("community_invite", found), {"handle": "@nobody.here"})
    assert answer.status_code == 422 and b"nobody.here" in answer.content


def test_several_are_invited_at_once_by_handle_or_name_or_nobody(client_for):
    owner = UserFactory()
    found = CommunityFactory(
        owner=owner, members=[UserFactory(first_name="Ina", last_name="Side", handle="ina")]
    )
    for first in ("Jana", "Bo"):
        UserFactory(first_name=first, last_name="Petersen", handle=f"{first.casefold()}.petersen")
    browser, url = client_for(owner), page("community_invite", found)
    answer = browser.post(url, {"handle": "jana.petersen, Nobody Known"})
    assert answer.status_code == 422 and "jana.petersen, Nobody Known" in answer.content.decode()
    assert not JoinRequest.objects.exists()
    answer = browser.post(
        url, {"handle": ["jana.petersen", "Bo Petersen, @ina"]}, follow=True
    ).content.decode()
    assert "Bo Petersen" in answer and "have been invited" in answer and "Ina Side is in." in answer
    assert set(JoinRequest.objects.values_list("user__handle", flat=True)) == {"jana.petersen", "bo.petersen"}
    assert browser.post(url, {"handle": ",".join(f"@n{n}" for n in range(21))}).status_code == 422


def test_the_last_owner_is_asked_for_a_successor(client_for):
    owner, heir = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[heir])
    browser = client_for(owner)
    assert heir.name in browser.get(page("community_leave", found)).content.decode()
    assert browser.post(page("community_leave", found)).status_code == 422
    assert browser.post(page("community_leave", found), {"successor": heir.pk}).status_code == 303
    assert memberships.owners(community=found) == {heir.pk}


def test_an_owner_changes_roles_and_puts_somebody_out_with_a_reason(client_for):
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[person])
    browser, url = client_for(owner), page("community_role", found, person.handle)
    browser.post(url, {"role": "owner"})
    assert memberships.owners(community=found) == {owner.pk, person.pk}
    browser.post(url, {"role": "member"})
    browser.post(url, {"role": "out"})
    assert Membership.objects.filter(community=found, user=person).exists()
    browser.post(url, {"role": "out", "reason": "House rule 1."})
    assert not Membership.objects.filter(community=found, user=person).exists()


@pytest.mark.parametrize("name", ["community_change", "community_archive", "community_invite"])
def test_members_do_not_find_what_is_for_owners(client_for, name):
    member = UserFactory()
    found = CommunityFactory(members=[member])
    assert client_for(member).post(page(name, found), {"handle": "x"}).status_code == 404


def test_owners_pin_on_top_and_readers_see_it(client_for):
    owner = UserFactory()
    found = CommunityFactory(owner=owner)
    post = PostFactory(community=found, body="Read the rules first.")
    url = reverse("feed:community_pin", args=[post.pk])
    assert client_for(UserFactory()).post(url, {"until": "2030-01-01T10:00"}).status_code == 404
    until = timezone.localtime() + timedelta(days=3)
    assert client_for(owner).post(url, {"until": until.strftime("%Y-%m-%dT%H:%M")}).status_code == 303
    text = client_for(UserFactory()).get(page("community", found)).content.decode()
    assert "Pinned" in text and text.count("Read the rules first.") == 2


def test_a_cover_is_shown_on_the_card_and_on_the_page(client_for):
    owner = UserFactory()
    found, plain = CommunityFactory(owner=owner, name="Archers"), CommunityFactory(owner=owner, name="Zither")
    Community.objects.filter(pk=found.pk).update(cover=PictureFactory(collection=found.collection))
    browser = client_for(owner)
    assert browser.get("/communities/").content.decode().count("<img") == 1
    assert "<img" in browser.get(page("community", found)).content.decode()
    assert "<span>Z</span>" in browser.get(page("community", plain)).content.decode()
