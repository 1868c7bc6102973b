"""Audiences: who belongs by rule and by name, and that it takes effect at once (A4)."""

import pytest
from django.core.exceptions import ValidationError

from feed.models import Post
from people.actions import audiences, departments
from people.models import Audience, Department, User
from tests.factories import DepartmentFactory, LocationFactory, UserFactory

pytestmark = pytest.mark.django_db


def members(audience):
    return set(User.objects.filter(audience_members__audience=audience))


def test_department_rule_includes_everything_below():
    works = departments.place(department=Department(name="Works"))
    foundry = departments.place(department=Department(name="Foundry"), parent=works)
    above, below, elsewhere = UserFactory(department=works), UserFactory(department=foundry), UserFactory()
    found = audiences.change(audience=Audience(name="All works"), departments=[works])
    assert members(found) == {above, below}
    assert elsewhere not in members(found)


def test_every_filled_criterion_must_match():
    place, unit = LocationFactory(), DepartmentFactory()
    both = UserFactory(location=place, department=unit, languages=["de", "en"])
    UserFactory(location=place, department=unit, languages=["en"])
    UserFactory(location=place, languages=["de"])
    found = audiences.change(
        audience=Audience(name="Both"), departments=[unit], locations=[place], language="de"
    )
    assert members(found) == {both}


def test_an_audience_without_rule_has_only_its_named_members():
    named = UserFactory()
    UserFactory()
    assert members(audiences.change(audience=Audience(name="Named"), members=[named])) == {named}


def test_leavers_never_belong():
    gone = UserFactory(is_active=False)
    assert members(audiences.change(audience=Audience(name="Named"), members=[gone])) == set()


def test_a_removed_member_loses_sight_at_once(company):
    post = company.foundry_article.post_page.post
    assert Post.objects.visible_to(User.objects.get(pk=company.employee.pk)).filter(pk=post.pk).exists()
    audiences.change(audience=company.foundry, members=[company.executive])
    assert not Post.objects.visible_to(User.objects.get(pk=company.employee.pk)).filter(pk=post.pk).exists()


def test_moving_a_department_moves_what_is_below():
    top, other = DepartmentFactory(), DepartmentFactory()
    child = departments.place(department=Department(name="Child"), parent=top)
    grandchild = departments.place(department=Department(name="Grandchild"), parent=child)
    departments.place(department=child, parent=other)
    grandchild.refresh_from_db()
    assert grandchild.path.startswith(other.path)


def test_a_department_cannot_be_part_of_itself():
    top = departments.place(department=Department(name="Top"))
    child = departments.place(department=Department(name="Child"), parent=top)
    with pytest.raises(ValidationError) as refused:
        departments.place(department=top, parent=child)
    assert refused.value.code == "cycle"
