"""Groups are audiences: their members read what is for them, with effect at once, and no longer than they belong."""

from people.models import Audience, DirectoryGroup, User
from tests.factories import BlogFactory
from tests.people.scim.conftest import GROUP


def make(scim, name="Crew", people=(), **more):
    body = {
        "schemas": [GROUP],
        "displayName": name,
        "members": [{"value": one["id"]} for one in people],
        **more,
    }
    status, found = scim.post("/Groups", body)
    assert status == 201, found
    return found


def names(audience):
    return set(audience.members.values_list("user__first_name", flat=True))


def test_members_follow_every_way_of_saying_it(scim):
    anna, bert, carl = (scim.hire(f"{name}.roth") for name in ("anna", "bert", "carl"))
    group = make(scim, people=[anna, bert], externalId="7")
    path, audience = f"/Groups/{group['id']}", DirectoryGroup.objects.get().audience
    assert names(audience) == {"Anna", "Bert"}
    assert [one["value"] for one in group["members"]] == [anna["id"], bert["id"]]
    body = {"schemas": [GROUP], "displayName": "Crew two", "members": [{"value": carl["id"], "type": "User"}]}
    status, found = scim.put(path, body)
    assert (status, found["displayName"], found.get("externalId")) == (200, "Crew two", None)
    assert names(audience) == {"Carl"}
    assert Audience.objects.get(pk=audience.pk).name == "Crew two"
    everyone = [{"$ref": one["meta"]["location"]} for one in (anna, bert, carl)]
    scim.patch(path, {"op": "replace", "path": "members", "value": everyone})
    assert names(audience) == {"Anna", "Bert", "Carl"}
    either = f'members[value eq "{anna["id"]}" or value eq "{bert["id"]}"]'
    scim.patch(path, {"op": "remove", "path": either})
    assert names(audience) == {"Carl"}
    scim.patch(path, {"op": "add", "value": {"members": [{"value": anna["id"]}], "displayName": "Three"}})
    assert names(audience) == {"Anna", "Carl"}
    scim.patch(path, {"op": "remove", "path": "members"})
    assert names(audience) == set()


def test_what_cannot_be_a_member_changes_nothing(scim):
    anna = scim.hire("anna.roth")
    group = make(scim, people=[anna])
    path = f"/Groups/{group['id']}"
    for member in (
        {"value": "p999999"},
        {"value": group["id"]},
        {"value": anna["id"], "type": "Group"},
        {},
        7,
    ):
        operations = [
            {"op": "remove", "path": "members"},
            {"op": "add", "path": "members", "value": [member]},
        ]
        status, error = scim.patch(path, *operations)
        assert (status, error["scimType"]) == (400, "invalidValue"), member
    assert len(scim.get(path)[1]["members"]) == 1
    assert scim.patch(path, {"op": "remove", "path": 'members[value eq "p999999"]'})[0] == 204
    assert scim.patch(path, {"op": "remove", "path": "displayName"})[1]["scimType"] == "mutability"
    assert (
        scim.patch(path, {"op": "remove", "path": 'members[display eq "x"]'})[1]["scimType"]
        == "invalidFilter"
    )


def test_versions_and_external_ids_of_groups(scim):
    first, second = make(scim, "Crew", externalId="1"), make(scim, "Crew", externalId="2")
    assert Audience.objects.filter(name__startswith="Crew", is_kept=True).count() == 2
    assert scim.post("/Groups", {"schemas": [GROUP], "displayName": "x", "externalId": "1"})[0] == 409
    path, version = f"/Groups/{second['id']}", second["meta"]["version"]
    assert scim.patch(path, {"op": "replace", "path": "externalId", "value": "1"})[0] == 409
    assert (
        scim.patch(path, {"op": "replace", "path": "displayName", "value": "B"}, if_match=version)[0] == 204
    )
    assert (
        scim.patch(path, {"op": "replace", "path": "displayName", "value": "C"}, if_match=version)[0] == 412
    )
    assert scim.get(path)[1]["meta"]["version"] != version
    assert scim.get(f"/Groups/{first['id']}")[1]["meta"]["version"] == first["meta"]["version"]


def test_a_deleted_group_lets_nobody_read_on(scim, company):
    anna = scim.hire("anna.roth")
    group, unused = make(scim, people=[anna]), make(scim, "Unused", people=[anna])
    audience = Audience.objects.get(name="Crew")
    BlogFactory(owner=company.executive, audience=audience)
    assert User.objects.get(email="anna.roth@example.net").access.audience_ids
    for key in (group["id"], unused["id"]):
        assert scim.delete(f"/Groups/{key}") == (204, None)
        assert scim.get(f"/Groups/{key}")[0] == 404
    assert not User.objects.get(email="anna.roth@example.net").access.audience_ids
    audience = Audience.objects.get(
        name="Crew"
    )  # its blog stays closed, and people may give it another audience
    assert not audience.is_kept and not audience.extra_members.exists()
    assert not Audience.objects.filter(name="Unused").exists()
