"""The dialect of Entra ID: capital letters, strings for booleans, bare managers, one member at a time."""

import pytest

from people.models import User
from tests.people.scim.conftest import ENTERPRISE, GROUP, USER

MANAGER = f"{ENTERPRISE}:manager"


@pytest.fixture
def anna(scim):
    return scim.hire("anna.roth")


def patch(scim, person, *operations):
    status, found = scim.patch(f"/Users/{person['id']}", *operations)
    assert status == 200, found
    return found


def test_it_looks_before_it_creates(scim, anna):
    status, found = scim.get('/Users?filter=userName+eq+"ANNA.roth@corp.example"')
    assert (status, found["totalResults"], found["Resources"][0]["id"]) == (200, 1, anna["id"])
    status, found = scim.get('/Users?filter=externalId eq "nobody"')
    assert (status, found["totalResults"], found["Resources"]) == (200, 0, [])


@pytest.mark.parametrize("word", ["False", "false", False])
def test_false_as_a_word_deactivates(scim, anna, word):
    found = patch(scim, anna, {"op": "Replace", "path": "active", "value": word})
    assert found["active"] is False
    assert not User.objects.get(email="anna.roth@example.net").is_active
    assert patch(scim, anna, {"op": "Add", "path": "active", "value": "True"})["active"] is True


def test_paths_with_filters_reach_values_that_are_not_there_yet(scim, anna):
    found = patch(
        scim,
        anna,
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "roth@example.net"},
        {"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "0171 1"},
        {"op": "Add", "path": 'phoneNumbers[type eq "work"].value', "value": "030 1"},
        {"op": "Add", "path": 'phoneNumbers[type eq "fax"].value', "value": "030 2"},
        {"op": "Add", "path": 'addresses[type eq "work"].locality', "value": "Celle"},
        {"op": "Add", "path": 'addresses[type eq "work"].formatted', "value": "dropped"},
        {"op": "Add", "path": "name.familyName", "value": "Berg"},
        {"op": "Add", "path": "nickName", "value": "dropped"},
        {"op": "Add", "path": 'roles[primary eq "True"].value', "value": "admin"},
    )
    assert found["emails"] == [{"value": "roth@example.net", "type": "work"}]
    assert {(one["type"], one["value"]) for one in found["phoneNumbers"]} == {
        ("work", "030 1"),
        ("mobile", "0171 1"),
    }
    assert found["addresses"] == [{"locality": "Celle", "type": "work"}]
    assert found["displayName"] == "Anna Berg"


def test_without_a_path_keys_may_be_paths(scim, anna):
    boss = scim.hire("gerda.roth")
    found = patch(
        scim,
        anna,
        {
            "op": "Replace",
            "value": {
                "displayName": "Someone Else",
                "name.givenName": "Anne",
                'emails[type eq "work"].value': "anne@example.net",
                "title": "Lead",
                f"{ENTERPRISE}:department": "Foundry",
                MANAGER: boss["id"],
                "active": "True",
            },
        },
    )
    assert (found["displayName"], found["title"]) == ("Anne Roth", "Lead")
    assert found["emails"][0]["value"] == "anne@example.net"
    assert found[ENTERPRISE]["department"] == "Foundry"
    assert found[ENTERPRISE]["manager"]["value"] == boss["id"]


def test_the_manager_comes_in_every_shape(scim, anna):
    boss = scim.hire("gerda.roth")
    ref = f"../Users/{boss['id']}"
    for value in (
        boss["id"],
        {"value": boss["id"]},
        [{"$ref": ref, "value": boss["id"]}],
        {"$ref": ref},
        boss["externalId"],
    ):
        found = patch(scim, anna, {"op": "Add", "path": MANAGER, "value": value})
        assert found[ENTERPRISE]["manager"]["value"] == boss["id"], value
        found = patch(scim, anna, {"op": "Remove", "path": MANAGER})
        assert ENTERPRISE not in found, value
    patch(scim, anna, {"op": "Add", "path": MANAGER, "value": boss["id"]})
    assert ENTERPRISE not in patch(scim, anna, {"op": "Replace", "path": MANAGER, "value": ""})


def test_groups_change_one_member_at_a_time_and_at_once(scim, anna):
    status, group = scim.post("/Groups", {"schemas": [GROUP], "displayName": "Foundry", "externalId": "g-1"})
    assert status == 201
    path, user = f"/Groups/{group['id']}", User.objects.get(email="anna.roth@example.net")
    assert (
        scim.get('/Groups?excludedAttributes=members&filter=displayName eq "foundry"')[1]["totalResults"] == 1
    )
    add = {"op": "Add", "path": "members", "value": [{"value": anna["id"]}]}
    assert scim.patch(path, add) == scim.patch(path, add) == (204, None)
    assert len(User.objects.get(pk=user.pk).access.audience_ids) == 1
    members = scim.get(path)[1]["members"]
    assert [(one["value"], one["type"]) for one in members] == [(anna["id"], "User")]
    assert "members" not in scim.get(f"{path}?excludedAttributes=members")[1]
    remove = {"op": "Remove", "path": "members", "value": [{"value": anna["id"]}]}
    assert scim.patch(path, remove) == scim.patch(path, remove) == (204, None)
    assert not User.objects.get(pk=user.pk).access.audience_ids
    scim.patch(path, add)
    assert scim.patch(path, {"op": "Remove", "path": f'members[value eq "{anna["id"]}"]'})[0] == 204
    assert "members" not in scim.get(path)[1]
    rename = {"op": "Replace", "value": {"id": group["id"], "displayName": "Smelters"}}
    assert scim.patch(f"{path}?attributes=displayName", rename)[1]["displayName"] == "Smelters"


def test_disabled_people_arrive_disabled(scim):
    made = scim.hire("old.hand", active="False")
    assert made["active"] is False
    assert not User.objects.get(email="old.hand@example.net").is_active
    assert scim.post("/Users", {"schemas": [USER], "userName": "x", "active": "perhaps"})[0] == 400
