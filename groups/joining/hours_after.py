"""One person's offered hours week by week, before and after a place in a group changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from groups.joining.sessions import Sessions, left_sessions, sessions_of
from groups.joining.stay import Stay
from groups.models import GroupMembership, GroupSession
from groups.schedule.offered_change import OfferedChange
from groups.schedule.offered_rows import WeekRules, offered_sessions
from programs.models import Enrollment, Leave
from programs.weeks import DAYS, Week

Minutes = dict[date, int]


def hours_with(stay: Stay) -> list[OfferedChange]:
    """Return the weeks that the new place alters, as far as sessions are in the calendar."""
    gains = sessions_of(stay.group, first_on=stay.first_on, last_on=stay.until)
    loses = left_sessions(stay.leaves, since=stay.first_on) if stay.leaves else []
    return _changes(stay.enrollment, gains, loses)


def hours_without(membership: GroupMembership, *, since: date) -> list[OfferedChange]:
    """Return the weeks that are altered when the place counts no more from a date on."""
    return _changes(membership.enrollment, [], left_sessions(membership, since=since))


def hours_begun_later(membership: GroupMembership, *, first_on: date) -> list[OfferedChange]:
    """Return the weeks that are altered when the place begins on a later date."""
    lost = left_sessions(membership, since=membership.first_on)
    return _changes(membership.enrollment, [], [s for s in lost if s.held_on < first_on])


def _changes(enrollment: Enrollment, gains: Sessions, loses: Sessions) -> list[OfferedChange]:
    days = [each.held_on for each in (*gains, *loses)]
    if not days:
        return []
    rules = WeekRules(enrollment.program, [enrollment.pk])
    weeks = _weeks(rules.week_of(min(days)), rules.week_of(max(days)))
    before, after = _minutes(enrollment, gains, loses, rules, weeks)
    found = []
    for week in weeks:
        was, will_be = (_some(each, week) for each in (before, after))
        if was != will_be:
            required = rules.required(enrollment.pk, enrollment.admitted_on, week)
            found.append(OfferedChange(enrollment, week.first_on, was, will_be, required))
    return found


def _minutes(
    enrollment: Enrollment,
    gains: Sessions,
    loses: Sessions,
    rules: WeekRules,
    weeks: Sequence[Week],
) -> tuple[Minutes, Minutes]:
    """Return the minutes by date before and after; a session counts once however one is in it."""
    before: Minutes = defaultdict(int)
    after: Minutes = defaultdict(int)
    lost, there = {each.pk for each in loses}, set()
    for each in offered_sessions([enrollment.pk], weeks[0].first_on, weeks[-1].last_on):
        span = (each.starts_at, each.ends_at)
        minutes = rules.minutes(each.held_on, each.kind, span, each.breaks)
        before[each.held_on] += minutes
        if each.session not in lost:
            after[each.held_on] += minutes
            there.add(each.session)
    for session in _expecting(enrollment, gains):
        if session.pk not in there:
            span = (session.starts_at, session.ends_at)
            kind = session.group.kind
            after[session.held_on] += rules.minutes(session.held_on, kind, span, session.breaks)
    return before, after


def _expecting(enrollment: Enrollment, sessions: Sessions) -> Iterable[GroupSession]:
    """Yield the sessions on dates on which the person is not on leave."""
    leaves = list(Leave.objects.filter(participant=enrollment.participant_id))
    for session in sessions:
        day = session.held_on
        if not any(
            each.first_on <= day and (each.last_on is None or day <= each.last_on)
            for each in leaves
        ):
            yield session


def _weeks(first: Week, last: Week) -> list[Week]:
    return [
        first.moved(number) for number in range((last.first_on - first.first_on).days // DAYS + 1)
    ]


def _some(minutes: Minutes, week: Week) -> Minutes:
    """Return the week's dates on which anything is offered."""
    return {day: minutes[day] for day in week.dates if minutes.get(day)}
