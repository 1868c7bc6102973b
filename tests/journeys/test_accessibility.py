"""axe finds nothing on any screen, in both languages and both colour schemes; nothing overflows at 320 pixels.

The suite loads each screen once, every other one in German by light, those between in English by dark: templates, words
and colours are shared. The other half of both stands behind `-m benchmark`.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import house, screens

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Two frames later: the resized page has been laid out, without the scroll bar that it had for a moment.
WIDTH = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
    () => setTimeout(() => done(document.documentElement.scrollWidth), 50))))"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}


HALVES = [
    ("de", "light", 0),
    ("en", "dark", 1),
    pytest.param("de", "light", 1, marks=pytest.mark.benchmark),
    pytest.param("en", "dark", 0, marks=pytest.mark.benchmark),
]


@pytest.mark.parametrize(("language", "scheme", "half"), HALVES)
def test_axe_finds_nothing_and_nothing_overflows(company, open_page, language, scheme, half):
    axe, found = Axe(), []
    for name, page in _each_screen(company, open_page, language, scheme, half):
        for violation in axe.run(page, options=RULES).response["violations"]:
            where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{name} ({language}, {scheme}): {violation['id']}: {violation['help']}: {where}")
        page.set_viewport_size(NARROW)
        width = page.evaluate(WIDTH)
        if width > NARROW["width"]:
            found.append(f"{name} ({language}): {width} pixels wide on a screen of {NARROW['width']}")
        page.set_viewport_size(WIDE)
    house.assert_none(found)


def _each_screen(company, open_page, language, scheme, half):
    """Yields (name, page) with every other screen shown, as the role that meets it."""
    screens.furnish(company)
    pages = {}
    for role in ("employee", "moderator", "executive", "communications"):
        person = getattr(company, role)
        person.locale = language
        person.save()
    for name, (role, url) in list(screens.of(company).items())[half::2]:
        page = pages.get(role) or open_page(getattr(company, role), scheme=scheme, strict=False)
        pages[role] = page
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(url)
        yield name, page
    public = next(iter(pages.values())).context.browser.new_page(viewport=WIDE)
    origin = "/".join(next(iter(pages.values())).url.split("/")[:3])
    for name, url in list(screens.PUBLIC.items())[half::2]:
        public.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        public.goto(origin + url)
        yield name, public
    public.close()
