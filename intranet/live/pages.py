"""Django's pages behind ASGI in a fixed number of threads.

Django's own ASGI handler opens a new thread, and with it a new database connection, for every request. Here the
middleware and views run as under WSGI, in threads that keep their connection; an open stream holds none of them.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.urls import set_script_prefix

from intranet.live import stream

CHUNK = 256 * 1024  # of a file, for each turn of a thread


class Pages(ASGIHandler):
    """The ASGI application. A view's answer that carries a `reader` becomes an open stream (intranet.live.view)."""

    def __init__(self):
        """Without Django's own, which would load the middleware for coroutines."""
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(settings.WEB_THREADS, thread_name_prefix="page")

    async def __call__(self, scope, receive, send):
        """One request, from its body to the last byte of its answer."""
        if scope["type"] != "http":
            raise ValueError(f"This server speaks HTTP only, not {scope['type']}.")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            response = await self._in_thread(self._answer, scope, body)
            reader = getattr(response, "reader", None)
            if reader is not None:
                await self._in_thread(response.close)
                await stream.serve(reader, receive, send)
            else:
                await self._send(response, send)
        finally:
            body.close()

    def _in_thread(self, function, *arguments):
        return asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    def _answer(self, scope, body):
        """Everything that may ask the database, in one thread; a short answer is closed there as well."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, error = self.create_request(scope, body)
        response = error if request is None else self.get_response(request)
        response._handler_class = self.__class__
        if not response.streaming and not hasattr(response, "reader"):
            response.close()
        return response

    async def _send(self, response, send):
        headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in response.items()]
        for cookie in response.cookies.values():
            headers.append((b"set-cookie", cookie.output(header="").strip().encode("ascii")))
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        if not response.streaming:
            await send({"type": "http.response.body", "body": response.content})
            return
        try:
            parts = iter(response)
            while True:
                chunk = await self._in_thread(_read, parts)
                await send({"type": "http.response.body", "body": chunk, "more_body": bool(chunk)})
                if not chunk:
                    return
        finally:
            await self._in_thread(response.close)


def _read(parts):
    """The next parts of an answer up to CHUNK bytes; empty at the end."""
    found, size = [], 0
    for part in parts:
        found.append(part)
        size += len(part)
        if size >= CHUNK:
            break
    return b"".join(found)
