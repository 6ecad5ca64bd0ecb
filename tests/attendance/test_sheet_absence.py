"""When somebody absent gave notice, and why: saved as typed, kept apart from marks, never lost."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import AttendanceRecord
from attendance.sheet.actions import NewerAbsence, NotAbsent, ReadOnly, explain_absence
from attendance.sheet.people import Details, RecordHistory
from attendance.sheet.states import Ask
from attendance.sheet.versions import version_of
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from tests import build
from tests.attendance.sheet import AT_TEN, a_member, a_running_session, on_sheet, record
from tests.build import MONDAY, moment

pytestmark = pytest.mark.django_db
PART = {"X-Part": "1"}
HTMX = {"HX-Request": "true"}
ILL = Details(moment(MONDAY, "07:52"), "Child is ill")


@pytest.fixture
def session(program) -> GroupSession:
    return build.a_session(build.a_group(program))


@pytest.fixture
def person(session, facilitator):
    person = a_member(session)
    mark(session, person, facilitator, "excused")
    return person


def mark(session, person, by, act) -> None:
    record(session, by, RowMarks(person.public_id, on_sheet(session, person).state, Ask(act)))


def explain(session, person, by, details=ILL, version=None, now=AT_TEN):
    return explain_absence(
        session=GroupSession.objects.filter(pk=session.pk),
        participant_id=person.public_id,
        details=details,
        version=version_of(Details()) if version is None else version,
        by=by,
        now=now,
    )


def stored(session, person) -> Details:
    return on_sheet(session, person).details


def test_it_goes_on_record(session, person, clinician):
    explain(session, person, clinician)
    row = AttendanceRecord.objects.get()
    assert (row.notice_at, row.reason) == (ILL.notice_at, ILL.reason)
    assert (row.recorded_by, row.absence) == (clinician, "excused")
    event = AuditEvent.objects.get(verb="attendance.absence_explained")
    assert (event.participant_id, event.program_id) == (
        person.public_id,
        session.group.program.public_id,
    )
    assert event.detail == {"has_notice": True, "has_reason": True}
    explain(session, person, clinician)  # the same words again
    assert AuditEvent.objects.filter(verb="attendance.absence_explained").count() == 1


def test_newer_words_are_not_overwritten(session, person, facilitator, clinician):
    explain(session, person, clinician)
    with pytest.raises(NewerAbsence) as refused:
        explain(session, person, facilitator, Details(reason="No bus"))
    assert refused.value.person.details == ILL
    assert stored(session, person) == ILL
    explain(session, person, facilitator, Details(reason="No bus"), version_of(ILL))
    assert stored(session, person) == Details(reason="No bus")


def test_only_an_absence_is_explained(session, person, facilitator):
    for participant in (a_member(session), build.a_participant()):
        with pytest.raises(NotAbsent):
            explain(session, participant, facilitator)
    mark(session, person, facilitator, "present")
    with pytest.raises(NotAbsent):
        explain(session, person, facilitator)


def test_not_on_a_signed_sheet(session, person, facilitator):
    build.a_sign_off(session, facilitator)
    with pytest.raises(ReadOnly):
        explain(session, person, facilitator)


def test_nothing_without_its_line_on_the_trail(session, person, facilitator, audit_fails):
    with pytest.raises(IntegrityError):
        explain(session, person, facilitator)
    assert stored(session, person) == Details()


def test_whoever_comes_after_all_has_none_and_history_keeps_it(session, person, facilitator):
    explain(session, person, facilitator)
    mark(session, person, facilitator, "excused")
    mark(session, person, facilitator, "unexcused")
    assert stored(session, person) == ILL
    mark(session, person, facilitator, "present")
    assert stored(session, person) == Details()
    assert [each.reason for each in RecordHistory.objects.order_by("pgh_id")] == [
        "",
        ILL.reason,
        ILL.reason,
        "",
    ]


# --- its part of the sheet, and its page ------------------------------------------------------


@pytest.fixture
def live(program, facilitator) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def grace(live, facilitator):
    grace = a_member(live, first_name="Grace", last_name="Lindqvist")
    record(live, facilitator, RowMarks(grace.public_id, act=Ask.EXCUSED), now=timezone.now())
    return grace


def url_of(live, person) -> str:
    ids = [live.group.program.public_id, live.public_id, person.public_id]
    return reverse("sheet:absence", args=ids)


@pytest.fixture
def url(live, grace) -> str:
    return url_of(live, grace)


def typed(live, ago=timedelta(minutes=30), **fields):
    at = (timezone.now() - ago).astimezone(live.group.program.zone)
    said = {"notice_on": f"{at:%Y-%m-%d}", "notice_time": f"{at:%H:%M}", "reason": "Child is ill"}
    return {"version": version_of(Details()), **said, **fields}


def words_of(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def test_who_may(client_of, live, url, grace, facilitator, administrator, stranger):
    assert client_of(facilitator).get(url).status_code == 200
    for user, status in ((administrator, 403), (stranger, 404)):
        assert client_of(user).get(url).status_code == status
        assert client_of(user).post(url, typed(live)).status_code == status
    assert stored(live, grace) == Details()
    elsewhere = url_of(live, build.a_participant())
    assert client_of(facilitator).get(elsewhere).status_code == 404


def test_the_part_is_saved_as_it_is_typed(client_of, live, url, grace, facilitator):
    client = client_of(facilitator)
    part = client.get(url, headers=HTMX).content.decode()
    assert f'data-part data-url="{url}"' in part
    assert part.count('form="parts"') == 4
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.participant_id, event.detail) == (grace.public_id, {"page": "absence"})
    answer = client.post(url, typed(live), headers=PART)
    assert answer.status_code == 200
    assert re.fullmatch(r"Saved \d+:\d\d [AP]M", words_of(answer))
    assert answer["X-Part-Version"] == version_of(stored(live, grace))
    assert stored(live, grace).reason == "Child is ill"
    assert client.post(url, typed(live), headers=PART).status_code == 200


def test_newer_words_are_shown_beside_ones_own(client_of, live, url, grace, facilitator, clinician):
    client_of(clinician).post(url, typed(live, reason="No bus"), headers=PART)
    mine = typed(live, reason="<b>Child</b> is ill")
    answer = client_of(facilitator).post(url, mine, headers=PART)
    assert answer.status_code == 409
    assert "Cleo Ortiz saved something else" in words_of(answer)
    assert "No bus" in words_of(answer)
    assert "&lt;b&gt;Child&lt;/b&gt; is ill" in answer.content.decode()
    assert 'data-part-use="mine"' in answer.content.decode()
    again = mine | {"version": answer["X-Part-Version"]}
    assert client_of(facilitator).post(url, again, headers=PART).status_code == 200
    page = client_of(clinician).post(url, mine | {"reason": "Other"})
    assert page.status_code == 409
    assert "Other" in words_of(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"notice_on": "2026-02-31"}, "This is not a date"),
        ({"notice_time": "25:99"}, "This is not a time"),
        ({"notice_time": ""}, "Add the time"),
        ({"notice_on": ""}, "Add the date"),
        ({"notice_on": "2199-01-01"}, "still to come"),
        ({"notice_on": "0026-11-23"}, "more than a year ago"),
        ({"reason": "a" * 501}, "at most 500 characters"),
        ({"reason": "a" * 1_000_000}, "at most 500 characters"),
        ({"reason": "a\x00b"}, "Null characters are not allowed"),
        ({"notice_on": "\x00", "notice_time": "<b>"}, "This is not a date"),
    ],
)
def test_what_cannot_be_gets_words(client_of, live, url, grace, facilitator, fields, words):
    for headers in (PART, {}):
        answer = client_of(facilitator).post(url, typed(live, **fields), headers=headers)
        assert answer.status_code == 422
        assert words in words_of(answer)
    assert stored(live, grace) == Details()
    if "reason" in fields:  # what was typed is on the page again
        assert fields["reason"][:400].strip("\x00b") in answer.content.decode()


def test_notice_just_now_is_not_ahead(client_of, live, url, grace, facilitator):
    answer = client_of(facilitator).post(url, typed(live, timedelta()), headers=PART)
    assert answer.status_code == 200


def test_the_page_without_a_script(client_of, live, url, grace, facilitator):
    client = client_of(facilitator)
    page = words_of(client.get(url))
    assert "Absence of Grace L." in page
    assert "Lindqvist" not in page
    back = client.post(url, typed(live), follow=True)
    assert back.redirect_chain[0][0].startswith("/sheet/")
    assert "notice " in words_of(back)
    assert "Child is ill" not in words_of(back)  # the roster is seen by the whole room
    assert "Child is ill" in words_of(client.get(url))


def test_no_absence_any_more(client_of, live, url, grace, facilitator):
    seen = on_sheet(live, grace).state
    marks = RowMarks(grace.public_id, seen, Ask.PRESENT)
    record(live, facilitator, marks, now=timezone.now())
    client = client_of(facilitator)
    assert "not marked absent any more" in words_of(client.get(url))
    answer = client.post(url, typed(live), headers=PART)
    assert answer.status_code == 422
    assert "not marked absent any more" in words_of(answer)
    assert "not marked absent any more" in words_of(client.post(url, typed(live), follow=True))


def test_a_signed_sheet_shows_it_and_takes_nothing(client_of, live, url, grace, facilitator):
    client = client_of(facilitator)
    client.post(url, typed(live), headers=PART)
    build.a_sign_off(live, facilitator)
    page = words_of(client.get(url))
    assert "it changes only by an amendment" in page
    assert "Child is ill" in page
    answer = client.post(url, typed(live, reason="x"), headers=PART)
    assert answer.status_code == 422
    assert "read-only" in words_of(answer)
    assert stored(live, grace).reason == "Child is ill"


def test_each_kind_of_absence_is_in_the_row(client_of, live, grace, facilitator):
    client = client_of(facilitator)
    sheet = reverse("sheet:sheet", args=[live.group.program.public_id, live.public_id])
    page = client.get(sheet).content.decode()
    for kind in ("excused", "unexcused", "no_call"):
        assert f'name="act" value="{kind}:{grace.public_id}"' in page
        client.post(sheet, {"act": f"{kind}:{grace.public_id}", f"seen-{grace.public_id}": "x"})
    assert url_of(live, grace) in page
