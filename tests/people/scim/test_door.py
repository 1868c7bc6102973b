"""Who is let in: living tokens only, each to the people of its own source; nothing that is sent breaks anything."""

import json
from datetime import timedelta

import time_machine
from django.utils import timezone

from people import ratelimit
from people.actions import scim_tokens
from people.models import Audience, DirectorySource, RoleGrant, ScimToken, User
from tests import house
from tests.people.scim.conftest import ENTERPRISE, GROUP, USER, make_client, make_source


def test_only_living_tokens_are_let_in(scim, company, client_for):
    assert scim.get("/Users")[0] == 200
    token = ScimToken.objects.get()
    assert scim.secret not in json.dumps([str(value) for value in vars(token).values()])
    assert token.last_used_at is not None
    for header in (
        "",
        "Bearer",
        "Bearer x",
        f"Basic {scim.secret}",
        f"Bearer {scim.secret}x",
        f"Bearer {'ü' * 40}",
    ):
        status, error = scim.get("/Users", authorization=header.encode().decode("latin-1"))
        assert (status, error["status"]) == (401, "401"), header
        assert scim.answer["WWW-Authenticate"].startswith("Bearer")
    browser = client_for(company.administrator)
    assert browser.get("/scim/v2/Users").status_code == 401  # a session counts for nothing here
    assert not scim.http.cookies
    DirectorySource.objects.update(is_active=False)
    assert scim.get("/Users")[0] == 401
    DirectorySource.objects.update(is_active=True)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=True):
        assert scim.get("/Users")[0] == 401
    scim_tokens.revoke(token=token, by=company.administrator)
    assert scim.get("/Users")[0] == 401
    assert scim.get("/ServiceProviderConfig")[0] == 401


def test_two_directories_do_not_see_each_other(scim, other_scim):
    mine, theirs = scim.hire("anna.roth"), other_scim.hire("gerda.roth")
    group = other_scim.post("/Groups", {"schemas": [GROUP], "displayName": "Board", "externalId": "1"})[1]
    assert [one["id"] for one in scim.get("/Users")[1]["Resources"]] == [mine["id"]]
    assert scim.get("/Groups")[1]["totalResults"] == 0
    body = {"schemas": [USER], "userName": "x", "emails": [{"value": "x@example.net"}]}
    for path in (f"/Users/{theirs['id']}", f"/Groups/{group['id']}"):
        absent = scim.get(path[:-1] + "999999")
        title = {"op": "replace", "path": "displayName", "value": "x"}
        put = body if "Users" in path else {"schemas": [GROUP], "displayName": "x"}
        for answer in (scim.get(path), scim.patch(path, title), scim.put(path, put), scim.delete(path)):
            assert answer == absent == (404, answer[1])
    manager = {"op": "add", "path": f"{ENTERPRISE}:manager", "value": theirs["id"]}
    assert ENTERPRISE not in scim.patch(f"/Users/{mine['id']}", manager)[1]
    crew = {"schemas": [GROUP], "displayName": "Crew", "members": [{"value": theirs["id"]}]}
    assert scim.post("/Groups", crew)[0] == 400
    assert not Audience.objects.filter(name__startswith="Crew").exists()
    assert scim.get(f'/Users?filter=manager eq "{theirs["id"]}"')[1]["totalResults"] == 0
    assert other_scim.hire("anna.berg", externalId=mine["externalId"], userName=mine["userName"])
    assert User.objects.get(email="gerda.roth@example.net").is_active


def test_a_group_gives_a_role_only_where_somebody_granted_it(scim):
    anna = scim.hire("anna.roth")
    body = {"schemas": [GROUP], "displayName": "Moderators", "members": [{"value": anna["id"]}]}
    group = scim.post("/Groups", body)[1]
    assert not User.objects.get(email="anna.roth@example.net").access.roles
    RoleGrant.objects.create(role="Moderators", audience=Audience.objects.get(name="Moderators"))
    assert User.objects.get(email="anna.roth@example.net").is_moderator
    scim.patch(f"/Groups/{group['id']}", {"op": "remove", "path": "members"})
    assert not User.objects.get(email="anna.roth@example.net").is_moderator


def test_too_many_requests_are_told_when_to_come_back(scim, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "scim", (2, 60))
    monkeypatch.setitem(ratelimit.LIMITS, "scim_refused", (2, 60))
    assert [scim.get("/Users")[0] for _ in range(3)] == [200, 200, 429]
    assert 0 < int(scim.answer["Retry-After"]) <= 60
    assert make_client(make_source("Okta")).get("/Users")[0] == 200
    assert [scim.get("/Users", authorization="Bearer wrong")[0] for _ in range(3)] == [401, 401, 429]


BODIES = [
    b"", b"{", b"[]", b"null", b"3", b'"x"', b"\xff\xfe", b'{"a": NaN}', b'{"a": ' + b"9" * 5000 + b"}",
    b"[" * 50000, b'{"userName": ' + b'{"a":' * 40 + b"1" + b"}" * 41,
    b'{"userName": "a\\u0000b"}', b'{"userName": "\\ud800"}', b'{"\\u0000": 1}', b'{"schemas": "x"}',
    b'{"schemas": [1]}',
    b'{"Operations": 1}', b'{"Operations": []}', b'{"Operations": [1]}', b'{"Operations": [{"op": 1}]}',
    b'{"Operations": [{"op": "move", "path": "title"}]}', b'{"Operations": [{"op": "remove"}]}',
    b'{"Operations": [{"op": "add", "path": 7, "value": 1}]}', b'{"Operations": [{"op": "add", "value": "x"}]}',
    b'{"Operations": [{"op": "add", "path": "id", "value": "x"}]}',
    b'{"Operations": [{"op": "add", "path": "a b c", "value": "x"}]}',
    b'{"Operations": [{"op": "add", "path": "members[value", "value": "x"}]}',
    b'{"Operations": [{"op": "replace", "path": "displayName", "value": {"a": []}}]}',
]  # fmt: skip


