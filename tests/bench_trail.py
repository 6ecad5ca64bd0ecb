"""How long the trail takes: a page's line, sealing what is new, walking along all seals.

Beside each stands what could not be less: a bare round trip to the database, and one plain read
of the same lines.
"""

from __future__ import annotations

import logging
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.audit import write_audit
from accounts.models import AuditEvent
from accounts.sealing import seal_trail
from accounts.verifying import verify_trail

SEALED, VERIFIED, A_MINUTE = 10_000, 100_000, 200
Median = Callable[[Callable[[], object]], float]


def bench_trail(median: Median) -> None:
    """Print one line for each of the three."""

    def ask_twenty_times() -> None:
        for _ in range(20):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")

    # Each a transaction of its own, as after a page.
    line = median(lambda: [write_audit("participant.read", by=None) for _ in range(20)]) / 20
    bare = median(ask_twenty_times) / 20
    print(f"\na page's line: {line * 1000:.2f} ms (a bare round trip: {bare * 1000:.2f} ms)")
    # A line per seal is for a log.
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        with override_settings(IOP_DATA_DIR=Path(folder)):
            _bench_seals()
        transaction.set_rollback(True)


def _bench_seals() -> None:
    now = timezone.now()
    _write(SEALED, now)
    sealing = _seconds(lambda: seal_trail(now=now))
    print(f"{SEALED:,} lines sealed in {sealing:.2f} s")
    for _ in range((VERIFIED - SEALED) // A_MINUTE):
        now += timedelta(minutes=1)
        _write(A_MINUTE, now)
        seal_trail(now=now)
    _write(A_MINUTE, now)
    minute = _seconds(lambda: seal_trail(now=now))
    print(f"a busy minute's {A_MINUTE} lines, of many sealed before: {minute * 1000:.0f} ms")
    begun = time.perf_counter()
    report = verify_trail(anchors=())
    taken = time.perf_counter() - begun
    plain = _seconds(lambda: list(AuditEvent.objects.values_list()))
    assert report.is_intact
    print(
        f"{report.lines:,} lines under {report.seals} seals verified in {taken:.2f} s"
        f" (read plainly: {plain:.2f} s)"
    )


def _write(count: int, at) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(
            verb="participant.read",
            at=at,
            participant_id=uuid.uuid4(),
            detail={"page": "profile:profile"},
            address="192.0.2.7",
        )
        for _ in range(count)
    )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
