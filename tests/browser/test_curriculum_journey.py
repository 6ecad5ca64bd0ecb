"""One lesson all the way: missed, offered as a make-up, taught, received, a certificate printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from attendance.models import AttendanceRecord
from curriculum.models import Lesson
from groups.models import GroupSession, MakeUpSeat, SessionLesson
from hours.models import Certificate
from programs.models import Enrollment, Program
from programs.weeks import instant, local_date
from tests import build, build_curriculum
from tests.browser.sheet_room import choose, expect_mark, expect_sent
from tests.browser.sheet_room import url_of as sheet_of

NAMES = ("Triggers", "Cravings", "Sleep")


@dataclass(frozen=True)
class Journey:
    """Three core lessons in three weeks; Amara joined in the third, and has two by now."""

    program: Program
    lessons: list[Lesson]
    missed: GroupSession
    make_up: GroupSession
    amara: Enrollment

    @property
    def person_page(self) -> str:
        return f"{self.program.public_id}/person/{self.amara.participant.public_id}/"

    def days_pass(self) -> None:
        """Let the session of the make-up be over, this morning."""
        day, zone = self.missed.held_on, self.program.zone
        GroupSession.objects.filter(pk=self.make_up.pk).update(
            held_on=day,
            starts_at=instant(day, time(10, 30), zone),
            ends_at=instant(day, time(12), zone),
        )


def where_it_is_one_in_the_afternoon() -> str:
    """Return a zone in which no test runs into midnight."""
    ahead = 13 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT"


@pytest.fixture
def journey(program: Program, facilitator) -> Journey:
    """The core group has had all three lessons by today; this morning's Amara did not hear."""
    program.site.timezone = where_it_is_one_in_the_afternoon()
    program.site.save(update_fields=["timezone"])
    today = local_date(timezone.now(), program.zone)
    build_curriculum.a_curriculum_rule(program, effective_from="2020-01-01")
    build.a_rule(program, effective_from="2020-01-01")
    module = build.a_module(program)
    lessons = [
        build.a_lesson(module=module, name=name, minutes=60, position=place, is_core=True)
        for place, name in enumerate(NAMES)
    ]
    core = build.a_group(program, name="Core", format="closed")
    weeks = [_session(core, today - timedelta(days=days), facilitator) for days in (21, 14, 7, 0)]
    for session, lesson in zip(weeks[:3], [lessons[1], lessons[0], lessons[2]], strict=True):
        build_curriculum.taught(session, lesson)
    build_curriculum.planned(weeks[3], lessons[1])
    amara = _joining(core, weeks)
    evening = build.a_group(program, name="Evening", capacity=4)
    make_up = _session(evening, today + timedelta(days=2), facilitator, "10:30", "12:00")
    build_curriculum.planned(make_up, lessons[1])
    return Journey(program, lessons, weeks[3], make_up, amara)


def _session(group, day: date, leader, starts: str = "09:00", ends: str = "10:30") -> GroupSession:
    return build.a_session(group, day, starts, ends, facilitators=[leader])


def _joining(core, weeks: list[GroupSession]) -> Enrollment:
    """Amara joins in the group's third week of four, and is there twice."""
    person = build.a_participant(first_name="Amara", last_name="Okoye")
    last = weeks[3].held_on + timedelta(days=20)
    joined_on = weeks[1].held_on
    enrollment = build.an_enrollment(
        core.program, person, admitted_on=joined_on, planned_discharge_on=last
    )
    build.a_membership(core, enrollment)
    for session in weeks[1:3]:
        build.a_record(session, person, "09:00-10:30")
    return enrollment


@pytest.fixture
def as_(open_context, sign_in_to, request):
    """Return a function that opens a page as one of the standing people."""

    def open_as(who: str, path: str) -> Page:
        context = open_context(reduced_motion="reduce", accept_downloads=True)
        sign_in_to(context, request.getfixturevalue(who))
        page = context.new_page()
        page.goto(path)
        return page

    return open_as


def teach(page: Page, journey: Journey, session: GroupSession) -> None:
    """Confirm on the session's page that it went as planned."""
    page.goto(f"/teaching/{journey.program.public_id}/{session.public_id}/")
    page.get_by_role("button", name="It went as planned").click()
    expect(page.get_by_text("What was taught is on record.")).to_be_visible()


def lesson_row(page: Page, journey: Journey, name: str):
    """Open the person's lessons, and return the row of one."""
    page.goto(f"/coverage/{journey.person_page}")
    return page.get_by_role("listitem").filter(has_text=name).first


def miss_it(as_, journey: Journey) -> None:
    """This morning's session teaches the lesson, and Amara does not come."""
    page = as_("facilitator", sheet_of(journey.missed))
    choose(page, "Amara", "Absent")
    expect_mark(page, "Amara", "Unexcused")
    expect_sent(page)
    teach(page, journey, journey.missed)


def book_it(as_, journey: Journey) -> None:
    """Who is missing the lesson is offered a seat where it comes again."""
    page = as_("director", "/")
    expect(lesson_row(page, journey, "Cravings")).to_contain_text("missed")
    lesson = journey.lessons[1]
    page.goto(f"/coverage/{journey.program.public_id}/lesson/{lesson.public_id}/")
    missing = page.get_by_role("region", name="Missing it")
    expect(missing).to_contain_text("Amara O.")
    missing.get_by_role("button", name="Book a seat for Amara O.").click()
    expect(page.get_by_role("region", name="It is coming for")).to_contain_text("Amara O.")
    assert MakeUpSeat.objects.held().get().session == journey.make_up


def receive_it(as_, journey: Journey) -> None:
    """Amara comes as a guest; the session teaches what it planned."""
    page = as_("facilitator", sheet_of(journey.make_up))
    guest = page.locator("[data-row]").filter(has_text="Amara O.")
    expect(guest).to_contain_text("Make-up")
    choose(page, "Amara", "Present")
    expect(page.get_by_text("1 of 1 marked")).to_be_visible()
    expect_sent(page)
    teach(page, journey, journey.make_up)
    assert AttendanceRecord.objects.filter(session=journey.make_up).get().presences.count() == 1


def print_certificate(page: Page, journey: Journey) -> str:
    """Reach completion, give the certificate, and return the words of its PDF."""
    ids = f"{journey.program.public_id}/{journey.amara.participant.public_id}"
    page.goto(f"/completion/{ids}/")
    expect(page.get_by_text("Everything is met.")).to_be_visible()
    page.get_by_role("link", name="Give the certificate").click()
    page.get_by_role("button", name="Give the certificate").click()
    expect(page.get_by_text("The certificate is given.")).to_be_visible()
    page.get_by_role("link", name="PDF in English").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Handed out in care").click()
    data = Path(downloading.value.path()).read_bytes()
    assert data.startswith(b"%PDF")
    return " ".join(each.extract_text() for each in PdfReader(BytesIO(data)).pages)


def test_from_a_missed_lesson_to_the_certificate(as_, journey):
    miss_it(as_, journey)
    book_it(as_, journey)
    journey.days_pass()
    receive_it(as_, journey)
    assert SessionLesson.objects.taught().filter(lesson=journey.lessons[1]).count() == 3

    page = as_("clinician", "/")
    row = lesson_row(page, journey, "Cravings")
    expect(row).to_contain_text("received")
    expect(page.get_by_text("3 of 3 core lessons received")).to_be_visible()
    words = print_certificate(page, journey)
    assert "Amara Okoye" in " ".join(words.split())
    assert Certificate.objects.get().enrollment == journey.amara
