"""Real directory exports move in with all managers and photos (../shared/data/directory)."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from people.models import DirectorySource, Identity, SyncRun, User
from tests import ldap_server

OUTCOMES = ("found", "imported", "updated", "there", "skipped")
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "directory"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data is not here"),
]


def run(name, *options):
    out = io.StringIO()
    call_command("import_people", str(FOLDER / name), *options, stdout=out)
    rows = {}
    for line in out.getvalue().splitlines():
        cells = line.rsplit(maxsplit=5)
        if len(cells) == 6 and cells[1].isdigit():
            rows[cells[0].strip()] = dict(zip(OUTCOMES, map(int, cells[1:]), strict=True))
    for row in rows.values():
        assert row["found"] == row["imported"] + row["updated"] + row["there"] + row["skipped"]
    return rows, out.getvalue()


def test_all_seven_people_and_five_photos_of_the_small_company_arrive():
    rows, text = run("planetexpress.ldif")
    assert (rows["people"]["found"], rows["people"]["imported"]) == (7, 7)
    assert (rows["photos"]["found"], rows["photos"]["imported"]) == (5, 5)
    assert rows["other entries"]["found"] == 4
    assert "userpassword" in text.split("Not read")[0]
    people = {user.email: user for user in User.objects.exclude(identities=None)}
    assert sum(bool(user.photo) for user in people.values()) == 5
    assert people["hermes@planetexpress.com"].department.name == "Office Management"
    assert not any(user.has_usable_password() for user in people.values())


def test_all_hundred_and_fifty_people_get_their_managers():
    rows, _text = run("example-150-managers.ldif")
    assert (rows["people"]["found"], rows["people"]["imported"]) == (150, 150)
    assert (rows["managers"]["found"], rows["managers"]["imported"]) == (149, 149)
    people = User.objects.exclude(identities=None)
    assert people.exclude(manager=None).count() == 149
    assert people.exclude(location=None).exclude(room="").exclude(phone="").count() == 150


@pytest.mark.parametrize("name", ["planetexpress.ldif", "example-150-managers.ldif"])
def test_a_second_import_adds_nothing_and_a_dry_run_changes_nothing(name):
    before = User.objects.count()
    dry, _text = run(name, "--dry-run")
    assert User.objects.count() == before and not Identity.objects.exists()
    first, _text = run(name)
    assert dry == first
    users = User.objects.count()
    again, _text = run(name)
    assert User.objects.count() == users
    for kind, row in again.items():
        assert row["imported"] == row["updated"] == 0, kind
        assert row["found"] == first[kind]["found"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    pytest.importorskip("ldap")
    if ldap_server.PROGRAM is None:
        pytest.skip("slapd is not installed")
    found = ldap_server.Server(tmp_path_factory.mktemp("slapd"), quick=True)
    found.add("dc=planetexpress,dc=com", (FOLDER / "planetexpress.ldif").read_bytes())
    found.add("dc=example,dc=com", (FOLDER / "example-150-managers.ldif").read_bytes())
    found.start()
    yield found
    found.stop()


@pytest.mark.parametrize(
    ("base", "name", "secret", "found"),
    [
        (
            "dc=planetexpress,dc=com",
            "cn=Philip J. Fry,ou=people,dc=planetexpress,dc=com",
            "fry",
            (7, 0, 5, 2),
        ),
        ("dc=example,dc=com", "uid=scarter,ou=People,dc=example,dc=com", "sprain", (150, 149, 0, 5)),
    ],
)
def test_the_same_directories_served_by_slapd_are_synchronised(
    server, monkeypatch, base, name, secret, found
):
    monkeypatch.setenv("LDAP_BIND_DN", name)
    monkeypatch.setenv("LDAP_BIND_PASSWORD", secret)
    DirectorySource.objects.create(
        name=base, kind="ldap", issuer=base, fields=["email", "first_name", "last_name", "manager", "location"],
        options={"url": server.url, "base": base, "group_base": base},
    )  # fmt: skip
    for outcome in ("imported", "already there"):
        call_command("sync_directory", stdout=io.StringIO())
        run = SyncRun.objects.first()
        table = run.counts["table"]
        figures = [table.get(kind, {}).get(outcome, 0) for kind in ("people", "managers", "photos", "groups")]
        assert tuple(figures) == found
    assert run.changes == []
