"""The session on paper: of everybody, and for one chart, in which nobody else is named."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from programs.models import Participant, Program
from tests import build
from tests.attendance.papers import (
    a_member,
    a_written_session,
    amend,
    pages_of,
    sign,
    title_of,
    words_of,
)
from tests.build import MONDAY, NOW, moment
from tests.build_episodes import a_goal
from tests.build_records import (
    a_check_in,
    a_cosignature,
    a_group_note,
    a_participant_note,
    an_addendum,
    signed_notes,
)
from tests.build_trust import stated, taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
OTHERS = ("Bruno", "Vega", "Zoila", "Ñandú", "C-2", "C-3", "Sunday", "his key", "friends", "child")


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return a_written_session(program, facilitator)


@pytest.fixture
def signed(session: GroupSession, facilitator: User) -> GroupSession:
    sign(session, facilitator)
    return session


@pytest.fixture
def client(client_of: ClientOf, clinician: User) -> Client:
    return client_of(clinician)


def url_of(session: GroupSession, who: Participant | None = None) -> str:
    part = f"{who.public_id}/" if who else ""
    return f"/papers/{session.group.program.public_id}/{session.public_id}/{part}session.pdf"


def person(chart: str) -> Participant:
    return Participant.objects.get(chart_number=chart)


def paper(client: Client, session: GroupSession, who: Participant | None = None) -> bytes:
    answer = taken_out(client, url_of(session, who))
    assert answer.status_code == 200
    return answer.content


def test_the_session_says_everything_that_is_on_record(
    client: Client, signed: GroupSession
) -> None:
    a_check = words_of(paper(client, signed))
    for said in (
        "Session record",
        "Ama O. Present · amended",
        "Group part Topic Early signs of a craving",
        "Ama O. · C-1 Participation Active Response Amara named two signs.",
        "Zoila Ñ. · C-3 Notice given Nov 23, 2026, 8:10 AM CST",
        "Her child is ill.",
        "Attempted contact Reached",
        "Attendance signed Fay Marlow, LPC, Nov 23, 2026, 12:05 PM CST.",
        "Notes signed Fay Marlow, LPC, Nov 23, 2026, 5:00 PM CST. Due Nov 24, 2026, 12:00 PM CST.",
        "Bruno is named in Amara's part: they are friends.",
        "Ama O.: Left early, 9:00 AM – 11:45 AM → Present, 9:00 AM – 12:00 PM",
        "Why: The clock on the wall was wrong.",
        "Fay Marlow, LPC, Nov 24, 2026, 8:00 AM CST.",
        "Addenda, written after signing",
        "Bruno V.: Bruno found his key.",
        "Added to the group part The handout was page nine.",
        "Why: Learned later.",
    ):
        assert said in a_check
    assert "Late entry" not in a_check
    assert "Not signed" not in a_check


def test_check_ins_stay_out(client: Client, session: GroupSession) -> None:
    a_check_in(session, person("C-1"), setback="A quarrel at home")
    assert "quarrel" not in words_of(paper(client, session))
    assert "quarrel" not in words_of(paper(client, session, person("C-1")))


def test_in_one_chart_nobody_else_is_named(client: Client, signed: GroupSession) -> None:
    page = words_of(paper(client, signed, person("C-1")))
    for said in (
        "Session record for one chart",
        "Amara Okoye · C-1 · called Ama",
        "Mark Present · amended Arrived – left 9:00 AM – 12:00 PM Present 180 of 180 min",
        "Early signs of a craving",
        "Amara named two signs.",
        "Left early, 9:00 AM – 11:45 AM → Present, 9:00 AM – 12:00 PM",
        "Added to the individual part Amara called back.",
        "Added to the group part The handout was page nine.",
        "Notes signed Fay Marlow, LPC",
    ):
        assert said in page
    assert [word for word in OTHERS if word in page] == []


@pytest.mark.parametrize("chart", ["C-1", "C-2", "C-3"])
def test_whoever_it_is_and_whether_signed_or_not(
    client: Client, session: GroupSession, facilitator: User, chart: str
) -> None:
    names = {"C-1": ("Ama", "Okoye"), "C-2": ("Bruno", "Vega"), "C-3": ("Zoila", "Ñandú")}
    others = [name for number, both in names.items() if number != chart for name in both]
    for _time in ("not signed", "signed"):
        content = paper(client, session, person(chart))
        assert [name for name in others if name in words_of(content)] == []
        assert [name for name in others if name in title_of(content)] == []
        if _time == "not signed":
            sign(session, facilitator)


def test_names_of_others_are_taken_out_of_what_was_typed(
    client: Client, session: GroupSession, facilitator: User
) -> None:
    """Wherever somebody typed them: in the chart of one there is nobody else."""
    ama, bruno = person("C-1"), person("C-2")
    # Of somebody who is on the sheet no more, there is a note.
    left = build.an_enrollment(session.group.program, build.a_participant(first_name="Gus"))
    a_participant_note(session, left.participant)
    note = ama.notes.get()
    note.response = "Bruno laughed; BRUNO's joke, vega-style. Amara did not."
    note.plan = "Ask Zoila, and Gus."
    note.save()
    session.group_note.topic = "What Bruno asked about cravings"
    session.group_note.save()
    build.a_sign_off(session, facilitator)
    signed_notes(session, facilitator)
    amend(session, ama, facilitator, reason="The tap was meant for Bruno Vega.")
    drove = "Zoila Ñandú drove her home."
    an_addendum(session, participant=ama, text=drove, reason="Bruno said so.")
    an_addendum(session, text="Zoila read page nine.", reason="Forgotten.")
    page = words_of(paper(client, session, ama))
    assert [word for word in OTHERS if word.casefold() in page.casefold()] == []
    gone = "[somebody else]"
    assert f"{gone} laughed; {gone}'s joke, {gone}-style. Amara did not." in page
    assert f"Ask {gone}, and {gone}." in page
    assert f"Why: The tap was meant for {gone} {gone}." in page
    assert f"What {gone} asked about cravings" in page
    everything = words_of(paper(client, session))
    assert "Bruno laughed; BRUNO's joke, vega-style." in everything
    assert "Bruno spoke of Sunday." in words_of(paper(client, session, bruno))


def test_an_absence_has_its_reason_in_the_chart(client: Client, signed: GroupSession) -> None:
    page = words_of(paper(client, signed, person("C-3")))
    assert "Mark Excused" in page
    assert "Her child is ill." in page
    assert "Arrived" not in page


@pytest.mark.parametrize("whose", [None, "C-1"])
def test_what_is_not_signed_says_so_on_every_page(
    client: Client, session: GroupSession, facilitator: User, whose: str | None
) -> None:
    who = person(whose) if whose else None
    assert "Not signed" in words_of(paper(client, session, who))
    build.a_sign_off(session, facilitator)
    assert "Notes not signed" in words_of(paper(client, session, who))
    notes = signed_notes(session, facilitator, is_cosignature_needed=True)
    assert "Not co-signed" in words_of(paper(client, session, who))
    a_cosignature(notes, signed_by=build.a_user(name="Cora Sign"), signed_at=NOW)
    page = words_of(paper(client, session, who))
    assert "signed" in page
    assert "Not signed" not in page
    assert "Not co-signed" not in page
    assert "Co-signed Cora Sign, Nov 25, 2026, 12:00 PM CST." in page


def test_late_notes_are_labelled(client: Client, session: GroupSession, facilitator: User) -> None:
    due = moment("2026-11-24", "12:00")
    signed_notes(session, facilitator, due_at=due, signed_at=moment("2026-11-24", "12:01"))
    assert "Late entry: signed after it was due." in words_of(paper(client, session))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 2_000,
        "w" * 10_000,
        "Línea con ñ y acentos: ¿qué? ¡Sí! Ü\n" * 270,
        "<b>bold</b> **stars** [link](x) {nb} \\ %s &amp; ' \" " * 180,
        "一" * 3_000,
    ],
    ids=["words", "one word", "Spanish", "markup", "no letters"],
)
def test_long_notes_take_the_pages_they_need(
    client: Client, program: Program, facilitator: User, text: str
) -> None:
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    who = a_member(session, "Ama", "Oye")
    a_participant_note(session, who, response=f"{text} the very end", plan="Plan follows.")
    for whose in (None, who):
        pages = pages_of(paper(client, session, whose))
        assert "the very end" in " ".join(pages)
        assert "Plan follows." in " ".join(pages)
        for number, page in enumerate(pages, 1):
            assert f"Page {number} of {len(pages)}" in page
            assert "Not signed" in page


def test_letters_that_the_type_does_not_have(
    client: Client, program: Program, facilitator: User
) -> None:
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    who = a_member(session, "Ama", "Oye")
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    heart = "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}"
    a_participant_note(session, who, response=f"Sí, señor {family} and {heart}.")
    assert "Sí, señor ??? and ?." in words_of(paper(client, session))


def test_a_goal_and_a_lesson_are_in_words(
    client: Client, program: Program, facilitator: User
) -> None:
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    who = a_member(session, "Ama", "Oye")
    goal = a_goal(who.enrollments.get(), text="Sleep five nights a week")
    a_participant_note(session, who, goal=goal, goal_progress="forward")
    lesson = build.a_lesson(program, name="The wave")
    a_group_note(
        session,
        lesson=lesson,
        began_at=moment(MONDAY, "09:10"),
        ended_at=moment(MONDAY, "11:50"),
    )
    page = words_of(paper(client, session, who))
    assert "Sleep five nights a week" in page
    assert "A step forward" in page
    assert "Lesson, as noted The wave" in page
    assert "9:10 AM" in page


def test_what_is_missing_is_said(client: Client, program: Program) -> None:
    session = build.a_session(build.a_group(program))
    who = a_member(session, "Ama", "Oye")
    for whose in (None, who):
        page = words_of(paper(client, session, whose))
        assert "Nothing is written." in page
        assert "Nobody has signed." in page


def test_a_duplicate_is_found_under_either_record(
    client: Client, program: Program, facilitator: User
) -> None:
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    who = a_member(session, "Ama", "Oye", chart_number="C-8")
    build.a_record(session, who, "09:00-12:00")
    kept = build.a_participant(first_name="Amara", last_name="Okoye", chart_number="C-9")
    a_participant_note(session, kept, response="Written under the record that is kept.")
    who.merged_into, who.merged_at = kept, NOW
    who.save()
    for each in (who, kept):
        page = words_of(paper(client, session, each))
        assert "Amara Okoye · C-9" in page
        assert "180 of 180 min" in page
        assert "Written under the record that is kept." in page


def test_notes_of_somebody_who_left_the_sheet_are_kept(
    client: Client, program: Program, session: GroupSession
) -> None:
    gone = build.an_enrollment(
        program, build.a_participant(first_name="Gus", last_name="Lo")
    ).participant
    a_participant_note(session, gone, response="Came for a minute.")
    assert "Gus L." in words_of(paper(client, session))
    assert "Came for a minute." in words_of(paper(client, session, gone))


def test_who_has_nothing_to_do_with_it_has_no_paper(
    client: Client, program: Program, session: GroupSession
) -> None:
    other = build.an_enrollment(program).participant
    assert client.get(url_of(session, other)).status_code == 404
    program_id = session.group.program.public_id
    address = f"/papers/{program_id}/{session.public_id}/{uuid.uuid4()}/session.pdf"
    assert client.get(address).status_code == 404
    assert not AuditEvent.objects.filter(verb="session_part.exported").exists()


def test_each_is_on_the_trail_and_names_nobody(
    client: Client, clinician: User, signed: GroupSession
) -> None:
    amara = person("C-1")
    answers = [taken_out(client, url_of(signed)), taken_out(client, url_of(signed, amara))]
    assert [answer["Content-Disposition"] for answer in answers] == [
        'attachment; filename="session-2026-11-23.pdf"',
        'attachment; filename="session-part-2026-11-23.pdf"',
    ]
    assert [title_of(answer.content) for answer in answers] == [
        "Session record",
        "Session record for one chart",
    ]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    whole = AuditEvent.objects.get(verb="session_record.exported")
    assert (whole.by, whole.subject_id) == (clinician, signed.public_id)
    assert whole.detail == {"people": 3, "notes": 3}
    part = AuditEvent.objects.get(verb="session_part.exported")
    assert (part.participant_id, part.detail) == (amara.public_id, {})


@pytest.mark.parametrize("whose", [None, "C-1"])
def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client: Client, session: GroupSession, whose: str | None, audit_fails: None
) -> None:
    client.raise_request_exception = False
    assert taken_out(client, url_of(session, person(whose) if whose else None)).status_code == 500


@pytest.mark.parametrize("whose", [None, "C-1"])
def test_who_may_have_it(
    client_of: ClientOf,
    facilitator: User,
    clinician: User,
    director: User,
    administrator: User,
    billing: User,
    stranger: User,
    session: GroupSession,
    whose: str | None,
) -> None:
    url = url_of(session, person(whose) if whose else None)
    users = (facilitator, clinician, director, administrator, billing, stranger)
    codes = [taken_out(client_of(user), url).status_code for user in users]
    assert codes == [200, 200, 200, 403, 403, 404]
    session.facilitations.update(is_former=True)
    assert client_of(facilitator).get(url).status_code == 403


@pytest.mark.parametrize("is_of_one", [False, True])
def test_the_queries_do_not_grow_with_the_people(
    client: Client, program: Program, facilitator: User, is_of_one: bool
) -> None:
    session = build.a_session(build.a_group(program, capacity=40), facilitators=[facilitator])
    counts = []
    for people in (1, 11):
        for number in range(people):
            who = a_member(session, f"Name{number}", "Vega")
            build.a_record(session, who, "09:00-12:00")
            a_participant_note(session, who)
        taken_at = stated(client, url_of(session, who if is_of_one else None))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(taken_at).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 27
