"""Working on an outreach: attempts, another owner, the end; refusals, and the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, connection, transaction

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from attendance.models import Outreach, OutreachAttempt
from attendance.outreach.actions.working import close_outreach, hand_over, log_attempt
from programs.models import Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.build import NOW
from tests.build_records import a_staff_notice, an_attempt, an_outreach

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
TRIED: dict[str, Any] = {
    "tried_at": NOW,
    "way": "phone",
    "outcome": "no_answer",
    "note": "Rang twice.",
}
DONE = {"outcome": "coming_back", "note": "Comes on Monday."}


@pytest.fixture
def outreach(program: Program, facilitator: User) -> Outreach:
    session = build.a_session(build.a_group(program))
    return an_outreach(build.an_enrollment(program), session, owned_by=facilitator)


def first_words(refusal: NotKept, field: str) -> str:
    """Return the first words about the field."""
    return str(next(iter(refusal.words[field])))


def trail(verb: str) -> AuditEvent:
    return AuditEvent.objects.get(verb=verb)


def test_an_attempt_is_on_record(outreach: Outreach, clinician: User):
    attempt = log_attempt(outreach=outreach, **TRIED, now=LATER, by=clinician)
    stored = OutreachAttempt.objects.get()
    assert stored == attempt
    assert (stored.tried_at, stored.entered_at, stored.entered_by) == (NOW, LATER, clinician)
    assert (stored.way, stored.outcome, stored.note) == ("phone", "no_answer", "Rang twice.")
    event = trail("outreach.attempted")
    assert event.detail == {"kind": "first_absence", "way": "phone", "outcome": "no_answer"}
    assert event.participant_id == outreach.enrollment.participant.public_id


def test_an_attempt_lies_in_the_past(outreach: Outreach, clinician: User):
    ahead = {**TRIED, "tried_at": LATER + timedelta(minutes=1)}
    with pytest.raises(NotKept) as caught:
        log_attempt(outreach=outreach, **ahead, now=LATER, by=clinician)
    assert set(caught.value.words) == {"tried_time"}
    assert not OutreachAttempt.objects.exists()


def test_choices_nobody_offered_are_refused(outreach: Outreach, clinician: User):
    with pytest.raises(NotKept) as caught:
        log_attempt(outreach=outreach, **{**TRIED, "way": "pigeon"}, now=LATER, by=clinician)
    assert "way" in caught.value.words


def test_it_is_handed_over_and_the_other_is_told(
    outreach: Outreach, facilitator: User, clinician: User, program: Program
):
    told = a_staff_notice(program, kind="outreach", about=outreach.public_id, user=facilitator)
    hand_over(outreach=outreach, to=clinician, now=LATER, by=facilitator)
    outreach.refresh_from_db()
    told.refresh_from_db()
    assert (outreach.owned_by, told.reason) == (clinician, "not_needed")
    notice = StaffNotice.objects.get(user=clinician)
    assert (notice.about, notice.due_at, notice.status) == (outreach.public_id, LATER, "planned")
    assert trail("outreach.handed_over").detail["to"] == str(clinician.public_id)
    hand_over(outreach=outreach, to=facilitator, now=LATER, by=clinician)
    told.refresh_from_db()
    assert told.status == "planned"


def test_who_takes_it_themselves_needs_no_notice(outreach: Outreach, clinician: User):
    hand_over(outreach=outreach, to=clinician, now=LATER, by=clinician)
    assert not StaffNotice.objects.exists()


def test_only_to_somebody_else_who_works_here(
    outreach: Outreach, facilitator: User, billing: User, stranger: User
):
    for to, words in (
        (facilitator, "has it already"),
        (billing, "works in this program"),
        (stranger, "works in"),
    ):
        with pytest.raises(NotKept) as caught:
            hand_over(outreach=outreach, to=to, now=LATER, by=facilitator)
        assert words in first_words(caught.value, "to")
    outreach.refresh_from_db()
    assert outreach.owned_by == facilitator


def test_it_closes_with_its_outcome(outreach: Outreach, clinician: User, program: Program):
    told = a_staff_notice(program, kind="outreach", about=outreach.public_id)
    close_outreach(outreach=outreach, **DONE, now=LATER, by=clinician)
    outreach.refresh_from_db()
    told.refresh_from_db()
    assert (outreach.closed_at, outreach.closed_by) == (LATER, clinician)
    assert (outreach.outcome, outreach.note) == ("coming_back", "Comes on Monday.")
    assert told.reason == "not_needed"
    assert trail("outreach.closed").detail == {"kind": "first_absence", "outcome": "coming_back"}


def test_it_closes_with_an_outcome_there_is(outreach: Outreach, clinician: User):
    for outcome in ("", "gone"):
        with pytest.raises(NotKept):
            close_outreach(outreach=outreach, outcome=outcome, note="", now=LATER, by=clinician)


def test_not_reached_needs_an_attempt(outreach: Outreach, clinician: User):
    unreached = {"outcome": "not_reached", "note": ""}
    with pytest.raises(NotKept) as caught:
        close_outreach(outreach=outreach, **unreached, now=LATER, by=clinician)
    assert "outcome" in caught.value.words
    an_attempt(outreach)
    close_outreach(outreach=outreach, **unreached, now=LATER, by=clinician)


def test_who_is_second_hears_who_was_first(outreach: Outreach, clinician: User, director: User):
    close_outreach(outreach=outreach, **DONE, now=LATER, by=clinician)
    acts = [
        lambda: close_outreach(
            outreach=outreach, outcome="leaving", note="", now=LATER, by=director
        ),
        lambda: log_attempt(outreach=outreach, **TRIED, now=LATER, by=director),
        lambda: hand_over(outreach=outreach, to=director, now=LATER, by=director),
    ]
    for act in acts:
        with pytest.raises(NotKept) as caught:
            act()
        words = first_words(caught.value, NON_FIELD_ERRORS)
        assert words.startswith("Cleo Ortiz, LCSW closed this on Nov 25, 2026, 2:00 PM")
        assert words.endswith("Reached, is coming back.")
    outreach.refresh_from_db()
    assert (outreach.outcome, outreach.closed_by) == ("coming_back", clinician)


def test_what_closed_by_itself_says_so(outreach: Outreach, clinician: User):
    Outreach.objects.update(closed_at=NOW, outcome="explained")
    with pytest.raises(NotKept, match="closed by itself"):
        close_outreach(outreach=outreach, **DONE, now=LATER, by=clinician)


def test_nothing_changes_when_the_audit_fails(
    outreach: Outreach, clinician: User, audit_fails: None
):
    acts = [
        lambda: log_attempt(outreach=outreach, **TRIED, now=LATER, by=clinician),
        lambda: hand_over(outreach=outreach, to=clinician, now=LATER, by=clinician),
        lambda: close_outreach(outreach=outreach, **DONE, now=LATER, by=clinician),
    ]
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    outreach.refresh_from_db()
    assert outreach.closed_at is None
    assert outreach.owned_by != clinician
    assert not OutreachAttempt.objects.exists()


def test_texts_are_not_readable_in_the_database(outreach: Outreach, clinician: User):
    log_attempt(outreach=outreach, **TRIED, now=LATER, by=clinician)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM attendance_outreachattempt")
        assert "Rang" not in cursor.fetchone()[0]


def test_a_second_person_of_the_role_is_offered(program: Program, outreach: Outreach):
    other = build.a_colleague(program, Role.ADMISSIONS)
    hand_over(outreach=outreach, to=other, now=LATER, by=other)
    outreach.refresh_from_db()
    assert outreach.owned_by == other
