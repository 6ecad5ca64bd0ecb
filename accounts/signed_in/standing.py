"""Whether a session is open, locked or over: by when it began and when its person was last seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

# What the browser's session carries on the server; moments in ISO 8601.
BEGAN, SEEN, LOCKED, TRIES = "signed_in_at", "seen_at", "locked", "unlock_tries"
# That somebody is there is written no more often than that, so what is written may be as old.
OFTEN = timedelta(minutes=1)
# Wrong answers in a row that a locked session bears.
MOST_TRIES = 5


class Standing(Enum):
    """What a session may do: everything, nothing until it is unlocked, nothing any more."""

    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


@dataclass(frozen=True)
class Limits:
    """How long a page may be left alone, and how long one sign-in lasts however busy."""

    idle: timedelta
    longest: timedelta


def standing_of(facts: Mapping[str, Any], *, now: datetime, limits: Limits) -> Standing:
    """Return the standing at `now`. A session that does not know when it began begins now."""
    began, seen = moment(facts, BEGAN), moment(facts, SEEN)
    if began is not None and now - began >= limits.longest:
        return Standing.OVER
    if facts.get(LOCKED):
        return Standing.LOCKED
    if seen is not None and now - seen >= limits.idle + OFTEN:
        return Standing.LOCKED
    return Standing.OPEN


def is_to_be_seen(facts: Mapping[str, Any], *, now: datetime) -> bool:
    """Return whether it is time to write again that somebody is there."""
    seen = moment(facts, SEEN)
    return seen is None or moment(facts, BEGAN) is None or now - seen >= OFTEN


def seen_at(facts: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Return what a session carries once somebody was there at `now`."""
    return {BEGAN: facts.get(BEGAN) or now.isoformat(), SEEN: now.isoformat()}


def moment(facts: Mapping[str, Any], name: str) -> datetime | None:
    """Return the moment that the session carries by this name."""
    kept = facts.get(name)
    return datetime.fromisoformat(kept) if kept else None
