"""Moving people in: what is read, refused, matched and reported (the issue's "Moving in")."""

import base64
import io

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from people.models import Department, Identity, User
from tests.people.hostile_uploads import saved

pytestmark = pytest.mark.django_db
HEADINGS = "Vorname;Nachname;E-Mail;Abteilung;Standort;Führungskraft;Funktion;Eintrittsdatum"
PEOPLE = f"""{HEADINGS}
Anna;Müller;anna.mueller@example.com;Gießerei;Görlitz;otto.gross@example.com;Formerin;01.03.2019
Otto;Groß;otto.gross@example.com;Gießerei;Görlitz;;Leiter Gießerei;2001-09-15
"""


@pytest.fixture
def run(tmp_path):
    """`run(content, "--dry-run")` imports a file and returns what is printed."""

    def call(content, *options, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        call_command("import_people", str(path), *options, stdout=out)
        return out.getvalue()

    return call


def row(text, kind):
    """The numbers of one line of the table: found, imported, updated, already there, skipped."""
    line = next(
        line for line in text.splitlines() if line.strip().startswith(kind) and line.strip()[-1].isdigit()
    )
    found, *outcomes = map(int, line.replace(kind, "").split())
    assert found == sum(outcomes)
    return found, *outcomes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_german_spreadsheet_is_understood_in_any_encoding(run, encoding, delimiter):
    text = run(PEOPLE.replace(";", delimiter).encode(encoding))
    assert row(text, "people") == (2, 2, 0, 0, 0)
    anna = User.objects.get(email="anna.mueller@example.com")
    assert (anna.name, anna.handle, anna.department.name) == ("Anna Müller", "anna.mueller", "Gießerei")
    assert anna.manager.name == "Otto Groß" and anna.joined_on.isoformat() == "2019-03-01"
    assert not anna.has_usable_password()


def test_second_import_adds_nothing_and_changes_only_what_is_new(run):
    run(PEOPLE)
    assert row(run(PEOPLE), "people") == (2, 0, 0, 2, 0)
    text = run(PEOPLE.replace("Formerin", "Meisterin"))
    assert row(text, "people") == (2, 0, 1, 1, 0)
    assert row(text, "managers") == (1, 0, 0, 1, 0)
    assert User.objects.get(handle="anna.mueller").job_title == "Meisterin"
    assert Department.objects.count() == 1


def test_dry_run_prints_the_table_and_changes_nothing(run):
    assert row(run(PEOPLE, "--dry-run"), "people") == (2, 2, 0, 0, 0)
    assert not User.objects.exists() and not Department.objects.exists()


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (PEOPLE + "nur;drei;Zellen\n", 4, "3 cells"),
        (PEOPLE + 'Ida;"offen;ida@example.com;;;;;\n', 4, "CSV"),
        ("Vorname;Nachname\nAnna;Müller\n", 1, "e-mail"),
        ("", 1, "empty"),
        ("E-Mail;Name;name\na@example.com;A;B\n", 1, "twice"),
        (b"E-Mail;Name\nanna@example.com;\x81\x8d\n", 2, "cp1252"),
    ],
)
def test_broken_table_is_refused_with_its_line_and_changes_nothing(run, content, line, reason):
    with pytest.raises(CommandError) as refusal:
        run(content)
    assert f"line {line}:" in str(refusal.value) and reason in str(refusal.value)
    assert not User.objects.exists()


def test_unknown_columns_are_listed_and_sensitive_ones_never_read_even_if_mapped(run):
    text = run(
        "E-Mail,Name,Gehalt,Geburtsdatum,Konfession,Kostenstelle,Parkplatz\n"
        "anna@example.com,Anna Müller,4711,1.1.1990,rk,0815,P7\n",
        "--map",
        "Gehalt=job_title",
        "--map",
        "Parkplatz=room",
    )
    assert "Never read, because an intranet must not know it: Gehalt, Geburtsdatum, Konfession" in text
    assert "Not read, because it has no place here: Kostenstelle" in text
    anna = User.objects.get()
    assert (anna.room, anna.job_title) == ("P7", "")


@pytest.mark.parametrize("option", ["Nirgends=room", "Name=salary", "Name"])
def test_wrong_map_is_refused_by_name(run, option):
    with pytest.raises(CommandError):
        run("E-Mail,Name\na@example.com,A\n", "--map", option)
    assert not User.objects.exists()


def test_who_cannot_be_taken_is_listed_with_line_and_reason(run):
    text = run(
        "E-Mail,Name,Eintritt\n"
        ",Ohne Adresse,\n"
        "kein-at,Falsche Adresse,\n"
        "=?utf-8?q?a?=@example.com,Versteckt,\n"
        "a@example.com,Anna,gestern\n"
        "b@example.com,Bodo,\n"
        "B@example.com,Bodo nochmal,\n"
    )
    assert row(text, "people") == (6, 1, 0, 0, 5)
    for line, reason in (
        (2, "no e-mail"), (3, "cannot be kept"), (4, "cannot be kept"), (5, "no date"), (7, "as in line 6"),
    ):  # fmt: skip
        assert any(f"line {line}:" in printed and reason in printed for printed in text.splitlines()), line


