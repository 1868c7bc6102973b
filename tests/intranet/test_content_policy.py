"""The policy allows the emoji picker's style sheet and no other; the hash is computed from the file that is shipped."""

import base64
import hashlib
import json
import re

from intranet import content_policy
from tests import house

VENDOR = "intranet/static/vendor"


def test_emoji_picker_may_bring_its_own_style_sheet_and_nothing_else():
    source = house.text(f"{VENDOR}/emoji-picker-element/picker.js")
    styles = json.loads(re.search(r'var baseStyles = (".*");', source)[1])
    family = "".join(re.findall(r"'([^']*)'", re.search(r"const FONT_FAMILY = ([^;]*);", source)[1]))
    sheet = f"{styles}:host{{--emoji-font-family:{family}}}"
    found = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert content_policy.PAGES["style-src-elem"] == ["'self'", f"'sha256-{found}'"]


def test_vendored_files_are_those_that_were_noted():
    rows = re.findall(
        r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", house.text(f"{VENDOR}/VENDORED.md"), re.MULTILINE
    )
    assert len(rows) == 6
    for name, digest in rows:
        assert hashlib.sha256((house.ROOT / VENDOR / name).read_bytes()).hexdigest() == digest, name
