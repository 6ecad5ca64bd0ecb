"""What changes in a plan of care: kept, refused in words, on the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from programs.models import (
    Certification,
    Enrollment,
    Goal,
    LevelOfCareDetermination,
    Order,
    Program,
)
from programs.plan import actions
from programs.plan.actions import AdmissionFacts
from tests import build, build_episodes
from tests.build import FIRST_DAY, NOW

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    return build.an_enrollment(program)


def refused_words(act: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(NotKept) as caught:
        act()
    return {field: [str(word) for word in words] for field, words in caught.value.words.items()}


def trail() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def order(enrollment: Enrollment, by: User, **fields: Any) -> tuple[Order, int | None]:
    given = {"effective_from": TODAY, "minutes_per_week": 570, "days_per_week": 3, **fields}
    return actions.add_order(enrollment=enrollment, **given, today=TODAY, by=by)


# --- the admission ----------------------------------------------------------------------------


def change(enrollment: Enrollment, by: User, **facts: Any) -> None:
    given = {"admission": "direct", "came_from": "", "planned_discharge_on": None, **facts}
    actions.change_admission(enrollment=enrollment, facts=AdmissionFacts(**given), by=by)


def test_the_admission_is_changed(enrollment: Enrollment, clinician: User):
    planned_on = date(2027, 1, 15)
    change(
        enrollment,
        clinician,
        admission="step_down",
        came_from="php",
        planned_discharge_on=planned_on,
    )
    enrollment.refresh_from_db()
    assert (enrollment.admission, enrollment.came_from) == ("step_down", "php")
    assert enrollment.planned_discharge_on == planned_on
    event = AuditEvent.objects.get(verb="enrollment.changed")
    assert (event.by, event.subject_id) == (clinician, enrollment.public_id)
    assert event.participant_id == enrollment.participant.public_id
    assert event.detail == {"fields": ["admission", "came_from", "planned_discharge_on"]}


def test_an_admission_that_does_not_change_leaves_no_trace(enrollment, clinician):
    change(enrollment, clinician)
    assert trail() == []


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"admission": "direct", "came_from": "php"}, "came_from", "Who steps down comes from"),
        ({"admission": "step_up", "came_from": "php"}, "came_from", "Who steps down comes from"),
        (
            {"planned_discharge_on": FIRST_DAY - timedelta(days=1)},
            "planned_discharge_on",
            "A planned discharge is on or after the admission.",
        ),
    ],
)
def test_an_admission_that_cannot_be(enrollment, clinician, facts, field, words):
    said = refused_words(lambda: change(enrollment, clinician, **facts))
    assert set(said) == {field}
    assert words in said[field][0]
    enrollment.refresh_from_db()
    assert (enrollment.came_from, enrollment.planned_discharge_on) == ("", None)
    assert trail() == []


# --- orders -----------------------------------------------------------------------------------


def test_an_order_is_added(enrollment: Enrollment, clinician: User):
    row, before = order(enrollment, clinician)
    assert (row.minutes_per_week, row.days_per_week, before) == (570, 3, None)
    event = AuditEvent.objects.get(verb="order.added")
    assert event.subject_id == row.public_id
    assert event.detail == {
        "effective_from": "2026-11-25",
        "minutes_per_week": 570,
        "days_per_week": 3,
    }


@pytest.mark.parametrize("day", [TODAY, TOMORROW])
def test_an_order_of_the_same_date_is_replaced_while_it_is_not_past(
    enrollment: Enrollment, clinician: User, day: date
):
    first, _none = order(enrollment, clinician, effective_from=day)
    row, before = order(enrollment, clinician, effective_from=day, minutes_per_week=720)
    assert (row.pk, before) == (first.pk, 570)
    assert Order.objects.get().minutes_per_week == 720
    assert trail() == ["order.added", "order.replaced"]


@pytest.mark.parametrize("day", [YESTERDAY, YESTERDAY - timedelta(days=1), FIRST_DAY])
def test_an_order_that_is_past_never_changes(enrollment: Enrollment, clinician: User, day: date):
    build.an_order(enrollment, effective_from=YESTERDAY)
    said = refused_words(lambda: order(enrollment, clinician, effective_from=day))
    assert said == {
        "effective_from": [
            "The order from Nov 24, 2026 has begun and stays as it is. Enter a later date."
        ]
    }
    assert Order.objects.get().minutes_per_week == 720
    assert trail() == []


def test_an_order_may_be_written_down_late(enrollment: Enrollment, clinician: User):
    build.an_order(enrollment)
    row, _none = order(enrollment, clinician, effective_from=FIRST_DAY + timedelta(days=1))
    assert row.effective_from < TODAY
    build.an_order(enrollment, effective_from=TOMORROW)
    order(enrollment, clinician, effective_from=TODAY)
    assert Order.objects.count() == 4


def test_an_order_is_of_a_day_of_the_episode(program: Program, clinician: User):
    ended = build.an_enrollment(program, discharged_on=YESTERDAY, discharge_reason="completed")
    after = refused_words(lambda: order(ended, clinician))
    assert after["effective_from"] == ["An order begins on or before the last day, Nov 24, 2026."]
    day_before = FIRST_DAY - timedelta(days=1)
    before = refused_words(lambda: order(ended, clinician, effective_from=day_before))
    assert before["effective_from"] == ["An order begins on or after the admission, Nov 2, 2026."]
    order(ended, clinician, effective_from=YESTERDAY)
    assert Order.objects.count() == 1


@pytest.mark.parametrize("days", [0, 8])
def test_an_order_is_of_days_of_a_week(enrollment: Enrollment, clinician: User, days: int):
    said = refused_words(lambda: order(enrollment, clinician, days_per_week=days))
    assert said["days_per_week"] == ["An order is of one to seven days a week."]


def test_no_order_without_its_line_on_the_trail(enrollment, clinician, audit_fails):
    with pytest.raises(IntegrityError):
        order(enrollment, clinician)
    assert not Order.objects.exists()


# --- goals ------------------------------------------------------------------------------------


def test_a_goal_is_added_closed_and_opened_again(enrollment: Enrollment, clinician: User):
    goal = actions.add_goal(
        enrollment=enrollment, text="Sleep", set_on=TODAY, target_on=TOMORROW, by=clinician
    )
    assert (goal.text, goal.set_by) == ("Sleep", clinician)
    actions.close_goal(goal=goal, outcome="met", ended_on=TODAY, by=clinician)
    goal.refresh_from_db()
    assert (goal.outcome, goal.ended_on) == ("met", TODAY)
    actions.reopen_goal(goal=goal, by=clinician)
    actions.reopen_goal(goal=goal, by=clinician)
    goal.refresh_from_db()
    assert (goal.outcome, goal.ended_on) == ("", None)
    assert trail() == ["goal.added", "goal.closed", "goal.reopened"]
    assert "Sleep" not in str([event.detail for event in AuditEvent.objects.all()])


def test_a_goal_is_for_a_day_after_it_is_set(enrollment: Enrollment, clinician: User):
    said = refused_words(
        lambda: actions.add_goal(
            enrollment=enrollment, text="Sleep", set_on=TODAY, target_on=YESTERDAY, by=clinician
        )
    )
    assert said == {"target_on": ["A goal is for a day on or after the day it is set."]}
    assert not Goal.objects.exists()


def test_a_goal_is_closed_once_and_not_before_it_is_set(enrollment: Enrollment, clinician: User):
    goal = build_episodes.a_goal(enrollment, set_on=TODAY, set_by=clinician)

    def close(ended_on: date) -> None:
        actions.close_goal(goal=goal, outcome="met", ended_on=ended_on, by=clinician)

    assert set(refused_words(lambda: close(YESTERDAY))) == {"ended_on"}
    close(TODAY)
    assert "in the meantime" in refused_words(lambda: close(TODAY))["__all__"][0]
    assert trail() == ["goal.closed"]


# --- certifications and determinations --------------------------------------------------------


def certify(enrollment: Enrollment, by: User, **fields: Any) -> Certification:
    given = {"signed_on": FIRST_DAY, "signed_by_name": "Dr. Okafor", "due_on": None, **fields}
    return actions.add_certification(enrollment=enrollment, **given, by=by)


def test_a_certification_is_due_again_after_60_days_or_when_it_says(enrollment, clinician):
    first = certify(enrollment, clinician)
    again = certify(enrollment, clinician, signed_on=TODAY, due_on=TOMORROW)
    assert (first.due_on, again.due_on) == (date(2027, 1, 1), TOMORROW)
    assert first.entered_by == clinician
    event = AuditEvent.objects.get(subject_id=first.public_id)
    assert event.detail == {"signed_on": "2026-11-02", "due_on": "2027-01-01"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"due_on": FIRST_DAY}, "due_on"), ({"signed_on": TODAY}, "signed_on")],
)
def test_a_certification_that_cannot_be(enrollment, clinician, fields, field):
    build_episodes.a_certification(enrollment, signed_on=TODAY, due_on="2027-01-24")
    assert set(refused_words(lambda: certify(enrollment, clinician, **fields))) == {field}
    assert Certification.objects.count() == 1


def test_a_certification_is_withdrawn_once(enrollment, clinician, director):
    row = certify(enrollment, clinician)
    for by in (clinician, director):
        actions.withdraw_certification(certification=row, now=NOW, by=by)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by) == (NOW, clinician)
    assert trail() == ["certification.added", "certification.withdrawn"]
    assert certify(enrollment, clinician) != row


def determine(enrollment: Enrollment, by: User, **fields: Any) -> LevelOfCareDetermination:
    given = {"determined_on": TODAY, "edition": "4", "level_of_care": "2.1", **fields}
    row = LevelOfCareDetermination(**given)
    actions.add_determination(enrollment=enrollment, determination=row, by=by)
    return row


def test_a_determination_is_put_on_record_and_withdrawn(enrollment, clinician):
    row = determine(enrollment, clinician, dimension_1=0, dimension_6=4)
    assert row.determined_by == clinician
    event = AuditEvent.objects.get(verb="determination.added")
    assert event.detail == {"determined_on": "2026-11-25", "edition": "4", "rated": 2}
    actions.withdraw_determination(determination=row, now=NOW, by=clinician)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by) == (NOW, clinician)
    determine(enrollment, clinician)
    assert LevelOfCareDetermination.objects.standing().count() == 1


def test_a_determination_once_a_day(enrollment, clinician):
    determine(enrollment, clinician)
    said = refused_words(lambda: determine(enrollment, clinician))
    assert said == {"determined_on": ["A determination of that day is on record already."]}
    assert trail() == ["determination.added"]
