"""Signing in and out: new session ids, own devices, equal answers, targets on this host (A13, A14, A18)."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from people.spreadsheets import plain_cell
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(person, **extra):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, **extra})
    return client, answer


def test_signing_in_gives_a_new_session_id(company):
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = before = session.session_key
    client.post(reverse("account_login"), {"login": company.employee.email, "password": PASSWORD})
    assert client.get("/").status_code == 200
    assert client.session.session_key != before


def test_person_ends_another_device_and_nobody_elses(company):
    here, _answer = sign_in(company.employee)
    there, _answer = sign_in(company.employee)
    other, _answer = sign_in(company.outsider)
    foreign = UserSession.objects.get(user=company.outsider)
    here.post(reverse("people:sessions"), {"session": foreign.pk})
    assert other.get("/").status_code == 200
    one = (
        UserSession.objects.filter(user=company.employee).exclude(session_key=here.session.session_key).get()
    )
    here.post(reverse("people:sessions"), {"session": one.pk})
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_changed_password_ends_all_other_sessions(company):
    here, _answer = sign_in(company.employee)
    there, _answer = sign_in(company.employee)
    new = "eine-ganz-neue-waage"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), fields).status_code == 302
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_nobody_is_led_to_another_host_after_signing_in_or_switching(company, target):
    client, answer = sign_in(company.employee, next=target)
    assert answer["Location"].startswith("/") and not answer["Location"].startswith(("//", "/\\"))
    switched = client.post(reverse("people:language"), {"language": "en", "next": target})
    assert switched["Location"] == "/"
    assert client.get(reverse("account_login"), {"next": target})["Location"].startswith("/")


def test_inactive_person_cannot_sign_in(company):
    company.outsider.is_active = False
    company.outsider.save()
    client, _answer = sign_in(company.outsider)
    assert client.get("/").status_code == 302


def test_the_admin_has_no_sign_in_of_its_own(company):
    answer = Client().get("/admin/login/?next=/admin/")
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    assert Client().post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302


def test_limit_of_one_account_does_not_lock_another_out(company):
    for _attempt in range(7):
        Client().post(
            reverse("account_login"), {"login": company.employee.email, "password": "falsch-falsch"}
        )
    assert sign_in(company.employee)[0].get("/").status_code == 302
    assert sign_in(company.outsider)[0].get("/").status_code == 200


@pytest.mark.parametrize("value", ["=1+1", "+49 30 1", "-1", "@SUM(A1)", "\t=1"])
def test_exported_cells_are_never_formulas(value):
    assert plain_cell(value) == f"'{value}"
    assert plain_cell("Anna = gut") == "Anna = gut"
