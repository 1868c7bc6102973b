"""A real slapd and the sync: joiners, renames, managers, groups, photos, leavers, the stop, and what goes wrong."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from people import sync_tasks
from people.actions import privacy
from people.models import AudienceMember, DirectorySource, FieldConflict, Identity, SyncRun, User
from tests import ldap_server
from tests.factories import UserFactory
from tests.ldap_server import PASSWORD, READER, SUFFIX

ldap = pytest.importorskip("ldap")
modlist = pytest.importorskip("ldap.modlist")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(ldap_server.PROGRAM is None, reason="slapd is not installed"),
]
ANNA = f"cn=Anna Müller,ou=Gießerei,ou=Werk,{SUFFIX}"
EVERYTHING = ["*", "pwdAccountLockedTime"]
BODO = f"cn=Bodo Kern,ou=Werk,{SUFFIX}"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    found = ldap_server.Server(tmp_path_factory.mktemp("slapd"))
    found.add(SUFFIX, ldap_server.company_ldif())
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def content(server):
    """Everything in the directory as it began, for putting it back."""
    return server.administrator(SUFFIX).search_s(SUFFIX, ldap.SCOPE_SUBTREE, "(objectClass=*)", EVERYTHING)


@pytest.fixture
def directory(server, content, monkeypatch):
    """A connection that may change everything; afterwards the directory is as before."""
    monkeypatch.setenv("LDAP_BIND_DN", READER)
    monkeypatch.setenv("LDAP_BIND_PASSWORD", PASSWORD)
    connection = server.administrator(SUFFIX)
    yield connection
    now = connection.search_s(SUFFIX, ldap.SCOPE_SUBTREE, "(objectClass=*)", EVERYTHING)
    if now != content:
        for dn, _values in reversed(now):
            connection.delete_s(dn)
        for dn, values in content:
            connection.add_s(dn, modlist.addModlist(values))
    connection.unbind_s()


@pytest.fixture
def source(server):
    return DirectorySource.objects.create(
        name="Works", kind="ldap", issuer="ldap:works", contact="IT",
        fields=["email", "first_name", "last_name", "job_title", "department", "location", "manager", "phone"],
        options={
            "url": server.url, "base": SUFFIX, "group_base": f"ou=groups,{SUFFIX}", "units_are_departments": True,
            "missing_leave": True,
        },
    )  # fmt: skip


def sync(*options):
    out = io.StringIO()
    call_command("sync_directory", *options, stdout=out)
    return out.getvalue(), SyncRun.objects.first()


def colleague(uid):
    return User.objects.get(email=f"{uid}@waage.example")


def figures(run, kind):
    return run.counts["table"].get(kind, {})


def test_first_run_brings_everybody_and_the_second_changes_nothing(directory, source):
    _text, run = sync()
    assert figures(run, "people") == {"imported": 4, "skipped": 1}
    anna, boss = colleague("amueller"), colleague("jgross")
    assert (anna.name, anna.manager, anna.location.name) == ("Anna Müller", boss, "Görlitz")
    assert (anna.department.name, anna.department.parent.name) == ("Gießerei", "Werk")
    assert colleague("bodo").manager == boss and boss.photo and not boss.has_usable_password()
    assert "muller" in anna.folded
    assert not User.objects.filter(last_name="Weg").exists()  # switched off before we knew him
    groups = {group.name: group.audience for group in source.groups.select_related("audience")}
    both = {anna.pk, colleague("bodo").pk}
    for name, wanted in (("Casters", both), ("Shift", both), ("Cyclists", {colleague("cora").pk})):
        members = AudienceMember.objects.filter(audience=groups[name])
        assert set(members.values_list("user", flat=True)) == wanted, name
    _text, again = sync()
    assert again.changes == [] and figures(again, "people") == {"already there": 4, "skipped": 1}
    assert set(figures(again, "managers")) == set(figures(again, "groups")) == {"already there"}


def test_rename_is_the_same_person_and_a_dry_run_says_so_without_doing_it(directory, source):
    sync()
    anna = colleague("amueller")
    directory.rename_s(ANNA, "cn=Anna Weiß", delold=1)
    directory.modify_s(
        ANNA.replace("Müller", "Weiß"),
        [(ldap.MOD_REPLACE, "sn", "Weiß".encode()), (ldap.MOD_REPLACE, "mail", b"anna.weiss@waage.example")],
    )
    text, run = sync("--dry-run")
    assert "last_name: Müller → Weiß" in text and "nothing was changed" in text
    assert run.is_dry and run.changes[0]["fields"]["email"] == [
        "amueller@waage.example",
        "anna.weiss@waage.example",
    ]
    assert colleague("amueller").last_name == "Müller"
    sync()
    anna.refresh_from_db()
    assert (anna.last_name, anna.email) == ("Weiß", "anna.weiss@waage.example")
    assert User.objects.filter(identities__issuer=source.issuer).count() == 4


def test_who_is_switched_off_or_gone_leaves_with_session_and_groups_and_comes_back_bare(
    directory, source, client_for
):
    source.stop_above_percent = 60
    source.save()
    sync()
    browser = client_for(colleague("amueller"))
    assert browser.get("/people/").status_code == 200
    directory.modify_s(ANNA, [(ldap.MOD_ADD, "userAccountControl", b"514")])
    directory.delete_s(BODO)
    _text, run = sync()
    assert figures(run, "left") == {"updated": 2}
    anna, bodo = colleague("amueller"), colleague("bodo")
    assert not anna.is_active and not bodo.is_active
    assert browser.get("/people/").status_code == 302
    assert not AudienceMember.objects.filter(user__in=[anna, bodo]).exists()
    directory.modify_s(ANNA, [(ldap.MOD_REPLACE, "userAccountControl", b"512")])
    sync()
    assert colleague("amueller").is_active and browser.get("/people/").status_code == 302


def test_lock_after_wrong_passwords_is_not_leaving_but_one_for_good_is(directory, source):
    sync()
    directory.modify_s(ANNA, [(ldap.MOD_ADD, "pwdAccountLockedTime", b"20261124120000Z")])
    sync()
    assert colleague("amueller").is_active
    directory.modify_s(ANNA, [(ldap.MOD_REPLACE, "pwdAccountLockedTime", b"000001010000Z")])
    source.stop_above_percent = 50
    source.save()
    sync()
    assert not colleague("amueller").is_active


def test_somebody_let_go_here_by_hand_is_not_let_in_again(directory, source):
    sync()
    User.objects.filter(email="cora@waage.example").update(is_active=False)
    _text, run = sync()
    assert not colleague("cora").is_active
    assert [note for note in run.counts["notes"] if "by hand" in note[2]]


def test_run_stops_when_too_many_would_leave_unless_somebody_says_yes(directory, source):
    sync()
    for dn in (ANNA, BODO):
        directory.delete_s(dn)
    with pytest.raises(CommandError):
        sync()
    run = SyncRun.objects.first()
    assert run.state == "stopped" and "2 people would leave, 50 %" in run.reason
    assert {change["name"] for change in run.changes} == {"Anna Müller", "Bodo Kern"}
    assert colleague("bodo").is_active and colleague("amueller").is_active
    sync("--yes-many-leave")
    assert not colleague("bodo").is_active


def test_empty_answer_lets_nobody_go(directory, source):
    sync()
    source.options["people_filter"] = "(mail=nobody)"
    source.save()
    with pytest.raises(CommandError):
        sync("--yes-many-leave")
    assert "Nobody was found" in SyncRun.objects.first().reason
    assert colleague("bodo").is_active


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"base": "dc=absent"}, "no entry"),
        ({"people_filter": "(mail=*"}, "filter"),
        ({"url": "ldap://127.0.0.1:1"}, "does not answer"),
        ({"url": "ldap://directory.example"}, "cross the network readable"),
    ],
)
def test_what_cannot_be_read_fails_with_a_sentence_and_changes_nothing(directory, source, options, said):
    source.options |= options
    source.save()
    with pytest.raises(CommandError):
        sync()
    run = SyncRun.objects.first()
    assert run.state == "failed" and said in run.reason
    assert not User.objects.filter(identities__issuer=source.issuer).exists()


def test_wrong_password_fails_and_is_never_shown(directory, source, monkeypatch):
    monkeypatch.setenv("LDAP_WORKS_BIND_PASSWORD", "not-this-secret")
    with pytest.raises(CommandError):
        sync()
    run = SyncRun.objects.first()
    assert "refuses the name or password" in run.reason and "not-this-secret" not in run.reason


@pytest.mark.parametrize("kind", ["starttls", "ldaps"])
def test_encrypted_roads_work_only_with_a_trusted_certificate(directory, source, server, monkeypatch, kind):
    source.options |= {"start_tls": True} if kind == "starttls" else {"url": server.secure_url}
    source.save()
    with pytest.raises(CommandError):
        sync("--dry-run")
    monkeypatch.setenv("LDAP_CA_FILE", server.ca_file)
    assert sync("--dry-run")[1].state == "done"


def test_more_people_than_the_server_gives_at_once_arrive_page_by_page(directory, source):
    names = [f"uid{number}" for number in range(240)]
    lines = "".join(ldap_server.person(name, "Many", name, "ou=Werk") for name in names)
    ldap_server.put(directory, lines)
    sync()
    assert User.objects.filter(first_name="Many").count() == 240


def test_two_directories_name_one_person_once_and_disagreements_are_kept(directory, source):
    hr = DirectorySource.objects.create(
        name="HR", kind="file", issuer="hr", rank=1, fields=["job_title"], contact="Jana"
    )
    source.options |= {"sign_in_issuer": "https://idp.example", "sign_in_column": "uid"}
    source.save()
    sync()
    anna = colleague("amueller")
    assert Identity.objects.get(issuer="https://idp.example", subject="amueller").user == anna
    User.objects.filter(pk=anna.pk).update(
        mastered=anna.mastered | {"job_title": hr.pk}, job_title="Modelerin"
    )
    _text, run = sync()
    assert colleague("amueller").job_title == "Modelerin" and run.changes == []
    assert FieldConflict.objects.get().value == "Formerin"


def test_address_of_another_account_is_taken_over_only_when_asked_and_never_an_administrators(
    directory, source
):
    UserFactory(email="amueller@waage.example")
    UserFactory(email="bodo@waage.example", is_superuser=True)
    _text, run = sync()
    assert figures(run, "people") == {"imported": 2, "skipped": 3}
    sync("--adopt")
    assert Identity.objects.get(user__email="amueller@waage.example").issuer == source.issuer
    assert not Identity.objects.filter(user__email="bodo@waage.example").exists()


def test_clock_starts_a_source_when_its_hours_are_over_and_not_before(directory, source):
    sync_tasks.start_due()
    assert not SyncRun.objects.exists()  # nobody set an interval
    source.options["every_hours"] = 4
    source.save()
    for hour, runs in ((8, 1), (11, 1), (12, 2)):
        with time_machine.travel(datetime(2026, 11, 24, hour, tzinfo=UTC), tick=False):
            sync_tasks.start_due()
        assert SyncRun.objects.count() == runs
    assert {run.state for run in SyncRun.objects.all()} == {"done"}


def test_erased_person_is_gone_from_the_runs_too(directory, source):
    sync()
    anna = colleague("amueller")
    assert any(change["user"] == anna.pk for change in SyncRun.objects.get().changes)
    privacy.erase(user=anna, keep_content=True)
    run = SyncRun.objects.get()
    assert "Anna" not in str((run.changes, run.counts)) and "Bodo Kern" in str(run.changes)
