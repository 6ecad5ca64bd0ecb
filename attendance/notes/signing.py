"""When notes are due, whose are co-signed, and how late somebody signed.

Hours are elapsed hours: a night in which the clocks change is an hour longer or shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from attendance.notes.folding import folded


def due_at(ends_at: datetime, hours: int) -> datetime:
    """Return when the notes of a session that ends then are due, so many hours later."""
    return ends_at.astimezone(UTC) + timedelta(hours=hours)


def needs_cosignature(credential: str, listed: Iterable[str]) -> bool:
    """Say whether one of somebody's credentials (`LPC-Associate, NCC`) is among those listed."""
    held = {_bare(credential), *map(_bare, re.split(r"[,;/]", credential))} - {""}
    return bool(held & {_bare(each) for each in listed})


def _bare(credential: str) -> str:
    """Return the credential without case, accents, dots and spaces: `L.P.C.` is LPC."""
    return re.sub(r"[\s.]", "", folded(credential))
