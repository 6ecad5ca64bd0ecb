"""Keeps each seal's number and digest where the owner of the database cannot reach.

One line per seal in a file beside the database, and one in the log. Whoever rewrites the trail,
or cuts off its end, would have to rewrite these, too.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO

import structlog
from django.conf import settings

from accounts.models import AuditSeal

log = structlog.get_logger(__name__)
FILE = "audit_seals.log"
TAIL_BYTES = 4096


@dataclass(frozen=True)
class Anchor:
    """What was written down about a seal when it was made."""

    number: int
    digest: str


def anchors_file() -> Path:
    """Return where the anchors of this machine are."""
    return Path(settings.IOP_DATA_DIR) / FILE


def anchor_seals() -> int:
    """Write down every seal that the file does not have yet, for good; return how many.

    A seal is committed first: what a process that died has left out is made up for by the next.
    """
    opened = os.open(anchors_file(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        written, last = 0, _last_number(file)
        new = AuditSeal.objects.filter(number__gt=last).order_by("number")
        for number, sealed_at, digest in new.values_list("number", "sealed_at", "digest"):
            moment = sealed_at.astimezone(UTC).isoformat(timespec="seconds")
            file.write(f"{number} {moment} {digest}\n".encode())
            log.info("audit_sealed", number=number, digest=digest)
            written += 1
        file.flush()
        os.fsync(file.fileno())
    return written


def _last_number(file: IO[bytes]) -> int:
    """Return the number of the last whole line; half a line is ended, so that none joins it."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - TAIL_BYTES))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.write(b"\n")
    known = [anchor.number for line in tail.splitlines() if (anchor := _anchor(line.decode()))]
    return max(known, default=0)


def anchors(path: Path) -> Iterator[Anchor]:
    """Yield what was written down, one after the other; lines that say nothing are passed over."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from (anchor for line in lines if (anchor := _anchor(line)))


def _anchor(line: str) -> Anchor | None:
    number, _, rest = line.strip().partition(" ")
    _moment, _, digest = rest.partition(" ")
    return Anchor(int(number), digest) if number.isdecimal() and len(digest) == 64 else None
