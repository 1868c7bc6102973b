"""Authenticator app, recovery codes and the rule for administrators; passkeys are in the journeys."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from people import outbox
from people.actions import leaving
from people.models import OutboxMessage
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(person):
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def confirmed(person):
    client = sign_in(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def code(secret, steps=0):
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(person):
    """The person's client, the app's secret and the recovery codes."""
    client = confirmed(person)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    page = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    return client, secret, page.context["unused_codes"]


def second_step(person, entered):
    client = sign_in(person)
    assert client.get("/").status_code == 302
    return client, client.post(reverse("mfa_authenticate"), {"code": entered})


def test_who_changes_how_to_sign_in_proves_it_again(company):
    client = sign_in(company.employee)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(reverse("account_reauthenticate"), {"password": "falsch"}).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_code_is_asked_for_after_the_password_and_works_once(company):
    _client, secret, _codes = set_up(company.employee)
    with time_machine.travel(time.time() + 90, tick=True):
        now = code(secret)
        client, answer = second_step(company.employee, now)
        assert answer.status_code == 302 and client.get("/").status_code == 200
        client, answer = second_step(company.employee, now)
        assert answer.status_code == 200 and client.get("/").status_code == 302
        client, answer = second_step(company.employee, "000000")
        assert client.get("/").status_code == 302


def test_recovery_code_works_once(company):
    _client, _secret, codes = set_up(company.employee)
    assert len(codes) == 10
    assert second_step(company.employee, codes[0])[0].get("/").status_code == 200
    assert second_step(company.employee, codes[0])[0].get("/").status_code == 302


def test_guessing_codes_ends_with_429(company):
    set_up(company.employee)
    answers = [second_step(company.employee, f"{turn:06}")[1] for turn in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"]


def test_the_database_alone_makes_no_codes_and_changes_are_logged_and_told(
    company, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client, secret, codes = set_up(company.employee)
        client.post(reverse("mfa_generate_recovery_codes"))
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and codes[0] not in kept
    rows = ModelLogEntry.objects.filter(action="people.factor.add")
    assert [row.user_id for row in rows] == [company.employee.pk] * 2
    outbox.drain()
    assert OutboxMessage.objects.filter(event="people.security", state="sent").count() == 2


def test_recovery_codes_are_shown_once(company):
    client, _secret, codes = set_up(company.employee)
    client = confirmed_again(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(one in page for one in codes)
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 403


def confirmed_again(client):
    other = Client()
    other.cookies = client.cookies
    return other


def test_administrator_without_second_factor_reaches_only_the_pages_that_set_one_up(company, settings):
    settings.SECOND_FACTOR_FOR_ADMINISTRATORS = True
    client = sign_in(company.administrator)
    for path in ("/", "/admin/", "/people/"):
        assert client.get(path)["Location"] == reverse("mfa_index")
    assert sign_in(company.employee).get("/").status_code == 200
    client, _secret, _codes = set_up(company.administrator)
    assert client.get("/admin/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/admin/").status_code == 302


def test_leaving_takes_passkeys_and_apps_along(company):
    set_up(company.employee)
    leaving.deactivate(user=company.employee)
    assert not Authenticator.objects.exists()
