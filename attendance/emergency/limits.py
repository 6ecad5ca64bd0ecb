"""How often somebody may look for a person in vain, counted in the cache all servers share."""

from __future__ import annotations

from contextlib import suppress

from django.core.cache import cache

from accounts.models import User

# Whoever holds a name and a birth date finds them in one or two tries; five leave room for
# slips of the pen and none for trying out dates.
MISSES, MISSES_SECONDS = 5, 60 * 60


def take_try(user: User) -> bool:
    """Count one try, and return whether it may be made; the hour runs from the first.

    It counts before anybody looks, so that many tries at once are as many one after another.
    """
    cache.add(_key(user), 0, timeout=MISSES_SECONDS)
    try:
        is_left = cache.incr(_key(user)) <= MISSES
    except ValueError:  # it ran out in between
        return take_try(user)
    if not is_left:
        give_back(user)
    return is_left


def give_back(user: User) -> None:
    """Let a try not count: it found somebody, or was not made."""
    with suppress(ValueError):  # it ran out in between
        cache.decr(_key(user))


def _key(user: User) -> str:
    return f"emergency-misses:{user.public_id}"
