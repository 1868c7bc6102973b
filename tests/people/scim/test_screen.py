"""The screen where administrators connect directories and make tokens, shown once."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from people.models import DirectorySource, ScimToken
from tests.people.scim.conftest import USER, ScimClient, make_client, make_source


@pytest.fixture
def screen(company, client_for):
    browser = client_for(company.administrator)
    return lambda **data: browser.post(reverse("people:scim"), data)


def test_an_administrator_connects_a_directory_and_sees_the_token_once(screen, company, client_for):
    data = {"name": "Entra ID", "issuer": "https://login.example/v2.0", "contact": "IT"}
    assert screen(connect="1", **data).status_code == 302
    source = DirectorySource.objects.get(kind="scim")
    assert "email" in source.fields and source.is_active
    page = screen(make="1", source=source.pk, label="Provisioning", days="90").content.decode()
    secret = re.search(r'value="(scim_[\w-]+)"', page)[1]
    browser = client_for(company.administrator)
    assert secret not in browser.get(reverse("people:scim")).content.decode()
    token = ScimToken.objects.get()
    assert (
        token.created_by == company.administrator and 89 <= (token.expires_at - token.created_at).days <= 90
    )
    client = ScimClient(secret, source)
    assert client.get("/Users")[0] == 200
    assert screen(revoke=token.pk).status_code == 302
    assert client.get("/Users")[0] == 401
    found = ModelLogEntry.objects.filter(user=company.administrator).values_list("action", flat=True)
    assert {"people.source.edit", "people.scim.token.create", "people.scim.token.revoke"} <= set(found)
    assert not any(secret in str(row.data) for row in ModelLogEntry.objects.all())


def test_bad_input_is_said_and_kept(screen, company):
    answer = screen(connect="1", name="Okta", issuer="https://okta .example", contact="")
    assert answer.status_code == 422
    assert "https://okta .example" in answer.content.decode()
    for data in ({"source": "999"}, {"source": "x", "label": "L", "days": "9999"}):
        assert screen(make="1", **data).status_code == 422
    for key in ("x", "9" * 40, "-1", "²"):
        assert screen(revoke=key).status_code == 302


def test_what_was_refused_is_listed(screen, scim, company, client_for):
    body = {"userName": "impostor", "emails": [{"value": company.employee.email}], "schemas": []}
    assert scim.post("/Users", body)[0] == 409
    page = client_for(company.administrator).get(reverse("people:scim")).content.decode()
    assert "impostor" in page and company.employee.name in page


def test_others_are_kept_out(company, client_for):
    for role in ("employee", "communications", "moderator"):
        assert client_for(getattr(company, role)).get(reverse("people:scim")).status_code == 403


def test_the_screen_costs_the_same_for_1_and_for_50(company, client_for):
    def grow(start, end):
        for number in range(start, end):
            client = make_client(make_source(f"Directory {number}"))
            client.hire(f"person.n{number}")
            impostor = {"userName": "x", "emails": [{"value": company.employee.email}], "schemas": [USER]}
            assert client.post("/Users", impostor)[0] == 409

    browser = client_for(company.administrator)
    grow(0, 1)
    counts = []
    for end in (1, 20):
        grow(1, end)
        cache.clear()
        browser.get(reverse("people:scim"))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("people:scim")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
