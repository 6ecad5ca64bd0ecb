"""What the database refuses about outreach, and what it takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from attendance.models import (
    AttemptOutcome,
    ContactWay,
    Outreach,
    OutreachAttempt,
    OutreachKind,
    OutreachOutcome,
)
from tests import build
from tests.build import NOW
from tests.build_records import an_attempt, an_outreach
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
EARLIER = NOW - timedelta(minutes=1)
CLOSED: dict[str, Any] = {"closed_at": NOW, "outcome": "explained"}


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("outreach_kind_known", {"kind": "bored"}),
        ("outreach_closed_with_outcome", {"outcome": "explained"}),
        ("outreach_closed_with_outcome", {"closed_at": NOW}),
        ("outreach_closed_with_outcome", {"note": "Called."}),
        ("outreach_times_in_order", {"due_at": EARLIER}),
        ("outreach_times_in_order", {**CLOSED, "closed_at": EARLIER}),
    ],
)
def test_what_cannot_be(constraint: str, changes: dict):
    row = an_outreach()
    with refused(constraint):
        Outreach.objects.filter(pk=row.pk).update(**changes)
    explains(row, constraint, **changes)


def test_an_outcome_nobody_knows():
    """Two constraints say so; PostgreSQL asks `outreach_closed_with_outcome` first."""
    row = an_outreach()
    with refused("outreach_closed_with_outcome"):
        Outreach.objects.filter(pk=row.pk).update(closed_at=NOW, outcome="gone")
    explains(row, "outreach_outcome_known", closed_at=NOW, outcome="gone")


def test_who_closed_it_needs_a_time():
    row, user = an_outreach(), build.a_user()
    with refused("outreach_closed_with_outcome"):
        Outreach.objects.filter(pk=row.pk).update(closed_by=user)


@pytest.mark.parametrize("kind", OutreachKind)
@pytest.mark.parametrize("outcome", OutreachOutcome)
def test_what_can_be(kind: OutreachKind, outcome: OutreachOutcome):
    row = an_outreach(
        kind=kind, closed_at=NOW, outcome=outcome, closed_by=build.a_user(), note="Called."
    )
    row.full_clean()
    assert an_outreach(kind=kind, **CLOSED).closed_by is None


def test_once_for_a_session_and_kind():
    first = an_outreach(kind="two_in_a_row", **CLOSED)
    with refused("outreach_once_per_session"):
        an_outreach(first.enrollment, first.session, kind="two_in_a_row", **CLOSED)
    assert an_outreach(first.enrollment, first.session, kind="after_safety").pk
    assert an_outreach(first.enrollment, kind="two_in_a_row", **CLOSED).pk


def test_only_one_absence_of_an_episode_is_the_first():
    first = an_outreach(**CLOSED)
    with refused("outreach_first_absence_once"):
        an_outreach(first.enrollment, **CLOSED)
    assert an_outreach(**CLOSED).pk


def test_one_of_a_kind_is_open_at_a_time():
    first = an_outreach(kind="after_safety")
    with refused("outreach_open_once"):
        an_outreach(first.enrollment, kind="after_safety")
    Outreach.objects.update(**CLOSED)
    assert an_outreach(first.enrollment, kind="after_safety").pk


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("outreach_attempt_choices_known", {"way": "pigeon"}),
        ("outreach_attempt_choices_known", {"outcome": "eaten"}),
        ("outreach_attempt_not_ahead", {"tried_at": NOW + timedelta(minutes=1)}),
    ],
)
def test_attempts_that_cannot_be(constraint: str, changes: dict):
    with refused(constraint):
        an_attempt(**changes)
    explains(an_attempt(), constraint, **changes)


@pytest.mark.parametrize("way", ContactWay)
@pytest.mark.parametrize("outcome", AttemptOutcome)
def test_attempts_that_can_be(way: ContactWay, outcome: AttemptOutcome):
    an_attempt(way=way, outcome=outcome, note="Rang.").full_clean()


def test_an_attempt_stays_as_it_was_written():
    attempt = an_attempt()
    rows = OutreachAttempt.objects.filter(pk=attempt.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(outcome="reached")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    assert OutreachAttempt.objects.get().outcome == "left_message"
