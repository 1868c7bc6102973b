"""A person with a keep-alive connection who signs in by the form, opens pages and sends forms."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


class Browser:
    """`get` and `post` return (status, text); cookies are kept, redirects are not followed."""

    def __init__(self, address, cookies=None):
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.cookies, self.address = dict(cookies or {}), address

    def sign_in(self, email, password):
        """By the form, as everybody does. Raises RuntimeError when it is refused."""
        page = self.get("/accounts/login/")[1]
        form = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "login": email, "password": password}
        status, _text = self.post("/accounts/login/", form)
        if status != 302 or "session" not in self.cookies:
            raise RuntimeError(f"Signing in was answered with {status}.")

    def get(self, url):
        """Open a page."""
        return self._ask("GET", url)

    def post(self, url, form, htmx=False):
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address}
        headers |= {"HX-Request": "true"} if htmx else {}
        return self._ask("POST", url, urlencode(form), headers)

    def token(self, url):
        """A CSRF token from a page."""
        return TOKEN.search(self.get(url)[1])[1]

    def _ask(self, method, url, body=None, headers=()):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, url, body, {"Cookie": cookies, **dict(headers)})
        try:
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # it was idle for too long; the next request opens a new one
            self.connection.close()
            self.connection.request(method, url, body, {"Cookie": cookies, **dict(headers)})
            answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return answer.status, text
