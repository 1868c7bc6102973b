"""Members of communities: coming in, being let in, going, and that the last owner never just disappears (A4, A12)."""

import pytest

from feed.actions import memberships
from feed.actions.refusals import Refused
from feed.models import Community, JoinRequest, Membership, Notification, Post
from people import registries, roles
from people.actions import leaving
from people.models import User
from tests.factories import CommunityFactory, PostFactory, UserFactory
from tests.feed.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def again(user):
    return User.objects.get(pk=user.pk)


def told(user):
    return list(Notification.objects.visible_to(again(user)).order_by("pk").values_list("text", flat=True))


def test_anybody_joins_an_open_community_and_leaves_it_again():
    found, person = CommunityFactory(), UserFactory()
    for _twice in range(2):
        memberships.join(community=found, user=person)
    found.refresh_from_db()
    assert found.member_count == 2 and found.has_member(person)
    memberships.leave(community=found, user=person)
    found.refresh_from_db()
    assert found.member_count == 1 and not found.has_member(again(person))


@pytest.mark.parametrize("kind", ["request", "closed"])
def test_nobody_joins_the_others_uninvited(kind):
    found, person = CommunityFactory(kind=kind), UserFactory()
    with pytest.raises(Refused):
        memberships.join(community=found, user=person)
    assert not found.has_member(again(person))


def test_a_closed_community_takes_no_requests():
    with pytest.raises(Refused):
        memberships.ask(community=CommunityFactory(kind="closed"), user=UserFactory())


def test_who_asks_is_let_in_by_an_owner_and_told():
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(kind="request", owner=owner)
    for _twice in range(2):
        assert memberships.ask(community=found, user=person, text="I run too.") is False
    assert told(owner) == ["asks"]
    wanted = JoinRequest.objects.get()
    with pytest.raises(Refused):
        memberships.approve(request=wanted, by=person)
    memberships.approve(request=wanted, by=owner)
    assert found.has_member(again(person)) and told(person) == ["approved"]
    assert not JoinRequest.objects.exists()


def test_who_is_declined_reads_why_and_may_ask_again():
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(kind="request", owner=owner)
    memberships.ask(community=found, user=person)
    memberships.decline(request=JoinRequest.objects.get(), by=owner, reason="Full.")
    assert told(person) == ["declined|Full."] and not found.has_member(again(person))
    memberships.ask(community=found, user=person)
    assert JoinRequest.objects.get().state == JoinRequest.State.OPEN


def test_an_invitation_names_a_closed_community_only_to_the_invited():
    owner, person, other = UserFactory(), UserFactory(), UserFactory()
    found = CommunityFactory(kind="closed", owner=owner)
    memberships.invite(community=found, user=person, by=owner)
    assert told(person) == ["invited"]
    assert list(Community.objects.known_to(again(person))) == [found]
    assert not Community.objects.known_to(again(other)).exists()
    memberships.withdraw(community=found, user=person)
    assert told(person) == [] and not Community.objects.known_to(again(person)).exists()
    with pytest.raises(Refused):
        memberships.join(community=found, user=person)


def test_the_invited_come_in():
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(kind="closed", owner=owner)
    memberships.invite(community=found, user=person, by=owner)
    memberships.join(community=found, user=person)
    assert found.has_member(again(person))


def test_only_owners_invite_and_remove():
    member, person = UserFactory(), UserFactory()
    found = CommunityFactory(members=[member, person])
    with pytest.raises(Refused):
        memberships.invite(community=found, user=UserFactory(), by=member)
    with pytest.raises(Refused):
        memberships.remove(community=found, user=person, by=member, reason="No.")


def test_the_removed_read_nothing_from_the_next_request_on():
    owner, person = UserFactory(), UserFactory()
    found = CommunityFactory(kind="closed", owner=owner, members=[person])
    post = PostFactory(community=found, audience_id=found.readers_id)
    memberships.remove(community=found, user=person, by=owner, reason="House rule 1.")
    assert not Post.objects.visible_to(again(person)).filter(pk=post.pk).exists()
    assert told(person) == ["removed|House rule 1."]
    assert Notification.objects.get(user=person).community is None


def test_the_last_owner_leaves_only_with_a_successor_and_is_not_demoted():
    owner, heir, outsider = UserFactory(), UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[heir])
    with pytest.raises(Refused):
        memberships.set_role(community=found, user=owner, role="member", by=owner)
    for nobody in (None, outsider, owner):
        with pytest.raises(Refused):
            memberships.leave(community=found, user=owner, successor=nobody)
    memberships.leave(community=found, user=owner, successor=heir)
    assert memberships.owners(community=found) == {heir.pk} and not found.has_member(again(owner))


def test_with_two_owners_one_may_go():
    owner, other = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[other])
    memberships.set_role(community=found, user=other, role="owner", by=owner)
    memberships.leave(community=found, user=owner)
    assert memberships.owners(community=found) == {other.pk}


def test_when_the_last_owner_leaves_the_company_the_longest_member_follows():
    owner, first, second = UserFactory(), UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[first, second])
    leaving.deactivate(user=owner)
    found.refresh_from_db()
    assert memberships.owners(community=found) == {first.pk} and found.member_count == 2
    assert told(first) == ["inherited"]
    leaving.reactivate(user=again(owner))
    assert not found.has_member(again(owner))


@pytest.mark.parametrize(("kind", "named"), [("open", True), ("closed", False)])
def test_a_community_without_anybody_is_told_to_communications(kind, named):
    staff, owner = UserFactory(roles=[roles.COMMUNICATIONS]), UserFactory()
    CommunityFactory(kind=kind, owner=owner)
    leaving.deactivate(user=owner)
    assert told(staff) == ["ownerless"]
    assert (Notification.objects.get(user=staff).community is not None) == named


def test_the_export_holds_one_s_own_communities_and_no_name_of_a_closed_one_left():
    person = UserFactory()
    CommunityFactory(name="Runners", members=[person])
    left = CommunityFactory(name="Secret", kind="closed", owner=person, members=[UserFactory()])
    memberships.leave(community=left, user=person, successor=left.memberships.exclude(user=person).get().user)
    data = registries.export.entries["communities"](user=again(person))
    assert [row["community__name"] for row in data["memberships"]] == ["Runners"]
    assert data["created"] == []


@pytest.mark.django_db(transaction=True)
def test_many_join_and_leave_at_once_and_the_number_is_right():
    found, people = CommunityFactory(), UserFactory.create_batch(6)
    stay, go = people[:3], people[3:]
    for person in go:
        memberships.join(community=found, user=person)
    jobs = [(memberships.join, one) for one in [*stay, *stay]] + [(memberships.leave, one) for one in go]
    at_once(lambda job: job[0](community=found, user=again(job[1])), jobs)
    found.refresh_from_db()
    assert found.member_count == Membership.objects.filter(community=found).count() == 4
    assert found.audience.members.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_leave_it_alone():
    owner, other = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[other, UserFactory()])
    memberships.set_role(community=found, user=other, role="owner", by=owner)
    refused = []

    def go(person):
        try:
            memberships.leave(community=found, user=person)
        except Refused:
            refused.append(person)

    at_once(go, [owner, other])
    assert len(refused) == 1 and len(memberships.owners(community=found)) == 1
