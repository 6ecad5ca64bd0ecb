"""What a change of a weekly slot would do to its sessions: begin, change from a date on, end.

A slot's dates stand for its sessions: each session fills one (`slot_on`). When a slot changes from
a date on, the old one ends the day before, a new one begins, and every session moves to the new
slot's date in the same week. A session that must stay keeps its time and fills that date all the
same, so that none is doubled and none vanishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from groups.meeting_dates import Meeting, dates_of, first_date_of, meeting_on
from groups.models import ChangeKind, GroupSession, MeetingPattern, SessionStatus, TherapyGroup
from groups.schedule.edit import (
    CannotSchedule,
    Edit,
    Kept,
    SessionEdit,
    SlotEdit,
    SlotWish,
    Why,
)
from groups.schedule.fixed import fixed_among
from groups.schedule.placing import check_slot, closed_dates
from groups.schedule.proposal import Proposal, as_proposal, with_leader_keys
from groups.wording import short_day
from programs.models import Program
from programs.weeks import local_date


def plan_slots(*, group: TherapyGroup, wishes: Sequence[SlotWish], now: datetime) -> Edit:
    """Return new weekly slots of the group with their sessions to the horizon."""
    today = local_date(now, group.program.zone)
    for wish in wishes:
        check_slot(group, wish)
        first_at = meeting_on(wish, first_date_of(wish), group.program.zone).starts_at
        if wish.first_on < today or first_at <= now:
            words = _("A new slot begins later than now. Choose a later first day.")
            raise CannotSchedule({"first_on": [words]})
    sessions = [
        session
        for index, wish in enumerate(wishes)
        for session in _fresh(group, wish, index, _horizon(group.program, now))
    ]
    slots = [SlotEdit(group.pk, wish) for wish in wishes]
    return Edit(ChangeKind.SERIES, group.program, sessions, slots)


def plan_slot_change(
    *, pattern: MeetingPattern, wish: SlotWish, from_on: date, now: datetime
) -> Edit:
    """Return the slot changed from its next date on or after `from_on`.

    `wish.first_on` is worked out here.
    """
    from_on = _date_since(pattern, from_on)
    held = _held_since(pattern, from_on)
    leaders = {user for each in held for user in each.proposal.leaders}
    wish = replace(wish, first_on=_first_date(pattern, wish, from_on))
    check_slot(pattern.group, wish, led_by=leaders | set(_pattern_leaders(pattern)))
    return _Change(pattern, wish, from_on, now).edit(held)


def plan_slot_end(*, pattern: MeetingPattern, last_on: date, now: datetime) -> Edit:
    """Return the slot ended after a date; what is still to come after it leaves the calendar."""
    zone = pattern.group.program.zone
    if last_on < local_date(now, zone) - timedelta(days=1):
        raise CannotSchedule({"last_on": [_("This date is over. End the slot today or later.")]})
    if pattern.last_on is not None and last_on > pattern.last_on:
        raise CannotSchedule({"last_on": [_("The slot ends before that already.")]})
    held = _held_since(pattern, last_on + timedelta(days=1))
    gone = [each for each in held if each.why(now) in (None, Why.BY_HAND, Why.CANCELLED)]
    return Edit(
        ChangeKind.SERIES,
        pattern.group.program,
        [SessionEdit(each.proposal, SessionStatus.WITHDRAWN) for each in gone],
        ends={pattern.pk: last_on if last_on >= pattern.first_on else None},
        kept=[each.kept(why) for each in held if (why := each.why(now)) and each not in gone],
    )


@dataclass(frozen=True)
class _Held:
    """A stored session of a slot with what keeps it; `usual` is the slot's meeting that day."""

    proposal: Proposal
    slot_on: date
    usual: Meeting
    status: str
    is_closed: bool
    is_fixed: bool

    def why(self, now: datetime) -> Why | None:
        """Return why it must stay where it is, if it must."""
        if self.is_fixed:
            return Why.RECORDED
        if self.status == SessionStatus.CANCELLED and not self.is_closed:
            return Why.CANCELLED
        if self.proposal.starts_at <= now:
            return Why.BEGUN
        times = (self.proposal.starts_at, self.proposal.ends_at)
        return None if times == (self.usual.starts_at, self.usual.ends_at) else Why.BY_HAND

    def kept(self, why: Why, slot_on: date | None = None) -> Kept:
        slot = None if slot_on is None else 0
        return Kept(self.proposal.key or 0, self.proposal.held_on, why, slot, slot_on)


