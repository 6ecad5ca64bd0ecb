"""A closed week on the board: both sides, the rows that differ, and why, to whom it may be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from attendance.sheet.states import absent
from groups.models import GroupMembership, GroupSession
from programs.models import HoursRule, Participant, Program
from tests import build
from tests.attendance.amending import amend, there
from tests.hours.closing import DAYS, NEXT_MONDAY, a_week_of_sessions, close, somebody_in

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
Read = Callable[..., str]
LATER = NEXT_MONDAY + timedelta(days=1)
WHY = "Seen on the door list."


@pytest.fixture(autouse=True)
def the_wednesday_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NEXT_MONDAY + timedelta(days=2))


@pytest.fixture
def sessions(program: Program) -> list[GroupSession]:
    """A rule of eight hours on two days, met by three whole sessions."""
    build.a_rule(program, min_minutes_per_week=480, min_days_per_week=2)
    return a_week_of_sessions(program)


@pytest.fixture
def amara(sessions: list[GroupSession]) -> Participant:
    """Attended Monday and Thursday, and missed Tuesday; all signed."""
    person = somebody_in(sessions, first_name="Amara", last_name="Okoye")
    for session, stretches in zip(sessions, (["09:00-12:00"], [], ["09:00-12:00"]), strict=True):
        build.a_record(session, person, *stretches, absence="" if stretches else "no_call")
    return person


def sign(sessions: list[GroupSession]) -> None:
    for session in sessions:
        build.a_sign_off(session)


@pytest.fixture
def read(client_of: ClientOf, program: Program) -> Read:
    """Read the week's board as somebody sees it, its spaces made plain."""

    def board(user: User, **asked: str) -> str:
        url = f"/hours/{program.public_id}/"
        answer = client_of(user).get(url, {"week": "2026-11-23", **asked})
        return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())

    return board


def changes(page: str) -> str:
    """Return what the page says has changed."""
    return page.split("What changed since the close")[1].split("</details>", maxsplit=1)[0]


def test_a_week_that_nobody_corrected_says_so(
    program: Program, director: User, amara: Participant, read: Read
) -> None:
    close(program)
    page = read(director)
    assert "Week closed Nov 30, 2026, noon, automatically." in page.replace(
        "12:00 PM", "noon"
    ).replace("12 PM", "noon").replace("Nov. 30", "Nov 30")
    assert "Nothing has changed since." in page
    assert page.count("1 not met") == 2
    assert "What changed since the close" not in page


def test_an_amendment_is_named_with_its_minutes_day_and_writer(
    program: Program,
    director: User,
    sessions: list[GroupSession],
    amara: Participant,
    read: Read,
) -> None:
    sign(sessions)
    close(program, by=director)
    diaz = build.a_user(name="R. Diaz")
    target = there("09:00-12:00", day=DAYS[1])
    amend(sessions[1], amara, target, diaz, now=LATER, reason=WHY)
    page = read(director)
    assert "by Dina Osei." in page
    assert "1 person’s week has changed since." in page
    said = "Tue Core 9:00 AM: 0 min (no call) then, 170 min now; amended Dec 1 by R. Diaz"
    assert f"{said}: “{WHY}”" in changes(page)
    assert "Mon Core" not in changes(page)
    assert "Not met" in changes(page)
    assert "Met" in changes(page)
    assert "1 not met" in page
    assert "1 met" in page


def test_each_side_shows_its_own_board(
    program: Program,
    director: User,
    sessions: list[GroupSession],
    amara: Participant,
    read: Read,
) -> None:
    sign(sessions)
    close(program)
    target = there("09:00-12:00", day=DAYS[1])
    amend(sessions[1], amara, target, now=LATER, reason=WHY)
    why = str(amara.enrollments.get().public_id)
    now, then = read(director, why=why), read(director, why=why, **{"as": "closed"})
    assert "Why met" in now
    assert "9:00 AM to 12:00 PM" in now
    assert "Why not met" in then
    assert "No call" in then
    assert "The week ended 2 h 20 min short; 1 session was missed." in then
    assert "Attended 5 h 40 min of 8 h: the week is over, 2 h 20 min short." in then
    assert 'as=closed" hx-get' in now
    assert "as=closed" in then.split('id="why-')[1].split(">")[0]


def test_the_reason_is_for_who_may_amend_there(
    program: Program,
    clinician: User,
    billing: User,
    facilitator: User,
    sessions: list[GroupSession],
    amara: Participant,
    read: Read,
) -> None:
    build.a_facilitation(sessions[1], facilitator)
    sign(sessions)
    close(program)
    for session, target in (
        (sessions[0], absent("excused")),
        (sessions[1], there("09:00-12:00", day=DAYS[1])),
    ):
        amend(session, amara, target, now=LATER, reason=f"{WHY} {session.held_on}")
    told = {
        user.name: {day for day in DAYS[:2] if f"{WHY} {day}" in read(user)}
        for user in (clinician, billing, facilitator)
    }
    assert told == {clinician.name: set(), billing.name: set(), facilitator.name: {DAYS[1]}}
    assert "amended Dec 1 by" in read(billing)


