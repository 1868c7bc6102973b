"""The one renderer of typed text: what it knows, what it refuses, and that nothing breaks out (A16, A17, T5, T6)."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.safestring import SafeString

from feed import text
from people.text import clean_line
from tests.feed.hostile_texts import HTML, SCHEMES, body, costly_bodies, unsafe

LINK = '<a href="{0}" rel="nofollow noopener">{1}</a>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Guten *Tag*, **Anna** ~~nein~~", "<p>Guten <em>Tag</em>, <strong>Anna</strong> <s>nein</s></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("`x < 1`", "<p><code>x &lt; 1</code></p>"),
        ("```py\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"),
        ("[x](https://a.example/?a=1&b=2)", f"<p>{LINK.format('https://a.example/?a=1&amp;b=2', 'x')}</p>"),
        ("http://intranet/x.", f"<p>{LINK.format('http://intranet/x', 'http://intranet/x')}.</p>"),
        ("www.a.example, ja", f"<p>{LINK.format('http://www.a.example', 'www.a.example')}, ja</p>"),
        ("a@b.de", f"<p>{LINK.format('mailto:a@b.de', 'a@b.de')}</p>"),
    ],
)
def test_the_small_set_of_markdown_is_rendered(source, html):
    assert text.render(source) == html
    assert isinstance(text.render(source), SafeString)


@pytest.mark.parametrize(
    "source",
    [
        "# Kopf",
        "Kopf\n===",
        "---",
        "![x](y.png)",
        "a|b\n-|-\n1|2",
        "[a]: http://a.example\n\n[a]",
        "    vier",
        "liesmich.md",
        "z.B.im",
    ],
)
def test_what_comments_do_not_need_stays_as_typed(source):
    html = text.render(source)
    assert not unsafe(html)
    assert not any(f"<{tag}" in html for tag in ("h1", "hr", "img", "table", "pre"))
    if source in ("liesmich.md", "z.B.im"):
        assert "<a" not in html


@pytest.mark.parametrize(
    "scheme", [scheme for scheme in SCHEMES if "a.example" not in scheme and "b.example" not in scheme]
)
def test_links_lead_only_to_web_and_mail(scheme):
    for source in (f"[x]({scheme})", f"<{scheme}>", f"[x](<{scheme}>)", scheme):
        html = text.render(text.clean_source(source, max_chars=1000))
        assert not unsafe(html), source
        assert 'href="java' not in html.lower()


@pytest.mark.parametrize("typed", HTML)
def test_typed_html_is_shown_not_run(typed):
    html = text.render(typed)
    assert not unsafe(html)
    assert "__xss" not in typed or "__xss" in text.plain(html)


def test_fuzzed_bodies_never_break_out():
    for seed in range(500):
        source = text.clean_source(body(seed, 40), max_chars=200_000)
        assert not unsafe(text.render(source)), seed


def test_costly_bodies_of_20_kb_are_rendered_safely():
    for source in list(costly_bodies())[::3]:  # how long each takes: tests/benchmarks/test_text.py (T6)
        assert not unsafe(text.render(source)), source[:30]


def test_a_long_honest_text_with_many_links_and_lists_is_rendered_in_full():
    source = "\n".join(
        f"- **Punkt {number}**: https://intranet.example/{number} und `code`" for number in range(100)
    )
    html = text.render(source)
    assert html.count("<a ") == html.count("<li>") == html.count("<strong>") == 100


def test_control_characters_go_and_forms_are_composed():
    assert text.clean_source("a\x00b\x08c\x1b[0m\ud800\r\nd\u2028e", max_chars=99) == "abc[0m\nd\ne"
    assert text.clean_source("Mu\u0308ller", max_chars=99) == "Müller"


def test_combining_marks_stop_after_eight():
    cleaned = text.clean_source("Z" + "\u0336" * 500 + "algo", max_chars=99)
    assert cleaned.count("\u0336") == 8 and cleaned.endswith("algo")


@pytest.mark.parametrize(
    ("typed", "fits"), [("ä" * 100, True), ("ä" * 101, False), ("😀" * 100, True), ("x" * 10**6, False)]
)
def test_length_is_counted_in_characters_after_cleaning(typed, fits):
    if fits:
        assert text.clean_source(typed, max_chars=100) == typed
    else:
        with pytest.raises(ValidationError) as refusal:
            text.clean_source(typed, max_chars=100)
        assert refusal.value.code == "too_long"


def test_length_is_counted_in_bytes_too():
    with pytest.raises(ValidationError):
        text.clean_source("😀" * 9_000, max_chars=10_000)


def test_direction_controls_are_isolated_in_text_and_gone_from_names_and_excerpts():
    html = text.render("a \u202egnp.exe b")
    assert html == "<p><bdi>a \u202egnp.exe b</bdi></p>"
    assert "\u202e" not in text.plain(html) and "\u202e" not in text.excerpt(html)
    assert clean_line("Anna \u202e Müller\u2066\n", max_chars=99) == "Anna Müller"


def test_plain_text_keeps_words_apart_and_drops_scripts():
    assert text.plain("<p>a<br>b</p><ul><li>c</li><li>d &lt;e&gt;</li></ul>") == "a\nb\nc\nd <e>"
    assert text.plain("<script>x</script><style>y</style><h2>z</h2>") == "z"


def test_excerpt_ends_between_words():
    html = text.render("Die Waage zeigt, was da ist, und nicht, was wir gern hätten.")
    assert text.excerpt(html, 30) == "Die Waage zeigt, was da ist…"
    assert text.excerpt(html, 500).endswith("hätten.")
    assert len(text.excerpt(text.render("x" * 500), 40)) == 40


def test_mentions_and_tags_are_found_outside_code_and_links():
    source = "@anna.müller und @bob. `@code` a@b.example #Führung #führung #2026 [#x](http://a.example) http://a.example/#y"
    assert text.find_mentions(source) == ["anna.mueller", "bob"]
    assert text.find_tags(source) == ["führung"]


def test_excerpts_in_lists_are_escaped_once():
    page = Template("{% load excerpts %}{{ html|excerpt:40 }}").render(
        Context({"html": text.render("A & B < C\n\nnext")})
    )
    assert page == "A &amp; B &lt; C next"