def _held_since(pattern: MeetingPattern, day: date) -> list[_Held]:
    """Return the slot's sessions that fill a date on or after `day`, withdrawn ones left out."""
    found = GroupSession.objects.in_calendar().filter(pattern=pattern, slot_on__gte=day)
    sessions = list(with_leader_keys(found).order_by("slot_on"))
    fixed = fixed_among([each.pk for each in sessions])
    zone = pattern.group.program.zone
    return [
        _Held(
            proposal=as_proposal(each),
            slot_on=each.slot_on or each.held_on,
            usual=meeting_on(pattern, each.slot_on or each.held_on, zone),
            status=each.status,
            is_closed=each.cancelled_for_id is not None,
            is_fixed=each.pk in fixed,
        )
        for each in sessions
    ]


def _date_since(pattern: MeetingPattern, day: date) -> date:
    """Return the slot's next date. Raises CannotSchedule where it has ended, perhaps just now."""
    weeks = timedelta(weeks=pattern.every_weeks + 1)
    until = min(max(day, pattern.first_on) + weeks, pattern.last_on or date.max)
    found = next((each for each in dates_of(pattern, until=until) if each >= day), None)
    if found is None:
        words = _("The slot ends before %(day)s, or was changed meanwhile. Look at it again.")
        raise CannotSchedule({"__all__": [words % {"day": short_day(day)}]})
    return found


def _first_date(pattern: MeetingPattern, wish: SlotWish, from_on: date) -> date:
    """Return the new slot's date in the week of the old slot's first changed date."""
    week = pattern.group.program.week_of(from_on)
    return next(day for day in week.dates if day.weekday() == wish.weekday)


def _pattern_leaders(pattern: MeetingPattern) -> list[int]:
    leading = pattern.facilitators.filter(is_former=False)
    return list(leading.values_list("user", flat=True))


def _horizon(program: Program, now: datetime) -> date:
    return local_date(now, program.zone) + timedelta(weeks=settings.SESSION_HORIZON_WEEKS)


def _fresh(group: TherapyGroup, wish: SlotWish, index: int, until: date) -> Iterable[SessionEdit]:
    """Yield the sessions of a new slot; none on closed dates is held."""
    program, days = group.program, list(dates_of(wish, until=until))
    closed = closed_dates(program, days[0], days[-1]) if days else {}
    for day in days:
        meeting = meeting_on(wish, day, program.zone)
        if meeting.starts_at < meeting.ends_at:
            proposal = _proposal(group.pk, None, meeting, wish.room, wish.leaders)
            yield _on_open_day(SessionEdit(proposal, slot=index, slot_on=day), closed)


def _proposal(
    group: int, key: int | None, meeting: Meeting, room: int | None, leaders: Iterable[int]
) -> Proposal:
    return Proposal(
        key=key,
        group=group,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        breaks=meeting.breaks,
        room=room,
        leaders=tuple(sorted(set(leaders))),
    )


def _on_open_day(edit: SessionEdit, closed: Mapping[date, int]) -> SessionEdit:
    """Return the session, cancelled for the closure of its date if there is one."""
    closure = closed.get(edit.proposal.held_on)
    if closure is None:
        return edit
    return replace(edit, status=SessionStatus.CANCELLED, cancelled_for=closure)


