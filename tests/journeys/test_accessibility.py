"""axe finds nothing on any screen, in both languages and both colour schemes; nothing overflows at 320 pixels.

Each screen is loaded twice, in German by light and in English by dark: words and colours do not depend on each other.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import house, screens

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}


@pytest.mark.parametrize(("language", "scheme"), [("de", "light"), ("en", "dark")])
def test_axe_finds_nothing_and_nothing_overflows(company, open_page, language, scheme):
    axe, found = Axe(), []
    for name, page in _each_screen(company, open_page, language, scheme):
        for violation in axe.run(page, options=RULES).response["violations"]:
            where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{name} ({language}, {scheme}): {violation['id']}: {violation['help']}: {where}")
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            found.append(f"{name} ({language}): {width} pixels wide on a screen of {NARROW['width']}")
        page.set_viewport_size(WIDE)
    house.assert_none(found)


def _each_screen(company, open_page, language, scheme):
    """Yields (name, page) with the screen shown, as the role that meets it."""
    screens.furnish(company)
    pages = {}
    for role in ("employee", "moderator", "executive", "communications"):
        person = getattr(company, role)
        person.locale = language
        person.save()
    for name, (role, url) in screens.of(company).items():
        page = pages.get(role) or open_page(getattr(company, role), scheme=scheme, strict=False)
        pages[role] = page
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(url)
        yield name, page
    public = next(iter(pages.values())).context.browser.new_page(viewport=WIDE)
    origin = "/".join(next(iter(pages.values())).url.split("/")[:3])
    for name, url in screens.PUBLIC.items():
        public.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        public.goto(origin + url)
        yield name, public
    public.close()
