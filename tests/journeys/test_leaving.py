"""HR ends an account, and the open page of whoever left is dead. Somebody takes their data along."""

import json
import zipfile

import pytest
from django.utils import timezone

from people import roles
from people.models import DataRequest, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_hr_ends_an_account_and_the_leavers_session_is_dead(company, open_page):
    office = open_page(
        UserFactory(first_name="Petra", last_name="Ohm", handle="petra", roles=[roles.PEOPLE_ADMINISTRATORS])
    )
    leaver = open_page(company.employee)
    office.click("summary:has-text('Your account')")
    office.click("a:has-text('Accounts')")
    office.fill("main input[name=q]", "lindner")
    office.press("main input[name=q]", "Enter")
    office.wait_for_url("**/manage/people/?*q=lindner*")
    office.click("main a:has-text('Eva Lindner')")
    office.click("a:has-text('End the account')")
    assert "signed-in devices" in office.text_content("main")
    office.click("button:has-text('End the account')")
    office.wait_for_selector("text=The account of Eva Lindner has ended.")
    leaver.goto("/feed/")
    assert "/accounts/login/" in leaver.url
    gone = User.objects.get(pk=company.employee.pk)
    assert not gone.is_active and gone.left_on == timezone.localdate()
    office.click("a:has-text('Open the account again')")
    office.click("button:has-text('Open again')")
    office.wait_for_selector("text=can sign in again")
    leaver.goto("/feed/")
    assert "/accounts/login/" in leaver.url, "the old cookie stays dead"


@pytest.mark.parametrize("javascript", [True, False])
def test_an_employee_takes_their_data_along(company, open_page, tmp_path, javascript):
    page = open_page(company.employee, javascript=javascript, width=390)
    page.goto("/settings/")
    page.click("#data a:has-text('My data')")
    page.click("button:has-text('Make a copy')")
    page.wait_for_selector("a:has-text('Download my data')")
    with page.expect_download() as started:
        page.click("a:has-text('Download my data')")
    path = tmp_path / "copy.zip"
    started.value.save_as(path)
    archive = zipfile.ZipFile(path)
    assert json.loads(archive.read("profile.json"))["email"] == company.employee.email
    assert company.employee.name in archive.read("index.html").decode()
    assert DataRequest.objects.get(user=company.employee).state == "done"
