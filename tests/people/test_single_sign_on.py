"""Sign-in by OpenID Connect against a provider that demands PKCE, and by SAML 2: linked by issuer and subject only."""

import base64
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from intranet import sign_in_settings
from people.models import Department, Identity, User
from tests.providers import running
from tests.providers.running import openid, strict  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def saml(tmp_path_factory):
    pytest.importorskip("onelogin", reason="the extra [saml] is not installed")
    provider = running.Saml(tmp_path_factory.mktemp("saml"))
    yield provider
    running.end(provider.process)


@pytest.fixture
def works(saml, settings, monkeypatch):
    for name, value in {
        "SAML_WORKS_ENTITY_ID": "urn:idp.example",
        "SAML_WORKS_SSO_URL": f"{saml.url}/sso",
        "SAML_WORKS_CERTIFICATE": saml.certificate,
        "SAML_WORKS_EMAIL": "mail",
        "SAML_WORKS_FIRST_NAME": "givenName",
        "SAML_WORKS_LAST_NAME": "sn",
    }.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [sign_in_settings._saml("works")]}}
    return saml


def start(client, kind="oidc", one="strict", **fields):
    """The address of the provider that the page leads to."""
    page = client.post(reverse("sign_in_elsewhere", args=[kind, one]), fields)
    assert page.status_code == 200, page
    return unescape(re.search(r'content="0;url=([^"]+)"', page.content.decode())[1])


def enter(provider, person, client=None, **fields):
    client = client or Client()
    back = urlsplit(provider.answer(start(client, **fields), person))
    return client, client.get(f"{back.path}?{back.query}")


def link(user, subject, issuer):
    return Identity.objects.create(user=user, issuer=issuer, subject=subject)


def test_sign_in_page_offers_the_provider_first(strict):  # noqa: F811
    page = Client().get("/accounts/login/?next=/feed/").content.decode()
    assert page.index("Works account") < page.index('name="login"')
    assert Client().get(reverse("sign_in_elsewhere", args=["oidc", "strict"])).status_code == 302
    assert Client().post(reverse("sign_in_elsewhere", args=["oidc", "absent"])).status_code == 404


