"""The organisation chart by keyboard alone, and without a script; the list of people answers as one types."""

import pytest

from people.actions.folding import refold
from people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def team(boss, number):
    return [UserFactory(first_name=f"Team{n:02}", last_name="Keller", manager=boss) for n in range(number)]


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


def test_somebody_walks_up_and_down_the_chart_by_keyboard(company, open_page):
    people = team(company.outsider, 15)
    page = open_page(company.employee)
    page.goto(f"/people/{company.employee.handle}/org/")
    page.locator("[role=tree]").wait_for()
    page.locator("[role=treeitem][tabindex='0']").focus()
    assert focused(page).startswith("Eva Lindner")
    assert press(page, "Home").startswith("Henrike Rautenfeld, Managing director, 22 people below")
    assert press(page, "o").startswith("Otto Brandt")

    press(page, "ArrowRight")  # asks the server
    page.locator("[aria-expanded=true] >> text=Team00 Keller").wait_for()
    assert press(page, "ArrowRight").startswith("Team00 Keller")
    assert press(page, "ArrowLeft").startswith("Otto Brandt")
    page.keyboard.press("ArrowLeft")
    assert page.get_by_text("Team00 Keller").is_hidden()
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("Team00 Keller").is_visible()

    page.get_by_role("treeitem", name="and 3 more, reporting to Otto Brandt").focus()
    page.keyboard.press("Enter")
    page.get_by_text(people[14].name).wait_for()
    page.wait_for_function("document.activeElement.getAttribute('aria-label')?.startsWith('Team12')")
    assert press(page, "End").startswith("and") or focused(page).startswith(people[14].name)

    press(page, "Home")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{company.executive.handle}/")


def test_without_a_script_the_chart_is_links(company, open_page):
    team(company.outsider, 15)
    page = open_page(company.employee, javascript=False, width=390)
    page.goto("/people/org/")
    page.get_by_role("link", name="15 people below").click()
    page.get_by_text("Team11 Keller").wait_for()
    page.get_by_role("link", name="and 3 more").click()
    page.get_by_text("Team14 Keller").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_list_answers_while_one_types(company, open_page):
    refold(users=User.objects.all())
    page = open_page(company.employee)
    page.goto("/people/")
    page.locator("#pq").type("Linnder")
    page.locator("#persons", has_text="1 person for “Linnder”").wait_for()
    assert page.locator("#found .person h3").all_inner_texts() == ["Eva Lindner"]
    assert page.evaluate("document.activeElement.id") == "pq"
    assert "q=Linnder" in page.url
    page.wait_for_function("document.querySelector('#announce').textContent.includes('1 person')")
    page.fill("#pq", "")
    page.locator("#facets label", has_text="Görlitz").locator("input").check()
    page.locator("#persons", has_text="2 people").wait_for()
