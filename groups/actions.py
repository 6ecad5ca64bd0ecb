"""What changes about a clinic's calendar: sessions out to the horizon, none on closed days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch

from accounts.audit import write_audit
from accounts.models import User
from groups.bookings import Bookings
from groups.closing.closed_days import brought_back, closure_on, sessions_on
from groups.meeting_dates import Meeting, meetings_of
from groups.models import (
    Facilitation,
    GroupSession,
    MeetingPattern,
    PatternFacilitator,
    SessionStatus,
    TherapyGroup,
)
from groups.rotation.follow_up import follow_up
from groups.schedule.fixed import fixed_among
from groups.schedule.lock import schedule_lock
from programs.models import Closure, Program
from programs.weeks import local_date

BATCH = 1000


@dataclass(frozen=True)
class Generated:
    """How many sessions were added and cancelled.

    Of those added, how many are on a closed date, and how many lack the slot's room or one of its
    facilitators because another session has taken them.
    """

    created: int
    created_closed: int
    cancelled: int
    without_room: int
    without_facilitator: int


@transaction.atomic
def generate_sessions(
    *,
    now: datetime,
    by: User | None,
    program: Program | None = None,
    until: date | None = None,
    close_past: bool = False,
) -> Generated:
    """Add the sessions of every weekly slot that are not there yet; cancel those on closed dates.

    A slot is followed from its first to its last day or, where that is open, to
    SESSION_HORIZON_WEEKS past today at its site, or to `until` where that is later. Sessions that
    exist stay as they are (one moved within its day too), except that those still to come are
    cancelled when their date is closed. `close_past` closes the added ones that are over: no
    attendance is asked for them. Running it a second time changes nothing.
    """
    schedule_lock()
    closures = list(Closure.objects.in_force().select_related("site").order_by("first_on", "pk"))
    cancelled = sum(_cancel_on(closure, program, now) for closure in closures)
    fresh = []
    for pattern, meeting in _missing(_patterns(program), now, until):
        closure = closure_on(closures, pattern.group.program, meeting.held_on)
        session = _session(pattern, meeting, closure)
        session.closed_at = now if close_past and meeting.ends_at <= now else None
        fresh.append((session, [leader.user_id for leader in pattern.leaders]))  # type: ignore[attr-defined]
    done = replace(_add(fresh), cancelled=cancelled)
    groups = TherapyGroup.objects.filter(**{"program": program} if program else {})
    follow_up(groups=groups.values_list("pk", flat=True), now=now, by=by)
    if done.created or cancelled:
        program_id = program.public_id if program else None
        write_audit("sessions.generated", by=by, program_id=program_id, **asdict(done))
    return done


def _patterns(program: Program | None) -> Sequence[MeetingPattern]:
    found = MeetingPattern.objects.in_force().select_related("group__program__site").order_by("pk")
    if program is not None:
        found = found.filter(group__program=program)
    current = PatternFacilitator.objects.filter(is_former=False)
    return list(found.prefetch_related(Prefetch("facilitators", current, to_attr="leaders")))


def _missing(
    patterns: Sequence[MeetingPattern], now: datetime, until: date | None
) -> Iterator[tuple[MeetingPattern, Meeting]]:
    """Yield the meetings that are no session yet, each start of a group once."""
    held = GroupSession.objects.order_by().values_list(
        "pattern_id", "slot_on", "group_id", "starts_at"
    )
    there = [*held]
    dates = {(pattern, slot_on) for pattern, slot_on, _group, _start in there}
    starts = {(group, start) for _pattern, _slot_on, group, start in there}
    horizon = timedelta(weeks=settings.SESSION_HORIZON_WEEKS)
    for pattern in patterns:
        zone = pattern.group.program.zone
        last_on = max(local_date(now, zone) + horizon, until or date.min)
        for meeting in meetings_of(pattern, zone, until=last_on):
            start = (pattern.group_id, meeting.starts_at)
            if start not in starts and (pattern.pk, meeting.held_on) not in dates:
                starts.add(start)
                yield pattern, meeting


def _cancel_on(closure: Closure, program: Program | None, now: datetime) -> int:
    """Cancel the sessions still to come on the closure's dates; return how many.

    One with attendance stays, and so does one that somebody brought back by hand.
    """
    if closure.last_on < local_date(now, closure.site.zone):
        return 0
    coming = sessions_on(closure).filter(starts_at__gt=now)
    if program is not None:
        coming = coming.filter(group__program=program)
    back = brought_back(coming).values("pk")
    keys = set(coming.order_by().exclude(pk__in=back).values_list("pk", flat=True))
    falling = keys - fixed_among(keys) if keys else keys
    return GroupSession.objects.filter(pk__in=falling).update(
        status=SessionStatus.CANCELLED, cancelled_for=closure
    )


def _session(pattern: MeetingPattern, meeting: Meeting, closure: Closure | None) -> GroupSession:
    return GroupSession(
        group_id=pattern.group_id,
        pattern=pattern,
        slot_on=meeting.held_on,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        breaks=meeting.breaks,
        room_id=pattern.room_id,
        status=SessionStatus.CANCELLED if closure else SessionStatus.SCHEDULED,
        cancelled_for=closure,
    )


def _add(fresh: Sequence[tuple[GroupSession, list[int]]]) -> Generated:
    """Store the sessions with those who lead them (their ids).

    A room or a person that another session has taken is left out, to be settled by people: one
    clash must not keep every other group's sessions from the calendar.
    """
    sessions = [session for session, _leaders in fresh]
    bookings = _bookings(min((each.starts_at for each in sessions), default=None))
    leading: list[Facilitation] = []
    without_room = without_facilitator = 0
    for session, leaders in fresh:
        times = (session.starts_at, session.ends_at)
        is_held = session.status == SessionStatus.SCHEDULED
        if is_held and session.room_id and not bookings.take(("room", session.room_id), *times):
            session.room_id, without_room = None, without_room + 1
        free = [each for each in leaders if not is_held or bookings.take(("user", each), *times)]
        without_facilitator += len(free) < len(leaders)
        leading += [Facilitation(session=session, user_id=each) for each in free]
    GroupSession.objects.bulk_create(sessions, batch_size=BATCH)
    Facilitation.objects.bulk_create(leading, batch_size=BATCH)
    closed = sum(session.cancelled_for is not None for session in sessions)
    return Generated(len(sessions), closed, 0, without_room, without_facilitator)


def _bookings(since: datetime | None) -> Bookings:
    """Return which rooms and people are taken by sessions that end after `since`."""
    if since is None:
        return Bookings()
    rooms = GroupSession.objects.filter(
        status=SessionStatus.SCHEDULED, room__isnull=False, ends_at__gt=since
    ).order_by("starts_at")
    leading = Facilitation.objects.filter(
        session__status=SessionStatus.SCHEDULED, is_former=False, session__ends_at__gt=since
    ).order_by("session__starts_at")
    booked: list[tuple[tuple[str, int | None], datetime, datetime]] = []
    for room, starts_at, ends_at in rooms.values_list("room_id", "starts_at", "ends_at"):
        booked.append((("room", room), starts_at, ends_at))
    for user, starts_at, ends_at in leading.values_list(
        "user_id", "session__starts_at", "session__ends_at"
    ):
        booked.append((("user", user), starts_at, ends_at))
    return Bookings(booked)
