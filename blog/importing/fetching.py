"""Fetches a picture from a host that somebody named, and from nowhere else (requirements A19)."""

import http.client
import io
import ipaddress
import socket
import ssl
from urllib.parse import quote, urljoin

from blog.importing.addresses import parts

SECONDS = 3
MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 2


class NotFetched(Exception):
    """The address is not allowed, does not answer in time, or is too large."""


def fetch(url: str, *, hosts: list[str], private: bool) -> io.BytesIO:
    """The bytes behind `url`, at most 10 MB, within 3 seconds per answer, without cookies, over at most 2 redirects.

    Only `hosts` are asked, redirects included. `private`: hosts of the own network may be asked, which only the command
    line allows. The address is resolved once and then used, so that no name can change its mind in between.
    """
    for _attempt in range(MAX_REDIRECTS + 1):
        split = parts(url)
        host = (split.hostname or "").casefold()
        if split.scheme not in ("http", "https") or host not in {name.casefold() for name in hosts}:
            raise NotFetched(f"{host} is not an allowed host")
        status, location, body = _get(split, host, _resolve(host, private))
        if status == 200:
            return io.BytesIO(body)
        if status not in (301, 302, 303, 307, 308) or not location:
            raise NotFetched(f"answer {status}")
        url = urljoin(url, location)
    raise NotFetched("too many redirects")


def _resolve(host: str, private: bool) -> str:
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"{host} is not known") from error
    for address in sorted(found):
        parsed = ipaddress.ip_address(address.split("%")[0])
        if private or (parsed.is_global and not parsed.is_multicast):
            return address
    raise NotFetched(f"{host} is inside the own network")


def _get(split, host: str, address: str) -> tuple[int, str, bytes]:
    secure = split.scheme == "https"
    try:
        port = split.port or (443 if secure else 80)
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = socket.create_connection((address, port), SECONDS)
        if secure:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        path = quote(split.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{split.query}" if split.query else "")
        connection.request(
            "GET", path, headers={"Host": split.netloc.rpartition("@")[2], "User-Agent": "Flurfunk import"}
        )
        answer = connection.getresponse()
        body = answer.read(MAX_BYTES + 1) if answer.status == 200 else b""
        location = answer.headers.get("Location", "")
        connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotFetched(str(error) or type(error).__name__) from error
    if len(body) > MAX_BYTES:
        raise NotFetched("larger than 10 MB")
    return answer.status, location, body
