"""Builders of what belongs to an episode of care: the call, agreements, plan, authorizations."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from accounts.models import User
from programs.models import (
    Agreement,
    AgreementKind,
    Authorization,
    AuthorizationStatus,
    Certification,
    ContactConsent,
    Document,
    DuplicateReport,
    Enrollment,
    EnrollmentDraft,
    EpisodeStep,
    FollowUp,
    Goal,
    LevelOfCareDetermination,
    Participant,
    Program,
    Referral,
    Standing,
)
from tests.build import (
    FIRST_DAY,
    NOW,
    a_participant,
    a_program,
    a_user,
    an_enrollment,
    on,
)

_numbers = itertools.count(1)


def a_referral(
    program: Program | None = None, participant: Participant | None = None, **fields: Any
) -> Referral:
    """A first call of somebody by themselves, on FIRST_DAY; waitlisted ones wait since NOW."""
    defaults = {"referred_on": FIRST_DAY, "source": "self"}
    if fields.get("status") == "waitlisted":
        defaults["waitlisted_at"] = NOW
    return Referral.objects.create(
        program=program or a_program(),
        participant=participant or a_participant(),
        **{**defaults, **_dated(fields)},
    )


def a_consent(participant: Participant | None = None, **fields: Any) -> ContactConsent:
    """Consent to reminders by email, given in person at NOW."""
    defaults = {"channel": "email", "given_at": NOW, "taken_how": "in_person"}
    person = participant or a_participant()
    return ContactConsent.objects.create(participant=person, **{**defaults, **fields})


def an_agreement(participant: Participant | None = None, **fields: Any) -> Agreement:
    """A program agreement signed on paper on FIRST_DAY."""
    defaults = {"kind": AgreementKind.PROGRAM, "given_on": FIRST_DAY, "taken_how": "signed"}
    return Agreement.objects.create(
        participant=participant or a_participant(), **{**defaults, **_dated(fields)}
    )


def a_release(participant: Participant | None = None, **fields: Any) -> Agreement:
    """A release to a county's probation office, for a year."""
    defaults = {
        "kind": AgreementKind.RELEASE,
        "recipient": "Douglas County Probation",
        "purpose": "Court report",
        "scope": "Attendance",
        "expires_on": date(2027, 11, 2),
    }
    return an_agreement(participant, **{**defaults, **fields})


def a_document(participant: Participant | None = None, **fields: Any) -> Document:
    """The row of a small PDF; its bytes are nowhere."""
    defaults = {
        "kind": "referral",
        "name": "Referral letter",
        "stored_name": f"{next(_numbers):032x}",
        "content_type": "application/pdf",
        "size_bytes": 1_200,
        "sha256": "0" * 64,
        "uploaded_at": NOW,
    }
    person = participant or a_participant()
    return Document.objects.create(participant=person, **{**defaults, **fields})


def a_goal(enrollment: Enrollment | None = None, **fields: Any) -> Goal:
    defaults = {"text": "Sleep through five nights a week", "set_on": FIRST_DAY}
    return Goal.objects.create(
        enrollment=enrollment or an_enrollment(), **{**defaults, **_dated(fields)}
    )


def a_certification(enrollment: Enrollment | None = None, **fields: Any) -> Certification:
    """A certification signed on FIRST_DAY, due again 60 days later."""
    defaults = {
        "signed_on": FIRST_DAY,
        "due_on": date(2027, 1, 1),
        "signed_by_name": "Dr. Imani Okafor",
    }
    return Certification.objects.create(
        enrollment=enrollment or an_enrollment(), **{**defaults, **_dated(fields)}
    )


def a_determination(
    enrollment: Enrollment | None = None, **fields: Any
) -> LevelOfCareDetermination:
    """Level 2.1 by the fourth edition, on FIRST_DAY, without ratings."""
    defaults = {"determined_on": FIRST_DAY, "edition": "4", "level_of_care": "2.1"}
    return LevelOfCareDetermination.objects.create(
        enrollment=enrollment or an_enrollment(), **{**defaults, **_dated(fields)}
    )


def an_authorization(enrollment: Enrollment | None = None, **fields: Any) -> Authorization:
    """Twelve approved days in the four weeks from FIRST_DAY on."""
    defaults = {
        "payer": "Prairie Health Plan",
        "number": f"A-{next(_numbers)}",
        "unit": "day",
        "approved_units": 12,
        "first_on": FIRST_DAY,
        "last_on": date(2026, 11, 29),
        "status": AuthorizationStatus.APPROVED,
        "entered_at": NOW,
    }
    return Authorization.objects.create(
        enrollment=enrollment or an_enrollment(), **{**defaults, **_dated(fields)}
    )


def a_step(enrollment: Enrollment | None = None, **fields: Any) -> EpisodeStep:
    """The step by which somebody was enrolled."""
    enrollment = enrollment or an_enrollment()
    defaults = {
        "came_from": "",
        "to": Standing.SCHEDULED,
        "takes_effect_on": enrollment.admitted_on,
        "made_at": NOW,
    }
    return EpisodeStep.objects.create(
        enrollment=enrollment,
        participant=enrollment.participant,
        program=enrollment.program,
        **{**defaults, **_dated(fields)},
    )


def a_follow_up(enrollment: Enrollment | None = None, **fields: Any) -> FollowUp:
    """A word due seven days after a discharge on 2026-11-20."""
    defaults = {"days": 7, "due_on": date(2026, 11, 27)}
    return FollowUp.objects.create(
        enrollment=enrollment or an_enrollment(), **{**defaults, **_dated(fields)}
    )


def a_draft(program: Program | None = None, user: User | None = None, **fields: Any):
    defaults = {"kept_at": NOW, "answers": "{}"}
    return EnrollmentDraft.objects.create(
        program=program or a_program(), kept_by=user or a_user(), **{**defaults, **fields}
    )


def a_duplicate_report(**fields: Any) -> DuplicateReport:
    """A suspicion that two records are of one person, raised at NOW."""
    given = {"reported_at": NOW, **fields}
    for name in ("entered", "known"):
        given.setdefault(name, None)
        given[name] = given[name] or a_participant()
    return DuplicateReport.objects.create(
        program=given.pop("program", None) or a_program(), **given
    )


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: on(value) if name.endswith("_on") and value else value
        for name, value in fields.items()
    }
