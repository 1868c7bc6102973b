"""T5 and T6: 10,000 hostile bodies, none unsafe; 20 KB cost less than 300 ms; nothing runs in a browser.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_text.py
"""

import time

import pytest
from django.template import Context, Template

from feed import text
from tests.feed.hostile_texts import HTML, SCHEMES, body, costly_bodies, unsafe
from tests.journeys.conftest import browser  # noqa: F401 - the fixture

pytestmark = pytest.mark.benchmark
BODIES = 10_000
# The six places where a typed text is shown: body, preview and share alike; as title, excerpt, plain text, and import.
FIELDS = {
    "body": "{{ body }}",
    "plain": "<p>{{ plain }}</p>",
    "excerpt": "<p>{{ excerpt }}</p>",
    "plain lines": "{{ plain|linebreaks }}",
    "as typed": "{{ source|linebreaksbr }}",
    "imported": "{{ imported }}",
}


def fields_of(source):
    """What each of the six fields puts into a page."""
    html = text.render(source)
    values = Context({
        "body": html, "plain": text.plain(html), "excerpt": text.excerpt(html), "source": source,
        "imported": text.render_plain(source),
    })  # fmt: skip
    return {name: template.render(values) for name, template in TEMPLATES.items()}


TEMPLATES = {}


@pytest.fixture(scope="module", autouse=True)
def templates():
    TEMPLATES.update({name: Template(markup) for name, markup in FIELDS.items()})


def test_ten_thousand_fuzzed_bodies_are_safe_in_six_fields():
    slowest, faults = 0, []
    for seed in range(BODIES):
        source = text.clean_source(body(seed, 80), max_chars=10**6)
        started = time.process_time()
        text.render(source)
        slowest = max(slowest, time.process_time() - started)
        for name, html in fields_of(source).items():
            faults += [(seed, name, fault) for fault in unsafe(html)]
    print(
        f"\nT5: {BODIES} bodies x {len(FIELDS)} fields, {len(faults)} unsafe; slowest {slowest * 1000:.0f} ms"
    )
    assert not faults, faults[:10]


def test_no_body_of_20_kb_costs_300_ms():
    costs = []
    for source in costly_bodies():
        started = time.process_time()
        text.render(source)
        costs.append((time.process_time() - started, source[:20]))
    print(f"\nT6: {len(costs)} bodies of 20 KB, slowest {max(costs)[0] * 1000:.0f} ms: {max(costs)[1]!r}")
    assert max(costs)[0] < 0.3


def test_hand_made_bodies_run_nothing_in_a_browser(browser):  # noqa: F811
    page = browser.new_page()
    sources = [*HTML, *(f"[x]({scheme})" for scheme in SCHEMES), *(f"<{scheme}>" for scheme in SCHEMES)]
    sources += [f"**{piece}**\n> {piece}\n- {piece}" for piece in HTML]
    for source in sources:
        for html in fields_of(text.clean_source(source, max_chars=10_000)).values():
            page.set_content(f"<!doctype html><meta charset=utf-8><body>{html}</body>")
            page.evaluate(
                "document.querySelectorAll('a').forEach(link => link.protocol == 'javascript:' && link.click())"
            )
            assert page.evaluate("window.__xss === undefined"), source
    print(f"\nT5: {len(sources)} hand cases x {len(FIELDS)} fields in Chromium, window.__xss never set")
    page.close()
