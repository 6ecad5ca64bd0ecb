"""The sessions of a group on one date in words, and links to the dates around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from groups.models import GroupSession, SessionStatus, TherapyGroup
from groups.week_switch import query
from groups.wording import times


@dataclass(frozen=True)
class DayLinks:
    """Links to the dates of the sessions before and after, empty where there is none."""

    before: str
    today: str
    after: str


@dataclass(frozen=True)
class Meets:
    """One session of the date: when, and what became of it."""

    icon: str
    words: str


def day_links(group: TherapyGroup, day: date) -> DayLinks:
    """Return the links around a date."""
    held = GroupSession.objects.filter(group=group, status=SessionStatus.SCHEDULED)
    dates = held.order_by("held_on").values_list("held_on", flat=True)
    return DayLinks(
        before=_link(dates.filter(held_on__lt=day).last()),
        today=query(),
        after=_link(dates.filter(held_on__gt=day).first()),
    )


def meets(sessions: Iterable[GroupSession], zone: ZoneInfo) -> tuple[Meets, ...]:
    """Return the sessions in words; nothing where the group does not meet."""
    return tuple(_meets(each, zone) for each in sessions)


def _meets(session: GroupSession, zone: ZoneInfo) -> Meets:
    when = times(session.starts_at, session.ends_at, zone)
    if session.status == SessionStatus.SCHEDULED:
        return Meets("clock", when)
    if session.combined_into is not None:
        words = _("%(when)s: meets with %(group)s on this date")
        return Meets("merge", words % {"when": when, "group": session.combined_into.group.name})
    reason = session.cancelled_for.reason if session.cancelled_for else session.cancelled_reason
    words = _("%(when)s: cancelled, %(reason)s") if reason else _("%(when)s: cancelled")
    return Meets("circle-slash", words % {"when": when, "reason": reason})


def _link(day: date | None) -> str:
    return query(on=day.isoformat()) if day else ""
