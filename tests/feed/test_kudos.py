"""Thanks: for whom, who hears of them, where they show; no points and no ranking."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from feed.actions import posting, thanking
from feed.actions.refusals import Refused
from feed.models import CompanyValue, Notification, Post, Thanked
from people import registries, roles
from people.actions import privacy
from tests.factories import AudienceFactory, UserFactory

pytestmark = pytest.mark.django_db


def thank(*users, author=None, value=None, body="For a weekend at furnace two.", **more):
    thanks = thanking.Thanks(users=users, value=value)
    return posting.add(author=author or UserFactory(), body=body, kind="kudos", kudos=thanks, **more)


@pytest.fixture
def value():
    return CompanyValue.objects.create(name_de="Ehrlich wiegen", name_en="Weigh honestly")


def test_thanked_colleagues_hear_of_it_once_and_readers_see_names_value_and_reason(value, client_for):
    one, two = UserFactory(last_name="Wieczorek"), UserFactory(last_name="Okafor")
    post = thank(one, two, one, value=value)
    thanking.tell(post=post)
    assert sorted(Notification.objects.values_list("user_id", "cause")) == [
        (one.pk, "kudos"),
        (two.pk, "kudos"),
    ]
    html = client_for(UserFactory()).get(f"/posts/{post.pk}/").content.decode()
    for words in ("Wieczorek", "Okafor", "Weigh honestly", "For a weekend"):
        assert words in html
    assert "thanks you" in client_for(one).get("/notifications/").content.decode()


def test_nobody_thanks_themselves_nobody_or_too_many():
    author = UserFactory()
    for users in ((), (author,), UserFactory.create_batch(21)):
        with pytest.raises(Refused):
            thank(*users, author=author)
    assert not Post.objects.exists()


def test_only_present_colleagues_who_may_read_it_are_thanked():
    author = UserFactory()
    with pytest.raises(Refused):
        thank(UserFactory(is_active=False), author=author)
    with pytest.raises(Refused):
        thank(UserFactory(), author=author, audience=AudienceFactory(members=[author]))


def test_value_that_is_no_longer_offered_is_refused_and_stays_on_older_thanks(value, client_for):
    one = UserFactory()
    older = thank(one, value=value)
    CompanyValue.objects.update(is_active=False)
    value.refresh_from_db()
    with pytest.raises(Refused):
        thank(one, value=value)
    assert "Weigh honestly" in client_for(one).get(f"/posts/{older.pk}/").content.decode()


def test_scheduled_thanks_are_told_when_they_appear_and_older_ones_never():
    one = UserFactory()
    post = thank(one, publish_at=timezone.now() + timedelta(hours=1))
    thank(one, created_at=timezone.now(), body="Long ago.")
    assert not Notification.objects.exists()
    posting.publish(post=post)
    assert Notification.objects.get().user == one


def test_profile_shows_thanks_that_the_reader_may_see(client_for):
    one, author, reader = UserFactory(), UserFactory(), UserFactory()
    thank(one, author=author)
    thank(one, author=author, body="Behind the gate.", audience=AudienceFactory(members=[author, one]))
    for address in (f"/people/{one.handle}/?show=thanks", f"/people/{one.handle}/thanks/"):
        html = client_for(reader).get(address).content.decode()
        assert "For a weekend" in html, address
        assert "Behind the gate." not in html
    assert "Behind the gate." in client_for(one).get(f"/people/{one.handle}/thanks/").content.decode()
    assert client_for(reader).get("/people/absent/thanks/").status_code == 404


def test_communications_keeps_the_values_in_the_admin_and_others_do_not(client_for, value):
    assert (
        Group.objects.get(name=roles.COMMUNICATIONS).permissions.filter(codename="add_companyvalue").exists()
    )
    client = client_for(UserFactory(roles=[roles.COMMUNICATIONS]))
    sent = {"name_de": "Fragen", "name_en": "Ask", "position": "2", "is_active": "on"}
    assert client.post("/admin/company_values/new/", sent).status_code == 302
    assert "Ask" in client.get("/admin/company_values/").content.decode()
    for user in (UserFactory(), UserFactory(roles=[roles.MODERATORS])):
        assert client_for(user).get("/admin/company_values/").status_code in (302, 403)
    assert CompanyValue.objects.count() == 2


@pytest.mark.parametrize("keep_content", [True, False])
def test_export_and_erasure_of_who_was_thanked(keep_content):
    one = UserFactory()
    post = thank(one)
    assert registries.export.run(user=one)["thanks_and_mentions"]["thanks"] == [{"kudos__post_id": post.pk}]
    privacy.erase(user=one, keep_content=keep_content)
    assert Thanked.objects.exists() is keep_content
    assert Post.objects.filter(pk=post.pk).exists()
