"""The review packet: what it says to whom, and that it is always one page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import User
from attendance.models import AttendanceRecord
from hours.fuel.packet.content import Packet, Wanted, packet_of
from hours.fuel.packet.pdf import pdf_of
from programs.access import access_of
from programs.models import Authorization, Enrollment, Program
from tests import build
from tests.build import MONDAY, NOW
from tests.build_episodes import a_certification, a_goal, an_authorization
from tests.build_records import a_check_in
from tests.hours.fuel import at_work, attend, schedule

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 7)


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    """Twelve weeks: attended, absent in three ways, with check-ins, goals and certifications."""
    _program, enrollment, group = at_work(program)
    group.name = "Process A"
    group.save()
    enrollment.admitted_on, enrollment.planned_discharge_on = FIRST, date(2026, 12, 18)
    enrollment.save()
    enrollment.memberships.update(first_on=FIRST)
    person = enrollment.participant
    person.birth_date, person.chart_number = date(1990, 3, 9), "C-77"
    person.save()
    build.an_order(enrollment, 720)
    attend(group, enrollment, "2026-11-09", "2026-11-11", "2026-11-16")
    absences = {"2026-11-12": "excused", "2026-11-17": "unexcused", "2026-11-18": "no_call"}
    for day, absence in absences.items():
        record = build.a_record(build.a_session(group, day), person, absence=absence)
        AttendanceRecord.objects.filter(pk=record.pk).update(
            reason="Court date." if absence == "excused" else ""
        )
    schedule(group, "2026-11-30")
    for number, mood in enumerate((2, 3, 7)):
        session = build.a_session(
            group, FIRST + timedelta(days=35 * (number // 2) + number), "18:00", "18:30"
        )
        a_check_in(session, person, mood=mood, craving=9 - mood)
    a_goal(enrollment, text="Sleep five nights a week", ended_on="2026-11-03", outcome="met")
    a_goal(enrollment, text="Call the sponsor", target_on="2026-12-04")
    a_certification(enrollment, signed_on="2026-09-07", due_on="2026-11-06")
    a_certification(enrollment, signed_on="2026-11-05", due_on="2027-01-04")
    return enrollment


@pytest.fixture
def authorization(enrollment: Enrollment) -> Authorization:
    return an_authorization(
        enrollment,
        approved_units=24,
        member_id="M-123",
        number="A-77",
        first_on=FIRST,
        last_on="2026-12-18",
        next_review_on="2026-11-30",
    )


def asked(authorization: Authorization, user: User, **fields: Any) -> Wanted:
    wanted = Wanted(
        enrollment=authorization.enrollment,
        first_on=FIRST,
        last_on=MONDAY,
        authorization=authorization,
        access=access_of(user),
        now=NOW,
    )
    return replace(wanted, **fields)


def words_of(packet: Packet) -> str:
    """The page's text, its lines joined and narrow spaces widened."""
    reader = PdfReader(io.BytesIO(pdf_of(packet)))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().replace("\N{NO-BREAK SPACE}", " ").split())


def test_what_everybody_who_makes_it_reads(authorization: Authorization, billing: User) -> None:
    page = words_of(packet_of(asked(authorization, billing)))
    for said in (
        "Utilization review: Sep 7, 2026 to Nov 25, 2026",
        "Evening IOP · Main site · ASAM 2.1 intensive outpatient",
        "Amara Okoye",
        "Mar 9, 1990",
        "C-77",
        "Prairie Health Plan",
        "M-123",
        "A-77",
        "Sep 7, 2026 to Dec 18, 2026",
        "Nov 30, 2026",
        "2.1 intensive outpatient",
        "3 of 24 days used, 21 left · 1 scheduled · as of Nov 25, 2026",
        "Lasts to its last day, with 20 left over.",
        "Recertified Nov 5, 2026",
        "Certify again by Jan 4, 2027",
        "Excused (1) Thu Nov 12 Process A",
        "Unexcused (1) Tue Nov 17 Process A",
        "No call (1) Wed Nov 18 Process A",
        "Nov 9, 2026 12 h 9 h 6 h 2 Not met",
        "In all: 9 h attended of 19 h 30 min offered, 3 qualifying days.",
        "Made by Bill Novak, Nov 25, 2026",
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    ):
        assert said in page


def test_billing_reads_no_reason_no_check_in_and_no_plan(
    authorization: Authorization, billing: User
) -> None:
    page = words_of(packet_of(asked(authorization, billing)))
    for kept_back in ("Court", "Mood", "Craving", "check-in", "Goal", "sponsor", "Ordered"):
        assert kept_back not in page


def test_a_clinician_reads_all_of_it(authorization: Authorization, clinician: User) -> None:
    page = words_of(packet_of(asked(authorization, clinician)))
    for said in (
        "Excused (1) Thu Nov 12 Process A: Court date.",
        "Ordered 12 h a week, from Sep 7, 2026",
        "Sep 7, 2026 12 h 1 h 0 h 0 2.5 6.5 Not met",
        "3 check-ins; weekly averages, 0 to 10. Mood from 2.5 to 7.0. Craving from 6.5 to 2.0.",
        "Call the sponsor Open, by Dec 4, 2026",
        "Sleep five nights a week Met, Nov 3, 2026",
    ):
        assert said in page


