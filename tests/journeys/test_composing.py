"""Each kind of post is written on a phone with the keyboard alone; without JavaScript the same form does it too."""

import io

import pytest
from PIL import Image

from feed.models import Draft, Post

pytestmark = pytest.mark.django_db(transaction=True)


def photo(name="scale.jpg", colour="teal"):
    """What a phone hands to a file field."""
    data = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(data, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": data.getvalue()}


def start(page, kind, body):
    """Opens the composer, chooses the kind with the arrow keys and types."""
    page.goto("/write/")
    chosen = page.locator(".kinds input:checked")
    chosen.focus()
    wanted = page.locator(f".kinds input[value={kind}]").first
    for _press in range(5):
        if wanted.is_checked():
            break
        page.keyboard.press("ArrowRight")
    page.locator("#composer textarea").focus()
    page.keyboard.type(body)


def send(page):
    """Ctrl+Enter; then the post stands on its page."""
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/posts/*/")
    return Post.objects.latest("pk")


def reach(page, selector, most=40):
    """Tab until the focus is there."""
    for _press in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} can't be reached by Tab")


def pick(page, typed):
    """Types and takes the first option."""
    page.keyboard.type(typed)
    page.locator(".options [role=option]").first.wait_for()
    page.keyboard.press("Enter")


def test_every_kind_is_posted_on_a_phone_with_the_keyboard_alone(company, open_page):
    page = open_page(company.employee, width=390)

    start(page, "post", "Danke an @ott")
    page.locator(".options [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("für die Waage.")
    assert send(page).body == "Danke an @otto für die Waage."

    start(page, "question", "Wer kennt den Ofen?")
    reach(page, "people-field[data-name=to] input")
    pick(page, "henr")
    asked = send(page)
    question = asked.questions.get()
    assert (asked.kind, question.addressee) == ("question", company.executive)

    start(page, "poll", "Was kommt auf den Tisch?")
    for number, option in enumerate(("Grünkohl", "Linsen")):
        reach(page, f"[name=option]:nth-of-type({number + 1})")
        page.keyboard.type(option)
    assert [one.text for one in send(page).poll.options.order_by("position")] == ["Grünkohl", "Linsen"]

    start(page, "kudos", "Für das Wochenende an Ofen 2.")
    reach(page, "people-field[data-name=thanks] input")
    pick(page, "mats")
    pick(page, "otto")
    thanked = send(page).kudos.thanked
    assert {user.handle for user in thanked.all()} == {"mats", "otto"}


def test_photos_are_described_ordered_and_sent_and_a_missing_description_is_asked_for(company, open_page):
    page = open_page(company.employee, width=390)
    start(page, "post", "Zwei Bilder.")
    page.locator("[data-pick]").set_input_files([photo("a.jpg"), photo("b.jpg", "orange")])
    page.locator(".ups [name^=alt_]").nth(1).wait_for()
    page.locator("#composer textarea").focus()
    page.keyboard.press("Control+Enter")
    page.locator(".ups .error").wait_for()
    assert page.evaluate("document.activeElement.name").startswith("alt_")
    page.keyboard.type("Das erste Bild")
    reach(page, ".up:nth-child(2) [name^=alt_]")
    page.keyboard.type("Das zweite Bild")
    page.locator(".up:nth-child(2) [data-move='-1']").focus()
    with page.expect_response("**/drafts/"):
        page.keyboard.press("Enter")
    assert len(Draft.objects.get(user=company.employee).data["attachment"]) == 2

    page.goto("/write/")
    page.locator(".up").nth(1).wait_for()
    assert page.locator(".ups [name^=alt_]").first.input_value() == "Das zweite Bild"
    page.locator("#composer textarea").focus()
    post = send(page)
    assert [row.alt for row in post.attachments.all()] == ["Das zweite Bild", "Das erste Bild"]
    assert not Draft.objects.exists()

    page.locator(".photo-grid a").first.click()
    page.locator("#lightbox[open] img").wait_for()
    page.keyboard.press("ArrowRight")
    assert page.locator("#lightbox figcaption").inner_text() == "Das erste Bild"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.photo-grid a')")


def test_without_javascript_a_poll_and_a_described_photo_are_posted(company, open_page):
    page = open_page(company.employee, javascript=False, width=390)
    page.goto("/write/")
    page.locator(".kinds label", has=page.locator("[value=poll]")).click()
    page.fill("#composer textarea", "Ohne Skript?")
    for number in range(2):
        page.locator("[name=option]").nth(number).fill(f"Antwort {number}")
    page.locator("#composer .btn[type=submit]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.latest("pk").poll.options.count() == 2

    page.goto("/write/?kind=photo")
    page.fill("#composer textarea", "Ein Bild.")
    page.locator("[name=image_1]").set_input_files(photo())
    page.locator("#composer .btn[type=submit]").click()
    page.locator(".has-error [name=alt_1], .error").first.wait_for()
    assert page.locator("#composer textarea").input_value().strip() == "Ein Bild."
    page.locator("[name=image_1]").set_input_files(photo())
    page.fill("[name=alt_1]", "Eine Waage")
    page.locator("#composer .btn[type=submit]").click()
    page.wait_for_url("**/posts/*/")
    assert page.locator("img[alt='Eine Waage']").count() == 1
