"""Stores a drawn clinic in the database, through the builders."""

from __future__ import annotations

from datetime import UTC

from attendance.models import AttendanceRecord, Presence
from groups.models import GroupMembership, GroupSession, TherapyGroup
from programs.models import Enrollment, Program
from tests import build
from tests.hours.drawn_clinic import DrawnClinic, DrawnGroup, DrawnSession, at


def store(clinic: DrawnClinic) -> tuple[Program, dict[tuple[int, int], Enrollment]]:
    """Store everything; return program 0 and the enrollments by (person, episode)."""
    site = build.a_site(timezone=str(clinic.zone))
    programs = [build.a_program(site, week_starts_on=clinic.week_starts_on) for _ in range(2)]
    for day, rule in clinic.rules.items():
        build.a_rule(programs[0], effective_from=day, **rule)
    closures = [
        build.a_closure(
            programs[which] if which is not None else None,
            site=site,
            first_on=first,
            last_on=last,
        )
        for which, first, last in clinic.closures
    ]
    people = [build.a_participant() for _ in clinic.people]
    enrollments = {}
    for person, episodes in enumerate(clinic.people):
        for index, episode in enumerate(episodes):
            enrollments[person, index] = enrollment = build.an_enrollment(
                programs[episode.program],
                people[person],
                admitted_on=episode.first,
                discharged_on=episode.last,
                discharge_reason="completed" if episode.last else "",
            )
            for day, minutes in episode.orders.items():
                build.an_order(enrollment, minutes, effective_from=day)
    for person, (first, last) in clinic.leaves.items():
        build.a_leave(people[person], first, last)
    for group in clinic.groups:
        stored = build.a_group(
            programs[group.program],
            kind=group.kind,
            format=group.format,
            capacity=group.capacity,
        )
        for person, index, first, last in group.members:
            GroupMembership.objects.create(
                group=stored,
                enrollment=enrollments[person, index],
                first_on=first,
                last_on=last,
            )
        for session in group.sessions:
            _store_session(clinic, group, stored, session, people, enrollments, closures)
    return programs[0], enrollments


def _store_session(
    clinic: DrawnClinic,
    group: DrawnGroup,
    stored: TherapyGroup,
    session: DrawnSession,
    people: list,
    enrollments: dict,
    closures: list,
) -> None:
    shut = [
        closure
        for closure, (which, first, last) in zip(closures, clinic.closures, strict=True)
        if first <= session.day <= last and which in (None, group.program)
    ]
    row = GroupSession.objects.create(
        group=stored,
        held_on=session.day,
        starts_at=at(clinic, session.day, session.starts).astimezone(UTC),
        ends_at=at(clinic, session.day, session.ends).astimezone(UTC),
        breaks=[
            (
                at(clinic, session.day, start).astimezone(UTC),
                at(clinic, session.day, end).astimezone(UTC),
            )
            for start, end in session.breaks
        ],
        status="cancelled" if shut else "scheduled",
        cancelled_for=shut[0] if shut else None,
    )
    for person, record in session.records.items():
        kept = AttendanceRecord.objects.create(
            session=row,
            participant=people[person],
            absence=record.absence,
            recorded_at=build.NOW,
        )
        for arrived, left in record.stretches:
            Presence.objects.create(
                record=kept,
                arrived_at=at(clinic, session.day, arrived),
                left_at=None if left is None else at(clinic, session.day, left),
            )
    for key in session.seats:
        build.a_make_up_seat(row, enrollments[key])
