"""What the database refuses to hold twice, or twice at a time, about an episode of care."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import models

from groups.models import GroupMembership
from programs.models import Agreement, Authorization, Enrollment, Leave, Participant, Referral
from tests import build
from tests.build import FIRST_DAY, NOW, a_leave, a_participant, an_enrollment, on
from tests.build_episodes import (
    a_certification,
    a_consent,
    a_determination,
    a_document,
    a_duplicate_report,
    a_follow_up,
    a_referral,
    a_release,
    an_agreement,
    an_authorization,
)
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
DAY_BEFORE = FIRST_DAY - timedelta(days=1)
NEXT_DAY = FIRST_DAY + timedelta(days=1)


def copy_of(row: models.Model) -> models.Model:
    """An unsaved row that says the same under another public id."""
    fields = [field.attname for field in row._meta.concrete_fields]
    kept = {name: getattr(row, name) for name in fields if name not in {"id", "public_id"}}
    return type(row)(**kept)


# The constraint, who builds a row of an owner, another owner, and changes that make room.
ONCE: list[tuple[str, Callable[..., models.Model], Callable[[], models.Model], list[dict]]] = [
    (
        "contact_consent_once",
        a_consent,
        a_participant,
        [{"channel": "sms"}, {"purpose": "outreach"}, {"withdrawn_at": NOW}],
    ),
    (
        "agreement_once_a_day",
        an_agreement,
        a_participant,
        [
            {"kind": "telehealth"},
            {"given_on": NEXT_DAY},
            {"revoked_at": NOW, "revoked_how": "phone"},
        ],
    ),
    (
        "certification_once_a_day",
        a_certification,
        an_enrollment,
        [{"signed_on": NEXT_DAY}, {"withdrawn_at": NOW}],
    ),
    (
        "determination_once_a_day",
        a_determination,
        an_enrollment,
        [{"determined_on": NEXT_DAY}, {"withdrawn_at": NOW}],
    ),
    ("follow_up_once", a_follow_up, an_enrollment, [{"days": 30}, {"called_off_at": NOW}]),
]


@pytest.mark.parametrize(("constraint", "build_row", "an_owner", "others"), ONCE)
def test_once(constraint: str, build_row: Callable, an_owner: Callable, others: list[dict]):
    owner = an_owner()
    row = build_row(owner)
    build_row(an_owner())
    for changes in others:
        build_row(owner, **changes)
    with refused(constraint):
        build_row(owner)
    explains(copy_of(row), constraint)


def test_of_releases_there_may_be_several_a_day():
    person = a_participant()
    a_release(person)
    a_release(person, recipient="A sister")
    assert Agreement.objects.count() == 2


def test_a_stored_name_once():
    row = a_document()
    with refused("programs_document_stored_name_key"):
        a_document(stored_name=row.stored_name)


# --- the first call, a suspicion --------------------------------------------------------------


def test_a_referral_is_open_once():
    """Of those that are closed there may be many; the next opens when the last is closed."""
    program, person = build.a_program(), a_participant()
    a_referral(program, person, status="declined", decline_reason="other")
    a_referral(program, person, status="declined", decline_reason="other")
    a_referral(build.a_program(), person)
    row = a_referral(program, person, status="waitlisted")
    for status in ("referred", "waitlisted"):
        with refused("referral_open_once"):
            a_referral(program, person, status=status)
    explains(copy_of(row), "referral_open_once")


def test_an_enrollment_comes_of_one_referral():
    enrollment = an_enrollment()
    a_referral(enrollment=enrollment, status="enrolled")
    with refused("programs_referral_enrollment_id_key"):
        a_referral(enrollment=enrollment, status="enrolled")
    assert Referral.objects.count() == 1


def test_a_suspicion_once_and_of_two_people():
    one, other = a_participant(), a_participant()
    a_duplicate_report(entered=one, known=other)
    a_duplicate_report(entered=other, known=one)
    with refused("duplicate_report_once"):
        a_duplicate_report(entered=one, known=other)
    with refused("duplicate_report_of_two"):
        a_duplicate_report(entered=one, known=one)


# --- merged records ---------------------------------------------------------------------------


def merge(row: Participant, into: Participant | None) -> None:
    row.merged_into, row.merged_at = into, NOW if into else None
    row.save()


def test_a_merge_is_one_step():
    kept, one, other = (a_participant() for _ in range(3))
    merge(one, kept)
    merge(other, kept)
    assert (one.kept, other.kept, kept.kept) == (kept, kept, kept)
    third = a_participant()
    for row, into in [(third, third), (third, one), (kept, third), (kept, one)]:
        with refused("participant_merged_once"):
            merge(row, into)
        row.refresh_from_db()
    with refused("participant_merged_once"):
        a_participant(merged_into=one, merged_at=NOW)


def test_a_merge_is_taken_back_and_made_the_other_way():
    kept, duplicate = a_participant(), a_participant()
    merge(duplicate, kept)
    merge(duplicate, None)
    merge(kept, duplicate)
    assert kept.kept == duplicate


# --- dates that must not overlap --------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-09", "2026-11-20"),
        ("2026-11-01", "2026-11-09"),
        ("2026-11-20", "2026-11-30"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-01", "2026-12-31"),
        ("2026-11-12", "2026-11-13"),
    ],
)
def test_an_authorization_once_at_a_time_in_a_unit(first: str, last: str):
    enrollment = an_enrollment()
    an_authorization(enrollment, first_on="2026-11-09", last_on="2026-11-20", status="partial")
    # Both neighbours touch it without a gap.
    an_authorization(enrollment, first_on="2026-10-01", last_on="2026-11-08", unit="hour")
    an_authorization(enrollment, first_on=first, last_on=last, status="pending")
    an_authorization(enrollment, first_on=first, last_on=last, unit="quarter_hour")
    row = an_authorization(first_on=first, last_on=last)
    with refused("authorization_one_at_a_time"):
        an_authorization(enrollment, first_on=first, last_on=last)
    explains(copy_of(row), "authorization_one_at_a_time", enrollment=enrollment)


def test_authorizations_may_follow_each_other_without_a_gap():
    enrollment = an_enrollment()
    for first, last in (("11-09", "11-20"), ("11-02", "11-08"), ("11-21", "11-21")):
        an_authorization(enrollment, first_on=f"2026-{first}", last_on=f"2026-{last}")
    with refused("authorization_one_at_a_time"):
        Authorization.objects.filter(last_on="2026-11-08").update(last_on="2026-11-09")


def test_a_pending_authorization_cannot_be_approved_into_another():
    enrollment = an_enrollment()
    an_authorization(enrollment)
    asked = an_authorization(enrollment, status="appealed")
    with refused("authorization_one_at_a_time"):
        Authorization.objects.filter(pk=asked.pk).update(status="approved")
    explains(asked, "authorization_one_at_a_time", status="approved")


def test_episodes_may_follow_each_other_without_a_gap():
    person = a_participant()
    ended: dict[str, Any] = {"discharge_reason": "completed"}
    an_enrollment(None, person, admitted_on="2026-11-09", discharged_on="2026-11-20", **ended)
    an_enrollment(None, person, admitted_on="2026-11-02", discharged_on="2026-11-08", **ended)
    an_enrollment(None, person, admitted_on="2026-11-21")
    for first, last in (("2026-11-20", "2026-11-20"), ("2026-11-08", "2026-11-08")):
        with refused("enrollment_one_at_a_time"):
            an_enrollment(None, person, admitted_on=first, discharged_on=last, **ended)


def test_leaves_may_follow_each_other_without_a_gap():
    person = a_participant()
    for first, last in (("11-09", "11-20"), ("11-02", "11-08"), ("11-21", None)):
        a_leave(person, f"2026-{first}", last and f"2026-{last}")
    for day in ("2026-11-08", "2026-11-09", "2026-11-20", "2026-11-21"):
        with refused("leave_one_at_a_time"):
            a_leave(person, day, day)


# --- what never began has no dates ------------------------------------------------------------


def never_started(person: Participant, admitted_on: date) -> Enrollment:
    day_before = admitted_on - timedelta(days=1)
    fields = {"discharged_on": day_before, "discharge_reason": "never_started"}
    return an_enrollment(None, person, admitted_on=admitted_on, **fields)


@pytest.mark.parametrize("day", ["2026-11-09", "2026-11-12", "2026-11-20", "2026-11-21"])
def test_an_episode_that_never_began_overlaps_nothing(day: str):
    person = a_participant()
    ended = {"discharged_on": "2026-11-20", "discharge_reason": "completed"}
    an_enrollment(None, person, admitted_on="2026-11-09", **ended)
    for _ in range(2):
        never_started(person, on(day))
    assert Enrollment.objects.count() == 3
    assert [each.admitted_on for each in Enrollment.objects.covering(on(day)).begun()] == (
        [date(2026, 11, 9)] if day <= "2026-11-20" else []
    )
    assert not Enrollment.objects.covering(on(day)).filter(discharge_reason="never_started")


@pytest.mark.parametrize("day", ["2026-11-09", "2026-11-12", "2026-11-20", "2026-11-21"])
def test_a_leave_that_never_began_overlaps_nothing(day: str):
    person = a_participant()
    a_leave(person, "2026-11-09", "2026-11-20")
    for _ in range(2):
        a_leave(person, day, on(day) - timedelta(days=1))
    assert Leave.objects.count() == 3
    assert [each.first_on for each in Leave.objects.on(on(day))] == (
        [date(2026, 11, 9)] if day <= "2026-11-20" else []
    )


@pytest.mark.parametrize("day", ["2026-11-09", "2026-11-12", "2026-11-20", "2026-11-21"])
def test_a_membership_that_never_began_overlaps_nothing(day: str):
    enrollment, group = an_enrollment(), build.a_group()
    build.a_membership(group, enrollment, first_on="2026-11-09", last_on="2026-11-20")
    for _ in range(2):
        build.a_membership(group, enrollment, first_on=day, last_on=on(day) - timedelta(days=1))
    assert GroupMembership.objects.count() == 3
    assert [each.first_on for each in GroupMembership.objects.on(on(day))] == (
        [date(2026, 11, 9)] if day <= "2026-11-20" else []
    )


def test_an_episode_that_never_began_may_hold_a_membership_that_never_began_and_no_other():
    enrollment, group = never_started(a_participant(), FIRST_DAY), build.a_group()
    build.a_membership(group, enrollment, first_on=FIRST_DAY, last_on=DAY_BEFORE)
    with refused("membership_inside_enrollment"):
        build.a_membership(group, enrollment, first_on=FIRST_DAY, last_on=FIRST_DAY)
