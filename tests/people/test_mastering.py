"""What directories may write: the rank decides, conflicts are kept, audiences follow, nobody is taken over (A11)."""

import pytest
from django.core.exceptions import ValidationError

from people.actions import audiences, mastering
from people.models import Audience, DirectorySource, FieldConflict, Identity, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(db):
    return DirectorySource.objects.create(
        name="HR", kind="file", issuer="hr", rank=1, fields=["job_title", "department"], contact="Ask Jana"
    )


@pytest.fixture
def ldap(db):
    return DirectorySource.objects.create(
        name="AD", kind="ldap", issuer="ad", rank=5, fields=["job_title", "phone", "email", "department"]
    )


def conflicts():
    return list(FieldConflict.objects.values_list("source__name", "field", "value"))


def test_lower_rank_wins_whoever_comes_first_and_both_values_are_kept(hr, ldap):
    user = UserFactory()
    assert mastering.write(user=user, source=ldap, values={"job_title": "Caster", "phone": "12"}) == {
        "job_title",
        "phone",
    }
    assert mastering.write(user=user, source=hr, values={"job_title": "Moulder", "phone": "99"}) == {
        "job_title"
    }
    user.refresh_from_db()
    assert (user.job_title, user.phone) == ("Moulder", "12")
    assert conflicts() == [("AD", "job_title", "Caster")]
    assert mastering.write(user=user, source=ldap, values={"job_title": "Founder"}) == set()
    assert conflicts() == [("AD", "job_title", "Founder")]
    assert {name: source.name for name, source in mastering.locked_fields(user=user).items()} == {
        "job_title": "HR",
        "phone": "AD",
    }
    mastering.write(user=user, source=hr, values={"job_title": "Founder"})
    assert conflicts() == []


def test_empty_value_clears_what_the_source_wrote_and_never_beats_another(hr, ldap):
    user = UserFactory(job_title="Typed by hand")
    assert mastering.write(user=user, source=hr, values={"job_title": ""}) == set()
    mastering.write(user=user, source=ldap, values={"job_title": "Caster"})
    assert mastering.write(user=user, source=hr, values={"job_title": ""}) == set()
    assert mastering.write(user=user, source=ldap, values={"job_title": ""}) == {"job_title"}
    assert mastering.write(user=user, source=hr, values={"job_title": "Moulder"}) == {"job_title"}


def test_source_that_is_switched_off_holds_nothing(hr, ldap):
    user = UserFactory()
    mastering.write(user=user, source=hr, values={"job_title": "Moulder"})
    DirectorySource.objects.filter(pk=hr.pk).update(is_active=False)
    assert mastering.locked_fields(user=user) == {}
    assert mastering.write(user=user, source=ldap, values={"job_title": "Caster"}) == {"job_title"}


def test_address_of_another_account_is_refused_and_changes_nothing(ldap):
    user, other = UserFactory(), UserFactory()
    with pytest.raises(ValidationError) as refusal:
        mastering.write(user=user, source=ldap, values={"email": other.email.upper(), "phone": "1"})
    assert refusal.value.error_dict["email"][0].code == "taken"
    with pytest.raises(ValidationError):
        mastering.create(source=ldap, subject="7", values={"email": other.email})
    assert not Identity.objects.exists() and not User.objects.filter(phone="1").exists()


def test_created_account_has_no_password_and_its_audiences_at_once(ldap):
    foundry = mastering.Places().department("Foundry")
    audience = audiences.change(audience=Audience(name="Foundry"), departments=[foundry])
    user = mastering.create(
        source=ldap,
        subject="7",
        values={
            "email": "Jörg@x.de".replace("ö", "oe"),
            "first_name": "Jörg",
            "last_name": "Groß",
            "pronouns": "er",
            "department": ("foundry", "Night shift"),
        },
    )
    assert (user.handle, user.email, user.department.parent, user.pronouns) == (
        "joerg.gross",
        "joerg@x.de",
        foundry,
        "er",
    )
    assert not user.has_usable_password() and audience.pk in user.access.audience_ids
    with pytest.raises(ValidationError):
        mastering.create(source=ldap, subject="7", values={"email": "else@x.de"})


def test_recomputing_for_some_agrees_with_recomputing_all(company, django_assert_num_queries):
    audiences.of_department(department=company.executive.department)
    audiences.of_location(location=company.employee.location)
    for language, employment in (("de", ""), ("", "temp"), ("DE", "temp")):
        audiences.change(
            audience=Audience(name=f"{language} {employment}"), language=language, employment=employment
        )
    User.objects.filter(pk=company.outsider.pk).update(
        department=company.employee.department,
        location=company.employee.location,
        employment="temp",
        languages=["de"],
    )
    User.objects.filter(pk=company.employee.pk).update(is_active=False)
    assert audiences.recompute_for(users=[company.outsider, company.employee]) > 4
    assert audiences.recompute_all() == 0
    with django_assert_num_queries(11):  # with its savepoint; nothing to change
        audiences.recompute_for(users=list(User.objects.all()))
