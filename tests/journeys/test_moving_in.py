"""Communications moves a WordPress blog in, from the admin, and readers find it."""

from pathlib import Path

import pytest

from blog.models import ImportRun

pytestmark = pytest.mark.django_db(transaction=True)
EXPORT = Path(__file__).parent.parent / "blog/importing/fixtures/werkstatt.xml"


def test_communications_imports_a_wordpress_blog_and_an_employee_reads_it(company, open_page):
    page = open_page(company.communications)
    page.goto("/admin/moving-in/")
    page.locator("a[href$='/moving-in/new/']").first.click()
    page.locator("input[name=file]").set_input_files(EXPORT)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Import now").wait_for()
    assert page.locator("main table").first.is_visible()
    page.get_by_role("button", name="Import now").click()
    page.get_by_text("The import was finished on").wait_for(timeout=60_000)
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.DONE

    reader = open_page(company.employee)
    reader.goto(run.blog_page.url_path)
    reader.locator("main article a, main .teaser a").first.click()
    reader.locator("main h1").wait_for()
    assert reader.url.partition("?")[0].count(run.blog_page.url_path) == 1
