"""The list of people: who is found by what, what is never found, how it narrows, and who may take it along."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from people.actions import departments, skills
from people.actions.folding import refold
from people.folding import digits, fold
from people.models import Department, FieldRule, RoleGrant, User
from people.roles import PEOPLE_ADMINISTRATORS
from people.streams import directory
from tests.factories import AudienceFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/people/"


def hire(first, last, *, knows=(), **fields):
    """Somebody whom the directory knows."""
    person = UserFactory(first_name=first, last_name=last, **fields)
    skills.replace(user=person, names=list(knows))
    refold(users=[person])
    return person


def names(found):
    return [person.name for person in found]


@pytest.fixture
def viewer(company):
    return company.employee


@pytest.mark.parametrize(
    "typed",
    [
        "Müller",
        "Mueller",
        "MUELLER",
        "muller",
        "mull",
        "grosskurth",
        "Großkurth Jörg",
        "joerg",
        "Mülller",
        "Müler",
        "Mlüler",
    ],
)
def test_umlauts_case_and_one_slip_find_the_same_person(viewer, typed):
    hire("Jörg", "Müller-Großkurth")
    hire("Petra", "Mahler")
    assert names(directory.found(typed, viewer)) == ["Jörg Müller-Großkurth"]


@pytest.mark.parametrize(
    "typed",
    [
        "kleber",
        "Klebstof gorlitz",
        "Strasse",
        "Straße",
        "05141 98-1234",
        "+49 5141 98",
        "+49 (0)5141 98 1234",
        "prüf wägezellen",
    ],
)
def test_role_department_location_skill_and_phone_find_somebody(company, typed):
    place = company.employee.location
    unit = Department.objects.create(name="Teststraße", path="/900/")
    person = hire(
        "Bogdan", "Wieczorek", job_title="Prüfer Wägezellen", department=unit, location=place,
        phone="+49 (0)5141 98-1234", knows=["Gusskleber", "Klebstoff"],
    )  # fmt: skip
    assert person in directory.found(typed, company.outsider)


def test_names_come_before_roles_and_whole_names_before_beginnings(viewer):
    hire("Ada", "Meister")
    hire("Zoë", "Zander", job_title="Meister")
    hire("Ben", "Meisterhans")
    assert names(directory.found("meister", viewer)) == ["Ada Meister", "Ben Meisterhans", "Zoë Zander"]


def test_leavers_and_words_without_a_match_find_nobody(viewer):
    gone = hire("Karla", "Gegangen", is_active=False)
    assert not directory.found("gegangen", viewer).exists()
    assert not directory.found("xqzvwk", viewer).exists()
    assert not directory.found("karla", gone).exists()  # neither do they themselves find anybody


def test_what_is_not_for_everyone_is_found_by_nobody(viewer):
    near = hire(
        "Nora", "Nah", department=viewer.department, phone="+49 30 777888", knows=["Geheimtinte"],
        shown_to={"phone": "department", "skills": "nobody"},
    )  # fmt: skip
    assert not directory.found("777888", viewer).exists()
    assert not directory.found("geheimtinte", viewer).exists()
    near.shown_to = {}
    near.save()
    refold(users=[near])
    assert near in directory.found("777888", viewer)
    FieldRule.objects.create(field="phone", allowed=["nobody"], default="nobody")
    refold(users=[near])
    assert not directory.found("777888", viewer).exists()


def test_the_page_shows_a_number_only_to_whom_it_is_shown(company, client_for):
    hire(
        "Nora",
        "Nah",
        department=company.employee.department,
        phone="+49 30 777888",
        shown_to={"phone": "department"},
    )
    assert "777888" in client_for(company.employee).get(f"{LIST}?q=nora").content.decode()
    assert "777888" not in client_for(company.executive).get(f"{LIST}?q=nora").content.decode()


def test_facets_narrow_and_count(company, client_for):
    celle, goerlitz = company.executive.location, company.employee.location
    today = timezone.localdate()
    hire(
        "Ada",
        "A",
        location=celle,
        languages=["de", "cs"],
        knows=["Hydraulik"],
        joined_on=today - timedelta(days=3),
    )
    hire(
        "Ben",
        "B",
        location=goerlitz,
        languages=["de"],
        knows=["Hydraulik"],
        joined_on=today - timedelta(days=300),
    )
    hire("Cem", "C", location=goerlitz, languages=["cs"], shown_to={"languages": "nobody", "joined_on": "nobody"},
         joined_on=today)  # fmt: skip
    client = client_for(company.employee)

    def shown(query):
        answer = client.get(f"{LIST}?{query}")
        return names(answer.context["persons"]), answer.context["facets"], answer.context["number"]

    assert shown("skill=hydraulik")[0] == ["Ada A", "Ben B"]
    assert shown("language=cs")[0] == ["Ada A"]
    assert shown("language=cs&language=de")[0] == ["Ada A"]
    assert shown("new=1")[0] == ["Ada A"]
    found, facets, number = shown(f"skill=hydraulik&location={goerlitz.pk}")
    assert (found, number) == (["Ben B"], 1)
    assert {(one.label, one.count, one.is_chosen) for one in facets["location"]} == {
        ("Celle", 1, False),
        ("Görlitz", 1, True),
    }
    everybody = User.objects.present().count()
    assert shown(f"department={company.executive.department.pk}&q=")[2] == everybody - 3
    assert shown("department=zero&location=' OR 1&language=xx&skill=none")[2] == everybody


def test_pages_go_on_where_the_last_one_ended(company, client_for):
    for number in range(45):
        hire("Ida", f"Nummer {number:02}", job_title="Ida")
    client = client_for(company.employee)
    first = client.get(f"{LIST}?q=ida").context
    second = client.get(LIST + first["next_url"]).context
    assert len(first["persons"]) == 24
    assert sorted(names([*first["persons"], *second["persons"]])) == [f"Ida Nummer {n:02}" for n in range(45)]
    assert client.get(f"{LIST}?q=ida&after=made-up").status_code == 400


def test_when_nobody_is_left_the_page_leads_on(company, client_for):
    hire("Ada", "Allein", location=company.executive.location)
    text = (
        client_for(company.employee)
        .get(f"{LIST}?q=allein&location={company.employee.location.pk}")
        .content.decode()
    )
    assert "Without the filters there is 1 person." in text
    assert (
        "Nobody found for “nirgendwer”"
        in client_for(company.employee).get(f"{LIST}?q=nirgendwer").content.decode()
    )


def test_cards_are_remembered(company, client_for):
    client = client_for(company.employee)
    assert "person-card" not in client.get(LIST).content.decode()
    assert "person-card" in client.get(f"{LIST}?as=cards").content.decode()
    assert "person-card" in client.get(LIST).content.decode()


def test_people_administrators_take_the_list_along_and_it_is_recorded(company, client_for):
    hire("=HYPERLINK(1)", "Zellen", phone="+49 1", shown_to={"phone": "nobody"}, job_title="@Prüfer")
    granted = AudienceFactory(name="HR", members=[company.outsider])
    RoleGrant.objects.create(role=PEOPLE_ADMINISTRATORS, audience=granted)
    client, url = client_for(company.outsider), reverse("people:export_list")
    text = client.post(f"{url}?q=zellen", {"format": "csv"}).content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert head[0] == "Name"
    assert row[0] == "'=HYPERLINK(1) Zellen"
    assert row[3] == "'@Prüfer"
    assert row[7] == ""
    book = load_workbook(io.BytesIO(client.post(url, {"format": "xlsx"}).content))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert len(list(book.active.iter_rows())) == User.objects.present().count() + 1
    assert not [cell for cell in cells if cell.data_type == "f"]
    log = client_for(company.administrator).get(reverse("people:audit")).content.decode()
    assert "Exported the list of people" in log


@pytest.mark.parametrize("role", ["employee", "executive", "communications", "moderator"])
def test_nobody_else_takes_the_list_along(company, client_for, role):
    client = client_for(getattr(company, role))
    assert client.post(reverse("people:export_list"), {"format": "csv"}).status_code == 404
    assert "Take this list along" not in client.get(LIST).content.decode()


def test_new_colleagues_stand_by_week(company, client_for):
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday() + 7)
    for first, joined, shown_to in [
        ("Ada", monday, {}), ("Ben", monday + timedelta(days=2), {}), ("Cem", monday - timedelta(days=30), {}),
        ("Dan", monday, {"joined_on": "nobody"}), ("Eli", today - timedelta(days=91), {}),
    ]:  # fmt: skip
        hire(first, "Neu", joined_on=joined, shown_to=shown_to)
    weeks = client_for(company.outsider).get(reverse("people:newcomers")).context["weeks"]
    assert [names(those) for _monday, those in weeks] == [["Ben Neu", "Ada Neu"], ["Cem Neu"]]


def test_renaming_a_department_or_place_changes_who_is_found(company, client_for):
    unit = company.employee.department
    unit.name = "Gusswerk"
    departments.place(department=unit, parent=unit.parent)
    assert company.employee in directory.found("gusswerk", company.outsider)
    assert company.employee not in directory.found("foundry", company.outsider)
    place = reverse("locations:edit", args=[company.employee.location.pk])
    form = {"name": "Zgorzelec", "country": "PL", "time_zone": "Europe/Warsaw"}
    assert client_for(company.administrator).post(place, form).status_code == 302
    assert company.employee in directory.found("zgorzelec", company.outsider)


def test_beginnings_fold_to_beginnings():
    for word in ("Müller", "Straße", "Bauer", "Zoë", "Çelik", "Dvořák", "O’Brien"):
        for length in range(1, len(word) + 1):
            assert fold(word).startswith(fold(word[:length]))
    assert digits("+49 (0) 5141 98-12") == digits("0049 5141 9812") == "4951419812"
