"""What a rule of the weekly hours says, and whether two of them say the same."""

from __future__ import annotations

import hashlib
import json

from programs.models import HoursRule

FACTS = (
    "effective_from",
    "min_minutes_per_week",
    "max_minutes_per_week",
    "min_days_per_week",
    "min_minutes_per_day",
    "count",
    "partial_weeks",
    "closures",
    "leave",
    "counts",
    "max_gap_days",
    "citation",
)


def fingerprint(rule: HoursRule) -> str:
    """Return a short text that differs where two rules say something different."""
    said = [getattr(rule, name) for name in FACTS]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]