class _Change:
    """One slot that becomes another from a date on."""

    def __init__(
        self, pattern: MeetingPattern, wish: SlotWish, from_on: date, now: datetime
    ) -> None:
        self.pattern, self.wish, self.from_on, self.now = pattern, wish, from_on, now
        self.program = pattern.group.program
        self.old_leaders = set(_pattern_leaders(pattern))

    def edit(self, held: Sequence[_Held]) -> Edit:
        """Return the whole change of the sessions that fill a date from then on."""
        until = max([_horizon(self.program, self.now), *(each.slot_on for each in held)])
        dates = {self._week(day): day for day in dates_of(self.wish, until=until)}
        closed = closed_dates(self.program, self.wish.first_on, until + timedelta(days=7))
        sessions, kept, filled = [], [], set()
        for each in held:
            day = dates.get(self._week(each.slot_on))
            why = each.why(self.now) or self._why_too_late(day)
            if why is not None:
                kept.append(each.kept(why, day))
            elif day is None:
                sessions.append(SessionEdit(each.proposal, SessionStatus.WITHDRAWN))
            else:
                sessions.append(self._moved(each, day, closed))
            filled.add(day)
        sessions += [_on_open_day(each, closed) for each in self._added(dates.values(), filled)]
        wish = replace(self.wish, first_on=self._begins(filled))
        slot = SlotEdit(self.pattern.group_id, wish, follows=self.pattern.pk)
        return Edit(ChangeKind.SERIES, self.program, sessions, [slot], self._ends(), kept)

    def _ends(self) -> dict[int, date | None]:
        """Return the old slot's last day, the day before; None where it never began."""
        last_on = self.from_on - timedelta(days=1)
        return {self.pattern.pk: last_on if last_on >= self.pattern.first_on else None}

    def _begins(self, filled: set[date | None]) -> date:
        """Return the new slot's first date; one that is over and that no session fills is not."""
        day = self.wish.first_on
        while day not in filled and self._why_too_late(day):
            day += timedelta(weeks=self.wish.every_weeks)
        return day

    def _week(self, day: date) -> date:
        return self.program.week_of(day).first_on

    def _why_too_late(self, day: date | None) -> Why | None:
        """Return that the new time is over, so that this week's session stays where it is."""
        if day is None:
            return None
        starts_at = meeting_on(self.wish, day, self.program.zone).starts_at
        return Why.TOO_LATE if starts_at <= self.now else None

    def _moved(self, held: _Held, day: date, closed: Mapping[date, int]) -> SessionEdit:
        """Return the session on its new date; a room or leader given to it alone stays with it.

        One that somebody brought back on a closed date is held there still.
        """
        meeting = meeting_on(self.wish, day, self.program.zone)
        old = held.proposal
        room = self.wish.room if old.room == self.pattern.room_id else old.room
        stayed = set(old.leaders) - (self.old_leaders - set(self.wish.leaders))
        leaders = stayed | (set(self.wish.leaders) - self.old_leaders)
        proposal = _proposal(old.group, old.key, meeting, room, leaders)
        edit = SessionEdit(proposal, slot=0, slot_on=day)
        is_held_anyway = held.status == SessionStatus.SCHEDULED and day == old.held_on
        return edit if is_held_anyway else _on_open_day(edit, closed)

    def _added(self, dates: Iterable[date], filled: set[date | None]) -> Iterable[SessionEdit]:
        """Yield the new slot's dates that no session fills."""
        for day in sorted(set(dates) - filled):
            meeting = meeting_on(self.wish, day, self.program.zone)
            if self.now < meeting.starts_at < meeting.ends_at:
                leaders, room = self.wish.leaders, self.wish.room
                proposal = _proposal(self.pattern.group_id, None, meeting, room, leaders)
                yield SessionEdit(proposal, slot=0, slot_on=day)


def next_date_of(pattern: MeetingPattern, now: datetime) -> date | None:
    """Return the slot's first date whose session is still to come; None where it has ended."""
    zone = pattern.group.program.zone
    today = local_date(now, zone)
    limit = max(today, first_date_of(pattern)) + timedelta(weeks=2 * pattern.every_weeks)
    for day in dates_of(pattern, until=min(limit, pattern.last_on or limit)):
        if meeting_on(pattern, day, zone).starts_at > now:
            return day
    return None
