"""Audiences: who belongs by rule and by name, and that it takes effect at once (A4)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from feed.models import Post
from people.actions import audience_choices, audiences, departments
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


def test_everybody_at_a_location_is_one_audience_that_follows_the_directory():
    place = LocationFactory(name="Görlitz")
    here, newcomer = UserFactory(location=place), UserFactory()
    found = audiences.of_location(location=place)
    assert audiences.of_location(location=place) == found
    assert members(found) == {here}
    newcomer.location = place
    newcomer.save()
    audiences.recompute_all()
    assert members(found) == {here, newcomer}


def test_a_department_s_audience_holds_everything_below():
    works = departments.place(department=Department(name="Works"))
    foundry = departments.place(department=Department(name="Foundry"), parent=works)
    below = UserFactory(department=foundry)
    assert members(audiences.of_department(department=works)) == {below}


def test_a_member_is_named_and_inside_at_once_and_out_again_at_once():
    found, person = audiences.change(audience=Audience(name="Named")), UserFactory()
    assert person.access.audience_ids == frozenset()
    for _twice in range(2):
        audiences.add_member(audience=found, user=person)
    assert person.access.audience_ids == {found.pk}
    audiences.recompute_all()
    assert members(found) == {person}
    for _twice in range(2):
        audiences.remove_member(audience=found, user=person)
    assert person.access.audience_ids == frozenset()
    audiences.recompute_all()
    assert members(found) == set()


def test_a_removed_member_stays_where_the_rule_lets_them_in():
    place = LocationFactory()
    person = UserFactory(location=place)
    found = audiences.of_location(location=place)
    audiences.remove_member(audience=found, user=person)
    assert members(found) == {person}


def test_an_author_may_choose_everybody_the_own_location_and_the_departments_upwards(
    django_assert_max_num_queries,
):
    works = departments.place(department=Department(name="Works"))
    foundry = departments.place(department=Department(name="Foundry"), parent=works)
    place = LocationFactory(name="Görlitz")
    UserFactory(department=works), UserFactory()
    author = UserFactory(department=foundry, location=place)
    author = User.objects.get(pk=author.pk)
    with django_assert_max_num_queries(4), translation.override("en"):
        offered = audience_choices.offered_to(user=author)
    everybody = User.objects.present().count()
    assert [(one.label, one.number) for one in offered] == [
        ("Everyone", everybody), ("Görlitz", 1), ("Foundry", 1), ("Works", 2),
    ]  # fmt: skip
    assert audience_choices.choose(user=author, value=offered[0].value) is None
    for one in offered[1:]:
        chosen = audience_choices.choose(user=author, value=one.value)
        assert author in members(chosen)
        assert chosen.members.count() == one.number


@pytest.mark.parametrize(
    "value", ["location:{place}", "department:{unit}", "audience:{named}", "x", "location:١"]
)
def test_an_author_cannot_choose_people_they_do_not_belong_to(value):
    place, unit = LocationFactory(), DepartmentFactory()
    named = audiences.change(audience=Audience(name="Named"), members=[UserFactory()])
    author = UserFactory(location=LocationFactory(), department=DepartmentFactory())
    with pytest.raises(ValidationError) as refused:
        audience_choices.choose(user=author, value=value.format(place=place.pk, unit=unit.pk, named=named.pk))
    assert refused.value.code == "audience"
    assert not Audience.objects.filter(is_kept=True).exists()


def test_an_author_s_audience_is_called_like_the_place_and_follows_its_name():
    place, unit = LocationFactory(name="Görlitz"), DepartmentFactory(name="Görlitz")
    found, other = audiences.of_location(location=place), audiences.of_department(department=unit)
    assert (found.name, other.name) == ("Görlitz", f"Görlitz ({unit.pk})")
    place.name = "Zgorzelec"
    place.save()
    audiences.recompute_all()
    found.refresh_from_db()
    assert found.name == "Zgorzelec"
