"""Passkeys in a browser with an authenticator of its own, and a new hire who comes by single sign-on."""

import pytest

from people import invited_lines
from people.actions import inviting
from people.models import User
from tests.providers.running import openid, strict  # noqa: F401

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def visitor(browser, live_server):
    """A page of nobody, in German, with a device that knows passkeys; it may show no error of a script or policy."""
    context = browser.new_context(
        base_url=live_server.url, locale="de", viewport={"width": 390, "height": 844}
    )
    page, complaints = context.new_page(), []
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()
    assert not complaints, complaints


def test_person_makes_a_passkey_signs_in_with_it_and_removes_it(company, open_page, live_server):
    page = open_page(company.employee)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto("/accounts/2fa/")
    page.click("text=Add a passkey")
    page.fill("input[name=password]", "Rautenfeld-1887")
    page.click("main button[type=submit]:visible")
    page.fill("input[name=name]", "Phone")
    page.click("text=Make the passkey")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/feed/")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{live_server.url}/feed/")
    page.goto("/accounts/2fa/")
    assert page.locator("text=Phone").count()
    page.click(".session-list >> text=Remove")
    page.click("a:has-text('Use a passkey')")  # asked again who it is
    page.click("form[data-passkey] button")
    page.click("main form button:has-text('Remove')")
    page.goto("/accounts/2fa/")
    assert page.locator("text=You have no passkey yet.").count()


def test_invited_colleague_comes_in_with_a_passkey_instead_of_a_password(
    company, visitor, live_server, mailoutbox
):
    inviting.invite(lines=invited_lines.read("Nora Çelik <nora@example.com>"), by=company.administrator)
    inviting.outbox.drain()
    words = mailoutbox[-1].body.split()
    path = next(word for word in words if "/join/" in word).partition("//")[2].partition("/")[2]
    visitor.goto(f"/{path}")
    visitor.click("form[data-passkey=create] button")
    visitor.wait_for_url("**/welcome/**")
    nora = User.objects.get(email="nora@example.com")
    assert not nora.has_usable_password() and nora.invitation.accepted_at


def test_new_hire_by_single_sign_on_writes_a_first_comment(company, visitor, live_server, strict, settings):  # noqa: F811
    settings.SSO_CREATES_ACCOUNTS = True
    visitor.goto("/")
    visitor.click("text=Works account")
    visitor.fill("input[name=login]", "new")
    visitor.fill("input[name=password]", "any")
    visitor.click("button[type=submit]")
    visitor.wait_for_load_state()
    visitor.click("button[type=submit]")  # what the provider passes on
    visitor.wait_for_url("**/welcome/**")
    visitor.locator("input[name=topics]").first.check()
    visitor.click("main button[type=submit] >> nth=0")
    visitor.wait_for_url(f"{live_server.url}/")
    visitor.goto(company.article.url_path)
    visitor.fill("textarea[name=body] >> nth=0", "Guten Tag, ich bin neu hier.")
    visitor.locator("form:has(textarea[name=body]) button[type=submit]:visible").first.click()
    visitor.wait_for_selector("text=ich bin neu hier")
    nora = User.objects.get(email="nora@example.com")
    assert nora.welcomed_at and company.post.comments.filter(author=nora).exists()
    assert nora.follows.filter(tag__isnull=False).exists()
