"""Whatever HTML an old blog holds, its visible text is in the blocks."""

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from blog.importing.html import convert
from tests.blog.importing import visible

WORDS = st.text(alphabet="abc <>&\n\t'\"äß\u00a0é;/#", max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
CONTAINERS = (
    "p", "div", "section", "blockquote", "ul", "ol", "li", "h1", "h2", "h4", "pre", "table", "tr", "td", "th", "thead",
    "tfoot", "tbody", "caption", "figure", "figcaption", "details", "summary", "dl", "dt", "dd", "b", "i", "a", "code",
    "span", "strong", "em", "s", "sup", "sub", "center", "font", "cite", "footer", "video", "audio", "object", "form",
    "button", "label", "article", "address", "custom-thing", "ruby", "rt",
)  # fmt: skip
ATTRIBUTES = (
    "", "", ' class="wp-block-gallery"', ' class="wp-block-embed"', ' class="wp-block-file"', ' colspan="2"',
    ' class="wp-block-pullquote"', ' class="wp-block-verse"', ' href="https://example.org/x"', ' start="3"',
    ' href="javascript:x"', ' src="/x.mp4"', ' data-gallery="1"', ' class="blocks-gallery-caption"',
    ' class="wp-block-file__button" href="/f.pdf"',
)  # fmt: skip
VOID = (
    "<br>", "<hr>", '<img src="https://old.example/a.jpg">', "<img>", "\n\n", "\n", "<!--more-->",
    "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->", '<!-- wp:social-link {"url":"#"} /-->',
    "https://example.org/page",
)  # fmt: skip


def element(children):
    return st.builds(
        lambda tag, attributes, inner: f"<{tag}{attributes}>{''.join(inner)}</{tag}>",
        st.sampled_from(CONTAINERS), st.sampled_from(ATTRIBUTES), st.lists(children, max_size=4),
    )  # fmt: skip


HTML = st.lists(
    st.recursive(st.one_of(WORDS, st.sampled_from(VOID)), element, max_leaves=25), max_size=6
).map("".join)


def check(source):
    conversion = convert(source, embeddable=lambda url: "page" in url)
    buttons = Counter()
    for (kind, detail), count in conversion.notes.items():
        if kind == "dropped" and detail.startswith("button: "):
            buttons.update(detail.removeprefix("button: ").replace(" ", "") * count)
    missing = Counter(visible.of_source(source)) - Counter(visible.of_blocks(conversion.blocks)) - buttons
    assert not missing, (missing, conversion.blocks)


@settings(max_examples=200, deadline=None)
@given(HTML)
@example("<ul>stray<li>a<p>b</p><ol><li>c</li></ol>tail</li></ul>")
@example("<table>stray<tr><td colspan=2>x</td></tr></table>")
@example('<div class="wp-block-file"><a href="/f.pdf">f</a><object>fallback</object></div>')
@example("<blockquote><cite>only a source</cite></blockquote>")
def test_visible_text_of_any_tree_is_kept(source):
    check(source)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/=\"' abpih1-!&;\n", max_size=80))
def test_visible_text_of_broken_markup_is_kept(source):
    check(source)


def test_markup_nested_beyond_reason_keeps_its_words():
    for tag in ("div", "b", "blockquote", "ul><li", "span"):
        conversion = convert(f"<{tag}>" * 3000 + "needle")
        assert "needle" in visible.of_blocks(conversion.blocks)
    assert conversion.notes["dropped", "nesting"] == 1
