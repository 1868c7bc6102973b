"""A page that listens at /live/ of a real server, without a browser."""

import http.client
import time
from urllib.parse import urlsplit


class Page:
    """An open stream of the person whose session `cookie` is; `words(seconds)` reads what came."""

    def __init__(self, address, cookie, query="stream=everything"):
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        headers = {"Accept": "text/event-stream"} | ({"Cookie": f"session={cookie}"} if cookie else {})
        self.connection.request("GET", f"/live/?{query}", headers=headers)
        self.answer = self.connection.getresponse()

    def until(self, wanted, seconds):
        """Read lines until `wanted` comes; returns the seconds it took. Fails after `seconds` or at the end."""
        started = time.monotonic()
        while True:
            left = started + seconds - time.monotonic()
            assert left > 0, f"{wanted!r} did not come within {seconds} s"
            self.connection.sock.settimeout(left)
            line = self.answer.readline().decode().strip()
            if line == wanted:
                return time.monotonic() - started
            self.heard.append(line)
            assert line or not self.answer.isclosed(), f"the stream ended; heard {self.heard}"

    @property
    def heard(self):
        """Lines that came while waiting for another one."""
        return self.__dict__.setdefault("_heard", [])

    def close(self):
        self.connection.close()
