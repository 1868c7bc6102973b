"""Pictures are fetched from hosts that somebody named, and from nowhere else (A19, T10)."""

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from blog.importing import fetching


class Old(BaseHTTPRequestHandler):
    """An old site: a picture, redirects, something endless; counts who asks."""

    asked = []

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        self.send_response(200 if self.path != "/gone" else 404)
        self.end_headers()
        if self.path == "/large":
            with suppress(OSError):  # the other side has had enough
                for _chunk in range(200):
                    self.wfile.write(b"x" * 100_000)
        else:
            self.wfile.write(b"picture")

    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture
def old_site():
    Old.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Old)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_named_host_is_asked_without_cookies(old_site):
    assert fetching.fetch(f"{old_site}/ä b.jpg", hosts=["127.0.0.1"], private=True).read() == b"picture"
    path, headers = Old.asked[0]
    assert path == "/%C3%A4%20b.jpg"
    assert "Cookie" not in headers


def test_redirects_are_followed_twice_and_only_to_named_hosts(old_site):
    assert fetching.fetch(f"{old_site}/to?/to?/a.jpg", hosts=["127.0.0.1"], private=True).read() == b"picture"
    for target in ("/to?/to?/a.jpg", "http://localhost:1/", "file:///etc/passwd", "//evil.example/a.jpg"):
        with pytest.raises(fetching.NotFetched):
            fetching.fetch(f"{old_site}/to?{target}", hosts=["127.0.0.1"], private=True)


@pytest.mark.parametrize("path", ["/large", "/gone"])
def test_too_large_and_absent_are_not_fetched(old_site, path):
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(old_site + path, hosts=["127.0.0.1"], private=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f000001",  # noqa: S104
        "169.254.169.254", "10.0.0.1", "192.168.1.1", "[fe80::1]", "[fd00::1]", "017700000001", "224.0.0.1",
    ],
)  # fmt: skip
def test_inside_of_the_network_is_never_asked_for_the_admin(old_site, host):
    port = old_site.rpartition(":")[2]
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(f"http://{host}:{port}/a.jpg", hosts=[host.strip("[]")], private=False)
    assert Old.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://old.example/a", "file:///etc/passwd", "gopher://old.example/", "http://", "old.example/a.jpg", "http://[",
        "http://old.example.evil.example/", "http://old.example@127.0.0.1/", "http://127.0.0.1#old.example/",
        "javascript:alert(1)", "data:image/png;base64,AAAA", "//old.example/a.jpg", "http://old.example:99999/",
    ],
)  # fmt: skip
def test_other_hosts_and_schemes_are_refused(url):
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(url, hosts=["old.example"], private=False)
