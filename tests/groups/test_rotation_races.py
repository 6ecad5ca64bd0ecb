"""Two people change one plan in the same moment: one wins, the other is told."""

from __future__ import annotations

from datetime import date

import pytest

from groups.closing.actions import close_days
from groups.closing.answers import Answer
from groups.models import SessionLesson
from groups.rotation.actions import PlanHasChanged, apply_plan, change_order, reflow
from groups.rotation.reading import plan_seen
from programs.models import Closure
from tests import build
from tests.at_once import at_once
from tests.groups.rotations import Plan, a_plan, planned

pytestmark = pytest.mark.django_db(transaction=True)


def applying(plan: Plan, number: int, seen: str) -> object:
    teaches = {plan.sessions[0].pk: [plan.lessons[number].pk]}
    return apply_plan(group=plan.group, teaches=teaches, seen=seen, by=plan.director)


def test_one_plan_of_two_is_applied() -> None:
    plan = a_plan()
    seen = plan_seen(plan.group, build.NOW)
    came = at_once(
        lambda: applying(plan, 2, seen), lambda: applying(plan, 3, seen), words=(PlanHasChanged,)
    )
    assert sum(isinstance(each, PlanHasChanged) for each in came) == 1
    assert planned(plan.group)[0] == ("Sleep" if came[0] is None else "Anger")


def test_a_closure_and_a_new_order_leave_one_whole_plan() -> None:
    plan = a_plan()
    seen = plan_seen(plan.group, build.NOW)
    day = date(2026, 12, 2)
    closure = Closure(
        site=plan.program.site, program=plan.program, first_on=day, last_on=day, reason="Snow"
    )

    def close() -> object:
        return close_days(closure=closure, answer=Answer(), now=build.NOW, by=plan.director)

    def turn_round() -> object:
        return change_order(
            group=plan.group,
            lessons=list(reversed(plan.lessons)),
            on_cancel="shift",
            is_repeating=True,
            seen=seen,
            now=build.NOW,
            by=plan.director,
        )

    came = at_once(close, turn_round, words=(PlanHasChanged,))
    names = ["Triggers", "Cravings", "Sleep", "Anger"]
    order = names if isinstance(came[1], PlanHasChanged) else names[::-1]
    assert planned(plan.group) == [order[0], "-", *order[1:], order[0]]


def test_two_reflows_write_each_session_once() -> None:
    plan = a_plan()
    SessionLesson.objects.planned().delete()
    act = lambda: reflow(group=plan.group, by=None, now=build.NOW)  # noqa: E731
    assert sorted(at_once(act, act, words=())) == [0, 6]  # type: ignore[type-var]
    assert SessionLesson.objects.count() == 6
