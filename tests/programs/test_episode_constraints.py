"""What the database refuses in one row of a person, what they agreed to, and their way here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, models, transaction

from programs.models import Enrollment, Participant
from programs.models.document import LARGEST
from tests import build, build_episodes
from tests.build import FIRST_DAY, NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]
Row = tuple[str, Callable[..., models.Model], Fields, Fields]
DAY_BEFORE = FIRST_DAY - timedelta(days=1)


def a_duplicate(**fields: Any) -> models.Model:
    given = {"merged_into": build.a_participant(), "merged_at": NOW, **fields}
    return build.a_participant(**given)


def an_admission(**fields: Any) -> models.Model:
    return Enrollment.objects.create(
        participant=build.a_participant(),
        program=build.a_program(),
        **{"admitted_on": FIRST_DAY, **fields},
    )


def an_order(**fields: Any) -> models.Model:
    return build.an_order(build.an_enrollment(), **fields)


def a_withdrawn_consent(**fields: Any) -> models.Model:
    return build_episodes.a_consent(withdrawn_by=build.a_user(), **fields)


def a_revoked_agreement(**fields: Any) -> models.Model:
    return build_episodes.an_agreement(revoked_by=build.a_user(), **fields)


def an_enrolled_referral(**fields: Any) -> models.Model:
    return build_episodes.a_referral(enrollment=build.an_enrollment(), **fields)


def a_duplicate_report(**fields: Any) -> models.Model:
    return build_episodes.a_duplicate_report(settled_by=build.a_user(), **fields)


COMPLETED = {"discharged_on": "2026-12-01", "discharge_reason": "completed"}
NEVER_STARTED = {"discharged_on": DAY_BEFORE, "discharge_reason": "never_started"}
WITHDRAWN = {"withdrawn_at": NOW, "withdrawn_how": "phone"}
REVOKED = {"revoked_at": NOW, "revoked_how": "phone"}

# The constraint, who builds the row, fields that are accepted, and changes that are refused.
ROWS: list[Row] = [
    ("participant_merged_at_a_time", a_duplicate, {}, {"merged_at": None}),
    ("participant_merged_at_a_time", a_duplicate, {}, {"merged_into": None}),
    # how they came in, and how they went
    (
        "enrollment_came_from_fits",
        an_admission,
        {"admission": "step_down", "came_from": "php"},
        {"came_from": "outpatient"},
    ),
    (
        "enrollment_came_from_fits",
        an_admission,
        {"admission": "step_up", "came_from": "outpatient"},
        {"came_from": "residential"},
    ),
    (
        "enrollment_came_from_fits",
        an_admission,
        {"admission": "direct", "came_from": ""},
        {"came_from": "inpatient"},
    ),
    (
        "enrollment_destination_after_discharge",
        build.an_enrollment,
        {"destination": ""},
        {"destination": "home"},
    ),
    (
        "enrollment_discharged_after_admitted",
        build.an_enrollment,
        NEVER_STARTED,
        {"discharge_reason": "completed"},
    ),
    (
        "enrollment_discharged_after_admitted",
        build.an_enrollment,
        NEVER_STARTED,
        {"discharged_on": FIRST_DAY},
    ),
    (
        "enrollment_discharged_after_admitted",
        build.an_enrollment,
        NEVER_STARTED,
        {"discharged_on": DAY_BEFORE - timedelta(days=1)},
    ),
    ("order_of_days_of_a_week", an_order, {"days_per_week": 7}, {"days_per_week": 8}),
    ("order_of_days_of_a_week", an_order, {"days_per_week": 1}, {"days_per_week": 0}),
    # what they agreed to
    ("contact_consent_withdrawal_has_time", a_withdrawn_consent, WITHDRAWN, {"withdrawn_at": None}),
    (
        "contact_consent_withdrawal_has_time",
        a_withdrawn_consent,
        {"withdrawn_at": NOW},
        {"withdrawn_at": None},
    ),
    (
        "contact_consent_withdrawal_has_time",
        build_episodes.a_consent,
        WITHDRAWN,
        {"withdrawn_at": None},
    ),
    ("agreement_release_is_whole", build_episodes.a_release, {}, {"recipient": ""}),
    ("agreement_release_is_whole", build_episodes.a_release, {}, {"purpose": ""}),
    ("agreement_release_is_whole", build_episodes.a_release, {}, {"scope": ""}),
    ("agreement_release_is_whole", build_episodes.a_release, {}, {"expires_on": None}),
    (
        "agreement_release_is_whole",
        build_episodes.a_release,
        {"expires_on": None, "expires_when": "The case is closed"},
        {"expires_when": ""},
    ),
    ("agreement_release_is_whole", build_episodes.an_agreement, {}, {"kind": "release"}),
    (
        "agreement_expires_after_given",
        build_episodes.an_agreement,
        {"expires_on": FIRST_DAY},
        {"expires_on": DAY_BEFORE},
    ),
    ("agreement_revoked_somehow", build_episodes.an_agreement, REVOKED, {"revoked_how": ""}),
    ("agreement_revoked_somehow", build_episodes.an_agreement, REVOKED, {"revoked_at": None}),
    (
        "agreement_revoked_somehow",
        a_revoked_agreement,
        REVOKED,
        {"revoked_at": None, "revoked_how": ""},
    ),
    ("document_of_some_size", build_episodes.a_document, {"size_bytes": 1}, {"size_bytes": 0}),
    (
        "document_of_some_size",
        build_episodes.a_document,
        {"size_bytes": LARGEST},
        {"size_bytes": LARGEST + 1},
    ),
    # the first call
    (
        "referral_came_from_fits",
        build_episodes.a_referral,
        {"admission": "step_down", "came_from": "inpatient"},
        {"came_from": "outpatient"},
    ),
    (
        "referral_came_from_fits",
        build_episodes.a_referral,
        {"admission": "step_up", "came_from": "outpatient"},
        {"came_from": "php"},
    ),
    (
        "referral_came_from_fits",
        build_episodes.a_referral,
        {"admission": "direct"},
        {"came_from": "php"},
    ),
    (
        "referral_declined_for_a_reason",
        build_episodes.a_referral,
        {"status": "declined", "decline_reason": "coverage"},
        {"decline_reason": ""},
    ),
    (
        "referral_declined_for_a_reason",
        build_episodes.a_referral,
        {"status": "referred"},
        {"decline_reason": "coverage"},
    ),
    (
        "referral_waits_since",
        build_episodes.a_referral,
        {"status": "waitlisted"},
        {"waitlisted_at": None},
    ),
    (
        "referral_enrolled_has_enrollment",
        an_enrolled_referral,
        {"status": "enrolled"},
        {"status": "referred"},
    ),
    ("referral_enrolled_has_enrollment", build_episodes.a_referral, {}, {"status": "enrolled"}),
    # a suspicion
    (
        "duplicate_report_settled_somehow",
        a_duplicate_report,
        {"settled_at": NOW, "outcome": "merged"},
        {"outcome": ""},
    ),
    (
        "duplicate_report_settled_somehow",
        a_duplicate_report,
        {"settled_at": NOW, "outcome": "different"},
        {"settled_at": None},
    ),
]

# The same, where the field itself says what is wrong before the constraint can.
CHOICES: list[Row] = [
    (
        "enrollment_came_from_fits",
        an_admission,
        {"admission": "step_up"},
        {"came_from": "moon"},
    ),
    (
        "enrollment_destination_known",
        build.an_enrollment,
        {**COMPLETED, "destination": "sober_living"},
        {"destination": "moon"},
    ),
    (
        "contact_consent_purpose_known",
        build_episodes.a_consent,
        {"purpose": "follow_up"},
        {"purpose": "sales"},
    ),
    (
        "contact_consent_how_known",
        build_episodes.a_consent,
        {"taken_how": "reply"},
        {"taken_how": "magic"},
    ),
    ("contact_consent_how_known", build_episodes.a_consent, WITHDRAWN, {"withdrawn_how": "magic"}),
    ("agreement_kind_known", build_episodes.an_agreement, {"kind": "telehealth"}, {"kind": "gift"}),
    (
        "agreement_how_known",
        build_episodes.an_agreement,
        {"taken_how": "online"},
        {"taken_how": "magic"},
    ),
    ("agreement_how_known", build_episodes.an_agreement, REVOKED, {"revoked_how": "magic"}),
    ("document_kind_known", build_episodes.a_document, {"kind": "other"}, {"kind": "poem"}),
    (
        "document_type_known",
        build_episodes.a_document,
        {"content_type": "image/png"},
        {"content_type": "image/gif"},
    ),
    ("referral_status_known", build_episodes.a_referral, {}, {"status": "lost"}),
    ("referral_source_known", build_episodes.a_referral, {"source": "court"}, {"source": "moon"}),
    (
        "referral_admission_known",
        build_episodes.a_referral,
        {"admission": "step_up"},
        {"admission": "sideways"},
    ),
    (
        "referral_decline_reason_known",
        build_episodes.a_referral,
        {"status": "declined", "decline_reason": "other"},
        {"decline_reason": "mood"},
    ),
    (
        "duplicate_report_outcome_known",
        a_duplicate_report,
        {"settled_at": NOW, "outcome": "merged"},
        {"outcome": "perhaps"},
    ),
]


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), ROWS)
def test_one_row(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    # That an enrolled person has an enrollment, nobody types.
    if constraint != "referral_enrolled_has_enrollment":
        explains(row, constraint, **changes)


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), CHOICES)
def test_one_choice(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.clean_fields()
    assert set(changes) <= set(caught.value.error_dict)


@pytest.mark.parametrize("zone", ["", "America/Denver"])
def test_a_participants_zone_exists_or_is_the_sites(zone: str):
    build.a_participant(timezone=zone).full_clean()


def test_a_participants_zone_that_does_not_exist():
    """PostgreSQL refuses it as a bad value while it works the constraint out."""
    assert "participant_timezone_known" in {each.name for each in Participant._meta.constraints}
    with pytest.raises(DataError, match="not recognized"), transaction.atomic():
        build.a_participant(timezone="Mars/Base")
    person = build.a_participant()
    person.timezone = "Mars/Base"
    with pytest.raises(ValidationError) as caught:
        person.full_clean()
    assert set(caught.value.error_dict) == {"timezone"}
