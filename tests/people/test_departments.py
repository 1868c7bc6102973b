"""Departments: the tree with its numbers, and the page of one: lead, people, blogs, open questions."""

import pytest
from django.urls import reverse

from feed.actions import posting
from feed.actions.questions import Ask
from tests.factories import BlogFactory, DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(client, department, query=""):
    return client.get(reverse("people:department", args=[department.pk]) + query)


def test_numbers_hold_everything_below_and_nobody_who_left(company, client_for):
    foundry = company.employee.department
    moulding = DepartmentFactory(name="Moulding", parent=foundry)
    UserFactory(department=moulding)
    UserFactory(department=moulding, is_active=False)
    tree = client_for(company.employee).get(reverse("people:departments")).context["units"]
    management = next(unit for unit in tree if unit.department == foundry.parent)
    inside = next(unit for unit in management.children if unit.department == foundry)
    assert (management.number, inside.number, inside.children[0].number) == (9, 3, 1)
    answer = page(client_for(company.employee), foundry)
    assert answer.context["number"] == 3
    assert [one.name for one in answer.context["way"]] == ["Management"]


def test_people_come_in_pages_and_a_lead_who_left_is_not_shown(company, client_for):
    unit = DepartmentFactory(name="Assembly")
    people = [UserFactory(first_name="P", last_name=f"N{n:02}", department=unit) for n in range(35)]
    unit.lead = people[3]
    unit.save()
    client = client_for(company.employee)
    first = page(client, unit).context
    assert first["lead"] == people[3]
    rest = page(client, unit, first["next_url"]).context
    assert [*first["persons"], *rest["persons"]] == people
    people[3].is_active = False
    people[3].save()
    assert page(client, unit).context["lead"] is None
    assert page(client, DepartmentFactory(name="Empty")).status_code == 200


def test_blogs_and_questions_show_only_to_their_readers(company, client_for):
    foundry = company.employee.department
    open_blog = BlogFactory(owner=company.employee, title="Sparks")
    BlogFactory(owner=company.employee, title="Inner fire", audience=company.foundry)
    ask = Ask(department=foundry)
    posting.add(author=company.outsider, body="When is furnace two back?", kind="question", ask=ask)
    posting.add(
        author=company.moderator,
        body="Who saw the ladle?",
        kind="question",
        ask=ask,
        audience=company.foundry,
    )
    inside = page(client_for(company.employee), foundry).content.decode()
    outside = page(client_for(company.outsider), foundry).content.decode()
    assert open_blog
    for text in ("Sparks", "When is furnace two back?"):
        assert text in inside
        assert text in outside
    for text in ("Inner fire", "Who saw the ladle?"):
        assert text in inside
        assert text not in outside
