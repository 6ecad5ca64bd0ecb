"""What the check finds: plain values from which an alert follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hours.models import AlertKind


@dataclass(frozen=True)
class Finding:
    """One thing that holds about one enrollment; one per enrollment, week and kind.

    `minutes_short` where minutes are missing, `units_left` of an authorization (negative where
    more was used), `days` in a row without attendance, `due_on` the date it is about.
    """

    enrollment_key: int
    week_on: date
    kind: AlertKind
    minutes_short: int = 0
    units_left: int | None = None
    days: int | None = None
    due_on: date | None = None
