"""What a closed week says otherwise now: the rule by cases."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from hours.concluding.concluded import Concluded, KeptLine, as_kept, concluded_now, lines_from
from hours.concluding.differences import Cause, difference_of
from hours.verdicts import Flag, Tag, Verdict
from hours.weekly_hours import weekly_hours_of
from tests.hours.facts import NEXT_MONDAY, a_line, a_person, a_program_week, attended

SESSION = uuid.uuid4()


def a_kept_line(**fields: Any) -> KeptLine:
    """An attended session of three hours."""
    defaults: dict[str, Any] = {
        "session": SESSION,
        "net": 180,
        "credited": 180,
        "is_expected": True,
        "has_record": True,
        "absence": "",
    }
    return KeptLine(**defaults | fields)


def concluded(*lines: KeptLine, **fields: Any) -> Concluded:
    """A full week of nine hours required."""
    defaults: dict[str, Any] = {
        "tag": Tag.FULL,
        "required": 540,
        "offered": sum(line.net for line in lines),
        "attended": sum(line.credited for line in lines),
        "unrecorded": 0,
        "qualifying_days": len(lines),
        "verdict": Verdict.NOT_MET,
        "flags": (),
    }
    return Concluded(lines=lines, **defaults | fields)


MISSED = a_kept_line(credited=0, absence="no_call")
OPEN = a_kept_line(credited=0, has_record=False)


@pytest.mark.parametrize(
    ("then", "now", "cause"),
    [
        (OPEN, a_kept_line(), Cause.RECORDED_LATER),
        (OPEN, MISSED, Cause.RECORDED_LATER),
        (MISSED, a_kept_line(), Cause.RECORD_CHANGED),
        (MISSED, a_kept_line(credited=0, absence="excused"), Cause.RECORD_CHANGED),
        (a_kept_line(), OPEN, Cause.RECORD_GONE),
        (a_kept_line(), None, Cause.NOT_HELD),
        (None, a_kept_line(), Cause.ADDED),
        (OPEN, a_kept_line(credited=0, has_record=False, is_expected=False), Cause.NOT_EXPECTED),
        (a_kept_line(is_expected=False), a_kept_line(), Cause.EXPECTED),
        (a_kept_line(), a_kept_line(net=170, credited=170), Cause.COUNTED_OTHERWISE),
    ],
)
def test_each_session_says_why(then: KeptLine | None, now: KeptLine | None, cause: Cause) -> None:
    sides = [concluded(*([line] if line else [])) for line in (then, now)]
    difference = difference_of(*sides)
    assert difference is not None
    (change,) = difference.sessions
    assert (change.session, change.then, change.now, change.cause) == (SESSION, then, now, cause)
    credited = [line.credited if line else 0 for line in (then, now)]
    assert change.is_other_minutes is (credited[0] != credited[1])


def test_the_same_week_does_not_differ() -> None:
    assert difference_of(concluded(a_kept_line()), concluded(a_kept_line())) is None
    assert difference_of(None, None) is None


@pytest.mark.parametrize(
    ("changed", "is_required", "is_tag", "is_days"),
    [
        ({"required": 720}, True, False, False),
        ({"tag": Tag.LEAVE, "verdict": Verdict.EXEMPT}, False, True, False),
        ({"qualifying_days": 0, "flags": (Flag.DAYS_SHORT,)}, False, False, True),
        ({"verdict": Verdict.MET}, False, False, False),
    ],
)
def test_what_differs_without_a_session(
    changed: dict[str, Any], is_required: bool, is_tag: bool, is_days: bool
) -> None:
    difference = difference_of(concluded(a_kept_line()), concluded(a_kept_line(), **changed))
    assert difference is not None
    assert difference.sessions == ()
    assert difference.is_required_changed is is_required
    assert difference.is_tag_changed is is_tag
    assert difference.is_days_changed is is_days


def test_whoever_has_no_row_on_one_side_differs() -> None:
    week = concluded(a_kept_line())
    gone, come = difference_of(week, None), difference_of(None, week)
    assert gone is not None
    assert come is not None
    assert (gone.then, gone.now) == (week, None)
    assert (come.then, come.now) == (None, week)
    assert [change.cause for change in gone.sessions] == [Cause.NOT_HELD]


def test_what_is_kept_is_read_back_the_same() -> None:
    facts = a_program_week(a_person(attended(0, 170), a_line(2)), as_of=NEXT_MONDAY)
    said = concluded_now(weekly_hours_of(facts.people[0], facts))
    kept = as_kept(said)
    assert lines_from(kept["lines"]) == said.lines
    assert (kept["verdict"], kept["flags"]) == ("not_met", ["days_short", "unrecorded"])
    assert kept["lines"][0] == {
        "session": str(facts.people[0].lines[0].session_id),
        "net": 180,
        "credited": 170,
        "is_expected": True,
        "has_record": True,
        "absence": "",
    }