def test_bodies_that_are_none_are_400(scim):
    person, group = (
        scim.hire("anna.roth"),
        scim.post("/Groups", {"schemas": [GROUP], "displayName": "Crew"})[1],
    )
    one, crew = f"/Users/{person['id']}", f"/Groups/{group['id']}"
    before, wrong = (scim.get(one), scim.get(crew)), []
    asked = [
        ("POST", "/Users"),
        ("POST", "/Groups"),
        ("PUT", one),
        ("PUT", crew),
        ("PATCH", one),
        ("PATCH", crew),
    ]
    for body in BODIES:
        for method, path in asked:
            status, error = scim.ask(method, path, body)
            drops = b"displayName" in body and (method, path) == ("PATCH", one)  # read-only there
            if status != 400 and not (drops and status == 200):
                wrong.append(f"{method} {path} {body[:60]}: {status} {error}")
    house.assert_none(wrong)
    assert before == (scim.get(one), scim.get(crew))


VALUES = [None, 7, "", "x" * 5000, [[]], [{"value": {"a": 1}}]]
OF_PEOPLE = [
    "userName", "externalId", "name", "displayName", "title", "preferredLanguage", "active", "emails", "phoneNumbers",
    "name.givenName", 'emails[type eq "work"].value', 'addresses[type eq "work"].locality', ENTERPRISE,
    f"{ENTERPRISE}:department", f"{ENTERPRISE}:manager", "meta", "schemas", "groups", "emails[value eq 1].type",
]  # fmt: skip
OF_GROUPS = ["displayName", "externalId", "members", "members[value eq 1]", "meta", "schemas", GROUP]


def test_no_value_anywhere_is_a_server_error(scim):
    person, group = (
        scim.hire("anna.roth"),
        scim.post("/Groups", {"schemas": [GROUP], "displayName": "Crew"})[1],
    )
    pairs = [(name, value) for value in VALUES for name in OF_PEOPLE]
    for number, (name, value) in enumerate(pairs):
        op = ("add", "replace", "remove")[number % 3]
        base = {"schemas": [USER], "userName": f"n{number}", "emails": [{"value": f"n{number}@example.net"}]}
        answers = (
            scim.patch(f"/Users/{person['id']}", {"op": op, "path": name, "value": value}),
            (number % 2 and scim.patch(f"/Users/{person['id']}", {"op": "replace", "value": {name: value}}))
            or scim.post("/Users", {**base, name: value}),
        )
        assert {status for status, _error in answers} <= {200, 201, 400, 409}, (name, value, answers)
    for number, (name, value) in enumerate((name, value) for name in OF_GROUPS for value in VALUES):
        one = {"op": ("add", "replace", "remove")[number % 3], "path": name, "value": value}
        answer = scim.patch(f"/Groups/{group['id']}", one, {"op": "add", "value": {name: value}})
        assert answer[0] in (204, 400), (name, value, answer)
    for name in OF_GROUPS:
        for value in VALUES[:4]:
            answer = scim.post("/Groups", {"schemas": [GROUP], "displayName": "New", name: value})
            assert answer[0] in (201, 400, 409), (name, value, answer)
    assert scim.get("/Users")[0] == scim.get("/Groups")[0] == 200


def test_addresses_that_are_none_answer_in_scim(scim):
    for path in (
        "/",
        "/Nothing",
        "/Users/",
        "/Users/p0",
        "/Users/g1",
        "/Users/p" + "9" * 30,
        "/Groups/p1",
        "/Schemas/x",
    ):
        status, error = scim.get(path)
        assert (status, error["status"]) == (404, "404"), path
        assert scim.answer["Content-Type"] == "application/scim+json"
    assert scim.http.get("/scim/v2/Users/%00").status_code == 400
    assert scim.get("/Me")[0] == scim.post("/Bulk", {})[0] == 501
    assert scim.delete("/Users")[0] == 405
    assert scim.ask("POST", "/Users", b"a=1", content_type="application/x-www-form-urlencoded")[0] == 400
    assert scim.ask("POST", "/Users", b"--x--", content_type="multipart/form-data; boundary=x")[0] == 400
    assert scim.post("/Users", {"userName": "x" * (4 * 1024 * 1024)})[0] == 413


def test_discovery_says_what_there_is(scim):
    assert scim.get("/ServiceProviderConfig")[1]["patch"]["supported"] is True
    assert [one["id"] for one in scim.get("/ResourceTypes")[1]["Resources"]] == ["User", "Group"]
    assert {one["id"] for one in scim.get("/Schemas")[1]["Resources"]} == {USER, GROUP, ENTERPRISE}
    names = {one["name"] for one in scim.get(f"/Schemas/{USER}")[1]["attributes"]}
    assert "password" not in names
    assert scim.get('/Schemas?filter=id eq "x"')[0] == 403
