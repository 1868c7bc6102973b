"""A Chromium of the system, the site on a port of its own, and people who sign in by the form."""

import os
import shutil

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler

from tests.company import build_company
from tests.factories import PASSWORD

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Playwright keeps an event loop in this thread; nothing asynchronous touches the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI needs a Chromium"
        pytest.skip("no Chromium found: browser journeys were not run")
    playwright = pytest.importorskip("playwright.sync_api", reason="the extra [e2e] is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session", autouse=True)
def lasting_static_files():
    """The browser asks for each script and style once, as it does in production, and not again with every page."""
    patch = pytest.MonkeyPatch()
    serve = StaticFilesHandler.serve

    def serve_for_an_hour(self, request):
        answer = serve(self, request)
        answer.headers["Cache-Control"] = "public, max-age=3600"
        return answer

    patch.setattr(StaticFilesHandler, "serve", serve_for_an_hour)
    yield
    patch.undo()


@pytest.fixture
def company(live_server):
    """The same company as elsewhere, committed, so that the server's threads see it."""
    return build_company()


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(user, javascript=True, width=1280, scheme="light")`: a page in which the user signed in by the form.

    At the end of the test no page may have shown a script error, a file that is missing or a violation of the
    content policy (`strict=False`: whatever the test injects into the page may).
    """
    contexts, complaints = [], []

    def make(user, *, javascript=True, width=1280, scheme="light", strict=True):
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=user.locale or "de",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if strict:
            page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
            page.on("console", lambda said: _note_violation(complaints, page, said))
            page.on("response", lambda answer: _note_failure(complaints, page, answer))
        page.goto("/accounts/login/")
        page.fill("input[name=login]", user.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit], form[action*=login] button[type=submit]")
        page.wait_for_url(f"{live_server.url}/")
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "\n" + "\n".join(sorted(set(complaints)))


def _note_violation(complaints, page, said):
    if said.type == "error" and not said.text.startswith("Failed to load resource"):
        complaints.append(f"{page.url}: {said.text}")


def _note_failure(complaints, page, answer):
    """A page may be an error answer of its own, such as 404; what it loads may not, and nothing may be a 500."""
    own = answer.request.resource_type == "document"
    if answer.status >= 500 or (answer.status >= 400 and not own):
        complaints.append(f"{page.url}: {answer.status} {answer.url}")