def test_self_managers_circles_and_unknown_managers_are_reported_and_left_out(run):
    text = run(
        "E-Mail,Name,Manager\n"
        "self@example.com,Selma,self@example.com\n"
        "a@example.com,Anna,b@example.com\n"
        "b@example.com,Bodo,c@example.com\n"
        "c@example.com,Cora,a@example.com\n"
        "d@example.com,Doro,c@example.com\n"
        "e@example.com,Emil,nobody@example.com\n"
    )
    assert row(text, "managers") == (6, 1, 0, 0, 5)
    assert list(User.objects.exclude(manager=None).values_list("email", flat=True)) == ["d@example.com"]
    assert text.count("form a circle") == 3 and text.count("their own manager") == 1


def test_address_of_another_account_is_never_taken_over_unless_asked(run):
    User.objects.create_user("anna@example.com", handle="anna", first_name="Andere")
    content = "E-Mail,Name\nanna@example.com,Anna Müller\n"
    assert "belongs to another account" in run(content)
    assert User.objects.get().first_name == "Andere"
    assert row(run(content, "--adopt"), "people") == (1, 0, 1, 0, 0)
    assert Identity.objects.get().user.first_name == "Anna"


def test_changed_address_stays_with_the_person_known_by_their_number(run):
    run("Personalnummer,E-Mail,Name\n7,anna.alt@example.com,Anna Alt\n")
    run("Personalnummer,E-Mail,Name\n7,anna.neu@example.com,Anna Neu\n")
    assert [(user.email, user.name) for user in User.objects.all()] == [("anna.neu@example.com", "Anna Neu")]


def test_same_names_get_handles_that_do_not_look_alike(run):
    run("E-Mail,Name\na@example.com,Jana Kern\nb@example.com,Jana Kern\nc@example.com,Jana Kem\n")
    assert sorted(User.objects.values_list("handle", flat=True)) == ["jana.kem3", "jana.kern", "jana.kern2"]


def test_whose_last_day_is_over_cannot_sign_in(run):
    content = "E-Mail,Name,Austritt\na@example.com,Anna,{}\n"
    run(content.format(""))
    assert User.objects.get().is_active
    run(content.format("31.01.2020"))
    assert not User.objects.get().is_active


PHOTO = base64.b64encode(saved(Image.new("RGB", (300, 200), "red"), "JPEG")).decode()
LDIF = f"""version: 1

# Leute
dn: ou=Leute,dc=example,dc=com
objectClass: organizationalUnit
ou: Leute

dn:: {base64.b64encode("cn=Jörg Weiß,ou=Leute,dc=example,dc=com".encode()).decode()}
objectClass: inetOrgPerson
cn:: {base64.b64encode("Jörg Weiß".encode()).decode()}
sn:: {base64.b64encode("Weiß".encode()).decode()}
givenName: Joerg
mail: joerg@example.com
mail: j.weiss@example.com
uid: joerg
ou: Leute
ou: Pruefstand
religion: keine
jpegPhoto:: {PHOTO[:60]}
 {PHOTO[60:]}

dn: cn=Mia Sommer,ou=Leute,dc=example,dc=com
objectClass: inetOrgPerson
cn: Mia
  Sommer
givenName: Mia
sn: Sommer
mail: mia@example.com
uid: mia
manager: CN=J\\C3\\B6rg Wei\\C3\\9F, ou=Leute, dc=example, dc=com
jpegPhoto:: AAAA
"""


def test_ldif_brings_umlauts_folded_lines_photos_and_managers(run):
    text = run(LDIF, name="people.ldif")
    assert row(text, "people") == (2, 2, 0, 0, 0)
    assert row(text, "photos") == (2, 1, 0, 0, 1)
    assert row(text, "other entries") == (1, 0, 0, 0, 1)
    assert "must not know it: religion" in text
    mia = User.objects.get(handle="mia.sommer")
    assert (mia.manager.last_name, mia.manager.email, mia.manager.department.name) == (
        "Weiß",
        "joerg@example.com",
        "Pruefstand",
    )
    assert mia.manager.photo and not mia.photo
    again = run(LDIF, name="people.ldif")
    assert row(again, "photos") == (2, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        (LDIF.replace("sn: Sommer", "no colon here"), 27, "attribute: value"),
        (LDIF.replace("jpegPhoto:: AAAA", "jpegPhoto:: A"), 31, "base64"),
        (LDIF.replace("jpegPhoto:: AAAA", "jpegPhoto:< file:///etc/passwd"), 31, "refers to a file"),
        (LDIF.replace("uid: mia", "changetype: delete"), 29, "list of changes"),
        (LDIF.replace("version: 1", "version: 2"), 1, "version 1"),
        (" folded\n" + LDIF, 1, "continued line"),
        ("cn: ohne Namen\n", 1, "must start with"),
    ],
)
def test_broken_ldif_is_refused_with_its_line_and_changes_nothing(run, broken, line, reason):
    with pytest.raises(CommandError) as refusal:
        run(broken, name="people.ldif")
    assert f"line {line}:" in str(refusal.value) and reason in str(refusal.value)
    assert not User.objects.exists()
