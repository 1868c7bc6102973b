"""What every request passes: sign-in by default, headers, the reader's language and zone, limits."""

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_nul_in_the_query_is_a_bad_request_never_an_error(company, client_for):
    assert client_for(company.employee).get("/people/?q=a%00b").status_code == 400


@pytest.mark.parametrize(
    "field", ["body", "key", "next", "language", "session", "reason", "kind", "version", "place"]
)
def test_a_nul_in_a_form_is_taken_out_and_never_an_error(company, client_for, field):
    client = client_for(company.employee)
    for address in (
        "/settings/language/",
        "/settings/sessions/",
        "/settings/",
        "/drafts/",
        "/follow/",
        "/blogs/request/",
    ):
        assert client.post(address, {field: "a\x00b"}).status_code < 500, address


def test_everything_but_health_and_sign_in_leads_to_the_sign_in(company, client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json()["status"] == "ok"
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_fragment_after_the_session_ended_says_401_and_where_to_sign_in(company, client):
    answer = client.get("/notifications/", headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_pages_are_never_kept_by_shared_caches_and_forbid_inline_scripts(company, client_for):
    answer = client_for(company.employee).get("/")
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    script = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe-inline" not in script
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(("locale", "word"), [("de", "Blogs"), ("en", "Blogs")])
def test_pages_speak_the_readers_language_whatever_the_browser_says(company, client_for, locale, word):
    User.objects.filter(pk=company.employee.pk).update(locale=locale)
    company.employee.refresh_from_db()
    answer = client_for(company.employee, **{"Accept-Language": "fr"}).get("/")
    assert f'lang="{locale}"' in answer.content.decode()


def test_an_idle_session_ends(company, client, settings):
    client.post(reverse("account_login"), {"login": company.employee.email, "password": PASSWORD})
    assert client.get("/").status_code == 200
    session = client.session
    session["seen"] = int(timezone.now().timestamp()) - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert client.get("/").status_code == 302


def test_an_old_session_ends_however_busy(company, client, settings):
    client.post(reverse("account_login"), {"login": company.employee.email, "password": PASSWORD})
    client.get("/")
    session = client.session
    session["started"] = int(timezone.now().timestamp()) - settings.SESSION_COOKIE_AGE - 1
    session.save()
    assert client.get("/").status_code == 302


def test_sign_in_answers_alike_for_known_and_unknown_addresses(company, client):
    known = client.post(
        reverse("account_login"), {"login": company.employee.email, "password": "wrong-password"}
    )
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.com", "password": "wrong-password"}
    )
    strip = lambda page, login: page.content.decode().replace(login, "")  # noqa: E731
    assert known.status_code == unknown.status_code
    assert abs(len(strip(known, company.employee.email)) - len(strip(unknown, "nobody@example.com"))) < 200


def test_five_failed_sign_ins_lock_the_account_for_a_while(company, client):
    address = reverse("account_login")
    for _attempt in range(5):
        client.post(address, {"login": company.employee.email, "password": "wrong-password"})
    client.post(address, {"login": company.employee.email, "password": PASSWORD})
    assert client.get("/").status_code == 302


def test_nobody_can_sign_up(client):
    assert client.get("/accounts/signup/").status_code in (200, 404)
    client.post("/accounts/signup/", {"email": "new@example.com", "password1": PASSWORD})
    assert not User.objects.filter(email="new@example.com").exists()


def test_signing_in_needs_no_announcement(company, client):
    """It was written before the reader's language is known, so it came in the browser's."""
    client.post(reverse("account_login"), {"login": company.employee.email, "password": PASSWORD})
    assert "signed in as" not in client.get("/").content.decode()
