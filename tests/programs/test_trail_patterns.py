"""What stands out on the trail, each pattern against an oracle that is written another way."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programs.trail.patterns import entries, pace, unusual
from programs.trail.patterns.entries import guessed_passwords, many_refusals
from programs.trail.patterns.facts import Line, Unusual
from programs.trail.patterns.nights import (
    exports_at_night,
    hours_around,
    is_shut,
    night_of,
    reads_at_night,
)
from programs.trail.patterns.pace import many_charts
from programs.trail.patterns.saying import said
from programs.trail.patterns.whose import others_people, own_record, same_surname
from tests.build import CHICAGO
from tests.programs.trail import PEOPLE, STAFF, START, facts, key, some_lines

READS = {"participant.read", "summary.exported", "emergency.read"}
# Who is who, worked out by hand from the names in `tests/programs/trail.py`.
SAME = {(1, key(1)), (1, key(2)), (3, key(4))}
KIN = {(2, key(3)), (2, key(4))}


def pairs(lines: list[Line], fit: set, verbs: set[str] | None) -> Counter:
    return Counter(
        (line.by, line.participant)
        for line in lines
        if (line.by, line.participant) in fit and (verbs is None or line.verb in verbs)
    )


def counted(findings) -> dict:
    return {(each.who, each.people[0]): each.lines for each in findings}


@given(some_lines)
def test_own_records_and_last_names(lines: list[Line]):
    assert counted(own_record(facts(lines))) == pairs(lines, SAME, None)
    assert counted(same_surname(facts(lines))) == pairs(lines, KIN, READS)


@given(some_lines, st.sets(st.tuples(st.sampled_from([1, 2, 3]), st.integers(1, 5))))
def test_who_leads_only_and_looks_at_others(lines: list[Line], led: set[tuple[int, int]]):
    own = {(who, key(number)) for who, number in led}
    found = others_people(facts(lines, leads_only=frozenset({1, 2}), own_people=frozenset(own)))
    expected: Counter[int] = Counter()
    for line in lines:
        looks = line.verb in READS - {"emergency.read"} and line.participant in PEOPLE
        expected[line.by or 0] += (
            looks and line.by in (1, 2) and (line.by, line.participant) not in own
        )
    assert {each.who: each.lines for each in found} == +expected


def offset_of_chicago(moment: datetime) -> timedelta:
    """The rule of 2026 by hand: summer time from March 8, 08:00 UTC, to November 1, 07:00 UTC."""
    spring, fall = (
        datetime(2026, 3, 8, 8, tzinfo=UTC),
        datetime(2026, 11, 1, 7, tzinfo=UTC),
    )
    is_summer = spring <= moment < fall
    return timedelta(hours=-5 if is_summer else -6)


@given(some_lines, st.integers(0, 11), st.integers(12, 23))
@example([Line(START, 1, "participant.read", key(1))], 7, 20)
def test_nights(lines: list[Line], opens: int, closes: int):
    given_facts = facts(lines, opens=time(opens), closes=time(closes))
    for find, counts in (
        (reads_at_night, lambda line: line.verb in READS - {"emergency.read"} and line.participant),
        (exports_at_night, lambda line: line.verb == "census.exported"),
    ):
        expected: Counter = Counter()
        for line in lines:
            local = line.at.replace(tzinfo=None) + offset_of_chicago(line.at)
            if counts(line) and not opens <= local.hour < closes:
                evening = local.date() - timedelta(days=1) if local.hour < 12 else local.date()
                expected[line.by, evening] += 1
        found = find(given_facts)
        assert {(each.who, night_of(each.first_at, given_facts)): each.lines for each in found} == (
            expected
        )


@pytest.mark.parametrize(
    ("moment", "shut"),
    [
        # In March 01:59 is followed by 03:00; in November 01:30 comes twice.
        ("2026-03-08T07:59:00+00:00", True),
        ("2026-03-08T08:00:00+00:00", False),
        ("2026-11-01T06:30:00+00:00", True),
        ("2026-11-01T07:30:00+00:00", True),
        ("2026-11-01T08:59:00+00:00", True),
        ("2026-11-01T09:00:00+00:00", False),
    ],
)
def test_the_nights_in_which_the_clocks_change(moment: str, shut: bool):
    at = datetime.fromisoformat(moment)
    assert is_shut(at, facts([], opens=time(3), closes=time(23))) is shut
    assert night_of(at, facts([])) == at.date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        (None, None, (time(7), time(20))),
        (time(9), time(12), (time(7), time(20))),
        (time(8, 30), time(21), (time(6, 30), time(23))),
        (time(1), time(23), (time(0), time.max)),
        (time(2), time(22), (time(0), time.max)),
    ],
)
def test_the_hours_around_the_sessions(first, last, hours):
    assert hours_around(first, last) == hours


@given(
    st.lists(st.tuples(st.integers(0, 2 * 24 * 60), st.integers(0, 9)), max_size=50),
    st.integers(2, 6),
)
@example([(0, 1), (59, 2)], 2)
@example([(0, 1), (60, 2)], 2)
def test_many_charts_in_an_hour(drawn: list[tuple[int, int]], many: int):
    """The oracle tries each look as the beginning of an hour, and counts anew."""
    lines = [
        Line(START + timedelta(minutes=minute), 1, "participant.read", key(number))
        for minute, number in drawn
    ]
    best: dict[date, int] = {}
    for first in lines:
        hour = {
            each.participant
            for each in lines
            if timedelta(0) <= each.at - first.at < timedelta(hours=1)
        }
        day = (first.at + offset_of_chicago(first.at)).date()
        if len(hour) >= many:
            best[day] = max(best.get(day, 0), len(hour))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pace, "MANY_CHARTS", many)
        found = many_charts(facts(lines))
    assert sorted(each.numbers["charts"] for each in found) == sorted(best.values())
    assert all(len(each.people) == each.numbers["charts"] for each in found)


@given(some_lines, st.integers(1, 3))
def test_many_refusals_in_a_day(lines: list[Line], many: int):
    expected: Counter = Counter()
    for line in lines:
        if line.verb == "request.limited":
            expected[line.by, (line.at + offset_of_chicago(line.at)).date()] += 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "MANY_REFUSALS", many)
        found = many_refusals(facts(lines))
    assert sorted(each.lines for each in found) == sorted(n for n in expected.values() if n >= many)


@given(
    st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40, unique_by=lambda x: x[0])
)
@example([(0, False), (59, True)])
@example([(0, False), (60, True)])
def test_a_sign_in_after_refusals(tries: list[tuple[int, bool]]):
    """The oracle looks back from each sign-in, to the one before it or an hour."""
    lines = [
        Line(
            START + timedelta(minutes=minute),
            1 if is_in else None,
            "user.signed_in" if is_in else "user.sign_in_refused",
            None,
            key(101),
        )
        for minute, is_in in sorted(tries)
    ]
    ins = [minute for minute, is_in in sorted(tries) if is_in]
    expected = []
    for number, minute in enumerate(ins):
        since = max(ins[number - 1] if number else -1, minute - 60)
        n = sum(not is_in and since < at < minute for at, is_in in tries)
        expected += [n] if n >= 2 else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "MANY_TRIES", 2)
        found = guessed_passwords(facts(lines))
    assert [each.numbers["tries"] for each in found] == expected


def test_each_pattern_says_who_when_and_how_much():
    night = datetime(2026, 11, 10, 3, 0, tzinfo=CHICAGO)
    lines = [Line(night, 1, "participant.read", key(1)), Line(night, 2, "census.exported")]
    lines += [Line(night, 2, "participant.read", key(4))]
    lines += [Line(night, None, "user.sign_in_refused", None, key(103))] * 5
    lines += [Line(night + timedelta(minutes=1), 3, "user.signed_in", None, key(103))]
    lines += [Line(night, 3, "request.limited")] * 10
    lines += [Line(night, 3, "participant.read", uuid.UUID(int=n)) for n in range(1, 61)]
    given_facts = facts(lines, leads_only=frozenset({2}))
    found = {each.kind: said(each, given_facts) for each in reversed(unusual(given_facts))}
    assert set(found) == set(Unusual)
    assert found[Unusual.MANY].sentence == "60 different charts within an hour."
    assert found[Unusual.NIGHT].sentence.endswith("outside 7:00\u202fAM to 8:00\u202fPM.") or (
        "outside" in found[Unusual.NIGHT].sentence
    )
    assert found[Unusual.GUESSED].sentence == "Signed in after 5 refusals within an hour."
    assert found[Unusual.GUESSED].who == "cleo@clinic.example"
    assert found[Unusual.OWN].people == ((key(1), "Ada Nolan"),)
    assert len(STAFF) == 3
