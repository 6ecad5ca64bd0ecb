"""Whatever happens to the calendar, lessons follow it in the same transaction, as foretold."""

from __future__ import annotations

from datetime import date

import pytest

from groups.actions import generate_sessions
from groups.closing.actions import close_days, open_again
from groups.closing.answers import Answer
from groups.models import GroupSession, ScheduleChange, SessionLesson
from groups.rotation.actions import reflow
from groups.rotation.lessons_after import lessons_after
from groups.schedule.actions import cancel_session, end_slot, reinstate_session, undo_change
from groups.schedule.edit import SessionEdit
from groups.schedule.planning import plan_cancel
from groups.schedule.proposal import as_proposal, with_leader_keys
from programs.models import Closure
from tests import build, build_curriculum
from tests.groups.rotations import Plan, a_plan, planned

pytestmark = pytest.mark.django_db


def cancel(plan: Plan, number: int) -> ScheduleChange:
    return cancel_session(
        session=plan.sessions[number], reason="Ill.", now=build.NOW, by=plan.director
    )


def foretold(plan: Plan, number: int) -> tuple[str, ...]:
    edit = plan_cancel(session=plan.sessions[number], reason="Ill.", now=build.NOW)
    (group,) = lessons_after(edit.sessions, now=build.NOW)
    return group.words


def a_closure(plan: Plan, day: str) -> Closure:
    return Closure(
        site=plan.program.site,
        program=plan.program,
        first_on=date.fromisoformat(day),
        last_on=date.fromisoformat(day),
        reason="Snow",
    )


def test_a_cancelled_session_shifts_the_rest_as_foretold() -> None:
    plan = a_plan()
    assert foretold(plan, 1) == (
        "Cravings moves from Wed Dec 2 to Mon Dec 7.",
        "3 more lessons move.",
        "Cravings loses a session: no coming session is left for it so far.",
    )
    cancel(plan, 1)
    assert planned(plan.group) == ["Triggers", "-", "Cravings", "Sleep", "Anger", "Triggers"]


def test_a_cancelled_session_is_skipped_as_foretold() -> None:
    plan = a_plan(on_cancel="skip")
    assert foretold(plan, 1) == ("Cravings is left out this round.",)
    cancel(plan, 1)
    held = ["Triggers", "Cravings", "Sleep", "Anger", "Triggers", "Cravings"]
    assert planned(plan.group) == held  # the second one stands as what was left out
    assert foretold(plan, 2) == ("Sleep is left out this round.",)


@pytest.mark.parametrize("on_cancel", ["shift", "skip"])
def test_undoing_and_reinstating_bring_the_plan_back(on_cancel: str) -> None:
    plan = a_plan(on_cancel=on_cancel)
    before = planned(plan.group)
    change = cancel(plan, 1)
    undo_change(change=change, now=build.NOW, by=plan.director)
    assert planned(plan.group) == before
    cancel(plan, 2)
    session = plan.sessions[2]
    reinstate_session(session=session, now=build.NOW, by=plan.director)
    assert planned(plan.group) == before


def test_a_choice_of_a_cancelled_session_goes_with_the_next_and_stays_chosen() -> None:
    plan = a_plan()
    row = SessionLesson.objects.get(session=plan.sessions[1])
    SessionLesson.objects.filter(pk=row.pk).update(is_fixed=True, lesson=plan.lessons[3])
    cancel(plan, 1)
    assert planned(plan.group)[:4] == ["Triggers", "-", "Anger", "Cravings"]
    assert SessionLesson.objects.get(is_fixed=True).session == plan.sessions[2]


def test_a_closure_and_its_end_take_the_plan_along() -> None:
    plan = a_plan()
    before = planned(plan.group)
    closure = close_days(
        closure=a_closure(plan, "2026-12-07"), answer=Answer(), now=build.NOW, by=plan.director
    )
    assert planned(plan.group) == ["Triggers", "Cravings", "-", "Sleep", "Anger", "Triggers"]
    open_again(closure=closure, now=build.NOW, by=plan.director)
    assert planned(plan.group) == before


def test_sessions_made_out_to_the_horizon_are_planned() -> None:
    plan = a_plan()
    build.a_pattern(plan.group, "14:00", "15:30", weekday=3, first_on="2026-12-17")
    generate_sessions(now=build.NOW, by=None, until=date(2026, 12, 31))
    assert planned(plan.group)[5:9] == ["Cravings", "Sleep", "Anger", "Triggers"]


def test_a_session_too_short_for_a_lesson_waits_for_a_longer_one() -> None:
    plan = a_plan()
    build.a_session(plan.group, "2026-12-01", "09:00", "09:30")
    generate_sessions(now=build.NOW, by=None)
    assert planned(plan.group)[:3] == ["Triggers", "-", "Cravings"]


def test_a_slot_that_ends_leaves_its_lessons_to_others() -> None:
    plan = a_plan()
    pattern = build.a_pattern(plan.group, "14:00", "15:30", weekday=3, first_on="2026-12-03")
    generate_sessions(now=build.NOW, by=None)
    assert planned(plan.group)[:3] == ["Triggers", "Cravings", "Sleep"]
    end_slot(pattern=pattern, last_on=date(2026, 12, 2), now=build.NOW, by=plan.director)
    held = GroupSession.objects.filter(group=plan.group, status="scheduled")
    rows = SessionLesson.objects.planned().filter(session__in=held)
    assert rows.count() == held.count() == 6
    assert planned(plan.group)[:4] == ["Triggers", "Cravings", "Sleep", "Anger"]


def test_groups_without_a_rotation_are_left_alone(django_assert_num_queries: object) -> None:
    group = build.a_group()
    session = build.a_session(group, "2026-12-02")
    (held,) = with_leader_keys(GroupSession.objects.filter(pk=session.pk))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert lessons_after([SessionEdit(as_proposal(held))], now=build.NOW) == ()


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        (("2026-10-30", "2026-11-01", "2026-11-02"), "2026-10-29"),
        (("2027-03-12", "2027-03-14", "2027-03-15"), "2027-03-11"),
    ],
)
def test_days_are_those_of_the_site_where_the_clock_changes(
    days: tuple[str, ...], moment: str
) -> None:
    plan = a_plan()
    now = build.moment(moment, "23:30")
    group = build.a_group(plan.program)
    sessions = [build.a_session(group, day, "00:30", "03:45") for day in days]
    build_curriculum.a_rotation(group, plan.lessons)
    reflow(group=group, by=None, now=now)
    assert planned(group) == ["Triggers", "Cravings", "Sleep"]
    edit = plan_cancel(session=sessions[1], reason="Ill.", now=now)
    (told,) = lessons_after(edit.sessions, now=now)
    assert "from Sun" in told.words[0]
    assert "to Mon" in told.words[0]
