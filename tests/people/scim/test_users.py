"""People by SCIM: created, changed, deactivated, deleted; what the client sees is what stands in the directory."""

from wagtail.models import ModelLogEntry

from people.models import Identity, User
from tests.factories import UserFactory
from tests.people.scim.conftest import ENTERPRISE, PATCH, USER


def test_a_new_colleague_has_everything_the_directory_said(scim):
    boss = scim.hire("gerda.roth")
    made = scim.hire(
        "anna.müller",
        emails=[{"value": "Anna.Mueller@Example.net", "type": "work"}],
        title="Giesserin",
        userType="employee",
        preferredLanguage="de-DE",
        phoneNumbers=[{"value": "tel:+49-30-1", "type": "work"}, {"value": "0171 2", "type": "mobile"}],
        addresses=[{"type": "work", "locality": "Görlitz", "streetAddress": "Ufer 1"}],
        nickName="never stored",
        password="never stored",
        roles=[{"value": "admin"}],
        **{ENTERPRISE: {"department": "Gießerei", "manager": {"value": boss["id"]}, "costCenter": "1"}},
    )
    user = User.objects.get(email="anna.mueller@example.net")
    assert (user.first_name, user.last_name, user.handle) == ("Anna", "Müller", "anna.mueller")
    assert (user.job_title, user.employment, user.locale) == ("Giesserin", "employee", "de")
    assert (user.phone, user.mobile) == ("+49-30-1", "0171 2")
    assert (user.department.name, user.location.name) == ("Gießerei", "Görlitz")
    assert user.manager.email == "gerda.roth@example.net"
    assert not user.has_usable_password() and not user.is_superuser and not user.groups.exists()
    assert Identity.objects.get(user=user).subject == "ext-anna.müller"
    assert scim.answer["Location"] == made["meta"]["location"]
    assert "never stored" not in scim.answer.content.decode()
    assert scim.get(f"/Users/{made['id']}")[1] == made
    assert made[ENTERPRISE]["manager"]["value"] == boss["id"]


def test_an_unknown_manager_or_missing_parts_keep_nobody_out(scim):
    made = scim.hire(
        "jo.winter",
        name=None,
        displayName="Jo van Winter",
        **{ENTERPRISE: {"manager": {"value": "nobody-here"}}},
    )
    user = User.objects.get(email="jo.winter@example.net")
    assert (user.first_name, user.last_name, user.manager) == ("Jo van", "Winter", None)
    assert ENTERPRISE not in made
    scim.hire("kim.rot", emails=None, userName="kim.rot@corp.example")
    assert User.objects.filter(email="kim.rot@corp.example").exists()
    status, error = scim.post("/Users", {"schemas": [USER], "userName": "bjensen"})
    assert (status, error["scimType"]) == (400, "invalidValue")


def test_what_is_taken_is_409_reported_and_never_taken_over(scim):
    colleague = UserFactory(email="otto@example.com", job_title="Sales")
    status, error = scim.post(
        "/Users",
        {
            "schemas": [USER],
            "userName": "other",
            "externalId": "9",
            "emails": [{"value": "OTTO@example.com"}],
        },
    )
    assert (status, error["scimType"]) == (409, "uniqueness")
    assert not Identity.objects.filter(user=colleague).exists()
    assert ModelLogEntry.objects.get(action="people.scim.refused").object_id == str(colleague.pk)
    mine = scim.hire("anna.roth")
    for body in (
        {"userName": "ANNA.roth@corp.example", "externalId": "2"},
        {"userName": "b", "externalId": mine["externalId"]},
    ):
        status, error = scim.post(
            "/Users", {"schemas": [USER], "emails": [{"value": "b@example.net"}], **body}
        )
        assert (status, error["scimType"]) == (409, "uniqueness"), body
    change = {"op": "replace", "path": 'emails[type eq "work"].value', "value": "otto@example.com"}
    assert scim.patch(f"/Users/{mine['id']}", change)[0] == 409
    assert User.objects.get(pk=colleague.pk).job_title == "Sales"
    assert ModelLogEntry.objects.filter(action="people.scim.refused").count() == 2
    assert not User.objects.filter(email="b@example.net").exists()


def test_an_identity_from_signing_in_is_the_same_person(scim):
    colleague = UserFactory(email="eva@example.com")
    Identity.objects.create(user=colleague, issuer=scim.source.issuer, subject="ext-eva.lind")
    made = scim.hire("eva.lind", emails=[{"value": "eva.lind@example.com"}])
    assert Identity.objects.get(issuer=scim.source.issuer).user == colleague
    assert User.objects.get(pk=colleague.pk).email == "eva.lind@example.com"
    assert scim.get("/Users")[1]["Resources"][0]["id"] == made["id"]


