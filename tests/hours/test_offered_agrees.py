"""What a planned change says is offered is what the weekly hours say is offered."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.schedule.actions import cancel_session
from groups.schedule.offered_change import offered_changes
from groups.schedule.planning import plan_cancel
from hours.program_week import weekly_hours
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 12, day) for day in range(1, 7)]
SESSIONS = st.lists(
    st.tuples(
        st.sampled_from(DAYS),
        st.sampled_from([("09:00", "12:00", "10:25-10:35"), ("13:00", "14:45", "")]),
        st.sampled_from(["process", "skills", "family"]),
    ),
    min_size=1,
    max_size=5,
)


class Offered(TestCase):
    @settings(max_examples=25)
    @given(
        sessions=SESSIONS,
        count=st.sampled_from(["net_minutes", "scheduled_span", "clinical_hours"]),
        counts=st.sampled_from([None, ["process", "skills"]]),
        leave=st.none() | st.sampled_from(DAYS),
        until=st.none() | st.sampled_from(DAYS),
    )
    def test_both_say_the_same(self, sessions, count, counts, leave, until):
        program = build.a_program()
        build.a_rule(program, count=count, counts=counts)
        enrollment = build.an_enrollment(program)
        if leave:
            build.a_leave(enrollment.participant, leave, leave)
        made = []
        for index, (day, (starts, ends, breaks), kind) in enumerate(sessions):
            group = build.a_group(program, kind=kind)
            made.append(build.a_session(group, day, starts, ends, breaks=breaks))
            if index % 2:
                build.a_make_up_seat(made[-1], enrollment)
            else:
                build.a_membership(group, enrollment, last_on=until)
        before = self.offered(program)
        edit = plan_cancel(session=made[0], reason="Ill", now=NOW)
        change = next(iter(offered_changes(edit)), None)
        cancel_session(session=made[0], reason="Ill", now=NOW, by=None)
        after = self.offered(program)
        if change is None:
            assert before == after
        else:
            assert (change.minutes_before, change.minutes_after) == (before, after)

    def offered(self, program):
        week = program.week_of(date(2026, 12, 2))
        (row,) = weekly_hours(program, week=week, as_of=NOW)
        return row.offered
