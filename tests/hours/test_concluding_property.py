"""A close keeps what the week said; what differs later is exactly what changed, by an oracle."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import Presence
from attendance.sheet.states import absent
from groups.models import GroupSession
from hours.board_week import board_week
from hours.concluding.actions import close_week
from hours.concluding.on_board import found_differences
from hours.forms import BoardForm
from hours.models import Conclusion
from programs.access import access_of
from programs.models import Participant, Role
from tests import build
from tests.attendance.amending import amend, there
from tests.hours.closing import DAYS, NEXT_MONDAY, WEEK, a_week_of_sessions, close, somebody_in
from tests.hours.drawn_clinic import DrawnClinic, clinics
from tests.hours.oracle import expected_rows
from tests.hours.storing import store

EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "60"))
KEYS = ["tag", "required", "offered", "attended", "unrecorded", "qualifying_days", "verdict"]


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clinic=clinics(), later=st.integers(0, 3_000))
def test_a_close_keeps_what_the_oracle_says(clinic: DrawnClinic, later: int) -> None:
    with transaction.atomic():
        program, enrollments = store(clinic)
        week = program.week_of(clinic.first)
        clinic.as_of = week.ends_at + timedelta(minutes=later)
        expected = expected_rows(clinic)
        kept = {}
        if min(clinic.rules) <= clinic.first:
            close_week(program=program, week=week, now=clinic.as_of, by=None)
            numbers = {enrollment.pk: key for key, enrollment in enrollments.items()}
            kept = {
                numbers[each.enrollment_id]: {key: getattr(each, key) for key in KEYS}
                | {"flags": each.flags}
                for each in Conclusion.objects.all()
            }
        transaction.set_rollback(True)
    assert kept == {
        key: {name: row[name] for name in [*KEYS, "flags"]} for key, row in expected.items()
    }


PEOPLE = 3
# Minutes after nine in which they came and left; or an absence; None: not recorded at the close.
SAID = st.one_of(
    st.sampled_from(["excused", "no_call"]),
    st.tuples(st.integers(0, 90), st.integers(91, 180)),
)
Said = str | tuple[int, int] | None
CELLS = [(who, where) for who in range(PEOPLE) for where in range(len(DAYS))]
TABLE = st.fixed_dictionaries(dict.fromkeys(CELLS, SAID))


def clock_of(minutes: int) -> str:
    return f"{9 + minutes // 60:02}:{minutes % 60:02}"


def stretch(said: tuple[int, int]) -> str:
    return f"{clock_of(said[0])}-{clock_of(said[1])}"


def minutes(said: Said) -> int:
    """Count the minutes one by one; those of the break, from 10:30 to 10:40, are none."""
    if not isinstance(said, tuple):
        return 0
    return sum(not 90 <= minute < 100 for minute in range(*said))


class Corrections(TestCase):
    @settings(max_examples=25)
    @given(
        then=TABLE,
        now=TABLE,
        changed=st.sets(st.sampled_from(CELLS), max_size=5),
        unsigned=st.sampled_from([None, 0, 2]),
    )
    @example(
        then=dict.fromkeys(CELLS, "no_call"),
        now=dict.fromkeys(CELLS, (0, 180)),
        changed=set(CELLS[:4]),
        unsigned=1,
    )
    @example(  # the same minutes at another time
        then=dict.fromkeys(CELLS, (0, 91)),
        now=dict.fromkeys(CELLS, (1, 92)),
        changed={CELLS[0]},
        unsigned=None,
    )
    def test_a_difference_names_the_sessions_whose_minutes_differ(
        self,
        then: dict[tuple[int, int], Said],
        now: dict[tuple[int, int], Said],
        changed: set[tuple[int, int]],
        unsigned: int | None,
    ) -> None:
        program = build.a_program()
        build.a_rule(program)
        director = build.a_colleague(program, Role.DIRECTOR)
        sessions = a_week_of_sessions(program)
        people = [somebody_in(sessions) for _ in range(PEOPLE)]
        at_close: dict[tuple[int, int], Said] = {}
        for (who, where), said in then.items():
            # In the session without a signature, those recorded later have no record yet.
            is_open = where == unsigned and (who, where) in changed
            at_close[who, where] = None if is_open else said
            if not is_open:
                put(sessions[where], people[who], said)
        for where, session in enumerate(sessions):
            if where != unsigned:
                build.a_sign_off(session)
        close(program)
        for who, where in changed:
            later(sessions[where], people[who], now[who, where], is_signed=where != unsigned)
        connection.check_constraints()

        form = BoardForm({"week": str(WEEK.first_on)})
        assert form.is_valid()
        board = board_week(
            program,
            week=WEEK,
            chosen=form.chosen(WEEK),
            access=access_of(director),
            now=NEXT_MONDAY + timedelta(days=2),
        )
        assert board is not None
        found = found_differences(board)
        keys = {each.chart_number: each.person.enrollment_key for each in board.now.rows}
        names = {keys[person.chart_number]: who for who, person in enumerate(people)}
        ids = {session.public_id: where for where, session in enumerate(sessions)}
        listed = {
            (names[key], ids[change.session]): (change.credited_then, change.credited_now)
            for key, each in found.items()
            for change in each.sessions
            if change.is_other_minutes
        }
        expected = {
            cell: (minutes(at_close[cell]), minutes(now[cell]))
            for cell in changed
            if minutes(at_close[cell]) != minutes(now[cell])
        }
        assert listed == expected
        said_otherwise = {
            cell
            for cell in changed
            if minutes(at_close[cell]) != minutes(now[cell])
            or kind(at_close[cell]) != kind(now[cell])
        }
        assert {names[key] for key in found} == {who for who, _where in said_otherwise}


def kind(said: Said) -> str:
    """Return what a conclusion keeps of a record besides its minutes."""
    return "here" if isinstance(said, tuple) else said or "nothing"


def put(session: GroupSession, person: Participant, said: Said) -> None:
    if isinstance(said, tuple):
        build.a_record(session, person, stretch(said))
    elif said:
        build.a_record(session, person, absence=said)


def later(session: GroupSession, person: Participant, said: Said, *, is_signed: bool) -> None:
    """Amend a signed record after the close, or record what was not recorded."""
    if not is_signed or said is None:
        put(session, person, said)
        return
    target = there(stretch(said), day=session.held_on) if isinstance(said, tuple) else absent(said)
    if target != state_of(session, person):
        amend(session, person, target, now=NEXT_MONDAY + timedelta(hours=1))


def state_of(session: GroupSession, person: Participant) -> object:
    """Return the record's state as it is; an amendment has to change something."""
    stays = Presence.objects.filter(participant=person, record__session=session)
    record = person.records.get(session=session)
    if record.absence:
        return absent(record.absence)
    words = [
        f"{at.arrived_at.astimezone(WEEK.zone):%H:%M}-{at.left_at.astimezone(WEEK.zone):%H:%M}"
        for at in stays
        if at.left_at
    ]
    return there(*words, day=session.held_on)
