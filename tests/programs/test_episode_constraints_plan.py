"""What the database refuses in one row of a plan of care, its steps, what payers approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models

from programs.models import Authorization, EpisodeStep
from programs.models.plan_of_care import DIMENSIONS
from tests import build, build_episodes
from tests.build import FIRST_DAY, NOW
from tests.build_episodes import (
    a_certification,
    a_determination,
    a_follow_up,
    a_goal,
    an_authorization,
)
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]
Row = tuple[str, Callable[..., models.Model], Fields, Fields]
DAY_BEFORE = FIRST_DAY - timedelta(days=1)
LAST_DAY = date(2026, 11, 29)
PENDING: Fields = {"status": "pending", "number": "", "approved_units": None}
MET = {"ended_on": FIRST_DAY, "outcome": "met"}
REACHED = {"done_at": NOW, "outcome": "reached"}


def an_episode_step(**fields: Any) -> models.Model:
    """A step of no episode, unless one is given."""
    given = {"came_from": "", "to": "referred", "takes_effect_on": FIRST_DAY, "made_at": NOW}
    person, program = build.a_participant(), build.a_program()
    return EpisodeStep.objects.create(participant=person, program=program, **{**given, **fields})


def a_step_of_an_enrollment(**fields: Any) -> models.Model:
    return an_episode_step(**{"enrollment": build.an_enrollment(), **fields})


def a_step_of_a_referral(**fields: Any) -> models.Model:
    return an_episode_step(**{"referral": build_episodes.a_referral(), **fields})


# The constraint, who builds the row, fields that are accepted, and changes that are refused.
ROWS: list[Row] = [
    ("goal_target_after_set", a_goal, {"target_on": FIRST_DAY}, {"target_on": DAY_BEFORE}),
    ("goal_closed_with_outcome", a_goal, MET, {"outcome": ""}),
    ("goal_closed_with_outcome", a_goal, MET, {"ended_on": None}),
    ("goal_closed_with_outcome", a_goal, MET, {"ended_on": DAY_BEFORE}),
    (
        "certification_due_after_signed",
        a_certification,
        {"due_on": FIRST_DAY + timedelta(days=1)},
        {"due_on": FIRST_DAY},
    ),
    *(("determination_ratings_in_range", a_determination, {n: 4}, {n: 5}) for n in DIMENSIONS),
    ("determination_ratings_in_range", a_determination, {DIMENSIONS[0]: 0}, {DIMENSIONS[0]: 9}),
    # what payers approved
    (
        "authorization_ends_after_start",
        an_authorization,
        {"last_on": FIRST_DAY, "next_review_on": None},
        {"last_on": DAY_BEFORE},
    ),
    (
        "authorization_ends_after_start",
        an_authorization,
        {**PENDING, "last_on": FIRST_DAY},
        {"last_on": DAY_BEFORE - timedelta(days=30)},
    ),
    ("authorization_approved_has_units", an_authorization, {}, {"approved_units": None}),
    (
        "authorization_approved_has_units",
        an_authorization,
        {"approved_units": 1},
        {"approved_units": 0},
    ),
    ("authorization_approved_has_units", an_authorization, {}, {"number": ""}),
    ("authorization_approved_has_units", an_authorization, PENDING, {"status": "partial"}),
    ("authorization_approved_has_units", an_authorization, PENDING, {"status": "approved"}),
    ("authorization_days_of_a_week", an_authorization, {"days_per_week": 7}, {"days_per_week": 8}),
    ("authorization_days_of_a_week", an_authorization, {"days_per_week": 1}, {"days_per_week": 0}),
    (
        "authorization_reviewed_before_end",
        an_authorization,
        {"next_review_on": LAST_DAY - timedelta(days=1)},
        {"next_review_on": LAST_DAY},
    ),
    # the steps
    ("follow_up_done_has_outcome", a_follow_up, REACHED, {"outcome": ""}),
    ("follow_up_done_has_outcome", a_follow_up, REACHED, {"done_at": None}),
    ("episode_step_allowed", a_step_of_an_enrollment, {"to": "active"}, {"to": "discharged"}),
    (
        "episode_step_allowed",
        a_step_of_a_referral,
        {"came_from": "referred", "to": "waitlisted"},
        {"to": "referred"},
    ),
]

# The same, where nobody types what is refused, or the field itself says it first.
UNSAID: list[Row] = [
    ("goal_has_text", a_goal, {}, {"text": ""}),
    ("goal_closed_with_outcome", a_goal, MET, {"outcome": "perhaps"}),
    ("determination_edition_known", a_determination, {"edition": "3"}, {"edition": "5"}),
    (
        "determination_level_known",
        a_determination,
        {"level_of_care": "3.7"},
        {"level_of_care": "9"},
    ),
    ("authorization_has_payer", an_authorization, {}, {"payer": ""}),
    ("authorization_status_known", an_authorization, PENDING, {"status": "lost"}),
    ("authorization_unit_known", an_authorization, {"unit": "hour"}, {"unit": "week"}),
    ("follow_up_done_has_outcome", a_follow_up, REACHED, {"outcome": "perhaps"}),
]


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), ROWS)
def test_one_row(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    explains(row, constraint, **changes)


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), UNSAID)
def test_one_choice(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.clean_fields()
    assert set(changes) <= set(caught.value.error_dict)


# A constraint of choices, the stricter one that PostgreSQL names before it, and so on as above.
HIDDEN = [
    ("goal_outcome_known", "goal_closed_with_outcome", a_goal, MET, {"outcome": "perhaps"}),
    (
        "follow_up_outcome_known",
        "follow_up_done_has_outcome",
        a_follow_up,
        REACHED,
        {"outcome": "perhaps"},
    ),
    (
        "episode_step_standings_known",
        "episode_step_allowed",
        a_step_of_an_enrollment,
        {"to": "active"},
        {"to": "lost"},
    ),
    (
        "episode_step_standings_known",
        "episode_step_allowed",
        a_step_of_an_enrollment,
        {"came_from": "active", "to": "discharged"},
        {"came_from": "lost"},
    ),
]


@pytest.mark.parametrize(("constraint", "stricter", "build_row", "good", "changes"), HIDDEN)
def test_one_choice_without_the_stricter_constraint(
    constraint: str, stricter: str, build_row: Callable, good: Fields, changes: Fields
):
    row = build_row(**good)
    with refused(stricter):
        build_row(**{**good, **changes})
    drop_constraint(type(row), stricter)
    with refused(constraint):
        build_row(**{**good, **changes})
    explains(row, constraint, **changes)


def drop_constraint(model: type[models.Model], name: str) -> None:
    """Take a constraint away until the test is over."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute(f'ALTER TABLE {model._meta.db_table} DROP CONSTRAINT "{name}"')
        cursor.execute(f"SET ROLE {settings.APP_ROLE}")


@pytest.mark.parametrize("status", ["approved", "partial"])
def test_only_what_is_approved_needs_a_number_and_units(status: str):
    an_authorization(status=status)
    for undecided in ("pending", "denied", "appealed", "withdrawn"):
        an_authorization(**{**PENDING, "status": undecided})


def test_a_rating_is_not_under_zero():
    a_determination(dimension_6=0)
    with refused("determination_ratings_in_range"):
        a_determination(dimension_6=-1)


def test_a_follow_up_is_after_some_days():
    a_follow_up(days=1)
    with refused("follow_up_after_some_days"):
        a_follow_up(days=0)


def test_a_step_is_of_an_enrollment_or_of_a_referral():
    a_step_of_an_enrollment(to="scheduled")
    a_step_of_a_referral()
    with refused("episode_step_of_an_episode"):
        an_episode_step()


def test_a_review_may_be_left_blank_and_dates_may_change_together():
    row = an_authorization(next_review_on="2026-11-20")
    row.last_on, row.next_review_on = date(2026, 12, 20), LAST_DAY
    row.save()
    row.next_review_on = None
    row.save()
    assert Authorization.objects.get().last_on == date(2026, 12, 20)
