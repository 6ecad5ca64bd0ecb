"""The attendance sheet on paper: who may have it, what it says, when it is a sign-in sheet."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import AuditEvent, User
from attendance.models import AttendanceRecord
from attendance.papers.common import Printing
from attendance.papers.reading import sheet_of
from attendance.papers.setting import pdf_of
from attendance.papers.sheet_paper import sheet_paper
from groups.models import GroupSession
from programs.models import Program
from tests import build
from tests.attendance.papers import a_member, a_written_session, pages_of, sign, title_of, words_of
from tests.build import MONDAY, moment
from tests.build_records import a_record_rule
from tests.build_trust import stated, taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
BEFORE, DURING, AFTER = (moment(MONDAY, clock) for clock in ("08:00", "10:00", "13:00"))


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return a_written_session(program, facilitator)


@pytest.fixture
def url(session: GroupSession) -> str:
    return f"/papers/{session.group.program.public_id}/{session.public_id}/sheet.pdf"


def sheet_at(session: GroupSession, user: User, now=AFTER) -> bytes:
    session = GroupSession.objects.get(pk=session.pk)
    return pdf_of(sheet_paper(sheet_of(session, now), Printing(user, now)))


def test_who_came_when_and_for_how_long(session: GroupSession, facilitator: User) -> None:
    (page,) = pages_of(sheet_at(session, facilitator))
    for said in (
        "Prairie Clinic · Evening IOP · Main site",
        "Attendance sheet",
        "Evening core · Mon, Nov 23, 2026 · 9:00 AM – 12:00 PM",
        "Blue room",
        "Fay Marlow, LPC",
        "America/Chicago",
        "Ama O. Left early 9:00 AM – 11:45 AM 165 of 180 min",
        "Bruno V. Out and back 9:00 AM – 10:05 AM, 10:40 AM – 12:00 PM 145 of 180 min",
        "Zoila Ñ. Excused",
        "Confidential · Page 1 of 1",
        "Printed by Fay Marlow, LPC, Nov 23, 2026, 1:00 PM CST",
        "Signature of the facilitator",
    ):
        assert said in page
    assert "Okoye" not in page
    assert "child is ill" not in page


def test_unsigned_it_says_so_loudly(session: GroupSession, facilitator: User) -> None:
    assert "Not signed" in words_of(sheet_at(session, facilitator))


def test_signed_it_says_who_and_when(session: GroupSession, facilitator: User) -> None:
    sign(session, facilitator)
    page = words_of(sheet_at(session, facilitator))
    assert "Not signed" not in page
    assert "Fay Marlow, LPC, Nov 23, 2026, 12:05 PM CST." in page
    assert "Signature of the facilitator" not in page
    assert "Late entry" not in page
    assert "Ama O. Present · amended 9:00 AM – 12:00 PM 180 of 180 min" in page


def test_a_signature_of_another_day_is_late(session: GroupSession, facilitator: User) -> None:
    build.a_sign_off(session, facilitator, signed_at=moment("2026-11-24", "00:01"))
    assert "Late entry: signed after the day" in words_of(sheet_at(session, facilitator))


def test_a_record_of_another_day_is_a_late_entry(session: GroupSession, facilitator: User) -> None:
    AttendanceRecord.objects.filter(participant__chart_number="C-2").update(
        recorded_at=moment("2026-11-24", "00:00")
    )
    page = words_of(sheet_at(session, facilitator))
    assert "Bruno V. Out and back · late entry" in page
    assert page.count("late entry") == 1


def test_the_grace_is_the_programs(session: GroupSession, facilitator: User) -> None:
    a_record_rule(session.group.program, grace_minutes=20)
    assert "Ama O. Present 9:00 AM – 11:45 AM" in words_of(sheet_at(session, facilitator))


def test_guests_walk_ins_and_video_are_told_apart(program: Program, facilitator: User) -> None:
    session = build.a_session(build.a_group(program))
    guest = build.an_enrollment(program, build.a_participant(first_name="Gus", last_name="Lo"))
    build.a_make_up_seat(session, guest)
    build.a_record(session, guest.participant, "08:50-12:30")
    walker = build.an_enrollment(program, build.a_participant(first_name="Wes", last_name="Ma"))
    build.a_record(session, walker.participant, "09:00-12:00")
    remote = a_member(session, "Rosa", "Paz")
    build.a_record(session, remote, "09:00-12:00")
    AttendanceRecord.objects.filter(participant=remote).update(is_by_video=True)
    page = words_of(sheet_at(session, facilitator))
    assert "Gus L. Present · make-up 8:50 AM – 12:30 PM 180 of 180 min" in page
    assert "Wes M. Present · walk-in" in page
    assert "Rosa P. Present · by video" in page


def test_who_is_still_there_has_no_minutes_yet(program: Program, facilitator: User) -> None:
    session = build.a_session(build.a_group(program))
    build.a_record(session, a_member(session, "Ama", "Oye"), "09:00-")
    assert "Ama O. Present since 9:00 AM Sig" in words_of(sheet_at(session, facilitator, DURING))
    assert "since 9:00 AM 180 of 180 min" in words_of(sheet_at(session, facilitator, AFTER))


def test_before_anybody_is_marked_it_is_to_sign_in(program: Program, facilitator: User) -> None:
    session = build.a_session(build.a_group(program))
    a_member(session, "Ama", "Oye")
    for now in (BEFORE, DURING):
        page = words_of(sheet_at(session, facilitator, now))
        assert "Sign-in sheet" in page
        assert "Please sign in Name Signature Arrived Left Ama O." in page
        assert "Not marked" not in page
    late = words_of(sheet_at(session, facilitator, AFTER))
    assert "Sign-in sheet" not in late
    assert "Ama O. Not marked" in late


def test_nobody_expected_is_said(program: Program, facilitator: User) -> None:
    session = build.a_session(build.a_group(program))
    page = words_of(sheet_at(session, facilitator))
    assert "Nobody is expected, and nobody is on record." in page
    assert "nobody on record" in page


def test_a_cancelled_session_says_so(program: Program, facilitator: User) -> None:
    session = build.a_session(
        build.a_group(program), status="cancelled", cancelled_reason="Snow on the roads."
    )
    page = words_of(sheet_at(session, facilitator))
    assert "Cancelled" in page
    assert "Snow on the roads." in page


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_thirty_people_take_the_pages_they_need(program: Program, facilitator: User, now) -> None:
    session = build.a_session(build.a_group(program, capacity=40))
    for number in range(30):
        person = a_member(session, f"Name{number:02}", "Z" * 80)
        if now is AFTER:
            build.a_record(session, person, "09:00-09:30", "09:40-10:10", "10:20-12:00")
    pages = pages_of(sheet_at(session, facilitator, now))
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Not signed" in page
        assert "Confidential" in page
        assert "Mon, Nov 23, 2026" in page
    together = " ".join(pages)
    assert all(f"Name{number:02}" in together for number in range(30))


@pytest.mark.parametrize(
    ("day", "zone_name", "minutes"), [("2026-11-01", "CST", 240), ("2026-03-08", "CDT", 120)]
)
def test_sessions_in_which_the_clocks_change(
    program: Program, facilitator: User, day: str, zone_name: str, minutes: int
) -> None:
    """From one to four by the clock: four hours in autumn, two in spring."""
    session = build.a_session(build.a_group(program), day, "01:00", "04:00")
    person = build.an_enrollment(program, admitted_on="2026-01-05").participant
    build.a_record(session, person, "01:00-04:00")
    page = words_of(sheet_at(session, facilitator, moment(day, "05:00")))
    assert f"{minutes} of {minutes} min" in page
    assert f"5:00 AM {zone_name}" in page


def test_it_is_in_the_language_of_who_asks(session: GroupSession, facilitator: User) -> None:
    with translation.override("es"):
        page = words_of(sheet_at(session, facilitator))
    assert "23 de noviembre de 2026" in page


def test_the_file_names_nobody_and_is_on_the_trail(
    client_of: ClientOf, facilitator: User, session: GroupSession, url: str
) -> None:
    answer = taken_out(client_of(facilitator), url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="sheet-2026-11-23.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert title_of(answer.content) == "Attendance sheet"
    event = AuditEvent.objects.get(verb="attendance_sheet.exported")
    assert (event.by, event.subject_id) == (facilitator, session.public_id)
    assert event.program_id == session.group.program.public_id
    assert event.detail == {"people": 3}


def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, url: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    assert taken_out(client, url).status_code == 500


def test_who_may_have_it(
    client_of: ClientOf,
    facilitator: User,
    clinician: User,
    director: User,
    administrator: User,
    billing: User,
    stranger: User,
    url: str,
) -> None:
    users = (facilitator, clinician, director, administrator, billing, stranger)
    codes = [taken_out(client_of(user), url).status_code for user in users]
    assert codes == [200, 200, 200, 403, 403, 404]
    assert Client().get(url).status_code == 302


def test_a_facilitator_has_only_that_of_their_own_sessions(
    client_of: ClientOf, facilitator: User, session: GroupSession, url: str
) -> None:
    session.facilitations.update(is_former=True)
    assert client_of(facilitator).get(url).status_code == 403
    unknown = f"/papers/{session.group.program.public_id}/{uuid.uuid4()}/sheet.pdf"
    assert client_of(facilitator).get(unknown).status_code == 404


def test_another_programs_session_and_a_withdrawn_one_are_not_there(
    client_of: ClientOf, director: User, program: Program
) -> None:
    client = client_of(director)
    elsewhere = build.a_session(build.a_group(build.a_program()))
    withdrawn = build.a_session(build.a_group(program), status="withdrawn")
    for each in (elsewhere, withdrawn):
        address = f"/papers/{program.public_id}/{each.public_id}/sheet.pdf"
        assert client.get(address).status_code == 404


def test_the_queries_do_not_grow_with_the_people(
    client_of: ClientOf, director: User, program: Program
) -> None:
    session = build.a_session(
        build.a_group(program, capacity=40), timezone.now().date() - timedelta(days=1)
    )
    client, counts = client_of(director), []
    url = f"/papers/{program.public_id}/{session.public_id}/sheet.pdf"
    for people in (1, 12):
        for number in range(people):
            person = a_member(session, f"Name{number}", "Vega")
            build.a_record(session, person, "09:00-12:00")
        taken_at = stated(client, url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(taken_at).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22
