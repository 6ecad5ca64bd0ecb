"""How often a person's password may be tried on a page of their own account."""

from __future__ import annotations

from django.core.cache import cache

TRIES, SECONDS = 5, 5 * 60


def may_try_password(user_id: int) -> bool:
    """Count one try, and return whether they need not wait."""
    key = _name(user_id)
    cache.add(key, 0, timeout=SECONDS)
    try:
        return cache.incr(key) <= TRIES
    except ValueError:  # it ran out in between
        return True


def forget_passwords(user_id: int) -> None:
    """Begin to count anew: the password was right."""
    cache.delete(_name(user_id))


def _name(user_id: int) -> str:
    return f"pin-passwords:{user_id}"
