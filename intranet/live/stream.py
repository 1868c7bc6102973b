"""One open page: words out as server-sent events, a heartbeat, a clear end."""

import asyncio

from intranet.live.hub import Hub
from intranet.live.listener import Listener

HEARTBEAT_SECONDS = 15
RETRY_MILLISECONDS = 3000
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"x-accel-buffering", b"no"),
]
hub = Hub()
listeners = []


async def serve(reader, receive, send):
    """Keep the stream of `reader` open until the page goes or may no longer listen."""
    if not listeners:
        listeners.append(Listener(hub, asyncio.get_running_loop()))
        listeners[0].start()
    connection = hub.open(reader)
    gone = asyncio.create_task(_until_gone(receive, connection))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _say(send, f"retry: {RETRY_MILLISECONDS}\n\n")
        while not connection.reason:
            words = await connection.next(HEARTBEAT_SECONDS)
            if connection.reason:
                break
            await _say(send, "".join(f"data: {word}\n\n" for word in words) or ": still here\n\n")
        if connection.reason != "gone":
            await _say(send, f"event: end\ndata: {connection.reason}\n\n", more=False)
    finally:
        gone.cancel()
        hub.close(connection)


async def _say(send, text, more=True):
    await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def _until_gone(receive, connection):
    while (await receive())["type"] != "http.disconnect":
        pass
    connection.end("gone")
