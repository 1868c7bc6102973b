"""Texts that try to break out of the renderer, made from a seed, and an oracle that knows nothing of nh3 (T5, T6)."""

# ruff: noqa: E501  hostile pieces are easier to compare side by side

import random
import re
from html.parser import HTMLParser

import lxml.html

TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "bdi"}
HREF = re.compile(r"(?:https?://[^\s\"'<>`]|mailto:[^\s\"'<>`]+@)", re.IGNORECASE)

SCHEMES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)", "\x01javascript:alert(1)", "vbscript:msgbox(1)", "vscript:x", "data:text/html,<script>1</script>",
    "data:image/svg+xml;base64,PHN2Zz4=", "file:///etc/passwd", "//evil.example", "/\\evil.example", "\\\\evil.example", "http:evil",
    "https:alert(1)", "blob:https://a.example/1", "view-source:javascript:1", "intent://x#Intent;end", "http://a.example/\"onclick=\"x",
    "http://a.example/'onclick='x", "mailto:a@b.example?body=<script>", "http://a.example/<svg onload=1>", "%6aavascript:alert(1)",
    "http://a.example", "https://müller.example/ä?ö=ü#ß", "www.a.example", "mailto:a@b.example", "a@b.example",
]  # fmt: skip
HTML = [
    "<script>window.__xss=1</script>", "<img src=x onerror=window.__xss=1>", "<svg onload=window.__xss=1>", "<iframe srcdoc='<script>1'>",
    "<a href=javascript:window.__xss=1>x</a>", "<math><mtext></form><form><mglyph><style></math><img src onerror=window.__xss=1>",
    "<noscript><p title='</noscript><img src=x onerror=window.__xss=1>'>", "<style>@import'//evil'</style>", "<!--><img src=x onerror=1>-->",
    "<![CDATA[<script>1</script>]]>", "<?php echo 1?>", "<details open ontoggle=window.__xss=1>", "<base href=//evil>", "</p></li></div>",
    "<form action=//evil><input type=submit>", "<meta http-equiv=refresh content='0;url=//evil'>", "<p style=background:url(//evil)>x",
    "<x onclick=1>", "<template><script>1", "<object data=//evil>", "&lt;script&gt;1&lt;/script&gt;", "&#60;script&#62;", "<b/onmouseover=1>",
]  # fmt: skip
MARKS = [
    "**", "*", "_", "__", "~~", "`", "``", "```", "~~~", "> ", "- ", "1. ", "999999999. ", "# ", "---", "===", "|", "![", "[", "]", "(", ")",
    "](", "][", "]:", "<", ">", "\"", "'", "\\", "&", "&amp;", "&#x", "\n", "\n\n", "  \n", "\t", "    ", "@anna", "#tag", "://", "www.",
    "\x00", "\x08", "\x1b[31m", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u0301", "\u2028", "\U000e0041", "👩‍👩‍👧‍👦", "ﷺ", "\ud800", "\uffff",
]  # fmt: skip
WORDS = ["Anna", "Straße", "und", "the", "scale", "x" * 300, "שלום", "مرحبا", "日本", "a", "1", " ", ""]


def body(seed: int, most: int = 400) -> str:
    """A text of up to ``most`` pieces; the same seed gives the same text."""
    dice = random.Random(seed)
    kind = dice.random()
    pieces = []
    for _number in range(dice.randint(1, most)):
        source = dice.choices((MARKS, WORDS, SCHEMES, HTML), (6, 3, 2, 2))[0]
        piece = dice.choice(source)
        if dice.random() < 0.1:
            piece = f"[{dice.choice(WORDS + HTML)}]({dice.choice(SCHEMES)})"
        if dice.random() < 0.05:
            piece = f"<{dice.choice(SCHEMES)}>"
        if kind < 0.15 and dice.random() < 0.1:
            piece *= dice.choice((9, 90, 900))
        pieces.append(piece)
    return "".join(pieces)[:20_000]


def costly_bodies(size: int = 20_000):
    """Texts of ``size`` bytes that make naive Markdown parsers slow."""
    pieces = [
        "[", "![", "]", "(", "*", "_", "~~a", "**a", "`", "``a`", "<", "<a", "<http://a", "&", "&#", "\\", "> ", ">\n", "- ", "- > ", "1. ",
        "-  \n", "  - a\n", "[a](", "[a](<b", "[a](b", "[](", "[]()", "a@", "@a.de ", "http://", "http://a.", "https://a.de/(", "www.",
        "www.a.", "mailto:", "a@b.c", "*a_ ", "[`", "*[a](", "~~~\n", "``` \n", "\u0301", "\u202e", "a\n", "\n", "\t", "[[a]](", "&amp;", "#a", "@a",
    ]  # fmt: skip
    dice = random.Random(7)
    mixed = ["".join(dice.choices(pieces, k=dice.randint(2, 5))) for _number in range(60)]
    for piece in [*pieces, *mixed]:
        yield (piece * size).encode()[:size].decode(errors="ignore")


class _Walker(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults = []

    def handle_starttag(self, tag, attrs):
        self.faults += faults_of(tag, dict(attrs))

    handle_startendtag = handle_starttag

    def handle_comment(self, data):
        self.faults.append(f"comment {data[:20]}")

    def handle_decl(self, decl):
        self.faults.append(f"declaration {decl[:20]}")

    handle_pi = unknown_decl = handle_decl


def faults_of(tag: str, attributes: dict) -> list[str]:
    """What is wrong with one element."""
    faults = [] if tag in TAGS else [f"<{tag}>"]
    for name, value in attributes.items():
        if (tag, name) == ("a", "href"):
            if not HREF.match(value or ""):
                faults.append(f"href {value!r}")
        elif (tag, name) == ("a", "rel"):
            if value != "nofollow noopener":
                faults.append(f"rel {value!r}")
        elif (tag, name) != ("ol", "start") or not (value or "").isdigit():
            faults.append(f"{tag} {name}={value!r}")
    if tag == "a" and "href" in attributes and "rel" not in attributes:
        faults.append("a without rel")
    return faults


def unsafe(html: str) -> list[str]:
    """Everything in rendered HTML that a comment must not contain, seen by two parsers; empty when it is safe."""
    walker = _Walker()
    walker.feed(html)
    walker.close()
    faults = walker.faults
    if html:
        whole = lxml.html.document_fromstring(f"<html><body><div>{html}</div>")
        for element in whole.body[0].iterdescendants():
            tag = element.tag if isinstance(element.tag, str) else "comment"
            faults = faults + faults_of(tag, dict(element.attrib))
    return faults
