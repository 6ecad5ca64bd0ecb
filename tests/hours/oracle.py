"""The weekly hours worked out a second time, minute by minute, from the contract's words.

It shares no code with the product: time is a set of minute numbers, choices are tried one by one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Any

from tests.hours.drawn_clinic import DrawnClinic, DrawnGroup, DrawnSession, at

Minutes = frozenset[int]


def expected_rows(clinic: DrawnClinic) -> dict[tuple[int, int], dict[str, Any]]:
    """Return the rows of program 0, by (person, episode)."""
    begun = [day for day in clinic.rules if day <= clinic.first]
    if not begun:
        return {}
    rule = clinic.rules[max(begun)]
    rows = {}
    for person, episodes in enumerate(clinic.people):
        for index, episode in enumerate(episodes):
            days = [day for day in _week(clinic) if _covers(clinic, person, index, day)]
            if episode.program == 0 and days:
                rows[person, index] = _row(clinic, rule, person, index)
    return rows


def _number(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp()) // 60


def _week(clinic: DrawnClinic) -> list[date]:
    return [clinic.first + timedelta(days=number) for number in range(7)]


def _between(clinic: DrawnClinic, day: date, start: int, end: int) -> Minutes:
    return frozenset(range(_number(at(clinic, day, start)), _number(at(clinic, day, end))))


def _of(clinic: DrawnClinic, session: DrawnSession) -> Minutes:
    return _between(clinic, session.day, session.starts, session.ends)


def _counted(clinic: DrawnClinic, rule: dict, session: DrawnSession, minutes: Minutes) -> int:
    if rule["count"] == "scheduled_span":
        return len(minutes)
    pauses = [_between(clinic, session.day, *pause) for pause in session.breaks]
    net = len(minutes.difference(*pauses))
    return int(net * 60 / 50 + 1e-9) if rule["count"] == "clinical_hours" else net


def _covers(clinic: DrawnClinic, person: int, index: int, day: date) -> bool:
    episode = clinic.people[person][index]
    return episode.first <= day and (episode.last is None or day <= episode.last)


def _away(clinic: DrawnClinic, person: int, day: date) -> bool:
    first, last = clinic.leaves.get(person, (date.max, date.max))
    return first <= day and (last is None or day <= last)


def _member(group: DrawnGroup, person: int, index: int, day: date) -> bool:
    return any(
        (who, which) == (person, index) and first <= day and (last is None or day <= last)
        for who, which, first, last in group.members
    )


def _held(clinic: DrawnClinic, rule: dict) -> list[tuple[DrawnGroup, DrawnSession]]:
    """The program's sessions of the week that take place and count."""
    return [
        (group, session)
        for group in clinic.groups
        for session in group.sessions
        if group.program == 0
        and session.day in _week(clinic)
        and not clinic.closed(0, session.day)
        and (rule["counts"] is None or group.kind in rule["counts"])
    ]


def _expected(
    clinic: DrawnClinic, group: DrawnGroup, session: DrawnSession, person: int, index: int
) -> bool:
    day = session.day
    return (
        _covers(clinic, person, index, day)
        and not _away(clinic, person, day)
        and (_member(group, person, index, day) or (person, index) in session.seats)
    )


