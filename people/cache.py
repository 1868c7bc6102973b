"""Redis as a cache that may be absent: an error counts as a miss (A31)."""

import functools
import logging

from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)


def _forgiving(name, fallback):
    """Wrap a cache method so that a Redis error returns `fallback`."""
    original = getattr(RedisCache, name)

    @functools.wraps(original)
    def method(self, *args, **kwargs):
        from_redis = self._errors()
        try:
            return original(self, *args, **kwargs)
        except from_redis as error:
            logger.warning("cache unavailable: %s", error.__class__.__name__)
            return fallback(args, kwargs)

    return method


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; when Redis is down every read is a miss and every write is dropped."""

    def __init__(self, server, params):
        """Connect within a second or give up, so that an outage never holds a page (T22)."""
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", 1)
        options.setdefault("socket_timeout", 1)
        super().__init__(server, params)

    def _errors(self):
        return (self._cache._lib.exceptions.RedisError, OSError)

    get = _forgiving("get", lambda args, kwargs: kwargs.get("default", args[1] if len(args) > 1 else None))
    get_many = _forgiving("get_many", lambda args, kwargs: {})
    set = _forgiving("set", lambda args, kwargs: None)
    set_many = _forgiving("set_many", lambda args, kwargs: [])
    add = _forgiving("add", lambda args, kwargs: True)
    touch = _forgiving("touch", lambda args, kwargs: False)
    delete = _forgiving("delete", lambda args, kwargs: False)
    delete_many = _forgiving("delete_many", lambda args, kwargs: None)
    incr = _forgiving("incr", lambda args, kwargs: 1)
    has_key = _forgiving("has_key", lambda args, kwargs: False)
    clear = _forgiving("clear", lambda args, kwargs: None)
