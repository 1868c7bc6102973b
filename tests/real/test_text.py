"""Payload collections and naughty strings nobody here wrote, through the renderer (../shared/data)."""

import json
from pathlib import Path

import pytest

from feed import text
from people.handles import slugify_de
from people.text import clean_line
from tests.feed.hostile_texts import unsafe

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")]


def payloads():
    dompurify = json.loads((DATA / "xss" / "dompurify-a.json").read_text("utf-8"))
    lines = (DATA / "xss" / "payloadbox-a.txt").read_text("utf-8").splitlines()
    naughty = json.loads((DATA / "strings" / "blns-a.json").read_text("utf-8"))
    return [case["payload"] for case in dompurify] + lines + naughty


def test_no_payload_of_three_collections_breaks_out():
    found = payloads()
    assert len(found) > 1300
    for payload in found:
        for source in (
            payload,
            f"[{payload}]({payload})",
            f"> **{payload}**\n- `{payload}",
            f"[x](<{payload}>)",
        ):
            cleaned = text.clean_source(source, max_chars=10**6)
            assert not unsafe(text.render(cleaned)), payload
            text.excerpt(text.render(cleaned))
            text.find_mentions(cleaned)
            text.find_tags(cleaned)


def test_naughty_strings_survive_as_names_and_slugs():
    for naughty in json.loads((DATA / "strings" / "blns-a.json").read_text("utf-8")):
        line = clean_line(naughty, max_chars=10_000)
        assert "\n" not in line and "\x00" not in line
        assert slugify_de(naughty).isascii()
