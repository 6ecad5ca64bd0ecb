"""What a session owes, and when somebody is told: the rules, case by case and against an oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.owed.rule import Facts, OwedKind, what_is_owed
from attendance.owed.telling import to_be_told
from tests.build import CHICAGO, MONDAY, moment

ENDS = moment(MONDAY, "10:30")
LATER = moment(MONDAY, "20:00")
MIDNIGHT = moment("2026-11-24", "00:00")
FACTS = Facts(
    held_on=MONDAY,
    ends_at=ENDS,
    is_closed=False,
    expected=4,
    unmarked=4,
    recorded=0,
    signed_at=None,
    notes_due_hours=24,
)
RECORDED = replace(FACTS, unmarked=0, recorded=4)
SIGNED = replace(RECORDED, signed_at=ENDS)
NOTED = replace(SIGNED, notes_signed_at=LATER, needs_cosignature=True)


def owed(facts: Facts, now: datetime = LATER) -> OwedKind | None:
    debt = what_is_owed(facts, zone=CHICAGO, now=now)
    return debt.kind if debt else None


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (FACTS, OwedKind.RECORD),
        (replace(FACTS, unmarked=1, recorded=3), OwedKind.RECORD),
        # Three of four, and somebody who walked in: one is still unmarked.
        (replace(FACTS, unmarked=1, recorded=4), OwedKind.RECORD),
        (RECORDED, OwedKind.SIGN),
        (replace(RECORDED, recorded=5), OwedKind.SIGN),
        # Nobody was expected, but somebody came.
        (replace(FACTS, expected=0, unmarked=0, recorded=1), OwedKind.SIGN),
        (replace(FACTS, expected=0, unmarked=0), None),
        (replace(SIGNED, expected=0, recorded=0), None),
        # Somebody joined after the signature: it is signed all the same.
        (replace(SIGNED, expected=5, unmarked=1), OwedKind.NOTES),
        (SIGNED, OwedKind.NOTES),
        (NOTED, OwedKind.COSIGN),
        (replace(NOTED, is_cosigned=True), None),
        (replace(NOTED, needs_cosignature=False), None),
        (replace(FACTS, is_closed=True), None),
        (replace(SIGNED, is_closed=True), None),
    ],
)
def test_one_thing_at_a_time(facts: Facts, kind: OwedKind | None):
    assert owed(facts) == kind
    assert owed(facts, ENDS - timedelta(seconds=1)) is None


def test_it_is_owed_from_its_end_on():
    assert owed(FACTS, ENDS) is OwedKind.RECORD


@pytest.mark.parametrize(
    ("facts", "due_at"),
    [
        (FACTS, MIDNIGHT),
        (RECORDED, MIDNIGHT),
        (SIGNED, ENDS + timedelta(hours=24)),
        (replace(SIGNED, notes_due_hours=72), ENDS + timedelta(hours=72)),
    ],
)
def test_until_when(facts: Facts, due_at: datetime):
    before = what_is_owed(facts, zone=CHICAGO, now=due_at - timedelta(seconds=1))
    after = what_is_owed(facts, zone=CHICAGO, now=due_at)
    assert before is not None
    assert after is not None
    assert (before.due_at, before.is_overdue) == (due_at, False)
    assert (after.due_at, after.is_overdue) == (due_at, True)


def test_a_cosignature_is_due_on_no_day():
    debt = what_is_owed(NOTED, zone=CHICAGO, now=LATER + timedelta(days=90))
    assert debt is not None
    assert (debt.due_at, debt.is_overdue) == (None, False)


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        # The day on which the clocks go back ends at UTC−6, the one on which they go on at UTC−5.
        ("2026-11-01", datetime(2026, 11, 2, 6, tzinfo=UTC)),
        ("2026-10-31", datetime(2026, 11, 1, 5, tzinfo=UTC)),
        ("2026-03-08", datetime(2026, 3, 9, 5, tzinfo=UTC)),
        ("2026-03-07", datetime(2026, 3, 8, 6, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_its_own_midnight_when_the_clocks_change(day: str, midnight: datetime):
    facts = replace(FACTS, held_on=date.fromisoformat(day), ends_at=moment(day, "10:30"))
    debt = what_is_owed(facts, zone=CHICAGO, now=facts.ends_at)
    assert debt is not None
    assert debt.due_at == midnight
    noted = what_is_owed(
        replace(facts, unmarked=0, recorded=4, signed_at=facts.ends_at),
        zone=CHICAGO,
        now=facts.ends_at,
    )
    assert noted is not None
    # Twenty-four hours are twenty-four hours, whatever the clock on the wall says.
    assert noted.due_at == facts.ends_at + timedelta(hours=24)


def told(facts: Facts, now: datetime, zone: ZoneInfo = CHICAGO) -> list[tuple[str, datetime]]:
    return [(each.kind.value, each.due_at) for each in to_be_told(facts, zone=zone, now=now)]


HALF_PAST = ENDS + timedelta(minutes=30)
EVENING = moment(MONDAY, "20:30")


def test_half_an_hour_after_the_end_and_in_the_evening():
    assert told(FACTS, HALF_PAST - timedelta(seconds=1)) == []
    assert told(FACTS, HALF_PAST) == [("record", HALF_PAST)]
    assert told(FACTS, EVENING) == [("record", HALF_PAST), ("sign", EVENING)]
    assert told(RECORDED, HALF_PAST) == []
    assert told(RECORDED, EVENING) == [("sign", EVENING)]


def test_a_late_session_has_its_half_hour_too():
    late = moment(MONDAY, "20:45")
    at = late + timedelta(minutes=30)
    assert told(replace(RECORDED, ends_at=late), EVENING) == []
    assert told(replace(RECORDED, ends_at=late), at) == [("sign", at)]
    # One message, not two.
    assert told(replace(FACTS, ends_at=late), at) == [("record", at)]


def test_notes_once_they_are_overdue_and_attendance_is_signed():
    due = ENDS + timedelta(hours=24)
    assert told(SIGNED, due - timedelta(seconds=1)) == []
    assert told(SIGNED, due) == [("notes", due)]
    later = due + timedelta(days=5)
    assert told(replace(SIGNED, signed_at=later), later) == [("notes", later)]


def test_a_cosignature_at_once():
    assert told(NOTED, LATER) == [("cosign", LATER)]
    assert told(replace(NOTED, is_cosigned=True), LATER) == []


def test_what_is_old_is_no_news():
    telling = to_be_told(FACTS, zone=CHICAGO, now=EVENING)[0]
    assert telling.is_news(HALF_PAST + timedelta(days=3))
    assert not telling.is_news(HALF_PAST + timedelta(days=3, seconds=1))


@pytest.mark.parametrize("day", ["2026-11-01", "2026-03-08"])
def test_the_evening_is_by_the_clock_on_the_wall(day: str):
    on: dict[str, Any] = {"held_on": date.fromisoformat(day), "ends_at": moment(day, "10:30")}
    at = moment(day, "20:30")
    assert told(replace(RECORDED, **on), at) == [("sign", at)]
    assert told(replace(RECORDED, **on), at - timedelta(seconds=1)) == []


# --- an oracle, written as a table of who is next -----------------------------------------------


def oracle(facts: Facts, now: datetime, zone: ZoneInfo) -> tuple[str, bool] | None:
    """Walk through the four steps and stop at the first that is not done."""
    somebody = max(facts.expected, facts.recorded) > 0
    is_open = somebody and not facts.is_closed
    next_midnight = datetime.combine(facts.held_on, datetime.min.time(), zone) + timedelta(days=1)
    notes_late = (now - facts.ends_at).total_seconds() >= 3600 * facts.notes_due_hours
    has_notes = facts.notes_signed_at is not None
    steps: list[tuple[str, bool, Any]] = [
        ("record", is_open and facts.signed_at is None and facts.unmarked > 0, None),
        ("sign", is_open and facts.signed_at is None, None),
        ("notes", is_open, notes_late),
    ]
    if has_notes:
        steps = [("cosign", facts.needs_cosignature and not facts.is_cosigned, False)]
    if now < facts.ends_at:
        return None
    day_over = now.astimezone(UTC) >= next_midnight.astimezone(UTC)
    return next(
        ((name, day_over if late is None else late) for name, waits, late in steps if waits), None
    )


@st.composite
def facts_and_moment(draw: st.DrawFn) -> tuple[Facts, datetime]:
    day = draw(st.sampled_from(["2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01"]))
    ends = moment(day, draw(st.sampled_from(["01:30", "10:30", "20:30", "23:59"])))
    expected = draw(st.integers(0, 3))
    unmarked = draw(st.integers(0, expected))
    walk_ins = draw(st.integers(0, 2))
    signed_at = draw(st.sampled_from([None, ends]))
    noted = draw(st.booleans()) and signed_at is not None
    facts = Facts(
        held_on=date.fromisoformat(day),
        ends_at=ends,
        is_closed=draw(st.booleans()),
        expected=expected,
        unmarked=unmarked,
        recorded=expected - unmarked + walk_ins,
        signed_at=signed_at,
        notes_due_hours=draw(st.sampled_from([1, 24, 168])),
        notes_signed_at=ends if noted else None,
        needs_cosignature=draw(st.booleans()),
        is_cosigned=draw(st.booleans()),
    )
    return facts, ends + timedelta(minutes=draw(st.integers(-10, 60 * 24 * 8)))


@given(facts_and_moment())
@example((FACTS, ENDS))
@example((FACTS, MIDNIGHT))
@example((SIGNED, ENDS + timedelta(hours=24)))
@example((SIGNED, ENDS + timedelta(hours=24, seconds=-1)))
def test_the_rule_says_what_the_oracle_says(drawn: tuple[Facts, datetime]):
    facts, now = drawn
    debt = what_is_owed(facts, zone=CHICAGO, now=now)
    said = (debt.kind.value, debt.is_overdue) if debt else None
    assert said == oracle(facts, now, CHICAGO)


@given(facts_and_moment())
def test_whoever_is_told_owes_it_and_nothing_is_told_twice(drawn: tuple[Facts, datetime]):
    facts, now = drawn
    debt = what_is_owed(facts, zone=CHICAGO, now=now)
    found = to_be_told(facts, zone=CHICAGO, now=now)
    kinds = [each.kind.value for each in found]
    assert len(kinds) == len(set(kinds))
    assert all(facts.ends_at <= each.due_at <= now for each in found)
    assert not found or debt is not None
    allowed = {"record": {"record", "sign"}}
    if debt:
        assert set(kinds) <= allowed.get(debt.kind.value, {debt.kind.value})
        is_soon = now < facts.ends_at + timedelta(minutes=30)
        assert not (is_soon and debt.kind in {OwedKind.RECORD, OwedKind.SIGN} and found)
