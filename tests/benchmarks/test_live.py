"""A thousand open streams: one post reaches all of them, other pages still answer, and the server stays small.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_live.py   (also with DATABASE_URL=postgres://…)
"""

import asyncio
import time
from statistics import median
from urllib.parse import urlsplit

import pytest
from django.test import Client

from feed.actions import announcing
from intranet.bench import counting_cpu, serving
from intranet.bench.browsing import Browser
from tests.factories import PostFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.benchmark]

STREAMS, SOON, PAGE_MS, MORE_MIB = 1000, 3.0, 1500, 250


def cookies(number):
    """A session for each of `number` people."""
    found = []
    for user in UserFactory.create_batch(number):
        client = Client()
        client.force_login(user)
        found.append(client.session.session_key)
    return found


async def open_stream(place, cookie):
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    writer.write(
        f"GET /live/?stream=everything HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: session={cookie}\r\n\r\n".encode()
    )
    await reader.readuntil(b"retry: 3000")
    return reader, writer


async def in_turn(place, keys):
    """Open all, twenty at a time."""
    found = []
    for start in range(0, len(keys), 20):
        found += await asyncio.gather(*(open_stream(place, key) for key in keys[start : start + 20]))
    return found


async def told(reader):
    await asyncio.wait_for(reader.readuntil(b"data: posts"), 10)
    return time.perf_counter()


async def deliver(place, keys, publish, look):
    pages = await in_turn(place, keys)
    await asyncio.sleep(1.5)
    facts = await asyncio.to_thread(look)
    waiting = [asyncio.create_task(told(reader)) for reader, _writer in pages]
    published = await asyncio.to_thread(publish)
    arrived = [at - published for at in await asyncio.gather(*waiting)]
    for _reader, writer in pages:
        writer.close()
    return arrived, facts


def test_a_thousand_open_pages(transactional_db):
    author, *keys = UserFactory(), *cookies(STREAMS)
    post = PostFactory(author=author)
    with serving.running(DJANGO_DEBUG="1") as (address, process):
        Browser(address, {"session": keys[0]}).get("/feed/all/")  # what a process loads once
        before = counting_cpu.memory_of_group(process.pid)

        def publish():
            announcing.post_published(post=post)
            return time.perf_counter()

        def look():
            began, spent = time.perf_counter(), counting_cpu.of_group(process.pid)
            status, _text = Browser(address, {"session": keys[0]}).get("/feed/all/")
            page = (time.perf_counter() - began) * 1000
            time.sleep(4)
            idle = (counting_cpu.of_group(process.pid) - spent) / 4
            return status, page, counting_cpu.memory_of_group(process.pid), idle

        arrived, (status, page, memory, idle) = asyncio.run(deliver(urlsplit(address), keys, publish, look))
    print(
        f"\n{STREAMS} streams: told after {median(arrived):.2f} s (median), {max(arrived):.2f} s (last); "
        f"memory {before:.0f} → {memory:.0f} MiB; a page meanwhile {page:.0f} ms; idle {idle:.1%} of a core"
    )
    assert len(arrived) == STREAMS
    assert max(arrived) < SOON
    assert status == 200
    assert page < PAGE_MS
    assert memory - before < MORE_MIB