def test_known_subject_enters_with_state_nonce_and_pkce(company, strict):  # noqa: F811
    link(company.employee, "eva", strict.issuer)
    asked = parse_qs(urlsplit(start(Client())).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["state"] and asked["nonce"]
    client, answer = enter(strict, "eva", next="/feed/")
    assert answer["Location"] == "/feed/" and client.get("/").status_code == 200
    row = ModelLogEntry.objects.get(action="people.sign_in")
    assert row.user_id == company.employee.pk and row.data["road"] == ["Works account"]


def test_address_of_an_account_opens_nothing(company, strict, settings):  # noqa: F811
    for may_create in (False, True):
        settings.SSO_CREATES_ACCOUNTS = may_create
        client, answer = enter(strict, "eva")
        assert answer.status_code == 403 and "the gate, -2000" in answer.content.decode()
        assert client.get("/").status_code == 302
    assert not Identity.objects.exists()


def test_changed_address_leads_to_the_same_account(company, strict):  # noqa: F811
    """Nora's identity belongs to Otto; that she now has another address, or Eva's, changes nothing."""
    link(company.outsider, "eva", strict.issuer)
    client, _answer = enter(strict, "eva")
    assert client.get("/").wsgi_request.user == company.outsider


def test_another_issuers_subject_is_another_person(company, strict):  # noqa: F811
    link(company.employee, "eva", "https://elsewhere.example")
    assert enter(strict, "eva")[1].status_code == 403


def test_person_whom_the_directory_brought_is_known(company, strict):  # noqa: F811
    link(company.employee, "new", "urn:directory")
    client, _answer = enter(strict, "new")
    assert client.get("/").wsgi_request.user == company.employee
    assert Identity.objects.filter(user=company.employee, issuer=strict.issuer, subject="new").exists()


def test_newcomer_gets_an_account_once_and_is_welcomed(company, strict, settings):  # noqa: F811
    assert enter(strict, "new")[1].status_code == 403
    settings.SSO_CREATES_ACCOUNTS = True
    client, answer = enter(strict, "new", next="/feed/")
    assert answer["Location"] == "/welcome/?next=%2Ffeed%2F"
    nora = User.objects.get(email="nora@example.com")
    assert (nora.name, nora.has_usable_password()) == ("Nora Çelik", False)
    assert nora.department == Department.objects.get(name="Foundry")
    client.post("/welcome/", {"skip": "1"})
    assert enter(strict, "new")[1]["Location"] == "/"
    assert User.objects.filter(email="nora@example.com").count() == 1


@pytest.mark.parametrize("person", ["odd", "unsure", "mute"])
def test_odd_unconfirmed_and_missing_addresses_get_no_account(company, strict, settings, person):  # noqa: F811
    settings.SSO_CREATES_ACCOUNTS = True
    before = User.objects.count()
    assert enter(strict, person)[1].status_code == 403
    assert User.objects.count() == before


def test_deactivated_person_stays_outside(company, strict):  # noqa: F811
    link(company.outsider, "eva", strict.issuer)
    company.outsider.is_active = False
    company.outsider.save()
    client, answer = enter(strict, "eva")
    assert answer["Location"] == "/accounts/inactive/" and client.get("/").status_code == 302


@pytest.mark.parametrize("key", ["pkce_code_verifier", "nonce"])
def test_answer_to_another_request_is_refused(company, strict, key):  # noqa: F811
    link(company.employee, "eva", strict.issuer)
    client = Client()
    back = urlsplit(strict.answer(start(client), "eva"))
    session = client.session
    for state in session["socialaccount_states"].values():
        assert state[0].pop(key)
        state[0][key] = "x" * 43
    session.save()
    assert client.get(f"{back.path}?{back.query}").status_code in (401, 403)
    assert client.get("/").status_code == 302


def test_answer_in_another_browser_or_twice_is_refused(company, strict):  # noqa: F811
    link(company.employee, "eva", strict.issuer)
    client = Client()
    back = urlsplit(strict.answer(start(client), "eva"))
    path = f"{back.path}?{back.query}"
    assert Client().get(path).status_code == 401
    assert client.get(path).status_code == 302
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_host(company, strict, target):  # noqa: F811
    link(company.employee, "eva", strict.issuer)
    assert enter(strict, "eva", next=target)[1]["Location"] == "/"


def browser():
    return Client(headers={"host": "localhost"})  # the library wants the header itself


def by_saml(works, person, change=lambda text: text):
    client = browser()
    fields = works.answer(start(client, "saml", "works"), person)
    text = change(base64.b64decode(fields["SAMLResponse"]).decode())
    fields["SAMLResponse"] = base64.b64encode(text.encode()).decode()
    return client, client.post("/accounts/saml/works/acs/", fields, follow=True)


def test_saml_links_by_entity_and_name_id(company, works):
    client, answer = by_saml(works, "id-eva")
    assert answer.status_code == 403 and client.get("/").status_code == 302
    link(company.employee, "id-eva", "urn:idp.example")
    client, answer = by_saml(works, "id-eva")
    assert answer.status_code == 200 and client.get("/").wsgi_request.user == company.employee


def test_changed_saml_assertion_is_refused(company, works):
    link(company.employee, "id-eva", "urn:idp.example")
    link(company.administrator, "id-adm", "urn:idp.example")
    client, answer = by_saml(works, "id-eva", change=lambda text: text.replace("id-eva", "id-adm"))
    assert answer.status_code == 401 and client.get("/").status_code == 302


def test_saml_answer_that_nobody_asked_for_is_refused(company, works):
    link(company.employee, "id-eva", "urn:idp.example")
    fields = works.answer(start(browser(), "saml", "works"), "id-eva")
    assert browser().post("/accounts/saml/works/acs/", fields, follow=True).status_code in (401, 403)


def test_saml_newcomer_gets_an_account(company, works, settings):
    settings.SSO_CREATES_ACCOUNTS = True
    by_saml(works, "id-new")
    assert User.objects.get(email="nora@example.com").name == "Nora Çelik"