def _row(clinic: DrawnClinic, rule: dict, person: int, index: int) -> dict[str, Any]:
    now, episode = _number(clinic.as_of), clinic.people[person][index]
    held = [pair for pair in _held(clinic, rule) if _covers(clinic, person, index, pair[1].day)]
    by_day = {day: [0, 0] for day in _week(clinic)}
    totals = dict.fromkeys(("offered", "attended", "unrecorded", "remaining"), 0)
    ahead_each = []
    for group, session in held:
        whole = _of(clinic, session)
        record = session.records.get(person)
        amounts = dict.fromkeys(totals, 0)
        if record:
            present: set[int] = set()
            for arrived, left in record.stretches:
                end = now if left is None else _number(at(clinic, session.day, left))
                present |= set(range(_number(at(clinic, session.day, arrived)), end))
            amounts["attended"] = _counted(clinic, rule, session, whole & present)
        if _expected(clinic, group, session, person, index):
            net = _counted(clinic, rule, session, whole)
            amounts["offered"] = net
            is_over = max(whole) < now
            if is_over and not record:
                amounts["unrecorded"] = net
            elif not record:
                amounts["remaining"] = net
            elif not is_over and record and any(left is None for _, left in record.stretches):
                later = frozenset(minute for minute in whole if minute >= now)
                amounts["remaining"] = _counted(clinic, rule, session, later)
        for name, minutes in amounts.items():
            totals[name] += minutes
        ahead_each.append(amounts["remaining"])
        by_day[session.day][0] += amounts["attended"]
        by_day[session.day][1] += sum(amounts.values()) - amounts["offered"]
    begun = [day for day in episode.orders if day <= max(clinic.first, episode.first)]
    required = episode.orders[max(begun)] if begun else rule["min_minutes_per_week"]
    over = now >= _number(
        datetime.combine(_week(clinic)[6] + timedelta(days=1), time(), tzinfo=clinic.zone)
    )
    makeup = 0 if over else _makeup(clinic, rule, person, index)
    tag = _tag(clinic, person, index)
    verdict = _verdict(rule, tag, totals, required, makeup, over=over)
    possible = totals["attended"] + totals["unrecorded"] + totals["remaining"]
    least = rule["min_minutes_per_day"]
    some = [minutes for minutes in ahead_each if minutes > 0]
    flags = []
    if sum(later >= least for _, later in by_day.values()) < rule["min_days_per_week"]:
        flags.append("days_short")
    if totals["attended"] > rule["max_minutes_per_week"]:
        flags.append("over_maximum")
    if verdict == "on_track" and some and possible - required < min(some):
        flags.append("tight")
    if totals["unrecorded"]:
        flags.append("unrecorded")
    return totals | {
        "tag": tag,
        "required": required,
        "possible": possible,
        "slack": possible - required,
        "makeup": makeup,
        "qualifying_days": sum(done >= least for done, _ in by_day.values()),
        "verdict": verdict,
        "flags": flags,
    }


def _tag(clinic: DrawnClinic, person: int, index: int) -> str:
    week, episode = _week(clinic), clinic.people[person][index]
    if episode.first in week[1:]:
        return "admit_partial"
    if episode.last in week[:6]:
        return "discharge_partial"
    if any(_covers(clinic, person, index, day) and _away(clinic, person, day) for day in week):
        return "leave"
    shut = [
        session
        for group in clinic.groups
        for session in group.sessions
        if group.program == 0 and session.day in week and clinic.closed(0, session.day)
    ]
    return "closure" if shut else "full"


def _verdict(
    rule: dict, tag: str, totals: dict[str, int], required: int, makeup: int, *, over: bool
) -> str:
    lets_off = {
        "admit_partial": "partial_weeks",
        "discharge_partial": "partial_weeks",
        "leave": "leave",
        "closure": "closures",
    }
    if tag in lets_off and rule[lets_off[tag]] == "exempt":
        return "exempt"
    attended = totals["attended"]
    possible = attended + totals["unrecorded"] + totals["remaining"]
    if attended >= required:
        return "met"
    if over:
        return "not_met" if possible < required else "pending"
    if possible >= required:
        return "on_track"
    return "unreachable" if possible + makeup < required else "recoverable"


def _makeup(clinic: DrawnClinic, rule: dict, person: int, index: int) -> int:
    busy: set[int] = set()
    for group in clinic.groups:
        for session in group.sessions:
            if clinic.closed(group.program, session.day):
                continue
            for which in range(len(clinic.people[person])):
                if _member(group, person, which, session.day) or (person, which) in session.seats:
                    busy |= _of(clinic, session)
    choices = []
    for group, session in _held(clinic, rule):
        taken = sum(
            any(_expected(clinic, group, session, who, which) for which in range(len(episodes)))
            for who, episodes in enumerate(clinic.people)
        )
        fits = (
            group.format == "open"
            and not _expected(clinic, group, session, person, index)
            and person not in session.records
            and min(_of(clinic, session)) >= _number(clinic.as_of)
            and group.capacity > taken
            and _covers(clinic, person, index, session.day)
            and not _away(clinic, person, session.day)
            and not busy & _of(clinic, session)
        )
        if fits:
            choices.append(session)
    best = 0
    for size in range(1, len(choices) + 1):
        for some in combinations(choices, size):
            minutes = [_of(clinic, session) for session in some]
            if len(frozenset().union(*minutes)) == sum(map(len, minutes)):
                best = max(
                    best,
                    sum(
                        _counted(clinic, rule, session, whole)
                        for session, whole in zip(some, minutes, strict=True)
                    ),
                )
    return best