def test_put_replaces_and_what_is_missing_goes(scim):
    made = scim.hire("anna.roth", title="Founder", **{ENTERPRISE: {"department": "Foundry"}})
    body = {"schemas": [USER], "userName": "anna", "emails": [{"value": "anna@example.net"}], "id": "p999"}
    status, found = scim.put(f"/Users/{made['id']}", body)
    assert (status, found["userName"], found["id"]) == (200, "anna", made["id"])
    assert not {"title", "externalId", ENTERPRISE, "name"} & found.keys()
    assert found["active"] is True
    user = User.objects.get(email="anna@example.net")
    assert (user.job_title, user.department) == ("", None)
    assert scim.put(f"/Users/{made['id']}", {"schemas": [USER]})[0] == 400


def test_an_address_that_was_the_user_name_follows_it(scim):
    made = scim.hire("anna.roth", userName="anna@example.net", emails=None)
    scim.patch(
        f"/Users/{made['id']}", {"op": "replace", "path": "userName", "value": "anna.berg@example.net"}
    )
    assert User.objects.get(identities__subject="ext-anna.roth").email == "anna.berg@example.net"


def test_versions_guard_against_lost_changes(scim):
    made = scim.hire("anna.roth")
    path, first = f"/Users/{made['id']}", made["meta"]["version"]
    assert scim.answer["ETag"] == first
    assert scim.get(path, if_none_match=first)[0] == 304
    title = {"op": "replace", "path": "title", "value": "Lead"}
    assert scim.patch(path, title, if_match='W/"old"')[0] == 412
    status, found = scim.patch(path, title, if_match=first)
    assert (status, found["title"]) == (200, "Lead")
    assert found["meta"]["version"] != first
    assert scim.delete(path, if_match=first)[0] == 412
    body = {"schemas": [USER], "userName": "x", "emails": made["emails"]}
    assert scim.put(path, body, if_match=first)[0] == 412
    assert scim.delete(path, if_match="*")[0] == 204


def test_leaving_kills_the_session_and_coming_back_restores_nothing(scim, company, client_for):
    made = scim.hire("anna.roth", **{ENTERPRISE: {"department": "Foundry"}})
    user = User.objects.get(email="anna.roth@example.net")
    company.foundry.extra_members.add(user)
    browser = client_for(user)
    assert browser.get("/").status_code == 200
    path = f"/Users/{made['id']}"
    status, found = scim.patch(path, {"op": "replace", "path": "active", "value": False})
    assert (status, found["active"]) == (200, False)
    assert browser.get("/").status_code == 302
    status, found = scim.patch(path, {"op": "replace", "value": {"active": True}})
    assert found["active"] is True
    assert browser.get("/").status_code == 302  # the old cookie stays dead
    user = User.objects.get(pk=user.pk)
    assert user.is_active and not user.access.audience_ids
    actions = ModelLogEntry.objects.filter(object_id=str(user.pk)).values_list("action", flat=True)
    assert {"people.scim.create", "people.scim.deactivate", "people.scim.reactivate"} <= set(actions)


def test_deleted_is_absent_for_the_client_and_stays_for_colleagues(scim):
    made = scim.hire("anna.roth")
    user = User.objects.get(email="anna.roth@example.net")
    path = f"/Users/{made['id']}"
    assert scim.delete(path) == (204, None)
    assert not User.objects.get(pk=user.pk).is_active
    assert scim.get(path)[0] == scim.delete(path)[0] == 404
    assert scim.patch(path, {"op": "add", "path": "title", "value": "x"})[0] == 404
    assert scim.get("/Users")[1]["totalResults"] == 0
    again = scim.hire("anna.roth")  # the same externalId: the same person, hired again
    assert User.objects.get(email="anna.roth@example.net").pk == user.pk
    assert User.objects.get(pk=user.pk).is_active
    assert scim.get(f"/Users/{again['id']}")[0] == 200
    scim.delete(f"/Users/{again['id']}")
    namesake = {"schemas": [USER], "userName": "anna.roth@corp.example", "externalId": "another"}
    assert scim.post("/Users", {**namesake, "emails": [{"value": "anna.roth@example.net"}]})[0] == 409


def test_only_what_changes_is_logged(scim):
    made = scim.hire("anna.roth", title="Lead")
    path = f"/Users/{made['id']}"
    scim.patch(path, {"op": "replace", "path": "title", "value": "Lead"})
    assert not ModelLogEntry.objects.filter(action="people.scim.update").exists()
    scim.patch(path, {"op": "replace", "path": "title", "value": "Boss"})
    detail = ModelLogEntry.objects.get(action="people.scim.update").data
    assert detail["changed"] == {"job_title": ["Lead", "Boss"]}
    assert (detail["source"], detail["token"]) == ("Entra ID", "Sync")


def test_a_patch_is_done_whole_or_not_at_all(scim):
    made = scim.hire("anna.roth", title="Lead")
    body = {
        "schemas": [PATCH],
        "Operations": [
            {"op": "replace", "path": "title", "value": "Boss"},
            {"op": "replace", "path": 'addresses[type eq "work"', "value": "x"},
        ],
    }
    status, error = scim.ask("PATCH", f"/Users/{made['id']}", body)
    assert (status, error["scimType"]) == (400, "invalidPath")
    assert scim.get(f"/Users/{made['id']}")[1]["title"] == "Lead"
