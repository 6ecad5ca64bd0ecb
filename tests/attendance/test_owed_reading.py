"""What is read of sessions that owe something: each fact, whose it is, how far back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import AttendanceRecord
from attendance.owed.reading import open_sessions
from attendance.owed.waiting import Waiting, waiting_among, waiting_for
from groups.models import GroupSession
from groups.roster import expected_at
from programs.access import access_of
from programs.models import Program, Role
from programs.models.record_rule import record_rule_on
from tests import build
from tests.attendance.owing import a_past_session, signed, to_cosign
from tests.build import MONDAY, NOW, moment
from tests.build_records import a_cosignature, a_record_rule, signed_notes

pytestmark = pytest.mark.django_db


def waiting(program: Program, now=NOW) -> list[Waiting]:
    return waiting_among(open_sessions(program, now=now), program, now=now)


def kinds(program: Program, now=NOW) -> list[str]:
    return [each.kind.value for each in waiting(program, now)]


def test_each_step_of_a_session(program, facilitator, clinician):
    session = a_past_session(program, facilitator, people=2, recorded=1)
    assert kinds(program) == ["record"]
    missing = expected_at(session).exclude(participant__records__session=session).get()
    build.a_record(session, missing.participant, absence="excused")
    assert kinds(program) == ["sign"]
    signed(session, facilitator)
    assert kinds(program) == ["notes"]
    notes = signed_notes(session, facilitator, is_cosignature_needed=True)
    assert kinds(program) == ["cosign"]
    a_cosignature(notes, signed_by=clinician)
    assert kinds(program) == []


def test_a_walk_in_does_not_stand_for_who_is_not_marked(program, facilitator):
    session = a_past_session(program, facilitator, people=2, recorded=1)
    build.a_record(session, build.a_participant(), "09:00-10:00")
    found = waiting(program)[0].facts
    assert (found.expected, found.unmarked, found.recorded) == (2, 1, 2)


def test_whoever_is_on_leave_is_not_waited_for(program, facilitator):
    session = a_past_session(program, facilitator, people=1)
    build.a_leave(expected_at(session).get().participant, MONDAY, MONDAY)
    assert kinds(program) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"closed_at": NOW},
        {"people": 0},
        {"day": "2026-09-25"},
        {"day": "2026-11-26"},
    ],
    ids=["cancelled", "history", "nobody", "61 days ago", "still to come"],
)
def test_what_owes_nothing(program, facilitator, fields: dict[str, Any]):
    a_past_session(program, facilitator, **fields)
    assert kinds(program) == []


def test_sixty_days_back_and_for_a_cosignature_for_ever(program, facilitator):
    a_past_session(program, facilitator, day="2026-09-26")
    assert kinds(program) == ["record"]
    to_cosign(a_past_session(program, facilitator, day="2026-03-09", recorded=1), facilitator)
    assert kinds(program) == ["cosign", "record"]


def test_another_programs_sessions_are_its_own(program, facilitator):
    a_past_session(build.a_program(), facilitator)
    assert kinds(program) == []


def test_the_rule_of_the_day_says_until_when(program, facilitator):
    a_record_rule(program, notes_due_hours=48)
    a_record_rule(program, effective_from=MONDAY + timedelta(days=1), notes_due_hours=2)
    signed(a_past_session(program, facilitator, day=MONDAY, recorded=1))
    signed(a_past_session(program, facilitator, day="2026-11-24", recorded=1))
    old, new = waiting(program)
    assert old.debt.due_at == moment("2026-11-25", "10:30")
    assert new.debt.due_at == moment("2026-11-24", "12:30")
    assert (old.debt.is_overdue, new.debt.is_overdue) == (True, True)


def owers(program: Program) -> list[str]:
    return sorted(ower.name for each in waiting(program) for ower in each.owers)


def test_it_is_its_leaders_to_do_and_not_a_former_ones(program, facilitator, clinician):
    session = a_past_session(program, facilitator, clinician)
    former = build.a_colleague(program, Role.FACILITATOR, name="Gone Home")
    build.a_facilitation(session, former, is_former=True)
    assert owers(program) == ["Cleo Ortiz", "Fay Marlow"]


def test_whoever_the_rule_names_co_signs(program, facilitator, clinician, director):
    rule = a_record_rule(program, cosigned_by=clinician, cosigned_credentials=["LPC"])
    to_cosign(a_past_session(program, facilitator, recorded=1), facilitator)
    assert owers(program) == ["Cleo Ortiz"]
    rule.cosigned_by = None
    rule.save()
    assert owers(program) == ["Dina Osei"]


def test_the_directors_where_the_named_one_has_left_or_signed(
    program, facilitator, clinician, director
):
    a_record_rule(program, cosigned_by=clinician)
    to_cosign(a_past_session(program, facilitator, recorded=1), clinician)
    assert owers(program) == ["Dina Osei"]
    build.a_colleague(program, Role.DIRECTOR, name="Second Director")
    earlier = a_past_session(program, facilitator, recorded=1, day="2026-11-20")
    to_cosign(earlier, director)
    clinician.assignments.update(ended_at=NOW + timedelta(days=400))
    assert owers(program) == ["Dina Osei", "Second Director", "Second Director"]


def test_who_sees_what(program, facilitator, clinician, director):
    a_past_session(program, facilitator)
    other = build.a_colleague(program, Role.FACILITATOR)
    to_cosign(a_past_session(program, other, recorded=1), other)

    def seen(user):
        found = waiting_for(access_of(user), program, now=NOW)
        return sorted(each.kind.value for each in found)

    assert seen(facilitator) == ["record"]
    assert seen(other) == []
    assert seen(clinician) == seen(director) == ["cosign", "record"]


def test_two_queries_at_most_however_many(program, facilitator, director):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            waiting_for(access_of(director), program, now=NOW)
        return len(queries) - 1  # what the person may do

    def add(day: str) -> None:
        a_past_session(program, facilitator, people=2, recorded=1, day=day)
        later: dict[str, Any] = {"starts": "11:00", "ends": "12:00", "day": day}
        to_cosign(a_past_session(program, facilitator, recorded=1, **later), facilitator)

    a_past_session(program, facilitator)
    assert cost() == 1
    add("2026-11-18")
    assert cost() == 2
    for day in ("2026-11-19", "2026-11-20", "2026-11-21"):
        add(day)
    assert cost() == 2


# --- what the statement reads is what one reads session by session ------------------------------

STATES = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["2026-09-25", "2026-09-26", "2026-11-01", "2026-11-23"]),
        "people": st.integers(0, 2),
        "marked": st.integers(0, 2),
        "walk_ins": st.integers(0, 1),
        "guests": st.integers(0, 1),
        "away": st.booleans(),
        "closed": st.booleans(),
        "cancelled": st.booleans(),
        "signed": st.booleans(),
        "noted": st.sampled_from(["", "noted", "to cosign", "cosigned"]),
    }
)


def store(program: Program, state: dict[str, Any]) -> GroupSession:
    """Write the session as it was drawn, as far as the database lets it be."""
    is_held = not state["cancelled"]
    session = a_past_session(
        program,
        day=state["day"],
        people=state["people"],
        status="scheduled" if is_held else "cancelled",
        closed_at=NOW if state["closed"] else None,
    )
    if state["guests"]:
        guest = build.an_enrollment(program, admitted_on="2020-01-01")
        build.a_make_up_seat(session, guest)
    people = [each.participant for each in expected_at(session)]
    if state["away"] and people:
        build.a_leave(people[0], state["day"], None)
        people = people[1:]
    for person in people[: state["marked"]]:
        build.a_record(session, person, "09:00-10:00")
    for _ in range(state["walk_ins"]):
        build.a_record(session, build.a_participant(), absence="no_call")
    if is_held and state["signed"]:
        signed(session)
        if state["noted"]:
            needed = state["noted"] != "noted"
            notes = signed_notes(session, is_cosignature_needed=needed)
            if state["noted"] == "cosigned":
                a_cosignature(notes)
    return session


def told_one_by_one(session: GroupSession, state: dict[str, Any]) -> str | None:
    """The oracle: ask for each session alone, in Python."""
    session = GroupSession.objects.get(pk=session.pk)
    on_record = set(
        AttendanceRecord.objects.filter(session=session).values_list("participant", flat=True)
    )
    expected = {each.participant_id for each in expected_at(session)}
    noted = state["noted"] if state["signed"] else ""
    if session.status != "scheduled" or noted in {"noted", "cosigned"}:
        return None
    if noted == "to cosign":
        return "cosign"
    is_old = session.held_on < NOW.date() - timedelta(days=60)
    if is_old or session.closed_at or not expected | on_record:
        return None
    if state["signed"]:
        return "notes"
    return "record" if expected - on_record else "sign"


class TheStatementAgrees(TestCase):
    @settings(max_examples=25)
    @given(st.lists(STATES, min_size=1, max_size=4))
    def test_with_each_session_read_alone(self, states: list[dict[str, Any]]):
        program = build.a_program()
        stored = [(store(program, state), state) for state in states]
        said = {each.session.pk: each.kind.value for each in waiting(program)}
        for session, state in stored:
            assert said.get(session.pk) == told_one_by_one(session, state), state
        assert record_rule_on(program, date(2026, 11, 1)).pk is None
