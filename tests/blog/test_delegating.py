"""Delegates: named by the owner until a day, logged, over at once, and never readers by it (A7)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from blog.actions import delegating
from blog.models import Blog, BlogMember
from people.models import User

pytestmark = pytest.mark.django_db


def name(client, blog, delegate, days=7):
    day = timezone.localdate() + timedelta(days=days)
    return client.post(reverse("blog:delegates"), {"blog": blog.pk, "delegate": delegate, "last_day": day})


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_an_executive_names_a_delegate_who_writes_until_the_last_day(company, client_for):
    client, helper = client_for(company.executive), company.outsider
    assert name(client, company.blog, "otto").status_code == 302
    assert company.blog in Blog.objects.writable_by(helper)
    row = BlogMember.objects.get(user=helper)
    assert row.delegate_for == company.executive
    assert "Otto Brandt" in client.get(reverse("blog:delegates")).content.decode()
    BlogMember.objects.filter(pk=row.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert company.blog not in Blog.objects.writable_by(fresh(helper)), "over, before any clock ran"
    assert delegating.end_due() == 1
    assert not BlogMember.objects.filter(user=helper).exists()
    assert not helper.groups.filter(pk=company.blog.group_id).exists()
    actions = ModelLogEntry.objects.filter(object_id=str(helper.pk)).values_list("action", flat=True)
    assert {"people.delegation.start", "people.delegation.end"} <= set(actions)


def test_a_delegate_gets_no_reading_rights(company, client_for):
    answer = name(client_for(company.executive), company.foundry_blog, "otto")
    assert answer.status_code == 422 and 'value="otto"' in answer.content.decode()
    assert not BlogMember.objects.filter(user=company.outsider).exists()
    name(client_for(company.executive), company.blog, "otto")
    reader = client_for(fresh(company.outsider))
    assert reader.get(company.foundry_article.url_path).status_code == 404


@pytest.mark.parametrize(("delegate", "days"), [("otto", -1), ("otto", 800), ("henrike", 7), ("absent", 7)])
def test_days_and_people_that_make_no_sense_are_refused(company, client_for, delegate, days):
    assert name(client_for(company.executive), company.blog, delegate, days).status_code == 422


def test_only_the_owner_names_and_only_the_two_end(company, client_for):
    for role in ("delegate", "outsider", "communications", "administrator"):
        assert name(client_for(getattr(company, role)), company.blog, "otto").status_code == 422
    assert not BlogMember.objects.filter(user=company.outsider).exists()
    row = BlogMember.objects.get(user=company.delegate)
    address = reverse("blog:delegation_end", args=[row.pk])
    for role in ("outsider", "communications", "administrator"):
        assert client_for(getattr(company, role)).post(address).status_code == 404
    assert client_for(company.delegate).post(address).status_code == 302
    assert company.blog not in Blog.objects.writable_by(fresh(company.delegate))
