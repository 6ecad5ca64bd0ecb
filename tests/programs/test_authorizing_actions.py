"""An authorization is kept and changed: rows, refusals at their fields, the trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from programs.authorizing import actions
from programs.authorizing.actions import AuthorizationFacts
from programs.models import Authorization, Enrollment, Program
from tests import build
from tests.build import FIRST_DAY, NOW
from tests.build_episodes import an_authorization

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 11, 29)
FACTS = AuthorizationFacts(
    payer="Prairie Health Plan",
    member_id="XYZ 123",
    number="A-100",
    unit="day",
    status="approved",
    requested_units=16,
    approved_units=12,
    first_on=FIRST_DAY,
    last_on=LAST_DAY,
    days_per_week=3,
    next_review_on=LAST_DAY - timedelta(days=3),
    note="Call Ms. Hale",
)


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    return build.an_enrollment(program)


def add(enrollment: Enrollment, by: User, facts: AuthorizationFacts = FACTS) -> Authorization:
    return actions.add_authorization(enrollment=enrollment, facts=facts, now=NOW, by=by)


def refused_at(act: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(NotKept) as caught:
        act()
    return {field: [str(word) for word in words] for field, words in caught.value.words.items()}


def test_it_is_kept(enrollment: Enrollment, billing: User):
    add(enrollment, billing)
    row = Authorization.objects.get()
    assert (row.member_id, row.note, row.approved_units) == ("XYZ 123", "Call Ms. Hale", 12)
    assert (row.entered_by, row.entered_at) == (billing, NOW)
    event = AuditEvent.objects.get(verb="authorization.added")
    assert (event.by, event.subject_id) == (billing, row.public_id)
    assert event.participant_id == enrollment.participant.public_id
    assert event.detail == {
        "unit": "day",
        "status": "approved",
        "approved_units": 12,
        "first_on": "2026-11-02",
        "last_on": "2026-11-29",
    }


def test_a_change_names_its_fields_and_keeps_what_was(enrollment: Enrollment, billing: User):
    row = add(enrollment, billing)
    wanted = replace(FACTS, approved_units=14, member_id="XYZ 124", note="")
    actions.change_authorization(authorization=row, facts=wanted, by=billing)
    row.refresh_from_db()
    assert (row.approved_units, row.member_id, row.note) == (14, "XYZ 124", "")
    event = AuditEvent.objects.get(verb="authorization.changed")
    assert event.detail["fields"] == ["approved_units", "member_id", "note"]
    assert "XYZ" not in str(event.detail)
    history = Authorization.pgh_event_model.objects.filter(pgh_obj=row).order_by("pgh_id")
    assert [each.approved_units for each in history] == [12, 14]


def test_what_does_not_change_leaves_no_trace(enrollment: Enrollment, billing: User):
    row = add(enrollment, billing)
    actions.change_authorization(authorization=row, facts=FACTS, by=billing)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"last_on": FIRST_DAY - timedelta(days=1)}, "last_on", "ends on or after its first day"),
        ({"number": ""}, "number", "An approval has a number"),
        ({"approved_units": 0}, "approved_units", "An approval has a number"),
        ({"approved_units": None}, "approved_units", "An approval has a number"),
        ({"days_per_week": 8}, "days_per_week", "A week has one to seven days."),
        ({"next_review_on": LAST_DAY}, "next_review_on", "before the last day, not on it"),
        ({"first_on": date(2026, 11, 20)}, "first_on", "Another approved authorization"),
    ],
)
def test_what_cannot_be_says_why_at_its_field(enrollment, billing, changes, field, words):
    an_authorization(enrollment, first_on="2026-11-20", last_on="2026-11-27")
    facts = replace(FACTS, last_on=date(2026, 11, 19), next_review_on=None)
    if field in {"first_on", "next_review_on"}:
        facts = replace(facts, last_on=LAST_DAY)
    if field == "next_review_on":
        facts = replace(facts, unit="hour")
    said = refused_at(lambda: add(enrollment, billing, replace(facts, **changes)))
    assert words in said[field][0]
    assert Authorization.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_a_change_into_another_is_refused(enrollment: Enrollment, billing: User):
    asked = add(enrollment, billing, replace(FACTS, status="pending"))
    an_authorization(enrollment)
    said = refused_at(
        lambda: actions.change_authorization(authorization=asked, facts=FACTS, by=billing)
    )
    assert set(said) == {"first_on"}
    asked.refresh_from_db()
    assert asked.status == "pending"
    assert AuditEvent.objects.count() == 1


def test_nothing_is_kept_without_its_line_on_the_trail(enrollment, billing, audit_fails):
    with pytest.raises(IntegrityError):
        add(enrollment, billing)
    assert not Authorization.objects.exists()
