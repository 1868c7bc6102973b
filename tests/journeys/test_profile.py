"""Somebody edits their profile in place by keyboard and crops a photo by keys; both also without scripts."""

import io

import pytest
from PIL import Image

from people.actions import skills
from people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def picture():
    image = Image.new("RGB", (800, 400), "teal")
    image.paste("red", (0, 0, 400, 400))
    data = io.BytesIO()
    image.save(data, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": data.getvalue()}


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_profile_is_edited_in_place_by_keyboard(open_page, company):
    skills.replace(user=company.outsider, names=["Klebstoffe"])
    page = open_page(company.employee)
    page.goto("/people/eva/")
    page.locator("#block-skills a").focus()
    press(page, "Enter")
    page.wait_for_selector("#block-skills [name=skills]:focus")
    page.keyboard.type("Sand, kleb")
    page.wait_for_selector("[role=option]")
    press(page, "Enter")
    assert page.input_value("[name=skills]") == "Sand, Klebstoffe, "
    press(page, "Tab", "Tab", "Enter")  # past who sees it, to the button
    page.wait_for_selector("#block-skills .chip >> text=Klebstoffe")
    assert page.evaluate("document.activeElement.closest('#block-skills') !== null")
    assert page.url.endswith("/people/eva/")
    page.locator("#block-about a").focus()
    press(page, "Enter")
    page.wait_for_selector("[name=about]:focus")
    page.locator("#block-about form a").focus()
    press(page, "Enter")
    page.wait_for_selector("[name=about]", state="detached")
    page.wait_for_selector("#block-about :focus, #block-about:focus")
    assert list(User.objects.get(handle="eva").skills.names()) == ["Sand", "Klebstoffe"]


def test_photo_is_cropped_by_keys(open_page, company):
    page = open_page(company.employee)
    page.goto("/people/eva/edit/photo/")
    page.set_input_files("[name=photo]", picture())
    page.wait_for_selector(".crop-frame")
    page.locator(".crop-frame").focus()
    press(page, *["-"] * 20, *["Shift+ArrowLeft"] * 5)
    values = [float(page.input_value(f"[name={name}]")) for name in ("size", "x")]
    assert values == [60, 0]
    page.locator("form.crop-form button[type=submit]").focus()
    press(page, "Enter")
    page.wait_for_url("**/people/eva/")
    with User.objects.get(handle="eva").photo.open() as file:
        image = Image.open(file).convert("RGB")
    assert {image.getpixel(at)[0] > 128 for at in ((5, 5), (506, 506))} == {True}


def test_profile_is_edited_without_scripts(open_page, company):
    page = open_page(company.employee, javascript=False)
    page.goto("/people/eva/")
    page.locator("#block-languages a").click()
    page.select_option("[name=language_0]", "cs")
    page.locator("form:has([name=version]) button[type=submit]").click()
    assert "Czech" in page.inner_text("#block-languages")
    page.goto("/people/eva/edit/photo/")
    page.set_input_files("[name=photo]", picture())
    page.fill("[name=size]", "40")
    page.fill("[name=x]", "0")
    page.locator("form.crop-form button[type=submit]").click()
    assert page.locator(".portrait img").count() == 1
