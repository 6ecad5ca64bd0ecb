"""What the sheet says of each person and of itself: chips, corrections, what signing waits for."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendance.models import Amendment, AttendanceRecord, SignOff
from attendance.sheet.actions import CannotSign, sign_session
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession, WaitingPlace
from tests import build
from tests.attendance.sheet import AT_THE_END, a_member, a_running_session, on_sheet, record
from tests.build import MONDAY, moment
from tests.build_records import a_check_in, a_participant_note, a_safety_alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def person(session):
    return a_member(session, first_name="Grace", last_name="Lindqvist")


@pytest.fixture
def url(session) -> str:
    return url_of(session)


def url_of(session, view="sheet:sheet") -> str:
    return reverse(view, args=[session.group.program.public_id, session.public_id])


def words_of(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def waiting_for(session, **fields):
    """Somebody enrolled who waits for a seat in the session's group."""
    enrollment = build.an_enrollment(
        session.group.program, build.a_participant(**fields), admitted_on="2020-01-01"
    )
    asked = session.starts_at - timedelta(days=3)
    WaitingPlace.objects.create(group=session.group, enrollment=enrollment, asked_at=asked)
    return enrollment


def mark(session, person, by, act, now=None) -> None:
    seen = on_sheet(session, person).state
    record(session, by, RowMarks(person.public_id, seen, Ask(act)), now=now or timezone.now())


def test_who_waits_for_a_seat_is_found_first_and_said_so(client_of, session, url, facilitator):
    for name in ("Mateo", "Matilda"):
        participant = build.a_participant(first_name=name)
        build.an_enrollment(session.group.program, participant, admitted_on="2020-01-01")
    waiting = waiting_for(session, first_name="Matthew").participant
    client = client_of(facilitator)
    found = words_of(client.post(url_of(session, "sheet:walk_in"), {"words": "mat"}))
    assert found.index("Matthew") < found.index("Mateo") < found.index("Matilda")
    assert found.count("On the waiting list of this group") == 1
    page = words_of(client.post(url, {"act": f"walk_in:{waiting.public_id}"}, follow=True))
    assert "From the waiting list" in page
    # Later they get a seat; on the day they came from the waiting list all the same.
    WaitingPlace.objects.update(left_at=session.ends_at)
    assert "From the waiting list" in words_of(client.get(url))


def test_a_guest_who_waits_is_both_and_a_member_is_neither(client_of, session, url, facilitator):
    guest = waiting_for(session)
    build.a_make_up_seat(session, guest)
    member = waiting_for(session)
    build.a_membership(session.group, member)
    page = words_of(client_of(facilitator).get(url))
    assert page.count("Make-up") == page.count("From the waiting list") == 1


def test_who_stepped_out_of_the_line_before_is_a_walk_in(session, facilitator, client_of, url):
    walk_in = waiting_for(session).participant
    WaitingPlace.objects.update(left_at=session.starts_at - timedelta(days=1))
    client_of(facilitator).post(url, {"act": f"walk_in:{walk_in.public_id}"})
    page = words_of(client_of(facilitator).get(url))
    assert "From the waiting list" not in page


def test_what_is_written_of_a_person(client_of, session, url, person, facilitator):
    a_check_in(session, person)
    a_participant_note(session, person)
    mark(session, person, facilitator, "video")
    page = words_of(client_of(facilitator).get(url))
    assert "Grace L. Video Week" in page
    assert re.search(r"Week \d+ Check-in Note ", page)


def test_all_present_before_anybody_is_marked(client_of, session, url, person, facilitator):
    other = a_member(session)
    client = client_of(facilitator)
    assert "All present" in words_of(client.get(url))
    mark(session, other, facilitator, "present")
    page = words_of(client.get(url))
    assert "All present" not in page
    assert "Rest present" in page


# --- safety answers ---------------------------------------------------------------------------


def near_its_end(session) -> None:
    """Move the end so that the sheet can be signed."""
    ends_at = session.ends_at - timedelta(minutes=10)
    GroupSession.objects.filter(pk=session.pk).update(ends_at=ends_at)


def test_a_safety_answer_comes_before_the_signature(client_of, session, url, person, facilitator):
    near_its_end(session)
    mark(session, person, facilitator, "present")
    alert = a_safety_alert(a_check_in(session, person, safety="yes"))
    client = client_of(facilitator)
    page = client.get(url)
    assert "1 safety answer to act on before you sign" in words_of(page)
    assert "Grace L.: write what was done" in words_of(page)
    alert_url = reverse("check_ins:alert", args=[session.group.program.public_id, alert.public_id])
    assert f'href="{alert_url}"' in page.content.decode()
    refused = client.post(url, {"sign": "1"})
    assert refused.status_code == 422
    assert "Write what was done about the safety answer first." in words_of(refused)
    assert not SignOff.objects.exists()
    alert.acknowledged_at, alert.acknowledged_by = timezone.now(), facilitator
    alert.what_was_done = "Stayed with her."
    alert.save()
    assert "Everyone is marked." in words_of(client.get(url))
    assert "Signed by" in words_of(client.post(url, {"sign": "1"}, follow=True))


