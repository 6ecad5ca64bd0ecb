"""What the database refuses in one row of the clinic, its programs, its staff and its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, models, transaction

from programs.models import Clinic, Site
from tests import build
from tests.build import NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]
EARLIER = NOW - timedelta(minutes=1)
NO_SUCH_ZONE = r"time zone .* not recognized"


def a_rule(**fields: Any) -> models.Model:
    return build.a_rule(build.a_program(), **fields)


def an_order(**fields: Any) -> models.Model:
    return build.an_order(build.an_enrollment(), **fields)


def an_assignment(**fields: Any) -> models.Model:
    given = {"role": "clinician", **fields}
    return build.an_assignment(build.a_user(), build.a_program(), **given)


def a_leave(**fields: Any) -> models.Model:
    given = {"first_on": "2026-11-23", "last_on": None, **fields}
    return build.a_leave(build.a_participant(), **given)


def a_removed_closure(**fields: Any) -> models.Model:
    return build.a_closure(site=build.a_site(), removed_by=build.a_user(), **fields)


def a_schedule_rule(**fields: Any) -> models.Model:
    return build.a_schedule_rule(build.a_program(), **fields)


def a_required_credential(**fields: Any) -> models.Model:
    given = {"kind": "process", "credential": "LCSW", **fields}
    return a_schedule_rule().credentials.create(**given)


# The constraint, who builds the row, fields that are accepted, and changes that are refused.
ROWS: list[tuple[str, Callable[..., models.Model], Fields, Fields]] = [
    ("room_seats_someone", build.a_room, {"capacity": 1}, {"capacity": 0}),
    (
        "room_turnover_within_hours",
        build.a_room,
        {"turnover_minutes": 240},
        {"turnover_minutes": 241},
    ),
    (
        "closure_removed_by_says_when",
        a_removed_closure,
        {"removed_at": NOW},
        {"removed_at": None},
    ),
    (
        "closure_ends_after_start",
        build.a_closure,
        {"first_on": "2026-11-26", "last_on": "2026-11-26"},
        {"last_on": "2026-11-25"},
    ),
    ("program_level_of_care_known", build.a_program, {}, {"level_of_care": "9"}),
    ("program_week_starts_on_known", build.a_program, {"week_starts_on": 6}, {"week_starts_on": 7}),
    (
        "hours_rule_max_not_under_min",
        a_rule,
        {"min_minutes_per_week": 540, "max_minutes_per_week": 540},
        {"max_minutes_per_week": 539},
    ),
    ("hours_rule_days_fit_week", a_rule, {"min_days_per_week": 7}, {"min_days_per_week": 8}),
    ("hours_rule_count_known", a_rule, {"count": "clinical_hours"}, {"count": "hours"}),
    ("hours_rule_partial_weeks_known", a_rule, {"partial_weeks": "count"}, {"partial_weeks": "x"}),
    ("hours_rule_closures_known", a_rule, {"closures": "count"}, {"closures": "x"}),
    ("hours_rule_leave_known", a_rule, {"leave": "count"}, {"leave": "x"}),
    ("hours_rule_counts_known", a_rule, {"counts": None}, {"counts": []}),
    (
        "schedule_rule_days_in_order",
        a_schedule_rule,
        {"min_days_per_week": 3, "max_days_per_week": 3},
        {"max_days_per_week": 2},
    ),
    (
        "schedule_rule_days_in_order",
        a_schedule_rule,
        {"min_days_per_week": None, "max_days_per_week": 7},
        {"max_days_per_week": 8},
    ),
    (
        "schedule_rule_days_in_order",
        a_schedule_rule,
        {"min_days_per_week": 7, "max_days_per_week": None},
        {"min_days_per_week": 8, "max_days_per_week": 7},
    ),
    (
        "schedule_rule_minutes_in_order",
        a_schedule_rule,
        {"min_minutes_per_day": 120, "max_minutes_per_day": 120},
        {"max_minutes_per_day": 119},
    ),
    (
        "schedule_rule_minutes_in_order",
        a_schedule_rule,
        {"min_minutes_per_day": 120, "max_minutes_per_day": None},
        {"max_minutes_per_day": 119},
    ),
    (
        "schedule_rule_limits_are_some",
        a_schedule_rule,
        {"max_gap_days": 1, "max_per_facilitator": None},
        {"max_gap_days": 0},
    ),
    (
        "schedule_rule_limits_are_some",
        a_schedule_rule,
        {"max_gap_days": None, "max_per_facilitator": 1},
        {"max_per_facilitator": 0},
    ),
    ("required_credential_kind_known", a_required_credential, {"kind": "family"}, {"kind": "yoga"}),
    ("staff_assignment_role_known", an_assignment, {"role": "billing"}, {"role": "owner"}),
    (
        "staff_assignment_ends_after_start",
        an_assignment,
        {"started_at": NOW, "ended_at": NOW},
        {"ended_at": EARLIER},
    ),
    ("participant_language_known", build.a_participant, {"language": "es"}, {"language": "fr"}),
    ("participant_has_chart_and_names", build.a_participant, {}, {"chart_number": ""}),
    ("participant_has_chart_and_names", build.a_participant, {}, {"first_name": ""}),
    ("participant_has_chart_and_names", build.a_participant, {}, {"last_name": ""}),
    ("contact_consent_channel_known", build.a_consent, {"channel": "email"}, {"channel": "fax"}),
    (
        "contact_consent_withdrawn_after_given",
        build.a_consent,
        {"given_at": NOW, "withdrawn_at": NOW},
        {"withdrawn_at": EARLIER},
    ),
    ("enrollment_admission_known", build.an_enrollment, {}, {"admission": "sideways"}),
    (
        "enrollment_discharge_reason_known",
        build.an_enrollment,
        {"discharged_on": "2026-12-01", "discharge_reason": "deceased"},
        {"discharge_reason": "gone"},
    ),
    (
        "enrollment_discharge_has_reason",
        build.an_enrollment,
        {"discharged_on": "2026-12-01", "discharge_reason": "completed"},
        {"discharge_reason": ""},
    ),
    (
        "enrollment_discharge_has_reason",
        build.an_enrollment,
        {"discharged_on": "2026-12-01", "discharge_reason": "completed"},
        {"discharged_on": None},
    ),
    (
        "enrollment_discharged_after_admitted",
        build.an_enrollment,
        {"discharged_on": build.FIRST_DAY, "discharge_reason": "medical"},
        {"discharged_on": "2026-11-01"},
    ),
    (
        "enrollment_planned_after_admitted",
        build.an_enrollment,
        {"planned_discharge_on": build.FIRST_DAY},
        {"planned_discharge_on": "2026-11-01"},
    ),
    ("order_of_some_minutes", an_order, {"minutes_per_week": 1}, {"minutes_per_week": 0}),
    (
        "leave_ends_after_start",
        a_leave,
        # A leave that never began has no dates.
        {"first_on": "2026-11-23", "last_on": "2026-11-22"},
        {"last_on": "2026-11-21"},
    ),
]


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), ROWS)
def test_one_row(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    if "chart" not in constraint:  # an empty field says so itself, before the constraint can
        explains(row, constraint, **changes)


def test_a_rule_counts_known_kinds_only():
    rule = build.a_rule(build.a_program(), counts=["skills", "family"])
    with refused("hours_rule_counts_known"):
        build.a_rule(build.a_program(), counts=["skills", "yoga"])
    assert rule.kinds_that_count == ["skills", "family"]


@pytest.mark.parametrize("zone", ["America/Chicago", "Pacific/Auckland", "Etc/UTC"])
def test_a_zone_that_exists(zone: str):
    site = build.a_site(timezone=zone)
    site.full_clean()
    assert site.zone.key == zone


@pytest.mark.parametrize("zone", ["Mars/Base", "", " America/Chicago", "Chicago"])
def test_a_zone_that_does_not_exist(zone: str):
    """PostgreSQL refuses it as a bad value while it works the constraint out."""
    assert "site_timezone_known" in {each.name for each in Site._meta.constraints}
    with pytest.raises(DataError, match=NO_SUCH_ZONE), transaction.atomic():
        build.a_site(timezone=zone)
    site = build.a_site()
    with pytest.raises(DataError, match=NO_SUCH_ZONE), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(timezone=zone)
    site.timezone = zone
    with pytest.raises(ValidationError) as caught:
        site.full_clean()
    assert set(caught.value.error_dict) == {"timezone"}


def test_an_installation_is_one_clinic():
    clinic = build.a_clinic()
    with refused("clinic_only_one"):
        Clinic.objects.create(name="Second", is_the_one=False)
    with refused("programs_clinic_is_the_one_key"):
        Clinic.objects.create(name="Second")
    explains(clinic, "clinic_only_one", is_the_one=False)
