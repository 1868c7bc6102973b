"""Sign-in by the password of a real slapd, linked by the entry's id."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import DirectorySource, Identity, User
from tests import ldap_server

ldap = pytest.importorskip("ldap", reason="the extra [ldap] is not installed")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(ldap_server.PROGRAM is None, reason="slapd is not installed"),
]
BACKENDS = ["people.sign_in.PeopleBackend", "people.ldap_sign_in.DirectoryBackend"]


@pytest.fixture(scope="session")
def slapd(tmp_path_factory):
    found = ldap_server.Server(tmp_path_factory.mktemp("slapd"))
    found.add(ldap_server.SUFFIX, ldap_server.company_ldif())
    found.start()
    for name in ("Anna Müller", "Bodo Kern"):
        unit = "ou=Gießerei,ou=Werk" if name == "Anna Müller" else "ou=Werk"
        change = [(ldap.MOD_REPLACE, "userPassword", ldap_server.PASSWORD.encode())]
        found.administrator(ldap_server.SUFFIX).modify_s(f"cn={name},{unit},{ldap_server.SUFFIX}", change)
    yield found
    found.stop()


@pytest.fixture
def directory(slapd, settings, monkeypatch, db):
    monkeypatch.setenv("LDAP_BIND_DN", ldap_server.READER)
    monkeypatch.setenv("LDAP_BIND_PASSWORD", ldap_server.PASSWORD)
    settings.AUTHENTICATION_BACKENDS = BACKENDS
    settings.SSO_CREATES_ACCOUNTS = True
    options = {"url": slapd.url, "base": ldap_server.SUFFIX}
    return DirectorySource.objects.create(name="Works", kind="ldap", issuer="ldap:works", options=options)


def sign_in(address, password=ldap_server.PASSWORD):
    client = Client()
    client.post(reverse("account_login"), {"login": address, "password": password})
    return client


def who(client):
    return client.get("/").wsgi_request.user


def test_directory_password_opens_one_account_and_no_other(directory):
    anna = who(sign_in("amueller@waage.example"))
    assert anna.is_authenticated and not anna.has_usable_password()
    assert anna.identities.get().issuer == "ldap:works"
    assert (
        who(sign_in("amueller@waage.example")) == anna and User.objects.filter(email=anna.email).count() == 1
    )
    User.objects.filter(pk=anna.pk).update(email="renamed@waage.example")
    assert who(sign_in("amueller@waage.example")) == anna


@pytest.mark.parametrize("password", ["falsch", "", "*"])
def test_other_passwords_and_filters_open_nothing(directory, password):
    assert not who(sign_in("amueller@waage.example", password)).is_authenticated
    assert not who(sign_in("*@waage.example")).is_authenticated


def test_account_with_the_same_address_is_not_taken_over(directory, settings):
    mine = User.objects.create_user("amueller@waage.example", None, handle="mine")
    client = sign_in("amueller@waage.example")
    assert not who(client).is_authenticated and not mine.identities.exists()
    settings.SSO_CREATES_ACCOUNTS = False
    assert not who(sign_in("bodo@waage.example")).is_authenticated


def test_deactivated_person_and_switched_off_source_open_nothing(directory):
    anna = who(sign_in("amueller@waage.example"))
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert not who(sign_in("amueller@waage.example")).is_authenticated
    User.objects.filter(pk=anna.pk).update(is_active=True)
    DirectorySource.objects.update(is_active=False)
    assert not who(sign_in("amueller@waage.example")).is_authenticated
    assert Identity.objects.count() == 1
