"""Clashes in words: what each kind says, to whom, and what repeats said once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import HARD_CLASHES, ClashKind
from groups.schedule.clash_words import clash_lines, when_words
from groups.schedule.clashes import Clash
from groups.schedule.in_the_way import Other
from groups.schedule.proposal import Proposal
from programs.access import access_of
from programs.models import Role
from tests import build
from tests.build import CHICAGO, MONDAY, moment

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def group(program):
    return build.a_group(program, name="Skills")


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Harbor Room")


@pytest.fixture
def proposal(group, room):
    return Proposal(
        key=None,
        group=group.pk,
        held_on=MONDAY,
        starts_at=moment(MONDAY, "09:00"),
        ends_at=moment(MONDAY, "12:00"),
        room=room.pk,
    )


@pytest.fixture
def other(program):
    return Other(
        key=7,
        group="Process B",
        program=program.pk,
        starts_at=moment(MONDAY, "09:00"),
        ends_at=moment(MONDAY, "10:30"),
        room="Harbor Room",
        leaders=("Ngozi Okafor",),
    )


@pytest.fixture
def ada():
    return build.a_participant(first_name="Ada", last_name="Nolan", chart_number="C-1")


@pytest.fixture
def said(program):
    """Return a function that gives the lines as a person of the program reads them."""

    def words(user, *clashes):
        return [line.words for line in clash_lines(clashes, access_of(user), program)]

    return words


def later(clash, weeks):
    """Return the same clash that many weeks later."""
    ahead = timedelta(weeks=weeks)
    other = clash.other and replace(
        clash.other, starts_at=clash.other.starts_at + ahead, ends_at=clash.other.ends_at + ahead
    )
    return replace(clash, held_on=clash.held_on + ahead, other=other)


# Of a session and the one in its way: the kind, its numbers, and the words.
OF_SESSIONS = [
    (
        ClashKind.ROOM,
        {},
        "Harbor Room is taken Mon Nov 23, 9:00 to 10:30 AM by Process B (Okafor).",
    ),
    (ClashKind.SAME_TIME, {}, "Skills meets Mon Nov 23, 9:00 to 10:30 AM already."),
    (
        ClashKind.TURNOVER,
        {"minutes": 5, "needed": 15},
        "Harbor Room holds Process B (Okafor) Mon Nov 23, 9:00 to 10:30 AM:"
        " 5 minutes are between them, 15 are needed.",
    ),
]
OF_ONE = [
    (
        ClashKind.ROOM_CAPACITY,
        {"expected": 14, "capacity": 12, "room": "Harbor Room"},
        "Skills expects 14 people Mon Nov 23; Harbor Room seats 12.",
    ),
    (
        ClashKind.GROUP_CAPACITY,
        {"expected": 13, "capacity": 12},
        "Skills expects 13 people Mon Nov 23 and has 12 seats.",
    ),
    (
        ClashKind.TOO_FEW,
        {"expected": 1, "least": 3},
        "Skills expects 1 person Mon Nov 23; to hold it takes 3.",
    ),
    (ClashKind.NO_FACILITATOR, {}, "Nobody leads Skills Mon Nov 23."),
    (
        ClashKind.RATIO,
        {"expected": 14, "leaders": 1, "most": 12},
        "Skills expects 14 people Mon Nov 23 with 1 facilitator; at most 12.",
    ),
]
OF_STAFF = [
    (
        ClashKind.CREDENTIAL,
        {"needs": "LPC / LCSW"},
        "Fay Marlow has no LPC / LCSW license in force Mon Nov 23, as leading Skills takes.",
    ),
    (ClashKind.STAFF_AWAY, {}, "Fay Marlow is on leave Mon Nov 23."),
    (ClashKind.UNAVAILABLE, {}, "Fay Marlow does not work at this time Mon Nov 23."),
]
OF_PEOPLE = [
    (
        ClashKind.GAP,
        {"days": 7, "most": 4, "until": "2026-11-30"},
        "Ada N. has 7 days from Mon Nov 23 to the next offered day, Mon Nov 30; at most 4.",
    ),
    (
        ClashKind.WEEK_DAYS,
        {"days": 2, "least": 3, "most": 5},
        "Ada N. is offered 2 days in the week of Mon Nov 23; at least 3.",
    ),
    (
        ClashKind.WEEK_DAYS,
        {"days": 6, "least": 3, "most": 5},
        "Ada N. is offered 6 days in the week of Mon Nov 23; at most 5.",
    ),
    (
        ClashKind.DAY_MINUTES,
        {"minutes": 90, "least": 120},
        f"Ada N. is offered 1{SPACE}h{SPACE}30{SPACE}min Mon Nov 23; at least 2{SPACE}h.",
    ),
    (
        ClashKind.SHORT_WEEK,
        {"minutes": 360, "required": 540},
        f"Ada N. is offered 6{SPACE}h in the week of Mon Nov 23; 9{SPACE}h required.",
    ),
]


@pytest.mark.parametrize(("kind", "numbers", "words"), OF_SESSIONS)
def test_what_is_in_the_way_is_named(said, director, proposal, other, kind, numbers, words):
    assert said(director, Clash(kind, MONDAY, proposal, other, numbers=numbers)) == [words]


@pytest.mark.parametrize(("kind", "numbers", "words"), OF_ONE)
def test_what_is_wrong_with_a_session_has_numbers(said, director, proposal, kind, numbers, words):
    assert said(director, Clash(kind, MONDAY, proposal, numbers=numbers)) == [words]


@pytest.mark.parametrize(("kind", "numbers", "words"), OF_STAFF)
def test_what_speaks_against_a_facilitator(said, director, proposal, kind, numbers, words):
    clash = Clash(kind, MONDAY, proposal, user=(1, "Fay Marlow"), numbers=numbers)
    assert said(director, clash) == [words]


@pytest.mark.parametrize(("kind", "numbers", "words"), OF_PEOPLE)
def test_what_happens_to_somebody(said, director, ada, kind, numbers, words):
    assert said(director, Clash(kind, MONDAY, person=ada, numbers=numbers)) == [words]


def test_who_is_elsewhere(said, director, proposal, other, ada):
    leads = Clash(ClashKind.FACILITATOR, MONDAY, proposal, other, user=(1, "Fay Marlow"))
    sits = Clash(ClashKind.PARTICIPANT, MONDAY, proposal, other, person=ada)
    joins = Clash(ClashKind.CLOSED_GROUP, MONDAY, proposal, person=ada)
    assert said(director, leads, sits, joins) == [
        "Fay Marlow leads Process B (Okafor) Mon Nov 23, 9:00 to 10:30 AM.",
        "Ada N. is expected in Process B (Okafor) Mon Nov 23, 9:00 to 10:30 AM.",
        "Ada N. joins Skills Mon Nov 23; it is closed and has begun.",
    ]


def test_every_kind_has_words():
    told = {kind for kind, *_rest in (*OF_SESSIONS, *OF_ONE, *OF_STAFF, *OF_PEOPLE)}
    elsewhere = {ClashKind.FACILITATOR, ClashKind.PARTICIPANT, ClashKind.CLOSED_GROUP}
    assert told | elsewhere == set(ClashKind)


def test_what_another_program_does_is_busy(said, director, proposal, other, ada):
    hidden = replace(other, program=build.a_program().pk)
    clashes = [
        Clash(ClashKind.ROOM, MONDAY, proposal, hidden),
        Clash(ClashKind.FACILITATOR, MONDAY, proposal, hidden, user=(1, "Fay Marlow")),
        Clash(ClashKind.PARTICIPANT, MONDAY, proposal, hidden, person=ada),
        Clash(ClashKind.TURNOVER, MONDAY, proposal, hidden, numbers={"minutes": 1, "needed": 9}),
    ]
    assert said(director, *clashes) == [
        "Harbor Room is busy Mon Nov 23, 9:00 to 10:30 AM.",
        "Fay Marlow is busy Mon Nov 23, 9:00 to 10:30 AM.",
        "Ada N. is busy Mon Nov 23, 9:00 to 10:30 AM.",
        "Harbor Room is busy Mon Nov 23, 9:00 to 10:30 AM: 1 minute is between them, 9 are needed.",
    ]


def test_who_reads_only_their_own_sessions_knows_of_no_other(said, facilitator, proposal, other):
    """Also in the same program: a facilitator sees those that they lead."""
    clash = Clash(ClashKind.ROOM, MONDAY, proposal, other)
    assert said(facilitator, clash) == ["Harbor Room is busy Mon Nov 23, 9:00 to 10:30 AM."]


def test_who_works_in_both_programs_is_told_who_has_it(said, director, proposal, other):
    elsewhere = build.a_program()
    build.an_assignment(director, elsewhere, Role.BILLING)
    clash = Clash(ClashKind.ROOM, MONDAY, proposal, replace(other, program=elsewhere.pk))
    assert "Process B (Okafor)" in said(director, clash)[0]


def test_nobody_is_named_to_who_may_not_read_names(said, stranger, ada):
    """No role is without names today; somebody without a role here stands for it."""
    ben = build.a_participant(first_name="Ben", last_name="Katz")
    short: dict[str, int | str] = {"minutes": 360, "required": 540}
    one, two = (
        Clash(ClashKind.SHORT_WEEK, MONDAY, person=each, numbers=short) for each in (ada, ben)
    )
    assert said(stranger, one)[0].startswith("1 participant is offered")
    assert said(stranger, one, two)[0].startswith("2 participants are offered")


def test_a_series_is_one_line_with_its_dates(said, director, proposal, other):
    first = Clash(ClashKind.ROOM, MONDAY, proposal, other)
    series = [later(first, weeks) for weeks in range(6)]
    assert said(director, *reversed(series)) == [
        "Harbor Room is taken Mon Nov 23, 9:00 to 10:30 AM by Process B (Okafor),"
        " and on 5 more dates, to Mon Dec 28."
    ]
    assert said(director, first, later(first, 1))[0].endswith(", and on Mon Nov 30.")


def test_people_of_the_same_numbers_are_one_line(said, director, ada):
    numbers: dict[str, int | str] = {"minutes": 360, "required": 540}
    names = ("Ben", "Cleo", "Dan", "Eve", "Flo", "Gus")
    people = [
        ada,
        *(build.a_participant(first_name=each, last_name="Katz") for each in names),
    ]
    clashes = [Clash(ClashKind.SHORT_WEEK, MONDAY, person=each, numbers=numbers) for each in people]
    assert said(director, *clashes[:3])[0].startswith("Ada N., Ben K. and Cleo K. are offered 6")
    assert said(director, *clashes)[0].startswith("Ada N., Ben K., Cleo K., Dan K. and 3 more are")
    other_week = replace(clashes[0], numbers={"minutes": 300, "required": 540})
    assert len(said(director, other_week, *clashes[1:])) == 2


def test_the_hard_ones_come_first_and_stop(program, director, proposal, other, ada):
    warning = Clash(ClashKind.STAFF_AWAY, MONDAY, proposal, user=(1, "Fay Marlow"))
    hard = later(Clash(ClashKind.ROOM, MONDAY, proposal, other), 3)
    lines = clash_lines([warning, hard], access_of(director), program)
    assert [(line.stops, line.tone) for line in lines] == [(True, "lost"), (False, "warn")]
    assert all(ClashKind(kind) in HARD_CLASHES for kind in ("room", "facilitator", "same_time"))


def test_two_queries_however_many(program, director, proposal, other):
    access = access_of(director)
    clash = Clash(ClashKind.ROOM, MONDAY, proposal, other)
    for count in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            clash_lines([later(clash, week) for week in range(count)], access, program)
        assert len(queries) == 2


def test_half_days_are_said_once_unless_they_differ():
    at = lambda clock: moment(MONDAY, clock)  # noqa: E731
    assert when_words(at("11:00"), at("12:30"), CHICAGO) == "Mon Nov 23, 11:00 AM to 12:30 PM"
    assert when_words(at("13:00"), at("14:30"), CHICAGO) == "Mon Nov 23, 1:00 to 2:30 PM"
