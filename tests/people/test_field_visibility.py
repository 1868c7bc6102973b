"""Who sees which field of a profile: each choice, each reader, and what the company allows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from people import field_visibility
from people.models import FieldRule, User
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(company):
    """Readers of Eva's profile by where they stand; read anew, as a request does."""
    below = DepartmentFactory(name="Moulding", parent=company.employee.department)
    pks = {
        "self": company.employee.pk,
        "colleague": company.moderator.pk,
        "team below": UserFactory(department=below).pk,
        "department above": company.executive.pk,
        "administrator": company.administrator.pk,
        "no department": UserFactory(department=None).pk,
    }
    return lambda: (
        {name: User.objects.select_related("department").get(pk=pk) for name, pk in pks.items()}
        | {"anonymous": AnonymousUser()}
    )


EVERYBODY = {"self", "colleague", "team below", "department above", "administrator", "no department"}
INSIDE = {"self", "colleague", "team below"}


def seen_of(person, readers, field):
    """Names of readers who see `field`; says so for the row and for the query, which must agree."""
    by_row = {name for name, who in readers.items() if field in field_visibility.shown_fields(person, who)}
    by_query = {
        name
        for name, who in readers.items()
        if User.objects.filter(field_visibility.seen_by(who, field), pk=person.pk).exists()
    }
    assert by_row == by_query
    return by_row


@pytest.mark.parametrize(
    ("chosen", "seen"),
    [(None, EVERYBODY), ("everyone", EVERYBODY), ("department", INSIDE), ("nobody", {"self"})],
)
def test_each_choice_is_kept_for_each_reader(company, readers, chosen, seen):
    person = company.employee
    person.shown_to = {"phone": chosen} if chosen else {}
    person.save()
    assert seen_of(person, readers(), "phone") == seen
    assert ("phone" in field_visibility.for_everyone(person, field_visibility.rules())) == (seen == EVERYBODY)


@pytest.mark.parametrize(
    ("allowed", "default", "chosen", "seen"),
    [
        (["department", "nobody"], "department", None, INSIDE),
        (["department", "nobody"], "department", "everyone", INSIDE),
        (["everyone", "nobody"], "everyone", "department", {"self"}),
        (["everyone"], "everyone", "nobody", EVERYBODY),
        (["everyone", "department"], "everyone", "nobody", INSIDE),
        (["nobody"], "everyone", None, {"self"}),
    ],
)
def test_the_company_narrows_what_people_chose(company, readers, allowed, default, chosen, seen):
    FieldRule.objects.create(field="phone", allowed=allowed, default=default)
    person = company.employee
    person.shown_to = {"phone": chosen} if chosen else {}
    person.save()
    assert seen_of(person, readers(), "phone") == seen


def test_mobile_numbers_are_for_the_department_until_somebody_decides(company, readers):
    assert seen_of(company.employee, readers(), "mobile") == INSIDE


def test_a_reader_asks_for_the_rules_once(company, readers, django_assert_num_queries):
    found = readers()["colleague"]
    reader, people = SimpleLazyObject(lambda: found), list(User.objects.all())
    with django_assert_num_queries(1):
        for person in people:
            field_visibility.shown_fields(person, reader)