def test_an_answer_of_somebody_off_the_sheet_counts_too(client_of, session, url, facilitator):
    near_its_end(session)
    a_safety_alert(a_check_in(session, safety="yes"))
    refused = client_of(facilitator).post(url, {"sign": "1"})
    assert refused.status_code == 422
    safety = reverse("check_ins:safety", args=[session.group.program.public_id])
    assert f'href="{safety}"' in refused.content.decode()


def test_nothing_is_signed_while_an_answer_waits(program, facilitator):
    session = build.a_session(build.a_group(program))
    person = a_member(session)
    record(session, facilitator, RowMarks(person.public_id, act=Ask.PRESENT))
    a_safety_alert(a_check_in(session, person, safety="yes"))
    sheets = GroupSession.objects.filter(pk=session.pk)
    with pytest.raises(CannotSign, match="safety answer") as refused:
        sign_session(session=sheets, reason="", is_substitute=False, by=facilitator, now=AT_THE_END)
    assert refused.value.is_for_safety
    assert on_sheet(session, person).state.is_here  # nobody's stay was closed


# --- signed sheets ----------------------------------------------------------------------------


@pytest.fixture
def signed(program, facilitator):
    """A signed session of Monday with two people, one of them marked on Tuesday."""
    session = build.a_session(build.a_group(program))
    build.a_facilitation(session, facilitator)
    grace = a_member(session, first_name="Grace", last_name="Lindqvist")
    ann = a_member(session, first_name="Ann", last_name="Yu")
    mark(session, grace, facilitator, "present", AT_THE_END)
    mark(session, ann, facilitator, "present", moment("2026-11-24", "00:01"))
    mark(session, grace, facilitator, "excused", moment("2026-11-24", "00:02"))
    build.a_sign_off(session, facilitator)
    return session, grace, ann


def amend(session, participant, by, *, absence, at):
    """What the page for amendments does: the record changes within the amendment's transaction."""
    with transaction.atomic():
        Amendment.objects.create(
            session=session,
            participant=participant,
            after=f"a:{absence}",
            reason="She called <b>later</b>.",
            amended_by=by,
            amended_at=at,
        )
        rows = AttendanceRecord.objects.filter(session=session, participant=participant)
        rows.update(absence=absence)


def test_a_late_entry_is_one_first_made_on_a_later_day(client_of, signed, facilitator):
    page = words_of(client_of(facilitator).get(url_of(signed[0])))
    assert page.count("Late entry") == 1
    assert "Ann Y. Late entry" in page
    assert "Signed on a later day" not in page


def test_what_was_imported_is_no_late_entry(client_of, program, director):
    session, later = build.a_session(build.a_group(program)), moment("2026-11-24", "10:00")
    row = AttendanceRecord.objects.create(
        session=session, participant=a_member(session), absence="excused", recorded_at=later
    )
    AttendanceRecord.objects.filter(pk=row.pk).update(recorded_by=director)
    build.a_sign_off(session, director)
    page = words_of(client_of(director).get(url_of(session)))
    assert "1 of 1 marked" in page
    assert "Late entry" not in page


def test_a_late_signature_is_said(client_of, program, director):
    session = build.a_session(build.a_group(program))
    build.a_sign_off(session, director, signed_at=moment("2026-11-24", "00:00"))
    page = words_of(client_of(director).get(url_of(session)))
    assert "Signed on a later day than the session's." in page


def test_corrections_show_both_versions(client_of, signed, facilitator, director, clinician):
    session, grace, _ann = signed
    amend(session, grace, director, absence="no_call", at=moment("2026-11-25", "09:30"))
    page = client_of(facilitator).get(url_of(session))
    said = words_of(page)
    assert said.count("Amended") == 1
    assert "Excused became No call Dina Osei, Nov 25, 9:30 AM “She called <b>later</b>.”" in said
    assert "&lt;b&gt;later" in page.content.decode()
    amend_url = reverse(
        "amending:amend", args=[session.group.program.public_id, session.public_id, grace.public_id]
    )
    assert f'href="{amend_url}"' in page.content.decode()
    assert f'href="{amend_url}"' in client_of(director).get(url_of(session)).content.decode()
    # A clinician amends their own sessions only.
    assert f'href="{amend_url}"' not in client_of(clinician).get(url_of(session)).content.decode()


def test_what_a_signed_sheet_costs(client_of, program, director):
    session = build.a_session(build.a_group(program), MONDAY)
    people = [a_member(session) for _ in range(12)]
    for each in people:
        mark(session, each, director, "excused", AT_THE_END)
    build.a_sign_off(session, director)
    client, costs = client_of(director), []
    for corrected in (people[:1], people[1:]):
        for each in corrected:
            amend(session, each, director, absence="unexcused", at=AT_THE_END)
        with CaptureQueriesContext(connection) as queries:
            assert "12 of 12 marked" in words_of(client.get(url_of(session)))
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10
