"""The sessions somebody is to lead, and which of them a leave would leave to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from accounts.models import User
from groups.counting import counted
from groups.enrolling.wording import hours
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession, SessionStatus
from groups.readable import leaders_of, led_by, with_leaders
from groups.week_switch import query
from groups.wording import short_day, times
from programs.models import Count, Program


@dataclass(frozen=True)
class ComingLine:
    """One session to come; `others` lead it too."""

    day: str
    times: str
    group: str
    kind: KindLook
    room: str
    others: str
    url: str
    substitute_url: str


@dataclass(frozen=True)
class LeftBehind:
    """What a leave takes its person out of: here session by session, elsewhere only how many."""

    lines: tuple[ComingLine, ...]
    alone: int
    hours: str
    elsewhere: int

    def __bool__(self) -> bool:
        return bool(self.lines or self.elsewhere)


@dataclass(frozen=True)
class Coming:
    """Everything one person is to lead from now on: sessions of the program, dates elsewhere."""

    user: User
    program: Program
    sessions: Sequence[GroupSession]
    elsewhere: Sequence[date]

    def lines(self, sessions: Iterable[GroupSession]) -> tuple[ComingLine, ...]:
        return tuple(self._line(each) for each in sessions)

    def left_by(self, first_on: date, last_on: date | None) -> LeftBehind:
        """Return what a leave of these dates would leave (no last date: all from then on)."""
        until = last_on or date.max
        missed = [each for each in self.sessions if first_on <= each.held_on <= until]
        alone = [each for each in missed if len(leaders_of(each)) == 1]
        return LeftBehind(
            lines=self.lines(missed),
            alone=len(alone),
            hours=hours(sum(_net(each) for each in alone)),
            elsewhere=sum(first_on <= day <= until for day in self.elsewhere),
        )

    def _line(self, session: GroupSession) -> ComingLine:
        own, program = str(self.user.public_id), self.program
        address = [program.public_id, session.public_id]
        return ComingLine(
            day=short_day(session.held_on),
            times=times(session.starts_at, session.ends_at, program.zone),
            group=session.group.name,
            kind=kind_look(session.group.kind),
            room=session.room.name if session.room else "",
            others=", ".join(each.name for each in leaders_of(session) if each.key != own),
            url=reverse("moving:session", args=address),
            substitute_url=reverse("staff:substitute", args=address) + query(instead_of=own),
        )


def coming_of(user: User, program: Program, *, now: datetime) -> Coming:
    """Return what the person is to lead from now on; two statements."""
    ahead = led_by(user, GroupSession.objects.filter(ends_at__gt=now))
    held = ahead.filter(status=SessionStatus.SCHEDULED).order_by("starts_at", "pk")
    here = with_leaders(held.filter(group__program=program)).select_related("group", "room")
    elsewhere = held.exclude(group__program=program).values_list("held_on", flat=True)
    return Coming(user, program, list(here), list(elsewhere))


def _net(session: GroupSession) -> int:
    whole = [(session.starts_at, session.ends_at)]
    return counted(whole, session.breaks, Count.NET_MINUTES)
