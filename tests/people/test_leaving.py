"""Leaving: what lets somebody in ends at once; what they looked after is listed and handed over (A12, T3)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from blog.models import BlogMember
from feed.actions import questions
from feed.actions.questions import Ask
from feed.models import Membership, Question
from people import handovers, outbox, roles
from people.actions import audiences, leaving
from people.models import Invitation, OutboxMessage, PrivacyRules, User
from tests.factories import CommentFactory, CommunityFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(company):
    return UserFactory(
        first_name="Petra", last_name="Ohm", handle="petra", roles=[roles.PEOPLE_ADMINISTRATORS]
    )


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_mail_invitation_named_membership_and_administration_end_for_good(company):
    leaver = company.employee
    User.objects.filter(pk=leaver.pk).update(is_superuser=True)
    outbox.put(event="x", about="y:1", recipient=leaver, data={"secret": "s"})
    Invitation.objects.create(user=leaver, digest="d" * 64, expires_at=timezone.now())
    leaving.deactivate(user=leaver, by=company.administrator)
    message = OutboxMessage.objects.get(recipient=leaver)
    assert message.state == "dropped" and message.data == {}
    assert not Invitation.objects.filter(user=leaver).exists()
    leaving.reactivate(user=fresh(leaver))
    audiences.recompute_all()
    back = fresh(leaver)
    assert not back.is_superuser and not back.access.audience_ids and not back.access.roles
    entry = ModelLogEntry.objects.get(action="people.deactivate", object_id=str(leaver.pk))
    assert entry.user == company.administrator


def test_an_account_ends_on_the_day_after_the_last_day(company, client_for, hr):
    leaver, today = company.employee, timezone.localdate()
    address = reverse("people:account_end", args=[leaver.pk])
    office = client_for(hr)
    past = office.post(address, {"when": "later", "last_day": today - timedelta(days=1)})
    assert past.status_code == 422 and str(today - timedelta(days=1)) in past.content.decode()
    office.post(address, {"when": "later", "last_day": today})
    assert leaving.end_due() == 0 and fresh(leaver).is_active
    User.objects.filter(pk=leaver.pk).update(left_on=today - timedelta(days=1))
    assert leaving.end_due() == 1
    assert not fresh(leaver).is_active and fresh(leaver).left_on == today - timedelta(days=1)


def test_leavers_are_shown_by_the_name_that_the_company_wants(company, client_for):
    reader = client_for(company.outsider)
    leaving.deactivate(user=company.employee)
    assert "Lindner" in reader.get(company.article.url_path).content.decode()
    PrivacyRules.objects.update_or_create(pk=PrivacyRules.load().pk, defaults={"leaver_name": "former"})
    assert leaving.follow_name_rule() == 1
    page = reader.get(company.article.url_path).content.decode()
    assert "Lindner" not in page and "Former colleague" in page
    assert "Lindner" not in reader.get(reverse("people:profile", args=["eva"])).content.decode()
    leaving.reactivate(user=fresh(company.employee))
    assert "Lindner" in reader.get(company.article.url_path).content.decode()


# What needs a new owner


def test_a_blog_without_owner_is_listed_for_manager_and_communications_and_handed_over(company, client_for):
    writer = company.author
    leaving.deactivate(user=writer)
    address = reverse("people:handover", args=["blog", company.staff_blog.pk])
    manager, stranger = client_for(company.executive), client_for(company.outsider)
    title = company.staff_blog.pages.get(locale__language_code="en").title
    for client in (manager, client_for(company.communications)):
        page = client.get(reverse("people:handovers")).content.decode()
        assert company.staff_blog.pages.first().title in page or title in page
    assert stranger.get(reverse("people:handovers")).context["groups"] == []
    assert stranger.post(address, {"heir": "otto"}).status_code == 404
    refused = manager.post(address, {"heir": "nobody"})
    assert refused.status_code == 422 and 'value="nobody"' in refused.content.decode()
    assert manager.post(address, {"heir": "@Otto"}).status_code == 302
    assert BlogMember.objects.get(blog=company.staff_blog, role="owner").user == company.outsider
    assert company.outsider.groups.filter(pk=company.staff_blog.group_id).exists()
    assert manager.post(address, {"heir": "eva"}).status_code == 404, "it has an owner"


def test_nobody_hands_over_what_they_may_not_read_nor_to_whom_may_not(company, client_for):
    leaving.deactivate(user=company.executive)
    assert company.foundry_blog.pk not in {
        one.pk for one in handovers.kinds["blog"].find(viewer=company.administrator)
    }
    address = reverse("people:handover", args=["blog", company.foundry_blog.pk])
    assert client_for(company.administrator).post(address, {"heir": "eva"}).status_code == 404
    answer = client_for(company.communications).post(address, {"heir": "otto"})
    assert answer.status_code == 422 and answer.context["groups"]
    assert not BlogMember.objects.filter(blog=company.foundry_blog, role="owner").exists()


def test_an_open_question_to_a_leaver_goes_to_a_colleague_who_is_told(company, client_for):
    asked = CommentFactory(post=company.post, author=company.outsider, body="When does the furnace start?")
    question = questions.open_for(
        post=company.post, comment=asked, asker=company.outsider, ask=Ask(addressee=company.employee)
    )
    leaving.deactivate(user=company.employee)
    client = client_for(company.executive)
    assert "When does the furnace start?" in client.get(reverse("people:handovers")).content.decode()
    client.post(reverse("people:handover", args=["question", question.pk]), {"heir": "dana"})
    assert Question.objects.get(pk=question.pk).addressee == company.delegate
    assert company.delegate.notifications.filter(cause="question").exists()
    assert client.get(reverse("people:handovers")).context["groups"] == []


def test_a_community_without_anybody_gets_an_owner_and_a_closed_one_stays_secret(company, client_for):
    place = CommunityFactory(name="Cyclists", owner=company.employee)
    secret = CommunityFactory(name="Wages", owner=company.employee, kind="closed")
    leaving.deactivate(user=company.employee)
    page = client_for(company.communications).get(reverse("people:handovers")).content.decode()
    assert "Cyclists" in page and "Wages" not in page
    handovers.kinds["community"].give(pk=place.pk, heir=company.outsider, by=company.communications)
    assert Membership.objects.get(community=place).user == company.outsider
    with pytest.raises(LookupError):
        handovers.kinds["community"].give(pk=secret.pk, heir=company.outsider, by=company.communications)


def test_the_menu_tells_whoever_must_find_a_new_owner(company, client_for):
    leaving.deactivate(user=company.author)
    assert reverse("people:handovers") in client_for(company.executive).get("/").content.decode()
    assert reverse("people:handovers") not in client_for(company.outsider).get("/").content.decode()


def test_effects_count_what_there_is(company):
    PostFactory(author=company.employee)
    counted = leaving.effects(user=company.employee)
    assert counted["posts"] == 1 and counted["comments"] == 1 and counted["memberships in audiences"] == 1
    with pytest.raises(ValidationError):
        leaving.set_last_day(
            user=company.employee, last_day=timezone.localdate() - timedelta(days=1), by=company.administrator
        )
