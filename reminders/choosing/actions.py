"""What changes about what somebody is told: their choices, their hours and their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from reminders.models import NoticeChoice, NoticeHours, NoticeKind
from reminders.notices.telling import tell_anew
from reminders.notices.usual import Choice


@dataclass(frozen=True)
class Hours:
    """When somebody's morning is, and when it is quiet; `mobile` in E.164, empty for none."""

    mobile: str
    morning_at: time
    quiet_from: time
    quiet_until: time


@transaction.atomic
def choose_notices(
    *, choices: Mapping[NoticeKind, Choice], hours: Hours, now: datetime, by: User
) -> None:
    """Keep what `by` chose for themselves; it also holds for what has not gone out yet."""
    NoticeHours.objects.update_or_create(user=by, defaults=asdict(hours))
    NoticeChoice.objects.bulk_create(
        [
            NoticeChoice(user=by, kind=kind, timing=choice.timing, channel=choice.channel)
            for kind, choice in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["timing", "channel"],
    )
    tell_anew(user=by, now=now)
    write_audit("notices.chosen", by=by, subject=by)
