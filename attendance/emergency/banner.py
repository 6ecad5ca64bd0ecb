"""The line on every page of somebody who has a record open in an emergency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from programs.models import EmergencyAccess, Program

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class OpenRecord:
    """One record that is open; `minutes` are those left, the last one begun counted whole."""

    url: str
    close_url: str
    minutes: int
    left: str


def open_accesses(user: User, now: datetime) -> ArraySubquery:
    """Return an expression of what the person has open: part of a statement made anyway."""
    mine = EmergencyAccess.objects.open_at(now).filter(user=user).order_by("ends_at", "pk")
    facts = JSONObject(key="public_id", ends_at="ends_at")
    return ArraySubquery(mine.values(json=facts))


def open_records(
    found: Iterable[Mapping[str, Any]], program: Program, now: datetime
) -> tuple[OpenRecord, ...]:
    """Return the lines, from what `open_accesses` read; they lead to pages of this program."""
    return tuple(_line(each, program, now) for each in found)


def minutes_left(ends_at: datetime, now: datetime) -> int:
    """Return the minutes until then, the one that has begun counted whole; 0 once it is over."""
    return max(0, ceil((ends_at - now) / MINUTE))


def left_in_words(minutes: int) -> str:
    """Return the minutes left in words."""
    return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}


def _line(row: Mapping[str, Any], program: Program, now: datetime) -> OpenRecord:
    ends_at = parse_datetime(row["ends_at"])
    minutes = minutes_left(ends_at, now) if ends_at else 0
    ids = [program.public_id, row["key"]]
    return OpenRecord(
        url=reverse("emergency:record", args=ids),
        close_url=reverse("emergency:close", args=ids),
        minutes=minutes,
        left=left_in_words(minutes) if minutes else _("closed"),
    )
