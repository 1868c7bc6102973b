"""People administrators limit what can be shown; it acts at once, also on what the directory finds; it is logged."""

import pytest
from wagtail.models import ModelLogEntry

from people import roles
from people.field_visibility import FIELDS, rules
from people.models import FieldRule
from people.streams import directory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/manage/profile-fields/"


def chosen(**changes):
    """What a browser sends for the rules as they are, with `changes`."""
    data = {}
    for name, rule in rules().items():
        data |= {f"allowed_{name}": list(rule.allowed), f"default_{name}": rule.default}
    return data | changes


def test_only_people_administrators_and_administrators_set_the_limits(company, client_for):
    people = UserFactory(roles=[roles.PEOPLE_ADMINISTRATORS])
    for person, status in ((people, 200), (company.administrator, 200), (company.communications, 403)):
        assert client_for(person).get(ADDRESS).status_code == status
    assert client_for(company.moderator).post(ADDRESS, chosen()).status_code == 403
    assert not FieldRule.objects.exists()


def test_narrowing_acts_at_once_in_profile_search_and_log(company, client_for):
    company.employee.phone = "+49 5141 777"
    company.employee.save(update_fields=["phone"])
    client, reader = client_for(company.administrator), client_for(company.outsider)
    client.post(ADDRESS, chosen(allowed_room=["everyone"]))
    assert "777" in reader.get("/people/eva/").content.decode()
    narrowed = chosen(allowed_phone=["department", "nobody"], default_phone="department")
    assert client.post(ADDRESS, narrowed).status_code == 303
    assert "777" not in reader.get("/people/eva/").content.decode()
    assert not directory.found("5141777", company.outsider).exists()
    client.post(ADDRESS, chosen(allowed_phone=["everyone"], default_phone="everyone"))
    assert list(directory.found("5141777", company.outsider)) == [company.employee]
    entries = ModelLogEntry.objects.filter(action="people.field_limits", user=company.administrator)
    assert [entry.data["field"] for entry in entries.order_by("pk")] == ["room", "phone", "phone"]


@pytest.mark.parametrize(
    "changes",
    [
        {"allowed_phone": []},
        {"allowed_phone": ["nobody"], "default_phone": "everyone"},
        {"allowed_phone": ["friends"]},
        {"default_phone": ""},
    ],
)
def test_limits_that_contradict_themselves_are_refused(company, client_for, changes):
    answer = client_for(company.administrator).post(ADDRESS, chosen(**changes))
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not FieldRule.objects.exists()


def test_every_field_has_a_row(company, client_for):
    form = client_for(company.administrator).get(ADDRESS).context["form"]
    assert len(form.rows) == len(FIELDS)