def test_only_the_weeks_asked_for(authorization: Authorization, clinician: User) -> None:
    wanted = asked(authorization, clinician, first_on=date(2026, 11, 18))
    packet = packet_of(wanted)
    assert [week.label for week in packet.weeks] == ["Nov 16, 2026", "Nov 23, 2026"]
    assert dict(packet.attended.counts)["Attended"] == 1
    assert packet.trend == ""
    assert "Mood" not in words_of(packet)


def test_without_an_authorization_it_says_so(
    enrollment: Enrollment, director: User, authorization: Authorization
) -> None:
    packet = packet_of(replace(asked(authorization, director), authorization=None))
    assert packet.gauge is None
    assert "Authorization none on record" in words_of(packet)


def test_weeks_that_no_rule_covers_are_named(authorization: Authorization, director: User) -> None:
    rule = authorization.enrollment.program.rules.get()
    rule.effective_from = date(2026, 9, 21)
    rule.save()
    page = words_of(packet_of(asked(authorization, director)))
    assert "No rule covers 2 more weeks; they are left out." in page


def test_the_weeks_with_a_change_of_clocks_are_weeks_like_all_others(
    authorization: Authorization, director: User
) -> None:
    group = authorization.enrollment.memberships.get().group
    attend(group, authorization.enrollment, "2026-10-31", "2026-11-02")
    night = build.a_session(group, "2026-11-01", "00:30", "03:30")
    build.a_record(night, authorization.enrollment.participant, "00:30-03:30")
    weeks = {week.label: week for week in packet_of(asked(authorization, director)).weeks}
    assert weeks["Oct 26, 2026"].attended.replace("\N{NO-BREAK SPACE}", " ") == "7 h"
    assert weeks["Oct 26, 2026"].days == "2"
    assert weeks["Nov 2, 2026"].days == "1"


def test_a_duplicate_is_named_as_the_record_that_is_kept(
    authorization: Authorization, clinician: User
) -> None:
    duplicate = authorization.enrollment.participant
    duplicate.merged_into = build.a_participant(first_name="Kit", last_name="Kept")
    duplicate.merged_at = NOW
    duplicate.save()
    page = words_of(packet_of(asked(authorization, clinician)))
    assert "Kit Kept" in page
    assert "Nov 9, 2026 12 h 9 h 6 h 2" in page
    assert "Okoye" not in page


@pytest.mark.parametrize(("goals", "words"), [(1, 3), (5, 30), (20, 100)])
def test_it_is_one_page_however_much_there_is(
    authorization: Authorization, clinician: User, goals: int, words: int
) -> None:
    enrollment = authorization.enrollment
    person = enrollment.participant
    person.first_name, person.last_name = "Wilhelmina " * 7, "W" * 80
    person.preferred_name, person.chart_number = "Maria-Magdalena " * 5, "M" * 40
    person.save()
    Authorization.objects.filter(pk=authorization.pk).update(payer="Payer " * 20, number="N" * 60)
    authorization.refresh_from_db()
    authorization.enrollment = enrollment
    authorization.member_id = "I" * 200
    for number in range(goals):
        a_goal(enrollment, text=f"Goal {number}: " + "long words of a goal " * words)
    _many_absences(enrollment, words)
    content = pdf_of(packet_of(asked(authorization, clinician)))
    (page,) = PdfReader(io.BytesIO(content)).pages
    said = " ".join(page.extract_text().split())
    assert "42 CFR part 2" in said
    assert "Goal 0:" in said
    assert "Sep 7, 2026" in said
    assert "Nov 23, 2026" in said
    heights = list(_heights(page))
    foot = next(height for height, text in heights if "42 CFR" in text)
    body = [height for height, text in heights if "42 CFR" not in text and "Made by" not in text]
    assert min(body) > foot


def _many_absences(enrollment: Enrollment, words: int) -> None:
    group = enrollment.memberships.get().group
    kinds = ("excused", "unexcused", "no_call", "")
    for number in range(28):
        day = FIRST + timedelta(days=2 * number)
        session = build.a_session(group, day, "14:00", "15:00")
        record = build.a_record(session, enrollment.participant, absence=kinds[number % 4])
        if record.absence:
            record.reason = "A long reason " * words
            record.save()


def _heights(page: Any) -> Iterator[tuple[float, str]]:
    found: list[tuple[float, str]] = []

    def visit(text: str, _cm: object, tm: list[float], *_rest: object) -> None:
        if text.strip():
            found.append((tm[5], text))

    page.extract_text(visitor_text=visit)
    return iter(found)


def test_the_statements_do_not_grow_with_the_weeks(
    authorization: Authorization, clinician: User
) -> None:
    def measured(first_on: date) -> int:
        wanted = asked(authorization, clinician, first_on=first_on)
        with CaptureQueriesContext(connection) as captured:
            packet_of(wanted)
        return len(captured)

    assert measured(FIRST) == measured(MONDAY - timedelta(weeks=2)) <= 10
