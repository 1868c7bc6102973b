"""LDIF content records as in RFC 2849: folded lines, comments, base64 values, many values per attribute."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from people.importing import BrokenFile

MAX_LINE = 30_000_000
_PARTS = re.compile(r"(?:\\.|[^\\,])+", re.DOTALL)
_NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[0-9]+)*(?:;[A-Za-z0-9-]+)*")


@dataclass
class Entry:
    """One record: where it starts, its name, and its values by attribute name in lower case without options."""

    line: int
    dn: str
    values: dict[str, list[bytes]] = field(default_factory=dict)

    def texts(self, name: str) -> list[str]:
        """All values of an attribute as text; such as are no UTF-8 are left out."""
        found = []
        for value in self.values.get(name, ()):
            try:
                found.append(value.decode())
            except UnicodeDecodeError:
                continue
        return found

    def text(self, *names: str) -> str:
        """The first value of the first attribute that has one, or ""."""
        return next((value for name in names for value in self.texts(name) if value.strip()), "")


def read(stream) -> Iterator[Entry]:
    """Entries of a binary stream, one after another. Raises BrokenFile with the line of the first fault."""
    entry = None
    for number, line in _unfolded(stream):
        if not line:
            if entry:
                yield entry
            entry = None
        else:
            name, value = _attribute(number, line)
            if entry is None:
                entry = _begin(number, name, value)
            elif name == "changetype":
                raise BrokenFile(number, _("this is a list of changes; please export the entries themselves"))
            elif name == "dn":
                raise BrokenFile(number, _("a new entry starts without an empty line before it"))
            elif entry.line:
                entry.values.setdefault(name, []).append(value)
            if entry is not None and not entry.line:
                entry = None
    if entry:
        yield entry


def _begin(number: int, name: str, value: bytes) -> Entry:
    if name == "version":
        if value != b"1":
            raise BrokenFile(number, _("only LDIF version 1 can be read"))
        return Entry(0, "")
    if name != "dn":
        message = _("an entry must start with “dn:”, this one starts with “%(name)s:”")
        raise BrokenFile(number, message % {"name": name})
    try:
        return Entry(number, value.decode())
    except UnicodeDecodeError as error:
        raise BrokenFile(number, _("the entry’s name is not UTF-8")) from error


def _unfolded(stream) -> Iterator[tuple[int, bytes]]:
    """Logical lines with the number of their first physical line; comments are dropped."""
    begun, parts, size = 0, [], 0
    for number, raw in enumerate(stream, 1):
        line = raw.rstrip(b"\r\n")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.startswith(b" "):
            if not parts:
                raise BrokenFile(number, _("a continued line without a line before it"))
            parts.append(line[1:])
            size += len(line)
            if size > MAX_LINE:
                raise BrokenFile(begun, _("a single value of more than 30 MB"))
            continue
        if parts and not parts[0].startswith(b"#"):
            yield begun, b"".join(parts)
        begun, parts, size = number, [line], len(line)
        if not line:
            yield number, b""
            parts = []
    if parts and not parts[0].startswith(b"#"):
        yield begun, b"".join(parts)


def _attribute(number: int, line: bytes) -> tuple[str, bytes]:
    name, colon, value = line.partition(b":")
    if not colon or not _NAME.fullmatch(name):
        raise BrokenFile(number, _("expected “attribute: value”"))
    key = name.decode().lower().split(";")[0]
    if value.startswith(b":"):
        try:
            return key, base64.b64decode(value[1:].strip(), validate=True)
        except binascii.Error as error:
            raise BrokenFile(
                number, _("the base64 value of “%(name)s” is damaged") % {"name": key}
            ) from error
    if value.startswith(b"<"):
        message = _("“%(name)s” refers to a file; values must be inside the export")
        raise BrokenFile(number, message % {"name": key})
    return key, value.lstrip(b" ")


@lru_cache(maxsize=10_000)
def normal_dn(dn: str) -> str:
    """A distinguished name in one spelling, for comparing (RFC 4514): escapes resolved, case and spaces ignored."""
    return ",".join("+".join(sorted(map(_pair, re.split(r"(?<!\\)\+", part)))) for part in split_dn(dn))


def split_dn(dn: str) -> list[str]:
    """The parts of a distinguished name as written, from the entry upwards."""
    return _PARTS.findall(dn)


def value_of(part: str) -> str:
    """The value of one part "ou=Gie\\C3\\9Ferei" as people read it."""
    return _unescaped(part.partition("=")[2])


@lru_cache(maxsize=1000)
def _pair(text: str) -> str:
    name, _equals, value = text.partition("=")
    return f"{name.strip().lower()}={' '.join(_unescaped(value).casefold().split())}"


def _unescaped(value: str) -> str:
    value = value.strip()
    if "\\" in value:
        value = re.sub(
            rb"\\([0-9A-Fa-f]{2}|.)",
            lambda found: bytes.fromhex(found[1].decode()) if len(found[1]) == 2 else found[1],
            value.encode(),
        ).decode(errors="replace")
    return unicodedata.normalize("NFC", value)
