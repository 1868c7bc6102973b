"""The cache may be away: an error counts as a miss (A31)."""

import os

import pytest

from people.cache import ForgivingRedisCache

pytest.importorskip("redis", reason="the extra [redis] is not installed")


def test_without_a_server_reads_miss_and_writes_are_dropped():
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    away.set("key", 1)
    away.set_many({"key": 1})
    assert away.get("key") is None
    assert away.get("key", "else") == "else"
    assert away.get_many(["key"]) == {}
    assert away.add("key", 1) is True
    assert away.incr("key") == 1
    assert not away.touch("key")
    assert not away.delete("key")
    assert "key" not in away
    away.delete_many(["key"])
    away.clear()


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="REDIS_URL names no server")
def test_with_a_server_it_keeps_and_counts():
    there = ForgivingRedisCache(os.environ["REDIS_URL"] + "/14", {})
    there.set("key", 1)
    assert there.incr("key") == 2
    assert there.get("key") == 2
    assert there.add("key", 5) is False
    there.delete("key")
    assert there.get("key") is None
