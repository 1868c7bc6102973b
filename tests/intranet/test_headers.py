"""Every answer carries the security headers, whatever it is (T7)."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def answers(company, client_for):
    """(what, answer) of every kind: pages, files, redirects and each error."""
    anonymous, employee = Client(), client_for(company.employee)
    strict = Client(enforce_csrf_checks=True)
    yield "sign-in", anonymous.get(reverse("account_login"))
    yield "redirect to sign-in", anonymous.get("/people/")
    yield "fragment without session", anonymous.get("/notifications/", headers={"HX-Request": "true"})
    yield "health", anonymous.get("/healthz")
    yield "brand", anonymous.get("/brand.css")
    yield "400", employee.get("/people/?q=%00")
    yield "403", employee.get("/admin/users/")
    yield "403 csrf", strict.post(reverse("account_login"), {"login": "a"})
    yield "404", employee.get("/people/nobody-here/")
    yield "404 page", employee.get("/de/gibt-es-nicht/")
    yield "405", employee.get(reverse("people:theme"))
    yield "422", employee.post(reverse("people:settings"), {"time_zone": "Mars/Olympus"})
    yield "home", employee.get("/")
    yield "settings", employee.get(reverse("people:settings"))
    yield "admin", client_for(company.administrator).get("/admin/")


def test_every_kind_of_answer_carries_the_security_headers(company, client_for):
    for what, answer in answers(company, client_for):
        assert answer.status_code < 500, what
        assert answer.get("X-Content-Type-Options") == "nosniff", what
        assert answer.get("Referrer-Policy") == "same-origin", what
        assert answer.get("X-Frame-Options") in ("SAMEORIGIN", "DENY"), what
        policy = answer.get("Content-Security-Policy", "")
        assert "frame-ancestors 'self'" in policy and "object-src 'none'" in policy, what
        scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert ("'unsafe-inline'" in scripts) == (
            what == "admin" or answer.wsgi_request.path.startswith("/admin/")
        ), what
        assert "unsafe-eval" not in scripts and "http" not in scripts, what
        assert "camera=()" in answer.get("Permissions-Policy", ""), what


def test_answers_to_people_are_private(company, client_for):
    for what, answer in answers(company, client_for):
        signed_in = (
            answer.wsgi_request.user.is_authenticated if hasattr(answer.wsgi_request, "user") else False
        )
        if signed_in:
            cache = answer.get("Cache-Control", "")
            assert "private" in cache or "no-store" in cache, what
