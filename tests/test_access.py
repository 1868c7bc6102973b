"""Who reaches what. Every address is classified; what is not public asks for a sign-in; staff rooms stay shut."""

import pytest
from django.test import Client
from django.urls import resolve

from tests import addresses, house

PATTERNS = addresses.patterns()
CLOSED = [(route, name) for route, name in PATTERNS if addresses.kind(route, name) != "public"]
STAFF = [(route, name) for route, name in PATTERNS if addresses.kind(route, name) == "staff"]


def test_every_address_is_classified():
    unknown = [f"{route} ({name})" for route, name in PATTERNS if addresses.kind(route, name) is None]
    house.assert_none(unknown)


def test_every_classified_name_exists():
    known = {name for _, name in PATTERNS} | {"admin_login_shadowed"}
    named = addresses.PUBLIC | addresses.SIGNED_IN | addresses.OBJECT | addresses.STAFF
    house.assert_none(sorted(named - known))


def test_sample_addresses_lead_to_their_pattern():
    """Guards the tests below: an address that fits another pattern would prove nothing."""
    lost = []
    for route, _ in PATTERNS:
        found = resolve(addresses.absent(route)).route
        if found != route:
            lost.append(f"{addresses.absent(route)}: {found}, not {route}")
    house.assert_none(lost)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_is_sent_to_the_sign_in_everywhere(method):
    client, open_doors = Client(raise_request_exception=False), []
    for route, _ in CLOSED:
        answer = getattr(client, method)(addresses.absent(route))
        doors = ("/accounts/login/", "/admin/login/")
        if answer.status_code != 302 or not answer["Location"].startswith(doors):
            open_doors.append(f"{addresses.absent(route)}: {answer.status_code} {answer.get('Location', '')}")
    house.assert_none(open_doors)


@pytest.mark.parametrize("method", ["get", "post"])
def test_employee_reaches_no_staff_room(company, client_for, method):
    client, open_doors = client_for(company.employee), []
    client.raise_request_exception = False
    for route, _ in STAFF:
        answer = getattr(client, method)(addresses.absent(route))
        away = answer.status_code == 302 and answer["Location"].partition("?")[0] in ("/", "/accounts/login/")
        if not away and answer.status_code not in (403, 404, 405):
            open_doors.append(f"{addresses.absent(route)}: {answer.status_code} {answer.get('Location', '')}")
    house.assert_none(open_doors)


def test_employee_who_opens_the_admin_is_not_sent_in_circles(company, client_for):
    answer = client_for(company.employee).get("/admin/", follow=True)
    assert answer.status_code in (200, 403)
    assert len(answer.redirect_chain) < 4


def test_absent_objects_are_404_for_everyone(company, client_for):
    wrong = []
    for role in ("employee", "moderator", "communications", "administrator"):
        client = client_for(getattr(company, role))
        client.raise_request_exception = False
        for route, name in PATTERNS:
            if addresses.kind(route, name) == "object":
                status = client.get(addresses.absent(route)).status_code
                if status not in (404, 405):
                    wrong.append(f"{role} {addresses.absent(route)}: {status}")
    house.assert_none(wrong)
