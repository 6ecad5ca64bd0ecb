"""What the tests of the rules' pages share: a form that is filled in, and what a page says."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from programs.models import HoursRule, Program


def date_boxes(day: date) -> dict[str, str]:
    """Return what the three boxes of the first day say."""
    return {
        f"effective_from_{place}": str(part)
        for place, part in enumerate((day.month, day.day, day.year))
    }


def filled(from_on: date, **change: Any) -> dict[str, Any]:
    """Return the form of nine hours on three days, from that date on."""
    usual = {
        "min_minutes_per_week": "9",
        "max_minutes_per_week": "19",
        "min_days_per_week": "3",
        "min_minutes_per_day": "1",
        "max_gap_days": "",
        "count": "net_minutes",
        "partial_weeks": "exempt",
        "closures": "exempt",
        "leave": "exempt",
        "citation": "Example 1.2",
    }
    return {**date_boxes(from_on), **usual, **change}


def words_of(client: Client, url: str, sent: dict[str, Any] | None = None) -> str:
    """Return the page's words, that of a form where one is sent."""
    answer = client.get(url) if sent is None else client.post(url, sent, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def a_draft(program: Program, from_on: date, **fields: Any) -> HoursRule:
    """Return a rule of nine hours on three days that is not stored."""
    usual = {
        "min_minutes_per_week": 540,
        "max_minutes_per_week": 1_140,
        "min_days_per_week": 3,
        "min_minutes_per_day": 60,
        "count": "net_minutes",
    }
    return HoursRule(program=program, effective_from=from_on, **{**usual, **fields})
