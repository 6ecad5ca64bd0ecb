"""The summary of an episode: who may have it, what it says, and that it is always one page."""

from __future__ import annotations

import io
import logging
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pypdf import PdfReader

from accounts.models import AuditEvent, User
from hours.summary.pdf import pdf_of
from hours.summary.summary import summary_of
from programs.models import Enrollment, Program
from tests import build
from tests.build import NOW
from tests.build_episodes import a_follow_up, a_goal
from tests.build_trust import stated, taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
# Everything happens in the weeks before this.
FIRST = date(2026, 8, 31)


def reader_of(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """The page's text, its lines joined and narrow spaces widened."""
    text = "\n".join(page.extract_text() for page in reader_of(content).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(enrollment: Enrollment, user: User) -> bytes:
    return pdf_of(summary_of(enrollment, made_by=user, now=NOW))


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    build.a_rule(program, effective_from="2020-01-01")
    person = build.a_participant(
        first_name="Zoë",
        last_name="Nguyễn-Łukasz",
        preferred_name="Zo",
        chart_number="C-77",
        birth_date="1990-03-09",
    )
    enrollment = build.an_enrollment(
        program,
        person,
        admitted_on=FIRST,
        admission="step_down",
        planned_discharge_on="2026-11-06",
        discharged_on="2026-11-04",
        discharge_reason="completed",
        destination="outpatient",
    )
    enrollment.came_from = "residential"
    enrollment.save()
    return enrollment


@pytest.fixture
def url(enrollment: Enrollment) -> str:
    return f"/summary/{enrollment.program.public_id}/{enrollment.public_id}/"


def met_weeks(enrollment: Enrollment, first: date, count: int) -> None:
    """Weeks of one session of nine hours on Monday, all attended."""
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    for number in range(count):
        day = first + timedelta(weeks=number)
        build.a_record(
            build.a_session(group, day, "08:00", "17:00"), enrollment.participant, "08:00-17:00"
        )


def test_who_it_was_and_from_when_to_when(enrollment: Enrollment, director: User) -> None:
    page = words_of(page_of(enrollment, director))
    for said in (
        "Prairie Clinic",
        "Discharge summary",
        "Evening IOP · Main site · ASAM 2.1 intensive outpatient",
        "Zoë Nguyễn-Łukasz (Zo)",
        "Mar 9, 1990",
        "C-77",
        "Aug 31, 2026 · stepped down · from residential care",
        "Nov 6, 2026",
        "Nov 4, 2026",
        "66 days",
        "Completed",
        "Outpatient care",
        "Made by Dina Osei, Nov 25, 2026",
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    ):
        assert said in page
    assert "esson" not in page


def test_attendance_is_counted_from_the_marks(enrollment: Enrollment, director: User) -> None:
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    person = enrollment.participant
    days = [FIRST + timedelta(days=number) for number in range(7)]
    for day in days[:3]:
        build.a_record(build.a_session(group, day), person, "09:00-12:00")
    for day, absence in zip(days[3:6], ("excused", "unexcused", "no_call"), strict=True):
        build.a_record(build.a_session(group, day), person, absence=absence)
    build.a_session(group, days[6])
    summary = summary_of(enrollment, made_by=director, now=NOW)
    assert dict(summary.attendance) == {
        "Expected": 7,
        "Attended": 3,
        "Excused": 1,
        "Unexcused": 1,
        "No call": 1,
        "Not recorded": 1,
    }
    assert "Attended 3 of 6 recorded sessions" in summary.attendance_words
    assert "50%" in words_of(pdf_of(summary))


def test_each_week_has_its_hours_and_verdict(enrollment: Enrollment, director: User) -> None:
    met_weeks(enrollment, FIRST, 2)
    build.a_leave(enrollment.participant, "2026-09-14", "2026-09-15", reason="a private matter")
    page = words_of(page_of(enrollment, director))
    assert "Aug 31, 2026 9 h 9 h Met" in page
    assert "Sep 7, 2026 9 h 9 h Met" in page
    assert "Sep 14, 2026 9 h 0 h Exempt: leave" in page
    assert "Sep 21, 2026 9 h 0 h Not met" in page
    assert "Nov 2, 2026 9 h 0 h Exempt: week of discharge" in page
    assert "2 of 8 weeks held to the minimum met, 18 h attended" in page
    assert "Sep 14, 2026 to Sep 15, 2026" in page
    assert "private" not in page


def test_the_weeks_are_those_of_the_participants_page(
    client_of: ClientOf, director: User, program: Program
) -> None:
    """The weeks in which the clocks change are weeks like all others."""
    build.a_rule(program, effective_from="2020-01-01")
    enrollment = build.an_enrollment(program, admitted_on="2026-03-02")
    met_weeks(enrollment, date(2026, 3, 2), 36)
    summary = summary_of(enrollment, made_by=director, now=NOW)
    assert summary.weeks.earlier.startswith("27 weeks before: 27 of 27 weeks")
    # The running week is not over; of the others, 36 were met.
    assert summary.weeks.lines[-1].verdict == "Not over yet"
    assert summary.weeks.total.startswith("36 of 38 weeks")
    assert summary.title == "Summary so far"


def test_goals_leaves_and_follow_ups(enrollment: Enrollment, director: User) -> None:
    a_goal(enrollment, text="Sleep five nights a week", ended_on="2026-11-03", outcome="met")
    a_goal(enrollment, text="Call the sponsor", target_on="2026-11-20")
    a_follow_up(enrollment, days=7, due_on="2026-11-11", done_at=NOW, outcome="reached")
    a_follow_up(enrollment, days=30, due_on="2026-12-04")
    a_follow_up(enrollment, days=60, due_on="2027-01-03", called_off_at=NOW)
    build.a_leave(enrollment.participant, "2026-09-14", "2026-09-13")  # it never began
    page = words_of(page_of(enrollment, director))
    assert "Sleep five nights a week Met, Nov 3, 2026" in page
    assert "Call the sponsor Open, by Nov 20, 2026" in page
    assert "Nov 11, 2026 (after 7 days): reached" in page
    assert "Dec 4, 2026 (after 30 days)" in page
    assert "after 60 days" not in page
    assert "Leaves none" in page


def test_so_far_there_is_no_discharge(program: Program, director: User) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    enrollment = build.an_enrollment(program, admitted_on="2026-11-16")
    page = words_of(page_of(enrollment, director))
    assert "Summary so far" in page
    assert "10 days so far" in page
    assert "Reason" not in page
    assert "No goals are on record." in page
    assert "No session that counts toward the weekly hours is recorded yet." in page


def test_before_the_first_day_there_are_no_weeks(program: Program, director: User) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    enrollment = build.an_enrollment(program, admitted_on="2026-12-07")
    page = words_of(page_of(enrollment, director))
    assert "The first week has not begun." in page
    assert "so far" not in page.replace("Summary so far", "")


def test_weeks_that_no_rule_covers_are_named(program: Program, director: User) -> None:
    build.a_rule(program, effective_from="2026-11-09")
    enrollment = build.an_enrollment(program, admitted_on="2026-10-26")
    page = words_of(page_of(enrollment, director))
    assert "No rule covers 2 more weeks; they are not judged." in page


def test_a_second_episode_in_the_same_week_is_another_page(
    enrollment: Enrollment, program: Program, director: User
) -> None:
    again = build.an_enrollment(program, enrollment.participant, admitted_on="2026-11-05")
    first = summary_of(enrollment, made_by=director, now=NOW).weeks.lines
    second = summary_of(again, made_by=director, now=NOW).weeks.lines
    assert first[-1].label == second[0].label == "Nov 2, 2026"
    assert (first[-1].verdict, second[0].verdict) == (
        "Exempt: week of discharge",
        "Exempt: week of admission",
    )
    assert len(second) == 4


def test_a_duplicate_is_named_as_the_record_that_is_kept(
    enrollment: Enrollment, director: User
) -> None:
    kept = build.a_participant(first_name="Amara", last_name="Okoye", chart_number="C-1")
    duplicate = enrollment.participant
    duplicate.merged_into, duplicate.merged_at = kept, NOW
    duplicate.save()
    page = words_of(page_of(enrollment, director))
    assert "Amara Okoye" in page
    assert "C-1 (recorded under C-77)" in page
    assert "Nguyễn" not in page


def much(enrollment: Enrollment, *, goals: int, words: int) -> None:
    """As much as can be said of an episode: long names and texts, many rows."""
    person = enrollment.participant
    person.first_name, person.last_name = "Wilhelmina " * 7, "W" * 80
    person.preferred_name = "Maria-Magdalena " * 5
    person.chart_number = "M" * 40
    person.save()
    for number in range(goals):
        a_goal(enrollment, text=f"Goal {number}: " + "long words of a goal " * words)
    for number in range(8):
        day = FIRST + timedelta(days=5 * number)
        build.a_leave(person, day, day)
        a_follow_up(enrollment, days=7 + number, due_on=day)


@pytest.mark.parametrize(("goals", "words"), [(6, 3), (6, 60), (30, 200)])
def test_it_is_one_page_however_much_there_is(
    program: Program, director: User, goals: int, words: int
) -> None:
    program.name, program.site.name = "Long name of a program " * 5, "Long name of a site " * 4
    build.a_rule(program, effective_from="2020-01-01")
    enrollment = build.an_enrollment(program, admitted_on="2026-08-24")
    much(enrollment, goals=goals, words=words)
    summary = summary_of(enrollment, made_by=director, now=NOW)
    content = pdf_of(summary)
    page = words_of(content)
    assert len(reader_of(content).pages) == 1
    assert len(summary.weeks.lines) == 12
    assert summary.weeks.lines[0].label in page
    assert "2 weeks before" in page
    assert all(f"Goal {number}:" in page for number in range(6))
    assert ("24 more goals are in the plan of care." in page) == (goals > 6)
    assert "and 4 more" in page
    assert "42 CFR part 2" in page
    # Nothing stands where the foot of the page is, or below it.
    assert lowest_of_the_body(content) > foot_of(content)


def heights_of(content: bytes) -> list[tuple[float, str]]:
    """Each piece of text with its height over the page's lower edge, in points."""
    found: list[tuple[float, str]] = []

    def visit(text: str, _cm: object, tm: list[float], *_rest: object) -> None:
        if text.strip():
            found.append((tm[5], text))

    reader_of(content).pages[0].extract_text(visitor_text=visit)
    return found


def foot_of(content: bytes) -> float:
    return next(height for height, text in heights_of(content) if "42 CFR" in text)


def lowest_of_the_body(content: bytes) -> float:
    return min(
        height
        for height, text in heights_of(content)
        if "42 CFR" not in text and "Made by" not in text
    )


def test_letters_the_type_does_not_have_do_no_harm(
    enrollment: Enrollment, director: User, caplog: pytest.LogCaptureFixture
) -> None:
    person = enrollment.participant
    person.first_name, person.last_name, person.preferred_name = "Ђорђе", "王 Ｓmith", ""
    person.save()
    with caplog.at_level(logging.DEBUG):
        page = words_of(page_of(enrollment, director))
    assert "Ђорђе ? Smith" in page
    assert "C-77" in page
    assert not [each for each in caplog.records if each.name.startswith("fontTools")]


def test_it_is_in_the_language_of_who_asks(enrollment: Enrollment, director: User) -> None:
    with translation.override("es"):
        page = words_of(page_of(enrollment, director))
    assert "31 de agosto de 2026" in page


def test_the_file_tells_nothing_by_its_name_or_title(
    client_of: ClientOf, clinician: User, enrollment: Enrollment, url: str
) -> None:
    answer = taken_out(client_of(clinician), url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="summary.pdf"'
    assert answer["Cache-Control"] == "no-store"
    metadata = reader_of(answer.content).metadata
    assert metadata
    assert metadata.title == "Discharge summary"
    event = AuditEvent.objects.get(verb="summary.exported")
    assert (event.by, event.subject_id) == (clinician, enrollment.public_id)
    assert event.participant_id == enrollment.participant.public_id
    assert event.program_id == enrollment.program.public_id
    assert event.detail == {}


def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, url: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    assert taken_out(client, url).status_code == 500


@pytest.mark.parametrize("role", ["facilitator", "billing"])
def test_who_may_not_read_the_record_gets_none(
    client_of: ClientOf, url: str, role: str, request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(role)).get(url).status_code == 403


def test_strangers_and_unknown_episodes_are_not_found(
    client_of: ClientOf, stranger: User, director: User, enrollment: Enrollment, url: str
) -> None:
    assert client_of(stranger).get(url).status_code == 404
    client, program = client_of(director), enrollment.program.public_id
    assert client.get(f"/summary/{program}/{uuid.uuid4()}/").status_code == 404
    elsewhere = build.an_enrollment(build.a_program())
    assert client.get(f"/summary/{program}/{elsewhere.public_id}/").status_code == 404


def test_what_never_began_has_no_summary(
    client_of: ClientOf, director: User, program: Program
) -> None:
    off = build.an_enrollment(
        program,
        admitted_on="2026-11-16",
        discharged_on="2026-11-15",
        discharge_reason="never_started",
    )
    address = f"/summary/{program.public_id}/{off.public_id}/"
    assert client_of(director).get(address).status_code == 404


def test_the_queries_do_not_grow_with_the_weeks(
    client_of: ClientOf, director: User, program: Program
) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    client, counts = client_of(director), []
    for first, goals in (("2026-11-16", 1), ("2026-08-31", 6)):
        enrollment = build.an_enrollment(program, admitted_on=first)
        for _number in range(goals):
            a_goal(enrollment)
        address = f"/summary/{program.public_id}/{enrollment.public_id}/"
        taken_at = stated(client, address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(taken_at).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
