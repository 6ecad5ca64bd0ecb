"""Clinics that a property test draws: sessions, people with consents, leaves, second records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from groups.models import GroupSession, TherapyGroup
from groups.roster import expected_at
from programs.models import Participant, Program
from reminders.expected import Start
from tests import build
from tests.build import MONDAY, NOW, moment
from tests.build_episodes import a_consent

DAYS = st.integers(-2, 2)
SPAN = st.tuples(DAYS, st.none() | st.integers(0, 2))
# Asked on the 2nd, and again on the 9th: the last word counts.
CONSENTS = st.lists(
    st.tuples(
        st.sampled_from(["email", "sms"]),
        st.sampled_from(["reminders", "weekly", "outreach"]),
        st.sampled_from(["2026-11-02", "2026-11-09"]),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda each: each[:3],
)
PERSON = st.fixed_dictionaries(
    {
        "admitted": DAYS,
        "stays": st.none() | st.integers(0, 3),
        "program": st.sampled_from([0, 1]),
        "group": st.none() | st.sampled_from([0, 1]),
        "seat": st.none() | st.integers(0, 3),
        "leave": st.none() | SPAN,
        "consents": CONSENTS,
        "has_email": st.booleans(),
        "zone": st.sampled_from(["", "", "America/New_York", "Pacific/Honolulu"]),
        "is_duplicate": st.booleans(),
        # An episode under each record, one in each program.
        "is_in_two": st.booleans(),
    }
)
# Group, date, hour of the day, whether it is cancelled.
SESSION = st.tuples(st.integers(0, 3), DAYS, st.integers(7, 20), st.booleans())
Drawn = dict[str, Any]


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def store_clinic(sessions: list[tuple], people: list[Drawn]) -> None:
    """Store two programs at two sites, an hour apart, each with two groups, and their people."""
    sites = [build.a_site(), build.a_site(timezone="America/New_York")]
    programs = [build.a_program(site) for site in sites]
    groups = [build.a_group(program) for program in programs for _ in range(2)]
    held = [store_session(groups, *each) for each in _without_clashes(sessions)]
    for each in people:
        store_person(programs[each["program"]], groups, held, each)


def _without_clashes(sessions: list[tuple]) -> list[tuple]:
    """Return one session per group, date and hour."""
    return list({each[:3]: each for each in sessions}.values())


def store_session(
    groups: list[TherapyGroup], group: int, ahead: int, hour: int, is_cancelled: bool
) -> GroupSession:
    status = "cancelled" if is_cancelled else "scheduled"
    times = (f"{hour:02}:00", f"{hour:02}:50")
    return build.a_session(groups[group], day(ahead), *times, status=status)


def store_person(
    program: Program, groups: list[TherapyGroup], held: list[GroupSession], drawn: Drawn
) -> None:
    email = "someone@mail.example" if drawn["has_email"] else ""
    kept = build.a_participant(email=email, phone="+13125550123", timezone=drawn["zone"])
    records = [kept]
    if drawn["is_duplicate"]:
        records.append(build.a_participant(merged_into=kept, merged_at=NOW, email="old@x.example"))
    for number, each in enumerate(drawn["consents"]):
        store_consent(records[number % len(records)], f"{9 + number:02}:00", *each)
    enroll(program, groups, held, records[-1], drawn)
    if drawn["is_duplicate"] and drawn["is_in_two"]:
        other = {**drawn, "program": 1 - drawn["program"], "seat": None}
        enroll(groups[2 * other["program"]].program, groups, held, kept, other)


def store_consent(
    person: Participant, at: str, channel: str, purpose: str, asked_on: str, is_yes: bool
) -> None:
    """Store a yes or a no; a second yes to the same question changes nothing."""
    said = {"channel": channel, "purpose": purpose}
    given_at = moment(asked_on, at)
    if not is_yes:
        no = {"withdrawn_at": given_at, "withdrawn_how": "phone"}
        a_consent(person, **said, **no, given_at=given_at)
    elif not person.consents.filter(**said, withdrawn_at=None).exists():
        a_consent(person, **said, given_at=given_at)


def enroll(
    program: Program,
    groups: list[TherapyGroup],
    held: list[GroupSession],
    person: Participant,
    drawn: Drawn,
) -> None:
    first, last = span((drawn["admitted"], drawn["stays"]))
    ended = {"discharged_on": last, "discharge_reason": "completed"} if last else {}
    enrollment = build.an_enrollment(program, person, admitted_on=first, **ended)
    if drawn["group"] is not None:
        build.a_membership(groups[2 * drawn["program"] + drawn["group"]], enrollment)
    if drawn["seat"] is not None and drawn["seat"] < len(held):
        session = held[drawn["seat"]]
        if first <= session.held_on and (last is None or session.held_on <= last):
            build.a_make_up_seat(session, enrollment)
    if drawn["leave"]:
        build.a_leave(person, *span(drawn["leave"]))


def span(drawn: tuple[int, int | None]) -> tuple[date, date | None]:
    first, length = drawn
    return day(first), None if length is None else day(first + length)


def from_rosters() -> dict[tuple[int, date], Start]:
    """The oracle of when days begin: each session's roster, one by one."""
    found: dict[tuple[int, date], Start] = {}
    for session in GroupSession.objects.order_by("starts_at"):
        for enrollment in expected_at(session):
            key = (enrollment.participant.kept.pk, session.held_on)
            start = Start(session.starts_at, enrollment.program_id)
            if key not in found or start < found[key]:
                found[key] = start
    return found
