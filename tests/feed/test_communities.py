"""Communities: who makes and changes one, what each kind hides, and that nobody's words reach others (A3, A4)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail import hooks

from feed.actions import communities, community_pins, memberships, moderating
from feed.actions.communities import NeedsConfirmation
from feed.actions.refusals import Refused
from feed.models import Community, CommunityRules, Notification, Pin, Post
from people.actions import handles, mastering
from people.handles import skeleton
from people.models import Audience, DirectorySource, User
from tests.factories import CommentFactory, CommunityFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def again(user):
    return User.objects.get(pk=user.pk)


def write(community, **fields):
    return PostFactory(community=community, audience_id=community.readers_id, **fields)


def test_somebody_makes_a_community_and_is_its_owner_and_first_member():
    founder = UserFactory()
    made = communities.create(by=founder, name="  Läufer & Çelik ", kind="request", rules="**Be** kind")
    assert (made.name, made.slug, made.member_count) == ("Läufer & Çelik", "laeufer-und-celik", 1)
    assert "<strong>Be</strong>" in made.rules_html
    assert memberships.owners(community=made) == {founder.pk}
    assert made.has_member(founder)


def test_the_administrator_may_restrict_who_makes_one():
    CommunityRules.objects.create(creators="permitted")
    with pytest.raises(Refused):
        communities.create(by=UserFactory(), name="Runners")
    group = Group.objects.create(name="Founders")
    group.permissions.add(Permission.objects.get(codename="create_community"))
    founder = UserFactory(roles=["Founders"])
    communities.create(by=again(founder), name="Runners")


def test_the_administrator_gives_that_permission_in_a_group_s_form():
    offered = Permission.objects.none()
    for hook in hooks.get_hooks("register_permissions"):
        offered |= hook()
    assert offered.filter(codename="create_community").exists()


@pytest.mark.parametrize("name", ["Lena", "1ena", "Team", "New", "Läufer"])
def test_an_address_looks_like_no_handle_no_reserved_word_and_no_other_community(name):
    UserFactory(handle="lena")
    CommunityFactory(name="Läufer")
    assert communities.free_slug(name=name).endswith("-2")


def test_a_name_without_letters_is_refused():
    with pytest.raises(ValidationError):
        communities.create(by=UserFactory(), name="!!!")


@pytest.mark.parametrize(("kind", "outsider_knows"), [("open", True), ("request", True), ("closed", False)])
def test_who_knows_that_a_community_exists(kind, outsider_knows):
    member, outsider, admin = UserFactory(), UserFactory(), UserFactory(is_superuser=True)
    found = CommunityFactory(kind=kind, members=[member])
    for person, knows in ((member, True), (outsider, outsider_knows), (admin, outsider_knows)):
        assert found.visible_to(again(person)) == knows
        assert Community.objects.visible_to(again(person)).exists() == knows
    assert not found.visible_to(UserFactory(is_active=False))


@pytest.mark.parametrize(("kind", "readable"), [("open", True), ("request", False), ("closed", False)])
def test_who_reads_what_is_written_there(kind, readable):
    member, outsider = UserFactory(), UserFactory()
    post = write(CommunityFactory(kind=kind, members=[member]))
    assert post.visible_to(again(member))
    assert post.visible_to(again(outsider)) == readable


def test_the_name_of_a_closed_community_stands_in_no_row_that_lists_show():
    CommunityFactory(kind="closed", name="Zwiebelkreis")
    assert not Audience.objects.filter(name__icontains="zwiebel").exists()


def test_closing_takes_everything_from_outsiders_at_once():
    owner, outsider = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner)
    posts = [write(found) for _each in range(3)]
    communities.change(community=found, by=owner, kind="closed")
    assert not Post.objects.visible_to(again(outsider)).filter(pk__in=[post.pk for post in posts]).exists()
    assert Post.objects.visible_to(again(owner)).filter(community=found).count() == 3
    found.refresh_from_db()
    assert found.collection.collection_audience.audience_id == found.audience_id


def test_opening_asks_first_and_leaves_what_was_written_with_the_members():
    owner, outsider = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, kind="closed")
    old = write(found)
    CommentFactory.create_batch(2, post=old)
    with pytest.raises(NeedsConfirmation) as asked:
        communities.change(community=found, by=owner, kind="open", name="Other")
    assert asked.value.comments == 2
    found.refresh_from_db()
    assert found.kind == "closed" and found.name != "Other"
    found = communities.change(community=found, by=owner, kind="open", confirmed=True)
    old.refresh_from_db()
    assert not old.visible_to(again(outsider))
    assert write(found).visible_to(again(outsider))


def test_only_owners_change_archive_and_pin():
    member = UserFactory()
    found = CommunityFactory(members=[member])
    for act in (communities.archive, communities.reopen, communities.change):
        with pytest.raises(Refused):
            act(community=found, by=member)
    with pytest.raises(Refused):
        community_pins.pin(post=write(found), until=found.created_at, by=member)


def test_nobody_joins_an_archived_community():
    owner = UserFactory()
    found = CommunityFactory(owner=owner)
    communities.archive(community=found, by=owner)
    with pytest.raises(Refused):
        memberships.join(community=found, user=UserFactory())
    communities.reopen(community=found, by=owner)
    memberships.join(community=found, user=UserFactory())


def test_an_owner_pins_a_post_until_a_date_and_takes_it_down():
    owner = UserFactory()
    post = write(CommunityFactory(owner=owner))
    for days in (-1, 400):
        with pytest.raises(Refused):
            community_pins.pin(post=post, until=timezone.now() + timedelta(days=days), by=owner)
    community_pins.pin(post=post, until=timezone.now() + timedelta(days=2), by=owner)
    assert Pin.objects.current().filter(place=f"community:{post.community_id}").count() == 1
    community_pins.unpin(post=post, by=owner)
    assert not Pin.objects.exists()


def test_an_owner_moderates_inside_the_community_and_nowhere_else():
    owner, author, member = UserFactory(), UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, kind="closed", members=[author, member])
    post, elsewhere = write(found, author=author), PostFactory()
    comment = CommentFactory(post=post, author=author)
    moderating.hide(comment=comment, by=owner, reason="Attacks a person.")
    moderating.hide_post(post=post, by=owner, reason="House rule 1.")
    post.refresh_from_db()
    assert (post.hidden_by, post.hidden_reason) == (owner, "House rule 1.")
    for person, reads in ((owner, True), (author, True), (member, False), (UserFactory(), False)):
        assert Post.objects.visible_to(again(person)).filter(pk=post.pk).exists() == reads
        assert post.visible_to(again(person)) == reads
    assert set(Notification.objects.filter(user=author).values_list("text", flat=True)) == {
        "hide|Attacks a person.",
        "hide|House rule 1.",
    }
    moderating.restore_post(post=post, by=again(owner), reason="Was fine.")
    for somebody, thing in ((owner, elsewhere), (member, post)):
        with pytest.raises(Refused):
            moderating.hide_post(post=thing, by=somebody, reason="No.")


def test_a_former_owner_moderates_no_more():
    owner, heir = UserFactory(), UserFactory()
    found = CommunityFactory(owner=owner, members=[heir])
    post = write(found)
    memberships.set_role(community=found, user=heir, role="owner", by=owner)
    memberships.set_role(community=found, user=owner, role="member", by=heir)
    assert not post.moderatable_by(again(owner)) and post.moderatable_by(again(heir))


def test_whom_the_viewer_owns_is_read_with_what_they_may_read(django_assert_num_queries):
    owner = UserFactory()
    post = write(CommunityFactory(owner=owner))
    viewer = again(owner)
    with django_assert_num_queries(1):
        assert viewer.access.audience_ids and post.moderatable_by(viewer)


def test_new_handle_never_looks_like_a_community_nor_the_other_way_round():
    owner = UserFactory(handle="lauf.gruppe")
    first = communities.create(by=owner, name="Jo Sommer")
    assert first.slug == "jo-sommer"
    assert communities.create(by=owner, name="Laufgruppe").slug == "laufgruppe-2"
    source = DirectorySource.objects.create(name="AD", kind="ldap")
    made = mastering.create(
        source=source,
        subject="1",
        values={"first_name": "Jo", "last_name": "Sommer", "email": "jo@example.com"},
    )
    assert made.handle == "jo.sommer2"
    assert skeleton("jo.sommer") in handles.taken(but=made)
