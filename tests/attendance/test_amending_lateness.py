"""Late is what is recorded after the day of its session, on the clinic's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from attendance.amending.lateness import is_late_entry
from tests.build import CHICAGO

KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("recorded_at", "held_on", "zone", "is_late"),
    [
        ("2026-11-23 12:00", "2026-11-23", CHICAGO, False),
        # Midnight in Chicago is 06:00 UTC in winter, 05:00 in summer.
        ("2026-11-24 05:59", "2026-11-23", CHICAGO, False),
        ("2026-11-24 06:00", "2026-11-23", CHICAGO, True),
        ("2026-07-14 04:59", "2026-07-13", CHICAGO, False),
        ("2026-07-14 05:00", "2026-07-13", CHICAGO, True),
        # The nights of both changes.
        ("2026-11-01 04:59", "2026-10-31", CHICAGO, False),
        ("2026-11-01 05:00", "2026-10-31", CHICAGO, True),
        ("2026-11-02 05:59", "2026-11-01", CHICAGO, False),
        ("2026-11-02 06:00", "2026-11-01", CHICAGO, True),
        ("2026-03-09 04:59", "2026-03-08", CHICAGO, False),
        ("2026-03-09 05:00", "2026-03-08", CHICAGO, True),
        ("2026-11-23 18:29", "2026-11-23", KOLKATA, False),
        ("2026-11-23 18:30", "2026-11-23", KOLKATA, True),
        ("2027-11-23 12:00", "2026-11-23", CHICAGO, True),
        # Recorded before its day, such as an excuse: not late.
        ("2026-11-20 12:00", "2026-11-23", CHICAGO, False),
    ],
)
def test_late(recorded_at: str, held_on: str, zone: ZoneInfo, is_late: bool):
    at = datetime.fromisoformat(recorded_at).replace(tzinfo=UTC)
    assert is_late_entry(at, date.fromisoformat(held_on), zone) is is_late
