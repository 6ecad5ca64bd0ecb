"""What the list says of each kind of overridden warning, as far as its row still knows it."""

from __future__ import annotations

from typing import Any

import pytest

from groups.exceptions_page.forms import KINDS
from groups.exceptions_page.rows import Row, rows_of
from groups.models import ClashKind, ScheduleException, TherapyGroup
from groups.schedule.clashes import clashes_of
from groups.schedule.exceptions import record_exceptions
from groups.schedule.proposal import proposals_of
from programs.models import Program
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"


def the_row(program: Program, **fields: Any) -> Row:
    build.a_schedule_exception(program, **fields)
    (row,) = rows_of(list(ScheduleException.objects.all()), program, refused={})
    return row


@pytest.fixture
def skills(program: Program) -> TherapyGroup:
    return build.a_group(program, name="Skills A")


# The kind, its numbers as `clashes_of` and `preview_of` give them, and what is said.
SAID = [
    ("participant", {}, "Ada N. is expected in two sessions at one time Mon Nov 23."),
    (
        "turnover",
        {"minutes": 5, "needed": 15},
        "5 minutes are between two sessions in the room Mon Nov 23, 15 are needed.",
    ),
    (
        "room_capacity",
        {"expected": 9, "capacity": 8, "room": "Oak"},
        "Skills A expects 9 people Mon Nov 23; Oak seats 8.",
    ),
    (
        "group_capacity",
        {"expected": 13, "capacity": 12},
        "Skills A expects 13 people Mon Nov 23 and has 12 seats.",
    ),
    (
        "too_few",
        {"expected": 1, "least": 3},
        "Skills A expects 1 person Mon Nov 23; to hold it takes 3.",
    ),
    ("no_facilitator", {}, "Nobody leads Skills A Mon Nov 23."),
    (
        "ratio",
        {"expected": 20, "leaders": 1, "most": 12},
        "Skills A expects 20 people Mon Nov 23 with 1 facilitator; at most 12.",
    ),
    (
        "gap",
        {"days": 5, "until": "2026-11-28", "most": 3},
        "Ada N. has 5 days from Mon Nov 23 to the next offered day, Sat Nov 28; at most 3.",
    ),
    (
        "week_days",
        {"days": 2, "least": 3, "most": 5},
        "Ada N. is offered 2 days in the week of Mon Nov 23; at least 3.",
    ),
    (
        "day_minutes",
        {"minutes": 240, "least": 120, "most": 180},
        f"Ada N. is offered 4{SPACE}h Mon Nov 23; at most 3{SPACE}h.",
    ),
    (
        "short_week",
        {"minutes": 360, "required": 540},
        f"Ada N. is offered 6{SPACE}h in the week of Mon Nov 23; 9{SPACE}h required.",
    ),
    (
        "closed_group",
        {},
        "Ada N. joins Skills A Mon Nov 23; it is closed and has begun.",
    ),
]
ABOUT_STAFF = [
    (
        "credential",
        {"needs": "LCSW / LPC"},
        "Fay Marlow has no LCSW / LPC license in force Mon Nov 23, as leading Skills A takes.",
    ),
    ("staff_away", {}, "Fay Marlow is on leave Mon Nov 23."),
    ("unavailable", {}, "Fay Marlow does not work at this time Mon Nov 23."),
]


def test_every_kind_that_can_be_overridden_is_tried():
    assert {kind for kind, *_ in SAID + ABOUT_STAFF} == {kind for kind, _ in KINDS}


@pytest.mark.parametrize(("kind", "numbers", "words"), SAID)
def test_what_it_says(program: Program, skills: TherapyGroup, kind: str, numbers: dict, words: str):
    person = build.a_participant(first_name="Ada", last_name="Nolan")
    enrollment = build.an_enrollment(program, person)
    membership = build.a_membership(skills, enrollment)
    about: dict[str, Any] = {"participant": person, "membership": membership, "detail": numbers}
    assert the_row(program, kind=kind, **about).sentence == words


@pytest.mark.parametrize(("kind", "numbers", "words"), ABOUT_STAFF)
def test_what_it_says_of_staff(
    program: Program, facilitator, skills: TherapyGroup, kind: str, numbers: dict, words: str
):
    about = {"user": facilitator, "session": build.a_session(skills), "detail": numbers}
    assert the_row(program, kind=kind, **about).sentence == words


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_row_that_knows_little_is_said_in_short(program: Program, kind: str):
    row = the_row(program, kind=kind)
    assert row.sentence.endswith(".")
    assert "Mon Nov 23" in row.sentence
    assert row.link.url.endswith("/?week=2026-11-23")


def test_the_group_is_that_of_the_change(program: Program, skills: TherapyGroup):
    sessions = [build.a_session(skills, day) for day in ("2026-11-23", "2026-11-30")]
    after: dict[str, Any] = {"groupsession": {str(each.pk): {} for each in sessions}}
    change = build.a_schedule_change(program, kind="series", after=after)
    row = the_row(program, kind="no_facilitator", change=change, times=2, last_on="2026-11-30")
    assert row.sentence == "Nobody leads Skills A Mon Nov 23."
    assert (row.dates, row.times) == ("Nov 23, 2026 to Nov 30, 2026", "2 times")


def test_of_a_change_of_two_groups_none_is_named(program: Program, skills: TherapyGroup):
    sessions = [build.a_session(skills), build.a_session(build.a_group(program))]
    after: dict[str, Any] = {"groupsession": {str(each.pk): {} for each in sessions}}
    change = build.a_schedule_change(program, kind="combined", after=after)
    assert the_row(program, kind="no_facilitator", change=change).sentence == (
        "Nobody leads it, Mon Nov 23."
    )


def test_a_change_that_was_undone_says_so(program: Program):
    change = build.a_schedule_change(program, undone_at=NOW)
    assert the_row(program, change=change).is_undone


def test_two_of_one_name_are_told_apart(program: Program):
    for name in ("Nolan", "Norris"):
        person = build.a_participant(first_name="Ada", last_name=name)
        build.a_schedule_exception(program, kind="participant", participant=person)
    rows = rows_of(list(ScheduleException.objects.order_by("pk")), program, refused={})
    assert [row.sentence.partition(" is")[0] for row in rows] == ["Ada Nol.", "Ada Nor."]


def test_what_the_calendar_records_can_be_said(program: Program, skills: TherapyGroup):
    """From the check of a stored session to the words on the list."""
    skills.min_to_hold = 2
    skills.save()
    session = build.a_session(skills)
    found = clashes_of(proposals_of([session.pk]), program=program)
    record_exceptions(clashes=found, reason=" Why not. ", program=program, now=NOW, by=None)
    rows = rows_of(list(ScheduleException.objects.order_by("kind")), program, refused={})
    assert [row.sentence for row in rows] == [
        "Nobody leads Skills A Mon Nov 23.",
        "Skills A expects 0 people Mon Nov 23; to hold it takes 2.",
    ]
    assert {(row.reason, row.made_by) for row in rows} == {("Why not.", "the system")}
    assert {row.kind for row in rows} == {
        str(ClashKind.NO_FACILITATOR.label),
        str(ClashKind.TOO_FEW.label),
    }
