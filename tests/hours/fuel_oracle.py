"""The gauge of an authorization worked out a second time, minute by minute, from a drawn clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.hours.drawn_clinic import DrawnClinic, DrawnGroup, DrawnSession, at

Minutes = set[int]


@dataclass(frozen=True)
class DrawnAuthorization:
    """What a payer approved for one episode of program 0."""

    person: int
    index: int
    unit: str
    approved: int
    first: date
    last: date
    days_per_week: int | None


@st.composite
def authorizations(draw: st.DrawFn, clinic: DrawnClinic) -> list[DrawnAuthorization]:
    """Return at most one for each episode of program 0, around the drawn dates."""
    found = []
    for person, episodes in enumerate(clinic.people):
        for index, episode in enumerate(episodes):
            if episode.program == 0 and draw(st.integers(0, 4)):
                first = clinic.first + timedelta(days=draw(st.integers(-12, 9)))
                found.append(
                    DrawnAuthorization(
                        person,
                        index,
                        draw(st.sampled_from(["day", "hour", "quarter_hour"])),
                        draw(st.integers(1, 12)),
                        first,
                        first + timedelta(days=draw(st.integers(0, 20))),
                        draw(st.sampled_from([None, 1, 2, 3])),
                    )
                )
    return found


def is_shown(clinic: DrawnClinic, drawn: DrawnAuthorization) -> bool:
    """Whether neither the authorization nor the episode is over on today's date there."""
    today = clinic.as_of.astimezone(clinic.zone).date()
    last = clinic.people[drawn.person][drawn.index].last
    return drawn.last >= today and (last is None or last >= today)


def expected_gauge(clinic: DrawnClinic, drawn: DrawnAuthorization) -> dict[str, Any]:
    """Return what the gauge must say."""
    sums = dict.fromkeys(("used", "waiting", "scheduled"), 0)
    runs_out_on, reached = None, 0
    today = clinic.as_of.astimezone(clinic.zone).date()
    by_week: dict[date, int] = {}
    day = drawn.first
    while day <= drawn.last:
        credited, unrecorded, expected = _minutes(clinic, drawn, day)
        now, later, most = (
            _units(clinic, drawn, day, minutes)
            for minutes in (credited, credited + unrecorded, credited + unrecorded + expected)
        )
        sums["used"] += now
        sums["waiting"] += later - now
        sums["scheduled"] += most - later
        reached += most
        if runs_out_on is None and reached >= drawn.approved:
            runs_out_on = day
        by_week[_week_of(clinic, day)] = by_week.get(_week_of(clinic, day), 0) + (most > 0)
        day += timedelta(days=1)
    over = [
        week
        for week, count in by_week.items()
        if drawn.days_per_week and count > drawn.days_per_week and week + timedelta(days=6) >= today
    ]
    return {**sums, "runs_out_on": runs_out_on, "weeks_over": tuple(sorted(over))}


def _week_of(clinic: DrawnClinic, day: date) -> date:
    while day.weekday() != clinic.week_starts_on:
        day -= timedelta(days=1)
    return day


def _rule(clinic: DrawnClinic, day: date) -> dict[str, Any] | None:
    begun = [since for since in clinic.rules if since <= _week_of(clinic, day)]
    return clinic.rules[max(begun)] if begun else None


def _units(clinic: DrawnClinic, drawn: DrawnAuthorization, day: date, minutes: int) -> int:
    rule = _rule(clinic, day)
    if rule is None:
        return 0
    if drawn.unit == "day":
        return 1 if minutes >= rule["min_minutes_per_day"] else 0
    step = 60 if drawn.unit == "hour" else 15
    return len(range(step, minutes + 1, step))


def _minutes(clinic: DrawnClinic, drawn: DrawnAuthorization, day: date) -> tuple[int, int, int]:
    """Return the date's minutes credited, over without a record, and still expected."""
    rule, found = _rule(clinic, day), [0, 0, 0]
    if rule is None or clinic.closed(0, day) or not _is_of_episode(clinic, drawn, day):
        return 0, 0, 0
    for group in clinic.groups:
        for session in group.sessions:
            is_counted = rule["counts"] is None or group.kind in rule["counts"]
            if group.program == 0 and session.day == day and is_counted:
                of_one = _of_session(clinic, rule, group, session, drawn)
                found = [a + b for a, b in zip(found, of_one, strict=True)]
    return found[0], found[1], found[2]


def _of_session(
    clinic: DrawnClinic,
    rule: dict[str, Any],
    group: DrawnGroup,
    session: DrawnSession,
    drawn: DrawnAuthorization,
) -> tuple[int, int, int]:
    now = _number(clinic.as_of)
    whole = _between(clinic, session, session.starts, session.ends)
    record = session.records.get(drawn.person)
    is_over, is_expected = max(whole) < now, _is_expected(clinic, group, session, drawn)
    if record is None:
        net = _counted(clinic, rule, session, whole) if is_expected else 0
        return (0, net, 0) if is_over else (0, 0, net)
    there: Minutes = set()
    for arrived, left in record.stretches:
        end = now if left is None else _number(at(clinic, session.day, left))
        there |= set(range(_number(at(clinic, session.day, arrived)), end))
    ahead: Minutes = set()
    if is_expected and not is_over and any(left is None for _, left in record.stretches):
        ahead = {minute for minute in whole if minute >= now}
    return (
        _counted(clinic, rule, session, whole & there),
        0,
        _counted(clinic, rule, session, ahead),
    )


def _counted(
    clinic: DrawnClinic, rule: dict[str, Any], session: DrawnSession, minutes: Minutes
) -> int:
    if rule["count"] == "scheduled_span":
        return len(minutes)
    for pause in session.breaks:
        minutes = minutes - _between(clinic, session, *pause)
    return len(minutes) * 6 // 5 if rule["count"] == "clinical_hours" else len(minutes)


def _is_of_episode(clinic: DrawnClinic, drawn: DrawnAuthorization, day: date) -> bool:
    episode = clinic.people[drawn.person][drawn.index]
    return episode.first <= day <= (episode.last or date.max)


def _is_expected(
    clinic: DrawnClinic, group: DrawnGroup, session: DrawnSession, drawn: DrawnAuthorization
) -> bool:
    own, day = (drawn.person, drawn.index), session.day
    leave = clinic.leaves.get(drawn.person)
    if leave and leave[0] <= day <= (leave[1] or date.max):
        return False
    is_member = any(
        (person, index) == own and first <= day <= (last or date.max)
        for person, index, first, last in group.members
    )
    return is_member or own in session.seats


def _number(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp()) // 60


def _between(clinic: DrawnClinic, session: DrawnSession, start: int, end: int) -> Minutes:
    return set(
        range(_number(at(clinic, session.day, start)), _number(at(clinic, session.day, end)))
    )
