"""The demo clinic as it is made up: pure, the same for the same dates, alive at every hour."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, pairwise

import pytest

from iop.demo.folder import ZONE, anchor_for, whole_folder
from iop.demo.people import episodes, people
from iop.demo.timetable import CHAIN, LEADS, TODAY, Meeting, groups, meetings
from iop.demo.visits import Visit, visits

HOURS = (time(3), time(6), time(12), time(17, 30), time(21, 59), time(22))
# A week around each of the days on which the clocks change, and the days themselves.
DAYS = [
    first + timedelta(days=number)
    for first in (date(2026, 3, 6), date(2026, 10, 29))
    for number in range(7)
]
MOMENTS = [datetime.combine(day, hour, tzinfo=ZONE) for day in DAYS for hour in HOURS]


def local(now: datetime) -> datetime:
    return now.replace(tzinfo=None)


def recorded(now: datetime, anchor: date | None = None) -> list[Visit]:
    return list(visits(anchor or anchor_for(now), local(now)))


def test_the_chain_leaves_no_minute_between_six_and_ten():
    for day in range(7):
        slots = sorted((each.starts, each.ends) for each in CHAIN if day in each.days)
        assert (slots[0][0], slots[-1][1]) == (time(6), time(22))
        assert all(before[1] == after[0] for before, after in pairwise(slots))


def test_the_demos_facilitator_leads_all_of_it():
    assert all(LEADS in group.leaders for group in CHAIN)


def overlap(one, other) -> bool:
    same_day = set(one.days) & set(other.days)
    return bool(same_day) and one.starts < other.ends and other.starts < one.ends


def test_no_room_and_no_leader_is_taken_twice():
    for one, other in combinations(groups(), 2):
        if overlap(one, other):
            assert one.room != other.room
            assert not set(one.leaders) & set(other.leaders)


def test_nobody_is_in_two_groups_at_once():
    by_name = {group.name: group for group in groups()}
    for episode in episodes():
        for one, other in combinations(episode.groups, 2):
            assert not overlap(by_name[one], by_name[other]), episode


def test_everyone_is_told_apart():
    everyone = people()
    assert 35 <= len(everyone) <= 40
    assert len({each.chart_number for each in everyone}) == len(everyone)
    mail = [each.email for each in everyone if each.email]
    assert len(set(mail)) == len(mail)
    assert all(each.endswith("@mail.example") and each.isascii() for each in mail)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_same_dates_give_the_same_folder(now: datetime):
    anchor = anchor_for(now)
    assert anchor + timedelta(days=TODAY) == now.date()
    assert anchor_for(now.astimezone(UTC)) == anchor
    assert whole_folder(anchor, now) == whole_folder(anchor, now.astimezone(UTC))


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_a_group_is_in_progress_and_somebody_is_in_it(now: datetime):
    clock = local(now)
    running = [
        each
        for each in meetings(anchor_for(now), now.date())
        if each.starts <= clock < each.ends and LEADS in each.group.leaders
    ]
    assert len(running) == (1 if time(6) <= now.time() < time(22) else 0)
    if running and running[0].starts + timedelta(minutes=5) <= clock:
        here = [each for each in recorded(now) if each.meeting == running[0]]
        assert here
        assert any(each.left is None for each in here)


@pytest.mark.parametrize("now", MOMENTS[:: len(HOURS) + 1], ids=str)
def test_exactly_one_ended_session_is_not_recorded(now: datetime):
    anchor = anchor_for(now)
    held = {
        (each.group.name, each.starts)
        for each in meetings(anchor, now.date())
        if each.ends <= local(now) and any(e.expects(each.group, each.day) for e in episodes())
    }
    marked = {(each.meeting.group.name, each.meeting.starts) for each in recorded(now)}
    missing = held - marked
    assert len(missing) == 1
    assert max(starts for _group, starts in held) == missing.pop()[1]


def whole(found: list[Visit], until: datetime) -> dict[tuple, list[Visit]]:
    sets: dict[tuple, list[Visit]] = defaultdict(list)
    for each in found:
        if each.meeting.ends <= until:
            sets[each.meeting.group.name, each.meeting.starts, each.person.key].append(each)
    return sets


@pytest.mark.parametrize("days", [0, 1, 5, 30])
def test_what_is_past_stays_as_it_was(days: int):
    now = datetime(2026, 3, 6, 12, tzinfo=ZONE)
    later = now + timedelta(days=days, hours=5)
    anchor = anchor_for(now)
    before, after = whole(recorded(now), local(now)), whole(recorded(later, anchor), local(now))
    assert before.items() <= after.items()
    assert len(recorded(later, anchor)) > len(recorded(now))


def test_nothing_is_recorded_ahead_of_its_time():
    for now in MOMENTS:
        for each in recorded(now)[-200:]:
            assert each.arrived is None or each.arrived <= local(now)
            assert each.left is None or each.left <= local(now) or each.meeting.ends <= local(now)


def test_a_life_of_all_kinds():
    found = recorded(MOMENTS[2])
    sets = list(whole(found, local(MOMENTS[2])).values())
    absences = Counter(each[0].absence for each in sets if each[0].arrived is None)
    assert set(absences) == {"excused", "unexcused", "no_call", ""}
    assert sum(len(each) == 2 for each in sets) > 20, "pulled out and back"
    assert sum(is_late(each[0]) for each in sets) > 50
    assert sum(leaves_early(each[-1]) for each in sets) > 10
    assert sum(absences.values()) < len(sets) / 6


def is_late(visit: Visit) -> bool:
    return bool(visit.arrived and visit.arrived > visit.meeting.starts + timedelta(minutes=5))


def leaves_early(visit: Visit) -> bool:
    return bool(visit.left and visit.left < visit.meeting.ends - timedelta(minutes=5))


def test_a_closed_day_holds_no_session_of_its_program():
    held: list[Meeting] = [
        each for each in meetings(date(2026, 1, 5), date(2026, 3, 5)) if each.day == TODAY - 3
    ]
    assert {each.group.program for each in held} == {"sud-evening"}