def test_what_was_recorded_after_the_close_says_so(
    program: Program, director: User, sessions: list[GroupSession], read: Read
) -> None:
    bruno = somebody_in(sessions, first_name="Bruno", last_name="Vega")
    for session in sessions[:2]:
        build.a_record(session, bruno, "09:00-12:00")
    close(program)
    assert "1 pending" in read(director)
    build.a_record(sessions[2], bruno, absence="excused")
    said = "Thu Core 9:00 AM: no record then, excused now; recorded after the close."
    page = read(director)
    assert said in changes(page)
    assert "Pending" in changes(page)
    assert "Not met" in changes(page)


def test_what_is_required_changed_by_an_order(
    program: Program, director: User, amara: Participant, read: Read
) -> None:
    close(program)
    build.an_order(amara.enrollments.get(), 300, effective_from="2026-11-23")
    page = read(director)
    assert "Required: 8 h then, 5 h now; an order changed." in changes(page)
    assert "Another rule covers this week" not in page


def test_another_rule_leaves_the_close_under_its_own(
    program: Program, director: User, amara: Participant, read: Read
) -> None:
    close(program)
    build.a_rule(program, effective_from="2026-11-09", min_minutes_per_week=300, citation="New 2")
    page = read(director, why=str(amara.enrollments.get().public_id))
    assert "Required: 8 h then, 5 h now; the rule changed." in changes(page)
    assert "Another rule covers this week now than when it was closed." in page
    assert "New 2" in page
    then = read(director, why=str(amara.enrollments.get().public_id), **{"as": "closed"})
    assert "Example rule 1.2" in then
    assert "New 2" not in then
    assert HoursRule.objects.count() == 2


def test_a_leave_and_an_enrollment_that_changed(
    program: Program,
    director: User,
    sessions: list[GroupSession],
    amara: Participant,
    read: Read,
) -> None:
    bruno = somebody_in(sessions, first_name="Bruno", last_name="Vega")
    close(program)
    build.a_leave(bruno, DAYS[1], DAYS[1])
    late = build.an_enrollment(
        program, build.a_participant(first_name="Chen", last_name="Wu"), admitted_on=DAYS[2]
    )
    GroupMembership.objects.filter(enrollment__participant=amara).update(last_on="2026-11-20")
    amara.enrollments.update(discharged_on="2026-11-20", discharge_reason="moved")
    said = changes(read(director))
    assert "Judged as a full week then, as a week with leave now." in said
    assert "Tue Core 9:00 AM: no record then, not theirs now; no longer among their" in said
    assert "Enrolled in this week only after it was closed." in said
    assert "No longer enrolled in this week" in said
    assert late.participant.chart_number not in said


def test_a_facilitator_sees_only_what_changed_for_their_people(
    program: Program,
    facilitator: User,
    sessions: list[GroupSession],
    amara: Participant,
    read: Read,
) -> None:
    elsewhere = build.a_session(
        build.a_group(program, name="Other"), DAYS[0], "14:00", "15:00", facilitators=[facilitator]
    )
    bruno = somebody_in([elsewhere], first_name="Bruno", last_name="Vega")
    close(program)
    build.a_record(elsewhere, bruno, "14:00-15:00")
    build.an_order(amara.enrollments.get(), 300, effective_from="2026-11-23")
    for asked in ({}, {"as": "closed"}):
        page = read(facilitator, **asked)
        assert "Bruno V." in page
        assert "Amara" not in page
        assert "1 person’s week has changed since." in page


def test_a_session_that_has_left_the_week_is_still_named(
    program: Program,
    director: User,
    sessions: list[GroupSession],
    amara: Participant,
    read: Read,
) -> None:
    bruno = somebody_in(sessions)
    off = build.a_session(sessions[0].group, DAYS[1], "15:00", "16:00")
    close(program)
    GroupSession.objects.filter(pk=off.pk).update(status="withdrawn")
    why = str(bruno.enrollments.get().public_id)
    assert "Tue Core 3:00 PM" in read(director, why=why, **{"as": "closed"})
    assert "Tue Core 3:00 PM: no record then, not theirs now" in changes(read(director))


@pytest.mark.parametrize("seen_as", ["now", "closed"])
@pytest.mark.parametrize("people", [1, 20])
def test_twelve_queries_at_most_of_a_closed_week_too(
    client_of: ClientOf,
    program: Program,
    director: User,
    sessions: list[GroupSession],
    people: int,
    seen_as: str,
) -> None:
    everybody = [somebody_in(sessions) for _ in range(people)]
    close(program)
    for person in everybody:
        build.a_record(sessions[0], person, "09:00-12:00")
    client = client_of(director)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(
            f"/hours/{program.public_id}/", {"week": "2026-11-23", "as": seen_as}
        ).content.decode()
    assert page.count('class="brow') == people
    assert page.count("recorded after the close") == people
    assert len(queries) <= 12
