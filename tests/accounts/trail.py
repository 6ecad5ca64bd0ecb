"""A trail of some hours for the tests, and the owner's own hands."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.anchors import Anchor
from accounts.models import AuditEvent, AuditSeal
from accounts.sealing import seal_trail
from accounts.verifying import Report, verify_trail

BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def a_line(at: datetime, **fields: Any) -> AuditEvent:
    """Write one line as of that moment."""
    said: dict[str, Any] = {
        "verb": "participant.read",
        "subject_kind": "participant",
        "subject_id": uuid.uuid4(),
        "participant_id": uuid.uuid4(),
        "program_id": uuid.uuid4(),
        "detail": {"page": "profile", "rows": 3},
        "address": "192.0.2.7",
    }
    return AuditEvent.objects.create(at=at, **{**said, **fields})


def a_sealed_trail(hours: Sequence[int] = (3, 2, 4, 1, 3)) -> list[list[AuditEvent]]:
    """Write so many lines in each hour, and seal them a minute after the last of them."""
    trail = []
    for number, count in enumerate(hours):
        at = BEGIN + number * 2 * HOUR
        trail.append([a_line(at + each * MINUTE) for each in range(count)])
        seal_trail(now=at + count * MINUTE)
    return trail


def kept_anchors() -> list[Anchor]:
    """Return what is written down about the seals there are now."""
    rows = AuditSeal.objects.order_by("number").values_list("number", "digest")
    return [Anchor(number, digest) for number, digest in rows]


def verified(anchors: Sequence[Anchor] = (), since: datetime | None = None) -> Report:
    return verify_trail(anchors=anchors, since=since)


def found(report: Report) -> list[tuple[str, int | None, int | None]]:
    """Return what was found, as (kind, seal, line)."""
    return [(str(each.kind), each.seal, each.line) for each in report.findings]


@contextmanager
def by_owner() -> Iterator[Any]:
    """Act by hand as the tables' owner, inside the test's own transaction."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try:
            yield cursor
        finally:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"SET ROLE {settings.APP_ROLE}")


def by_hand(*statements: str) -> None:
    """Carry out statements as the owner."""
    with by_owner() as cursor:
        for each in statements:
            cursor.execute(each)
