"""SCIM clients for tests: a source, its token, and a client that speaks JSON with it."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.actions import scim_tokens
from people.mastered_fields import USUAL
from people.models import DirectorySource

ROOT = "/scim/v2"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class ScimClient:
    """`client.post("/Users", {...})` gives (status, JSON); the last response is in `client.answer`."""

    def __init__(self, secret, source):
        self.secret, self.source, self.http = secret, source, Client()

    def ask(self, method, path, body=None, **headers):
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.secret}", **headers}
        kind = headers.pop("content_type", "application/scim+json")
        self.answer = self.http.generic(method, ROOT + path, data, content_type=kind, headers=headers)
        return self.answer.status_code, json.loads(self.answer.content) if self.answer.content else None

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, **headers)

    def put(self, path, body, **headers):
        return self.ask("PUT", path, body, **headers)

    def delete(self, path, **headers):
        return self.ask("DELETE", path, **headers)

    def patch(self, path, *operations, **headers):
        return self.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)}, **headers)

    def hire(self, name, /, **more):
        """A new colleague's JSON; the address is name@example.net."""
        first, _dot, last = name.partition(".")
        body = {
            "schemas": [USER, ENTERPRISE],
            "userName": f"{name}@corp.example",
            "externalId": f"ext-{name}",
            "name": {"givenName": first.title(), "familyName": last.title()},
            "emails": [{"value": f"{name}@example.net", "type": "work", "primary": True}],
            "active": True,
            **more,
        }
        status, found = self.post("/Users", body)
        assert status == 201, found
        return found


def make_source(name="Entra ID", **fields):
    return DirectorySource.objects.create(
        name=name,
        kind="scim",
        issuer=f"https://{name.replace(' ', '')}.example/",
        fields=[*USUAL, "locale"],
        **fields,
    )


def make_client(source, *, days=30):
    expires_at = timezone.now() + timedelta(days=days)
    _token, secret = scim_tokens.create(source=source, label="Sync", expires_at=expires_at, by=None)
    return ScimClient(secret, source)


@pytest.fixture
def scim(db):
    return make_client(make_source())


@pytest.fixture
def other_scim(db):
    return make_client(make_source("Okta"))
