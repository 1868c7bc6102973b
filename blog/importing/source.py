"""The bytes of an XML export, mended where exports are known to be broken and line numbers stay true."""

from typing import BinaryIO

HEAD = 65_536
CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00")


class WxrError(ValueError):
    """The file cannot be imported; `line` counts from 1, `reason` is said to people as it stands."""

    def __init__(self, line: int, reason: str):
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class WxrSource:
    """A file object for the parser.

    Blank lines before the XML declaration and control characters that XML forbids are left out: WordPress writes
    both, when a plug-in prints too early or somebody pasted from a terminal. `removed` counts the characters.
    """

    def __init__(self, file: BinaryIO):
        self.file = file
        self.removed = 0
        self.skipped_lines = 0
        self.head: bytes | None = None
        self.wide = False

    def read(self, size: int = -1) -> bytes:
        if self.head is None:
            return self._start()
        data = self.file.read(size)
        return data if self.wide else self._clean(data)

    def line(self, parsed: int) -> int:
        """The line of the file for a line the parser names."""
        return parsed + self.skipped_lines

    def _start(self) -> bytes:
        data = self.file.read(HEAD)
        while data and not data.strip() and (more := self.file.read(HEAD)):
            self.skipped_lines += data.count(b"\n")
            data = more
        self.wide = data.startswith(WIDE)
        self.head = data if self.wide else self._clean(self._trim(data))
        return self.head

    def _trim(self, data: bytes) -> bytes:
        trimmed = data.lstrip().removeprefix(BYTE_ORDER_MARK).lstrip()
        self.skipped_lines += data[: len(data) - len(trimmed)].count(b"\n")
        return trimmed

    def _clean(self, data: bytes) -> bytes:
        cleaned = data.translate(None, CONTROLS)
        self.removed += len(data) - len(cleaned)
        return cleaned or (b" " if data else b"")
