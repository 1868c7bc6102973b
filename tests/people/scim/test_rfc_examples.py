"""Every example of RFC 7643 and 7644 is read: requests by the server itself, answers by the library it writes with."""

import json
import re
from pathlib import Path

import pytest
from scim2_models import (
    Error,
    ListResponse,
    PatchOp,
    ResourceType,
    Schema,
    SearchRequest,
    ServiceProviderConfig,
)

from people.scim import wire
from tests.people.scim.conftest import GROUP

FOLDER = Path(__file__).resolve().parents[4] / "shared/data/scim"
FILES = sorted(FOLDER.glob("*.json"))
pytestmark = [pytest.mark.real, pytest.mark.skipif(not FILES, reason="../shared/data/scim is not there")]
ADDRESS = [{"value": "bjensen@example.com", "type": "work"}]  # accounts have one


def load(file):
    return json.loads(file.read_text())


def named(*parts):
    return [pytest.param(file, id=file.stem) for file in FILES if any(part in file.stem for part in parts)]


@pytest.mark.parametrize(
    "file", named("user-post", "user-put", "8.1-user", "8.2-user", "8.3-", "user-known", "9-user")
)
def test_people_are_taken_in(scim, file):
    body = {"emails": ADDRESS, "userName": "bjensen", **load(file)}
    status, made = scim.post("/Users", body)
    assert status == 201, made
    assert made["userName"] == body["userName"]
    status, found = scim.put(f"/Users/{made['id']}", body)
    assert (status, found["emails"][0]["value"]) == (200, "bjensen@example.com")


@pytest.mark.parametrize("file", named("patch_op"))
def test_patches_are_done(scim, file):
    members = "member" in file.stem
    person = scim.hire("bjensen.x", addresses=[{"type": "work", "locality": "Celle"}])
    body = file.read_text()
    body = re.sub("(2819c223|08e1d05d)[-.0-9a-f]+", person["id"], body)
    path = f"/Users/{person['id']}"
    if members:
        group = {"schemas": [GROUP], "displayName": "Crew", "members": [{"value": person["id"]}]}
        path = f"/Groups/{scim.post('/Groups', group)[1]['id']}"
    status, found = scim.ask("PATCH", path, body.encode())
    assert status == (204 if members else 200), found


def test_a_group_and_a_search_are_taken_in(scim):
    person = scim.hire("bjensen.x")
    group = load(FOLDER / "rfc7643-8.4-group.json")
    assert scim.post("/Groups", group)[0] == 400  # people whom nobody knows
    group["members"] = [{**one, "value": person["id"]} for one in group["members"]]
    status, made = scim.post("/Groups", group)
    assert (status, made["displayName"]) == (201, group["displayName"])
    search = load(FOLDER / "rfc7644-3.4.3-search_request.json")
    assert scim.post("/.search", search)[1]["totalResults"] == 0


MODELS = {
    "Error": Error,
    "Group": wire.Group,
    "PatchOp": PatchOp[wire.User],
    "ResourceType": ResourceType,
    "Schema": Schema,
    "SearchRequest": SearchRequest,
    "ServiceProviderConfig": ServiceProviderConfig,
    "User": wire.User,
}


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in FILES])
def test_every_example_is_read(scim, file):
    data = load(file)
    name = data["schemas"][0].rpartition(":")[2]
    if name.startswith("Bulk"):  # not offered, and said so
        assert scim.post("/Bulk", data)[0] == 501
        return
    if name == "PatchOp" and "member" in file.stem:
        model = PatchOp[wire.Group]
    elif name == "ListResponse":
        kinds = {"response-resource_types": ResourceType, "circular": wire.Group}
        model = ListResponse[next((kinds[part] for part in kinds if part in file.stem), wire.User)]
    else:
        model = MODELS[name]
    with wire.POLICY:
        assert model.model_validate(data)
