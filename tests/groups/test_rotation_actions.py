"""Changing a group's plan of lessons: what is kept, refused in words, and written in the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from curriculum.models import Lesson
from groups.models import Rotation, RotationLesson, SessionLesson, Teaching
from groups.rotation.actions import (
    PlanHasChanged,
    apply_plan,
    choose_lessons,
    reflow,
    release,
    set_rotation,
)
from groups.rotation.reading import plan_seen, plans_of
from tests import build, build_curriculum
from tests.groups.rotations import Plan, a_plan, planned
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
IN_ORDER = ["Triggers", "Cravings", "Sleep", "Anger", "Triggers", "Cravings"]


@pytest.fixture
def plan() -> Plan:
    return a_plan()


def words_of(caught: pytest.ExceptionInfo[NotKept]) -> str:
    return " ".join(str(word) for words in caught.value.words.values() for word in words)


def setting(plan: Plan, *lessons: object, **fields: object) -> None:
    said = {"on_cancel": "shift", "is_repeating": True, "by": plan.director, **fields}
    set_rotation(group=plan.group, lessons=lessons or plan.lessons, **said)  # type: ignore[arg-type]


def test_a_reflow_fills_the_sessions_and_says_so(plan: Plan) -> None:
    assert planned(plan.group) == IN_ORDER
    event = AuditEvent.objects.get(verb="lessons.reflowed")
    assert event.detail["sessions"] == 6
    assert event.detail["group"] == str(plan.group.public_id)


def test_a_second_reflow_writes_nothing(plan: Plan) -> None:
    rows = list(SessionLesson.objects.values_list("pk", flat=True))
    assert reflow(group=plan.group, by=None, now=build.NOW) == 0
    assert list(SessionLesson.objects.values_list("pk", flat=True)) == rows
    assert AuditEvent.objects.filter(verb="lessons.reflowed").count() == 1


def test_a_rotation_is_set_in_another_order(plan: Plan) -> None:
    setting(plan, *reversed(plan.lessons), on_cancel="skip", is_repeating=False)
    reflow(group=plan.group, by=plan.director, now=build.NOW)
    assert planned(plan.group) == ["Anger", "Sleep", "Cravings", "Triggers", "-", "-"]
    event = AuditEvent.objects.get(verb="rotation.set")
    assert event.detail["lessons"][0] == str(plan.lessons[3].public_id)


def test_an_order_against_a_prerequisite_is_refused_with_both_names(plan: Plan) -> None:
    build_curriculum.needs(plan.lessons[0], plan.lessons[2])
    with pytest.raises(NotKept) as caught:
        setting(plan)
    assert "Triggers needs Sleep first" in words_of(caught)


def test_lessons_that_cannot_be_planned_are_refused(plan: Plan) -> None:
    other = build.a_lesson(name="Elsewhere")
    retired = build.a_lesson(plan.program, name="Old", retired_at=build.NOW)
    for lesson, words in ((other, "belongs to another program"), (retired, "is retired")):
        with pytest.raises(NotKept) as caught:
            setting(plan, lesson)
        assert words in words_of(caught)
    with pytest.raises(NotKept) as caught:
        setting(plan, plan.lessons[0], plan.lessons[0])
    assert "named twice" in words_of(caught)


def test_a_lesson_that_is_only_a_draft_is_refused(plan: Plan) -> None:
    draft = Lesson.objects.create(module=plan.lessons[0].module, name="Unfinished")
    build_curriculum.a_draft(draft)
    with pytest.raises(NotKept) as caught:
        setting(plan, draft)
    assert "Unfinished is only a draft" in words_of(caught)


def test_a_choice_by_hand_stays_and_the_rest_flows_around_it(plan: Plan) -> None:
    choose_lessons(session=plan.sessions[0], lessons=[plan.lessons[3]], by=plan.director)
    reflow(group=plan.group, by=plan.director, now=build.NOW)
    assert planned(plan.group) == ["Anger", "Triggers", "Cravings", "Sleep", "Triggers", "Cravings"]
    release(session=plan.sessions[0], by=plan.director)
    reflow(group=plan.group, by=plan.director, now=build.NOW)
    assert planned(plan.group) == IN_ORDER
    assert AuditEvent.objects.filter(verb="lessons.chosen").count() == 1
    assert AuditEvent.objects.filter(verb="lessons.released").count() == 1


def test_a_lesson_longer_than_its_session_is_refused_with_both_lengths(plan: Plan) -> None:
    long = build.a_lesson(plan.program, name="Marathon", minutes=200)
    with pytest.raises(NotKept) as caught:
        choose_lessons(session=plan.sessions[0], lessons=[long], by=plan.director)
    assert "Marathon takes 200 minutes; the session has 180" in words_of(caught)
    assert planned(plan.group) == IN_ORDER


def test_several_lessons_fit_by_hand_together_or_not_at_all(plan: Plan) -> None:
    choose_lessons(session=plan.sessions[0], lessons=plan.lessons[:3], by=plan.director)
    assert planned(plan.group)[0] == "Triggers+Cravings+Sleep"
    with pytest.raises(NotKept) as caught:
        choose_lessons(session=plan.sessions[0], lessons=plan.lessons, by=plan.director)
    assert "take 240 minutes; the session has 180" in words_of(caught)


def test_a_lesson_before_what_it_needs_is_refused(plan: Plan) -> None:
    advanced = build.a_lesson(plan.program, name="Advanced", minutes=30)
    build_curriculum.needs(advanced, plan.lessons[2])
    with pytest.raises(NotKept) as caught:
        choose_lessons(session=plan.sessions[1], lessons=[advanced], by=plan.director)
    assert "Advanced needs Sleep first" in words_of(caught)
    choose_lessons(session=plan.sessions[3], lessons=[advanced], by=plan.director)


def test_a_taught_session_is_never_planned_anew(plan: Plan) -> None:
    session = build.a_session(plan.group, "2026-11-23")
    build_curriculum.taught(session, plan.lessons[1])
    with pytest.raises(NotKept) as caught:
        choose_lessons(session=session, lessons=[plan.lessons[0]], by=plan.director)
    assert "is confirmed" in words_of(caught)
    reflow(group=plan.group, by=None, now=build.NOW)
    assert planned(plan.group)[:3] == ["Cravings", "Triggers", "Sleep"]


def test_a_cancelled_session_takes_no_choice(plan: Plan) -> None:
    session = plan.sessions[0]
    session.status = "cancelled"
    session.save()
    with pytest.raises(NotKept) as caught:
        choose_lessons(session=session, lessons=[plan.lessons[0]], by=plan.director)
    assert "cancelled" in words_of(caught)


def test_a_plan_becomes_the_order_of_the_rotation(plan: Plan) -> None:
    wanted = [2, 0, 1, 3]
    teaches = {plan.sessions[n].pk: [plan.lessons[w].pk] for n, w in enumerate(wanted)}
    seen = plan_seen(plan.group, build.NOW)
    apply_plan(group=plan.group, teaches=teaches, seen=seen, by=plan.director)
    assert planned(plan.group) == ["Sleep", "Triggers", "Cravings", "Anger", "Sleep", "Triggers"]
    assert not SessionLesson.objects.filter(is_fixed=True).exists()
    assert reflow(group=plan.group, by=None, now=build.NOW) == 0


def test_a_plan_that_no_order_gives_is_fixed_where_it_differs(plan: Plan) -> None:
    teaches = {
        plan.sessions[0].pk: [plan.lessons[2].pk],
        plan.sessions[1].pk: [plan.lessons[2].pk],
        plan.sessions[2].pk: [plan.lessons[0].pk],
    }
    seen = plan_seen(plan.group, build.NOW)
    apply_plan(group=plan.group, teaches=teaches, seen=seen, by=plan.director)
    assert planned(plan.group)[:4] == ["Sleep", "Sleep", "Triggers", "Cravings"]
    assert reflow(group=plan.group, by=None, now=build.NOW) == 0


def test_a_plan_is_fixed_as_a_whole_where_that_is_asked(plan: Plan) -> None:
    teaches = {plan.sessions[1].pk: [plan.lessons[0].pk]}
    seen = plan_seen(plan.group, build.NOW)
    apply_plan(group=plan.group, teaches=teaches, seen=seen, by=plan.director, is_fixed=True)
    assert SessionLesson.objects.get(is_fixed=True).session == plan.sessions[1]
    assert planned(plan.group)[:3] == ["Cravings", "Triggers", "Sleep"]


def test_a_group_without_a_rotation_is_planned_by_hand(plan: Plan) -> None:
    group = build.a_group(plan.program)
    session = build.a_session(group, "2026-12-01")
    seen = plan_seen(group, build.NOW)
    teaches = {session.pk: [plan.lessons[0].pk]}
    apply_plan(group=group, teaches=teaches, seen=seen, by=plan.director)
    assert SessionLesson.objects.get(session=session).is_fixed


def test_a_plan_made_from_another_one_is_refused(plan: Plan) -> None:
    seen = plan_seen(plan.group, build.NOW)
    choose_lessons(session=plan.sessions[0], lessons=[plan.lessons[3]], by=plan.director)
    teaches = {plan.sessions[1].pk: [plan.lessons[0].pk]}
    for stale in (seen, "", "nonsense", "99999999999999999.0"):
        with pytest.raises(PlanHasChanged):
            apply_plan(group=plan.group, teaches=teaches, seen=stale, by=plan.director)


def test_a_plan_is_refused_where_it_does_not_fit(plan: Plan) -> None:
    build_curriculum.needs(plan.lessons[0], plan.lessons[2])
    seen = plan_seen(plan.group, build.NOW)
    teaches = {plan.sessions[0].pk: [plan.lessons[0].pk]}
    with pytest.raises(NotKept) as caught:
        apply_plan(group=plan.group, teaches=teaches, seen=seen, by=plan.director)
    assert "Triggers needs Sleep first" in words_of(caught)
    assert planned(plan.group) == IN_ORDER


def test_a_planned_session_that_is_over_had_its_turn_until_somebody_says_otherwise() -> None:
    plan = a_plan()
    later = build.NOW + timedelta(days=6)  # the first session is over, nobody confirmed it
    assert reflow(group=plan.group, by=None, now=later) == 0
    session = plan.sessions[0]
    Teaching.objects.create(
        session=session, other="A talk", confirmed_by=plan.director, confirmed_at=later
    )
    reflow(group=plan.group, by=None, now=later)
    assert planned(plan.group)[1:4] == ["Triggers", "Cravings", "Sleep"]


def test_plans_of_many_groups_take_as_many_queries_as_of_one(
    plan: Plan, django_assert_num_queries: object
) -> None:
    groups = [plan.group.pk]
    for _ in range(3):
        group = build.a_group(plan.program)
        build_curriculum.a_rotation(group, plan.lessons)
        groups.append(group.pk)
    for asked in (groups[:1], groups):
        with django_assert_num_queries(6):  # type: ignore[operator]
            plans_of(asked, build.NOW)


def test_a_rotation_is_shift_or_skip(plan: Plan) -> None:
    plan.rotation.on_cancel = "skip"
    plan.rotation.save()
    with refused("rotation_on_cancel_known"):
        Rotation.objects.filter(pk=plan.rotation.pk).update(on_cancel="maybe")
    explains(plan.rotation, "rotation_on_cancel_known", on_cancel="maybe")


def test_a_rotation_has_each_lesson_once(plan: Plan) -> None:
    other = build.a_group(plan.program)
    build_curriculum.a_rotation(other, plan.lessons)
    with refused("rotation_lesson_once"):
        RotationLesson.objects.create(rotation=plan.rotation, lesson=plan.lessons[0], position=9)
    twice = RotationLesson(rotation=plan.rotation, lesson=plan.lessons[0], position=9)
    explains(twice, "rotation_lesson_once")


def test_a_group_has_one_rotation(plan: Plan) -> None:
    with refused("groups_rotation_group_id_key"):
        Rotation.objects.create(group=plan.group)
