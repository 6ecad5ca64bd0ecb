"""Seals what is new in the trail: one more link of a chain, and none of a page's locks.

Lines are committed in another order than they are numbered: a slow transaction fills a gap later.
So a seal names exactly the lines it holds, and the next one takes whatever no seal holds yet.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from accounts.anchors import anchor_seals
from accounts.models import AuditSeal
from accounts.seal_form import Line, digest_of, pairs_of, print_of
from accounts.trail_sql import LOCK, UNSEALED

MOST_LINES = 5_000
# How far back from the last whole seal each minute looks; longer than `LATE`, so that what a whole
# seal swears to (all there was) holds for every transaction that may still have been open.
RECENT = timedelta(hours=2)
# No task may take longer, nor a page: see iop/queues.py.
LONGEST_TRANSACTION = timedelta(minutes=60)
# A line that nobody sealed for longer was not there when it says it was.
LATE = timedelta(minutes=10) + LONGEST_TRANSACTION
# Beyond this the clock, or the worker, does not seem to run.
OVERDUE = timedelta(minutes=5)


def seal_trail(*, now: datetime, is_full_look: bool = False, most: int = MOST_LINES) -> int:
    """Seal every committed line that no seal holds yet; return how many there were.

    A full look goes through the whole trail, any other back to `RECENT` before the last whole
    seal. At most `most` lines come under one seal. Nothing new, no seal. At least once: what a
    run that was broken off has left is found by the next.
    """
    sealed, after, is_done = 0, 0, False
    while not is_done:
        seal = _seal_some(now=now, after=after, is_full_look=is_full_look, most=most)
        if seal is not None:
            sealed, after = sealed + seal.count, seal.ids[-1][1] - 1
        is_done = seal is None or seal.is_whole
    anchor_seals()
    return sealed


@transaction.atomic
def _seal_some(*, now: datetime, after: int, is_full_look: bool, most: int) -> AuditSeal | None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return None
        last = AuditSeal.objects.order_by("-number").first()
        since = "-infinity" if is_full_look else _since(now)
        cursor.execute(UNSEALED, {"after": after, "since": since, "most": most + 1})
        lines = cursor.fetchall()
    return _seal(lines[:most], last, now=now, is_whole=len(lines) <= most) if lines else None


def _since(now: datetime) -> str:
    """Return from when on is looked: a seal that left something behind says nothing about it."""
    whole = AuditSeal.objects.filter(is_whole=True).order_by("-number").only("sealed_at").first()
    return (min(whole.sealed_at, now) - RECENT).isoformat() if whole else "-infinity"


def _seal(lines: list[Line], last: AuditSeal | None, *, now: datetime, is_whole: bool) -> AuditSeal:
    held = {
        "number": last.number + 1 if last else 1,
        "sealed_at": now,
        "ids": pairs_of(int(line[0] or 0) for line in lines),
        "is_whole": is_whole,
        "prints": b"".join(print_of(line) for line in lines),
        "before": last.digest if last else "",
    }
    digest = digest_of(lines, **held)  # type: ignore[arg-type]
    return AuditSeal.objects.create(count=len(lines), digest=digest, **held)


def make_partitions(*, until: date) -> int:
    """Have the trail's partitions ready for every month up to this date; return how many came."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.make_audit_partitions(%s)", [until])
        return cursor.fetchone()[0]
