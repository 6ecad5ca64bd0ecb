"""The page of a session's notes: who may, what it says, what it costs, adding somebody late."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from attendance.models import AttendanceRecord, ParticipantNote
from groups.models import Facilitation, GroupSession
from programs.models import Role
from tests import build
from tests.attendance.notes import (
    HTMX,
    a_noted_session,
    days_ago,
    long_ago,
    note_of,
    save,
    save_group,
    someone,
    url_of,
    words_of,
)
from tests.build_curriculum import taught
from tests.build_records import (
    a_group_note,
    a_participant_note,
    a_record_rule,
    an_addendum,
    signed_notes,
)

pytestmark = pytest.mark.django_db
WORDS = "Named two early signs and practised the wave exercise with a partner."


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_noted_session(program, facilitator, day=days_ago(program, 3))


@pytest.fixture
def ben(session):
    return someone(session, "Ben", "Tran")


def test_who_may(
    client_of, session, ben, program, facilitator, clinician, director, administrator, stranger
):
    urls = [url_of(session), url_of(session, "group"), url_of(session, "person", ben)]
    urls += [url_of(session, "sign"), url_of(session, "addendum")]
    other = build.a_colleague(program, Role.FACILITATOR, Role.BILLING)
    for url in urls:
        for user in (facilitator, clinician, director):
            assert client_of(user).get(url).status_code == 200, url
        for user in (other, administrator):
            assert client_of(user).get(url).status_code == 403, url
        assert client_of(stranger).get(url).status_code == 404, url
    for url in urls[1:]:
        for user in (other, administrator):
            assert client_of(user).post(url, {"response": "x"}).status_code == 403, url
        assert client_of(stranger).post(url, {"response": "x"}).status_code == 404, url
    cosign = url_of(session, "cosign")
    assert client_of(facilitator).post(cosign).status_code == 403
    assert client_of(stranger).post(cosign).status_code == 404
    assert not ParticipantNote.objects.exists()


def test_who_led_it_before_may_no_longer(client_of, session, ben, facilitator):
    Facilitation.objects.update(is_former=True)
    assert client_of(facilitator).get(url_of(session)).status_code == 403
    assert save(client_of(facilitator), session, ben, response="x").status_code == 403


def test_who_is_not_on_the_sheet_has_no_note(client_of, session, program, facilitator):
    other = build.an_enrollment(program).participant
    assert client_of(facilitator).get(url_of(session, "person", other)).status_code == 404
    assert save(client_of(facilitator), session, other, response="x").status_code == 404
    assert not ParticipantNote.objects.exists()


def test_what_it_says(client_of, session, ben, program, facilitator):
    a_record_rule(program, notes_due_hours=168)
    someone(session, "Carla", "Vega", absence="excused")
    taught(session, build.a_lesson(program, name="Riding out a craving"))
    ben.enrollments.get().goals.create(text="Ride out cravings", set_on=build.FIRST_DAY)
    closed = ben.enrollments.get().goals.create(
        text="Find a sponsor",
        set_on=build.on("2020-01-02"),
        ended_on=build.on("2020-02-02"),
        outcome="met",
    )
    page = words_of(client_of(facilitator).get(url_of(session)))
    assert "Notes: Process A" in page
    assert "Goes into every chart, so no names" in page
    assert "2 individual notes, 0 begun · To be signed by Fay Marlow, LPC" in page
    assert "Due since" not in page
    assert "3 parts are not complete" in page
    assert "Carla V. : Missing: Attempted contact." in page
    assert "What was taught See or change it Taught Riding out a craving, 9:00 AM to" in page
    assert "1. Ride out cravings" in page
    assert closed.text not in page
    assert "The attendance is signed first" in page
    assert "Tran" not in page


def test_how_late_it_is_and_who_cosigns(client_of, session, ben, program, facilitator):
    a_record_rule(program, cosigned_credentials=["lpc"])
    page = words_of(client_of(facilitator).get(url_of(session)))
    assert "Due since" in page
    assert "late" in page
    assert "To be signed by Fay Marlow, LPC, then co-signed" in page


def test_nobody_leads_and_nobody_is_there(client_of, program, director):
    session = build.a_session(build.a_group(program), days_ago(program, 3))
    page = words_of(client_of(director).get(url_of(session)))
    assert "Nobody leads this session: a clinician signs, and says why." in page
    assert "Nobody is on the sheet." in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "cancelled"}, "This session is cancelled: it has no notes."),
        ({"closed_at": build.NOW}, "This session is closed: no notes are asked for it any more."),
    ],
)
def test_sessions_without_notes(client_of, session, facilitator, fields, words):
    GroupSession.objects.filter(pk=session.pk).update(**fields)
    assert words in words_of(client_of(facilitator).get(url_of(session)))
    assert save_group(client_of(facilitator), session, topic="x").status_code == 422


def test_a_session_far_ahead(client_of, program, facilitator):
    ahead = a_noted_session(program, facilitator, day=days_ago(program, -3))
    page = words_of(client_of(facilitator).get(url_of(ahead)))
    assert "Notes can be written from 12 hours before the session." in page


def test_reading_leaves_a_trace(client_of, session, ben, facilitator):
    carla = someone(session, "Carla")
    client_of(facilitator).get(url_of(session))
    event = AuditEvent.objects.get(verb="notes.read")
    assert set(event.detail["participants"]) == {str(ben.public_id), str(carla.public_id)}
    assert (event.by, event.subject_id) == (facilitator, session.public_id)
    client_of(facilitator).get(url_of(session, "person", ben), headers=HTMX)
    assert AuditEvent.objects.filter(verb="notes.read", participant_id=ben.public_id).count() == 1


def test_the_sheet_loads_a_fragment(client_of, session, ben, facilitator):
    a_participant_note(session, ben, written_by=facilitator)
    page = client_of(facilitator).get(url_of(session, "person", ben), headers=HTMX)
    text = page.content.decode()
    assert "<html" not in text
    assert "<form" not in text
    assert 'form="parts"' in text
    assert f'data-url="{url_of(session, "person", ben)}"' in text
    assert 'name="version" value="1" form="parts"' in text
    assert "Note for this person only" in text
    again = client_of(facilitator).get(f"{url_of(session, 'person', ben)}?as=form", headers=HTMX)
    assert again.content.decode().strip().startswith("<form")


def test_a_part_is_a_page_of_its_own_without_a_script(client_of, session, ben, facilitator):
    page = client_of(facilitator).get(url_of(session, "person", ben))
    text = page.content.decode()
    assert f'method="post" action="{url_of(session, "person", ben)}"' in text
    assert "<title>Note · Prairie Clinic</title>" in text


def test_adding_somebody_late_keeps_everything(client_of, session, ben, facilitator):
    client = client_of(facilitator)
    save_group(client, session, topic="Cravings", intervention="The wave.")
    save(client, session, ben, response=WORDS, participation="active")
    before = note_of(session, ben)
    dev = someone(session, "Dev", "Patel", "10:30-12:00")
    page = client.get(url_of(session))
    assert WORDS in words_of(page)
    assert "Dev P." in words_of(page)
    assert f'id="response-{ben.public_id}"' in page.content.decode()
    assert note_of(session, ben).version == before.version == 1
    assert save(client, session, ben, version="1", response="More").status_code == 200
    assert save(client, session, dev, response="New here").status_code == 200


def test_absent_then_present_keeps_the_text(client_of, session, facilitator):
    carla = someone(session, "Carla", "Vega", absence="no_call")
    client = client_of(facilitator)
    data = {"version": "0", "contact": "no_answer", "response": "Rang twice."}
    client.post(url_of(session, "person", carla), data, headers={"X-Part": "1"})
    AttendanceRecord.objects.filter(participant=carla).update(absence="")
    build.a_presence(AttendanceRecord.objects.get(participant=carla), "10:00-12:00")
    page = client.get(url_of(session, "person", carla), headers=HTMX).content.decode()
    assert "Rang twice." in page
    assert 'name="participation"' in page
    assert '<option value="no_answer" selected>' in page
    client.post(
        url_of(session, "person", carla),
        {"version": "1", "participation": "some", "response": "Came late."},
        headers={"X-Part": "1"},
    )
    assert note_of(session, carla).contact == "no_answer"


def test_markup_is_text(client_of, session, ben, facilitator):
    bad = "<script>alert(1)</script></textarea>{{ 7 }}"
    client = client_of(facilitator)
    save(client, session, ben, response=bad)
    save_group(client, session, topic=bad)
    for url in (url_of(session), url_of(session, "sign"), url_of(session, "person", ben)):
        text = client.get(url).content.decode()
        assert "<script>alert" not in text
        assert "</textarea>{{" not in text
    signed_notes(session, facilitator)
    text = client.get(url_of(session)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_what_it_costs_does_not_depend_on_how_many_they_are(client_of, session, facilitator):
    """Statements but for the savepoints, which are the test's own."""
    client, costs = client_of(facilitator), []
    taught(session, build.a_lesson(session.group.program))
    a_group_note(session)

    def cost(url: str, data=None, **headers) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url) if data is None else client.post(url, data, headers=headers)
        return sum("SAVEPOINT" not in each["sql"] for each in queries)

    earlier = long_ago(session)
    for people in (1, 11, 18):
        for _ in range(people):
            person = someone(session, "Ada", f"Nolan{_}")
            goal = person.enrollments.get().goals.create(text="Goal", set_on=build.FIRST_DAY)
            a_participant_note(earlier, person)
            a_participant_note(session, person, goal=goal)
        url, script = url_of(session, "person", person), {"X-Part": "1"}
        one = {"version": "1", "goal": str(goal.public_id), "response": f"Text {people}"}
        version = str(session.group_note.__class__.objects.get().version)
        shared = {"version": version, "topic": f"Topic {people}", "began": "09:05"}
        costs.append(
            (
                cost(url_of(session)),
                cost(url_of(session, "sign")),
                cost(url, **HTMX),
                cost(url, one, **script),
                cost(url_of(session, "group"), shared, **script),
            )
        )
    assert len(set(costs)) == 1, costs
    page, _sign, _fragment, saved, saved_shared = costs[0]
    assert max(saved, saved_shared) <= 8, costs
    assert page <= 22, costs
    assert note_of(session, person).response == "Text 18"


def test_a_signed_page_costs_the_same_too(client_of, session, facilitator):
    client, costs = client_of(facilitator), []
    people = [someone(session, "Ada", f"Nolan{number}") for number in range(3)]
    for person in people:
        a_participant_note(session, person)
    signed_notes(session, facilitator)
    for person in people[1:]:
        an_addendum(session, participant=person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of(session)).status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1
