"""Where the shared cache is, and how long a page waits for it."""

from __future__ import annotations

from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry

# No page waits longer than this for a count of tries; then it is kept without Redis.
SECONDS, TRIES_MORE = 1, 1


def cache_settings(redis_url: str) -> dict[str, Any]:
    """Return Django's settings of the cache on the server that Celery calls `redis_url`."""
    location = redis_url
    if redis_url.startswith("redis+socket://"):
        location = "unix://" + redis_url.removeprefix("redis+socket://").split("?")[0]
    return {
        "BACKEND": "iop.outages.cache.CacheThatMayBeAway",
        "LOCATION": location,
        "KEY_PREFIX": "iop",
        "OPTIONS": {"socket_timeout": SECONDS, "retry": Retry(NoBackoff(), TRIES_MORE)},
    }
