"""The audit log: administrators read, search and export it; nobody in the application changes it (A38)."""

import csv
import io

import pytest
from django.urls import get_resolver, reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from people import audit, roles
from tests import addresses
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(company):
    company.employee.first_name = "=HYPERLINK(1)"
    company.employee.save()
    for number in range(3):
        audit.record(
            action="people.role.grant",
            by=company.administrator,
            target=company.employee,
            detail={"role": f"=cmd|{number}", "old": ["a", "b"]},
        )
    audit.record(action="people.sign_in", by=company.outsider, target=company.outsider)
    return company


def test_administrators_search_by_who_what_when_and_whom(logged, client_for):
    client, address = client_for(logged.administrator), reverse("people:audit")

    def shown(query):
        return len(client.get(f"{address}?{query}").context["page"].items)

    assert shown("") == 4
    assert shown("what=people.sign_") == 1
    assert shown("who=ada") == 3 and shown("who=otto") == 1
    assert shown("q=lindner") == 3
    assert shown("since=2999-01-01") == 0 and shown("until=2000-01-01") == 0
    assert shown("since=nonsense") == 4
    assert shown("log=pages") >= 0
    assert "a → b" in client.get(address).content.decode()


@pytest.mark.parametrize("role", ["employee", "communications", "moderator", "executive"])
def test_nobody_else_reads_or_exports_it(logged, client_for, role):
    client = client_for(getattr(logged, role))
    assert client.get(reverse("people:audit")).status_code == 403
    assert client.post(reverse("people:audit_export")).status_code == 403
    hr = client_for(UserFactory(roles=[roles.PEOPLE_ADMINISTRATORS]))
    assert hr.get(reverse("people:audit")).status_code == 403


def test_communications_does_not_find_it_in_wagtails_history_either(logged, client_for):
    page = client_for(logged.communications).get("/admin/reports/site-history/").content.decode()
    assert "Gave a role" not in page and "Signed in" not in page


def test_exports_hold_no_formula_and_are_logged(logged, client_for):
    client, address = client_for(logged.administrator), reverse("people:audit_export")
    text = client.post(address, {"as": "csv", "what": "people.role"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 4 and all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    book = load_workbook(io.BytesIO(client.post(address, {"as": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert cells and all(cell.data_type != "f" for cell in cells)
    entries = ModelLogEntry.objects.filter(action="people.audit.export", user=logged.administrator)
    assert [entry.data["as"] for entry in entries.order_by("pk")] == ["csv", "xlsx"]


def test_no_address_edits_or_deletes_a_row(logged, client_for):
    """Every address that speaks of the log, by every verb, as the one who may do most: all rows stay as they are."""
    client = client_for(logged.administrator)
    client.raise_request_exception = False
    before = list(ModelLogEntry.objects.order_by("pk").values("pk", "label", "data", "user_id", "timestamp"))
    about = [
        route
        for route, name in addresses.patterns()
        if "audit" in route or "history" in route or "log" in name
    ]
    assert about and get_resolver()
    for route in about:
        for verb in ("post", "put", "patch", "delete"):
            if "logout" not in route and "export" not in route and "accounts/" not in route:
                getattr(client, verb)(addresses.absent(route), {"delete": "1", "action": "delete"})
    kept = ModelLogEntry.objects.filter(pk__in=[row["pk"] for row in before]).order_by("pk")
    assert list(kept.values("pk", "label", "data", "user_id", "timestamp")) == before
