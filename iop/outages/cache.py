"""The shared cache, and what stands in for it while Redis is away: each process's own memory.

Only counts of tries are kept there: at signing in, at the kiosk, at searching. Letting everybody
try without end while Redis is away would invite taking it away; letting nobody sign in would close
the clinic over a cache. So the limits go on, counted by each process alone.
"""

from __future__ import annotations

import time
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

# For how long Redis is not asked again once it has not answered: a page may ask several times.
REST_SECONDS = 2.0
MOST_COUNTS = 20_000
AWAY = (RedisError, OSError)
log = structlog.get_logger(__name__)


class CacheThatMayBeAway(RedisCache):
    """Django's own Redis cache; while it does not answer, the same in this process's memory."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        # Room for more counts than anybody can push out to be forgotten.
        roomy = {**params, "OPTIONS": {"MAX_ENTRIES": MOST_COUNTS}}
        self._stand_in = LocMemCache("while-redis-is-away", roomy)
        self._away_until = 0.0

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("add", key, value, timeout=timeout, version=version)

    def get(self, key, default=None, version=None):
        return self._ask("get", key, default, version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("set", key, value, timeout=timeout, version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("touch", key, timeout=timeout, version=version)

    def delete(self, key, version=None):
        return self._ask("delete", key, version=version)

    def get_many(self, keys, version=None):
        return self._ask("get_many", list(keys), version=version)

    def has_key(self, key, version=None):
        return self._ask("has_key", key, version=version)

    def incr(self, key, delta=1, version=None):
        return self._ask("incr", key, delta, version=version)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("set_many", data, timeout=timeout, version=version)

    def delete_many(self, keys, version=None):
        return self._ask("delete_many", list(keys), version=version)

    def clear(self):
        self._stand_in.clear()
        return self._ask("clear")

    def ping(self) -> None:
        """Ask Redis itself, whatever stands in for it. Raises RedisError or OSError."""
        self._cache.get_client(None).ping()

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(), method)(*args, **kwargs)
            except AWAY as error:
                self._away_until = time.monotonic() + REST_SECONDS
                log.warning("cache_away", error=type(error).__name__)
        return getattr(self._stand_in, method)(*args, **kwargs)
