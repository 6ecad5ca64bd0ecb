"""How often something may be tried, counted in the cache that all servers share."""

from __future__ import annotations

from django.core.cache import cache

# Guesses at who is on the sheet, for one kiosk.
TRIES, TRIES_SECONDS = 10, 60
# Wrong passwords of one person on the way out.
PASSWORDS, PASSWORD_SECONDS = 5, 5 * 60


def may_try_name(kiosk_id: str) -> bool:
    """Count one try of a kiosk, and return whether there are not too many in this minute."""
    return _count(f"kiosk-tries:{kiosk_id}", TRIES_SECONDS) <= TRIES


def may_try_password(user_id: int) -> bool:
    """Count one try of a person, and return whether they need not wait."""
    return _count(_passwords(user_id), PASSWORD_SECONDS) <= PASSWORDS


def forget_passwords(user_id: int) -> None:
    """Begin to count anew: the password was right."""
    cache.delete(_passwords(user_id))


def _passwords(user_id: int) -> str:
    return f"kiosk-passwords:{user_id}"


def _count(key: str, seconds: int) -> int:
    """Add one, and return how many there have been since the first, `seconds` ago at most."""
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        cache.add(key, 1, timeout=seconds)
        return 1
