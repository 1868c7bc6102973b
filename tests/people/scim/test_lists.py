"""Filters, order and pages: the whole grammar over what we keep, 400 for the rest, and a constant number of queries."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Audience, DirectoryGroup, Identity, ScimAccount
from tests import house
from tests.factories import DepartmentFactory, LocationFactory, UserFactory
from tests.people.scim.conftest import ENTERPRISE, GROUP, USER


@pytest.fixture
def people(scim):
    """Anna reports to Gerda and has a mobile phone; Bert is inactive and in no department."""
    gerda = scim.hire("gerda.roth", title="Director", **{ENTERPRISE: {"department": "Board"}})
    anna = scim.hire(
        "anna.müller",
        title="Founder",
        emails=[{"value": "anna@example.net", "type": "work"}],
        phoneNumbers=[{"value": "0171", "type": "mobile"}],
        addresses=[{"locality": "Celle", "type": "work"}],
        **{ENTERPRISE: {"department": "Foundry", "manager": {"value": gerda["id"]}}},
    )
    bert = scim.hire("bert.kranz", active=False, externalId=None)
    return {"gerda": gerda, "anna": anna, "bert": bert}


FILTERS = {
    'userName eq "ANNA.müller@corp.example"': "anna",
    f'{USER}:userName sw "GERDA"': "gerda",
    'name.familyName co "üLL"': "anna",
    'displayName eq "Anna Müller"': "anna",
    'title pr and not (title eq "Director")': "anna",
    'title ne "Founder"': "gerda bert",
    "title eq null": "bert",
    'externalId eq "ext-gerda.roth"': "gerda",
    'externalId eq "EXT-gerda.roth"': "",
    "externalId pr": "gerda anna",
    "active eq false": "bert",
    'active eq "True"': "gerda anna",
    'emails.value ew "@example.net" and active eq true': "gerda anna",
    'emails co "anna"': "anna",
    'emails[type eq "work" and value co "bert"]': "bert",
    'emails[type eq "work"].value eq "anna@example.net"': "anna",
    'emails[type eq "home"]': "",
    'phoneNumbers[type eq "mobile"]': "anna",
    'phoneNumbers[type eq "work"]': "",
    'phoneNumbers.type eq "mobile"': "anna",
    "not (phoneNumbers pr)": "gerda bert",
    'addresses[locality sw "ce"]': "anna",
    f'{ENTERPRISE}:department eq "foundry"': "anna",
    f'{ENTERPRISE}:department ne "foundry"': "gerda bert",
    'department pr or userName sw "bert"': "gerda anna bert",
    "manager pr": "anna",
    f"{ENTERPRISE}:manager.value pr": "anna",
    'meta.created gt "2000-01-01T00:00:00Z" and meta.lastModified lt "2100-01-01T00:00:00"': "gerda anna bert",
    'meta.resourceType eq "User"': "gerda anna bert",
    'userName gt "b" and userName lt "c"': "bert",
    'id eq "p1x"': "",
    'userName eq "x\\" or active eq true"': "",
}


def test_filters_find(scim, people):
    names, wrong = {one["id"]: name for name, one in people.items()}, []
    for expression, wanted in FILTERS.items():
        status, found = scim.get(f"/Users?{urlencode({'filter': expression})}")
        shown = [names[one["id"]] for one in found.get("Resources", ())]
        if status != 200 or shown != wanted.split():
            wrong.append(f"{expression}: {status} {shown}")
    house.assert_none(wrong)
    searched = scim.post("/Users/.search", {"filter": expression, "attributes": ["id"]})[1]
    assert searched["totalResults"] == found["totalResults"]


def test_filters_name_people_by_id(scim, people):
    gerda, anna = people["gerda"]["id"], people["anna"]["id"]
    assert scim.get(f'/Users?filter=id eq "{anna}"')[1]["Resources"][0]["id"] == anna
    assert scim.get(f'/Users?filter=manager eq "{gerda}"')[1]["Resources"][0]["id"] == anna
    group = {"schemas": [GROUP], "displayName": "Foundry", "members": [{"value": anna}]}
    key = scim.post("/Groups", group)[1]["id"]
    for wanted in (
        f'members eq "{anna}"',
        f'members[value eq "{anna}"]',
        f'members.value eq "{anna}"',
        "members pr",
    ):
        assert [one["id"] for one in scim.get(f"/Groups?filter={wanted}")[1]["Resources"]] == [key], wanted
    assert scim.get(f'/Groups?filter=members eq "{gerda}"')[1]["totalResults"] == 0


REFUSED = [
    "userName",
    'userName eq "a',
    'userName = "a"',
    'password eq "x"',
    'nickName eq "x"',
    "active gt true",
    'active eq "perhaps"',
    "userName eq 1",
    'title co "x" and',
    'emails[type eq "work"',
    'userName[type eq "x"]',
    'emails[type[x eq 1] eq "work"]',
    'addresses eq "x"',
    'emails.display eq "x"',
    'meta.created gt "yesterday"',
    'meta.version eq "x"',
    'id sw "p"',
    "title gt null",
    "not (" * 60 + "title pr" + ")" * 60,
    " or ".join(["title pr"] * 200),
    'userName eq "' + "x" * 5000 + '"',
    "\x01",
]


def test_what_cannot_be_filtered_is_said(scim):
    wrong = []
    for expression in REFUSED:
        status, error = scim.get(f"/Users?{urlencode({'filter': expression})}")
        if (status, error.get("scimType")) != (400, "invalidFilter"):
            wrong.append(f"{expression[:80]}: {status} {error}")
        assert scim.answer["Content-Type"] == "application/scim+json"
    house.assert_none(wrong)
    nested = "(" * 500 + "title pr" + ")" * 500  # parentheses alone nest nothing
    assert scim.get(f"/Users?{urlencode({'filter': nested})}")[0] == 200


def test_pages_are_whole_and_in_a_stable_order(scim):
    made = [scim.hire(f"person.n{number}", title=f"T{number % 2}")["id"] for number in range(7)]
    seen = []
    for start in (1, 4, 7):
        found = scim.get(f"/Users?startIndex={start}&count=3&sortBy=title")[1]
        assert (found["totalResults"], found["startIndex"]) == (7, start)
        assert found["itemsPerPage"] == len(found["Resources"])
        seen += [one["id"] for one in found["Resources"]]
    assert seen == made[::2] + made[1::2]
    assert scim.get("/Users?count=0")[1]["Resources"] == scim.get("/Users?count=-3")[1]["Resources"] == []
    assert len(scim.get("/Users?startIndex=-5&count=100000")[1]["Resources"]) == 7
    assert scim.get("/Users?startIndex=999999999999")[1]["Resources"] == []
    down = scim.get("/Users?sortBy=userName&sortOrder=descending&count=1")[1]
    assert down["Resources"][0]["id"] == made[-1]
    for query in ("count=x", "startIndex=1.5", "sortOrder=sideways", "count=" + "9" * 5000):
        assert scim.get(f"/Users?{query}")[0] == 400, query
    assert scim.get("/Users?sortBy=nickName")[1]["scimType"] == "invalidPath"


def test_attributes_choose_what_is_sent(scim, people):
    path = f"/Users/{people['anna']['id']}"
    assert set(scim.get(f"{path}?attributes=userName,name.givenName")[1]) == {
        "schemas",
        "id",
        "userName",
        "name",
    }
    assert "name" not in scim.get(f"{path}?excludedAttributes=name")[1]
    department = scim.get(f"{path}?attributes={ENTERPRISE}:department")[1]
    assert department[ENTERPRISE] == {"department": "Foundry"}
    assert scim.get(f"{path}?attributes=title&excludedAttributes=name")[0] == 400
    assert set(scim.get(f"{path}?attributes=nickName")[1]) == {"schemas", "id"}
    found = scim.get("/Users?attributes=id&count=1")[1]["Resources"][0]
    assert set(found) == {"schemas", "id"}


def test_one_search_finds_people_and_groups(scim, people):
    scim.post("/Groups", {"schemas": [GROUP], "displayName": "Anna’s crew"})
    found = scim.post("/.search", {"filter": 'displayName sw "anna"'})[1]
    assert [one["meta"]["resourceType"] for one in found["Resources"]] == ["User", "Group"]
    assert scim.post("/.search", {"filter": 'userName sw "anna"'})[1]["totalResults"] == 1
    page = scim.post("/.search", {"startIndex": 3, "count": 2})[1]
    assert (page["totalResults"], len(page["Resources"])) == (4, 2)


def grow(source, start, end):
    """A mate and their boss, each known to the source, in a department, a place and a group of their own."""
    for turn in range(start, end):
        boss = UserFactory(first_name=f"boss{turn}")
        place = {"department": DepartmentFactory(), "location": LocationFactory()}
        pair = [boss, UserFactory(first_name=f"mate{turn}", manager=boss, **place)]
        for user in pair:
            identity = Identity.objects.create(user=user, issuer=source.issuer, subject=user.handle)
            ScimAccount.objects.create(source=source, identity=identity, user_name=user.handle)
        audience = Audience.objects.create(name=f"Group {turn}", is_kept=True)
        audience.extra_members.set(pair)
        DirectoryGroup.objects.create(
            source=source, external_id=str(turn), name=audience.name, audience=audience
        )


def test_lists_cost_the_same_for_1_and_for_50(scim):
    def cost():
        found = []
        for path in (
            "/Users?count=200",
            "/Groups?count=50",
            '/Users?filter=emails.value co "n" and manager pr',
        ):
            with CaptureQueriesContext(connection) as queries:
                status, page = scim.get(path)
            assert status == 200
            found.append((page["totalResults"], len(queries)))
        return found

    grow(scim.source, 0, 1)
    scim.get("/Users")
    few = cost()
    grow(scim.source, 1, 50)
    many = cost()
    assert [total for total, _queries in many] == [100, 50, 50]
    assert [queries for _total, queries in many] == [queries for _total, queries in few]
    assert max(queries for _total, queries in few) <= 5
