"""axe finds nothing on any screen, in both languages and both colour schemes; nothing overflows at 320 pixels."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import house, screens

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_axe_finds_nothing(company, open_page, language, scheme):
    axe, found = Axe(), []
    for name, page in _each_screen(company, open_page, language, scheme=scheme, strict=False):
        for violation in axe.run(page, options=RULES).response["violations"]:
            where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{name} ({language}, {scheme}): {violation['id']}: {violation['help']}: {where}")
    house.assert_none(found)


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_overflows_at_320_pixels(company, open_page, language):
    wide = []
    for name, page in _each_screen(company, open_page, language, width=320):
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{name} ({language}): {width} pixels")
    house.assert_none(wide)


def _each_screen(company, open_page, language, **look):
    """Yields (name, page) with the screen shown, as the role that meets it."""
    screens.furnish(company)
    pages = {}
    for role in ("employee", "moderator", "executive", "communications"):
        person = getattr(company, role)
        person.locale = language
        person.save()
    for name, (role, url) in screens.of(company).items():
        page = pages.get(role) or open_page(getattr(company, role), **look)
        pages[role] = page
        page.goto(url)
        yield name, page
    public = next(iter(pages.values())).context.browser.new_page(
        color_scheme=look.get("scheme", "light"), viewport={"width": look.get("width", 1280), "height": 900}
    )
    origin = "/".join(next(iter(pages.values())).url.split("/")[:3])
    for name, url in screens.PUBLIC.items():
        public.goto(origin + url)
        yield name, public
    public.close()
