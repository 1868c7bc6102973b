"""A blog's people, rules, group and files stay in step (blog.actions.staffing)."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from blog.actions import staffing
from blog.models import Blog, BlogMember
from tests.factories import AudienceFactory, UserFactory


@pytest.fixture
def blog(company):
    return staffing.create_blog(
        kind=Blog.Kind.STAFF,
        titles={"de": "Prüfstand", "en": "Test bench"},
        owner=company.author,
        by=company.communications,
    )


def rights(blog):
    found = GroupPagePermission.objects.filter(group=blog.group).values_list(
        "permission__codename", flat=True
    )
    return set(found)


def test_equipping_twice_adds_nothing(blog):
    tables = (Group, Collection, GroupPagePermission, GroupCollectionPermission, BlogMember)
    before = [table.objects.count() for table in tables]
    staffing.equip(blog=blog)
    staffing.equip(blog=Blog.objects.get(pk=blog.pk))
    assert [table.objects.count() for table in tables] == before


def test_writers_publish_only_where_no_approval_is_needed(blog):
    assert rights(blog) == {"add_page", "change_page"}
    staffing.change_rules(blog=blog, needs_approval=False)
    assert rights(blog) == {"add_page", "change_page", "publish_page"}
    assert blog.pages.first().get_workflow() is None
    staffing.change_rules(blog=blog, needs_approval=True)
    assert rights(blog) == {"add_page", "change_page"}
    assert blog.pages.first().get_workflow() is not None


def test_people_are_exactly_those_named(company, blog):
    other = UserFactory()
    staffing.set_people(blog=blog, owner=other, authors=[company.employee], delegates=[company.delegate])
    assert set(blog.group.user_set.all()) == {other, company.employee, company.delegate}
    assert blog.members.get(role="delegate").delegate_for == other
    staffing.set_people(blog=blog, owner=other)
    assert set(blog.group.user_set.all()) == {other}


def test_failure_leaves_nothing_half_done(company):
    closed = AudienceFactory(name="Board", members=[company.executive])
    before = Blog.objects.count()
    with pytest.raises(ValidationError):
        staffing.create_blog(kind="staff", titles={"de": "x"}, owner=company.outsider, audience=closed)
    assert Blog.objects.count() == before


def test_writers_put_files_only_into_their_own_blogs_collection(company, blog):
    add = GroupCollectionPermission.objects.filter(group=blog.group, permission__codename__startswith="add_")
    assert {row.collection_id for row in add} == {blog.collection_id}


def test_same_title_gets_another_address(company, blog):
    twin = staffing.create_blog(kind="staff", titles={"de": "Prüfstand"}, owner=company.author)
    assert twin.pages.get().slug != blog.pages.get(locale__language_code="de").slug
