"""The open pages of this process. Everything here runs in the event loop; the listener's thread only takes copies."""

import asyncio
from dataclasses import dataclass, field

PER_USER = 6
PER_SESSION = 4  # browsers without HTTP/2 open six connections to one host; pages need some as well
MOST_WAITING = 300


@dataclass(frozen=True)
class Reader:
    """Who listens, with what session, and what their page shows."""

    user_id: int
    session_key: str
    password: str = field(repr=False)  # its hash: a changed password ends the stream
    streams: frozenset[str]
    posts: frozenset[int]
    ends_at: float


class Connection:
    """One open page: words that wait to be sent, each once, or the reason why it ends."""

    def __init__(self, reader):
        self.reader = reader
        self.reason = ""
        self._waiting = {}
        self._something = asyncio.Event()

    def tell(self, word):
        """Note a word to send; a page that does not keep up loses the rest and asks when it comes back."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting[word] = None
        self._something.set()

    def end(self, reason):
        """Let the stream end as soon as it can: "full" (too many), "ended" (session, person or rights)."""
        self.reason = self.reason or reason
        self._something.set()

    async def next(self, seconds):
        """The words that wait, in order; none after `seconds` without any, or at the end."""
        try:
            await asyncio.wait_for(self._something.wait(), seconds)
        except TimeoutError:
            return []
        self._something.clear()
        words, self._waiting = list(self._waiting), {}
        return [] if self.reason else words


class Hub:
    """All open pages, oldest first."""

    def __init__(self):
        self._open = {}

    def open(self, reader):
        """Add a page; of a person or session with too many, the oldest one is told to end."""
        mine = [one for one in self._open if one.reader.user_id == reader.user_id and not one.reason]
        same = [one for one in mine if one.reader.session_key == reader.session_key]
        for found, most in ((mine, PER_USER), (same, PER_SESSION)):
            for one in found[: max(0, len(found) + 1 - most)]:
                one.end("full")
        made = Connection(reader)
        self._open[made] = None
        return made

    def close(self, connection):
        """Forget a page."""
        self._open.pop(connection, None)

    def all(self):
        """A copy, safe to take from another thread."""
        return list(self._open)

    def deliver(self, told, ended):
        """`told`: (connection, word) pairs; `ended`: connections whose right to listen is over."""
        for connection, word in told:
            connection.tell(word)
        for connection in ended:
            connection.end("ended")
