"""What the database refuses about closed weeks, what they concluded, and who wants numbers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hours.models import Conclusion, Digest, WeekClose
from programs.models import Program
from tests import build
from tests.build import MONDAY
from tests.build_hours import a_conclusion, a_digest, a_week_close
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_a_week_closes_once(program: Program):
    close = a_week_close(program)
    a_week_close(program, week_on=MONDAY)
    a_week_close(build.a_program())
    with refused("week_closes_once"):
        a_week_close(program)
    again = WeekClose(
        program=program, week_on=close.week_on, rule=close.rule, closed_at=close.closed_at
    )
    explains(again, "week_closes_once")


def test_an_enrollment_s_week_is_concluded_once(program: Program):
    close = a_week_close(program)
    row = a_conclusion(close)
    a_conclusion(close)
    a_conclusion(a_week_close(program, week_on=MONDAY), row.enrollment)
    with refused("conclusion_once"):
        a_conclusion(close, row.enrollment)
    again = Conclusion(close=close, enrollment=row.enrollment)
    explains(again, "conclusion_once", **{n: getattr(row, n) for n in NUMBERS})


NUMBERS = (
    *("tag", "required", "offered", "attended", "unrecorded", "qualifying_days", "verdict"),
    *("flags", "lines"),
)


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        ("conclusion_tag_known", {"tag": "discharge_partial"}, {"tag": "holiday"}),
        (
            "conclusion_verdict_of_a_week_that_is_over",
            {"verdict": "pending"},
            {"verdict": "on_track"},
        ),
        (
            "conclusion_flags_known",
            {"flags": ["days_short", "over_maximum"]},
            {"flags": ["late"]},
        ),
        (
            "conclusion_met_has_its_minutes",
            {"verdict": "met", "attended": 540},
            {"verdict": "met", "attended": 539},
        ),
    ],
)
def test_a_conclusion_is_one_of_a_week_that_is_over(
    constraint: str, good: dict[str, Any], bad: dict[str, Any]
):
    row = a_conclusion(**good)
    with refused(constraint):
        a_conclusion(**bad)
    if constraint == "conclusion_met_has_its_minutes":
        explains(row, constraint, **bad)


@pytest.mark.parametrize("make", [a_week_close, a_conclusion])
def test_what_was_concluded_stays(make: Any):
    row = make()
    for change in (row.delete, row.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_one_choice_of_digest_per_person_and_program(program: Program):
    choice = a_digest(program=program)
    a_digest(choice.user)
    a_digest(program=program)
    with refused("digest_once"):
        a_digest(choice.user, program)
    explains(Digest(user=choice.user, program=program), "digest_once")


def test_a_digest_goes_out_on_a_weekday_or_on_none(program: Program):
    assert a_digest(program=program).is_on(MONDAY.replace(day=25))
    assert not a_digest(program=program, weekday=None).is_on(MONDAY)
    choice = a_digest(program=program, weekday=0)
    assert choice.is_on(MONDAY)
    with refused("digest_weekday_known"):
        a_digest(program=program, weekday=7)
    explains(choice, "digest_weekday_known", weekday=7)
