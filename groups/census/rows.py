"""The people of a census as plain values: the same rows on the page and in the files."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from groups.census.paperwork import Paper
from groups.census.reading import Census
from groups.census.stay import days_of_stay, length_of_stay, week_of_stay, weeks_of_stay
from programs.models import Enrollment, Participant, Referral, Standing
from programs.standing import standing_of
from programs.weeks import local_date


@dataclass(frozen=True)
class PersonRow:
    """One person who is in on the day.

    `leaves_on` is the last day where it is settled, else the planned one. Somebody overdue was to
    be gone before the day and is not; on a day ahead they are only expected to be.
    """

    name: str
    chart_number: str
    person_id: uuid.UUID
    admitted_on: date
    days: int
    week: int
    weeks: int | None
    leaves_on: date | None
    is_settled: bool
    is_late: bool
    standing: Standing
    back_after: date | None
    missing: tuple[Paper, ...]


@dataclass(frozen=True)
class ComingRow:
    """One person who begins soon."""

    name: str
    chart_number: str
    person_id: uuid.UUID
    first_on: date
    how: str


@dataclass(frozen=True)
class WaitingRow:
    """One person on the waiting list, since when and how long."""

    place: int
    name: str
    chart_number: str
    person_id: uuid.UUID
    since: date
    days: int
    wanted_on: date | None


@dataclass(frozen=True)
class LeftRow:
    """One person whose last day was not long ago."""

    name: str
    chart_number: str
    person_id: uuid.UUID
    enrollment_id: uuid.UUID
    last_on: date
    days: int
    reason: str


def listed_name(person: Participant) -> str:
    """Return the name as a list sorts it: last name first, then what they are called."""
    return f"{person.last_name}, {person.preferred_name or person.first_name}"


def present_rows(census: Census) -> list[PersonRow]:
    """Return who is in, by first day."""
    return [_present(census, each) for each in census.present]


def _present(census: Census, enrollment: Enrollment) -> PersonRow:
    person, leave = enrollment.participant.kept, census.leaves.get(enrollment.participant_id)
    planned_on = enrollment.planned_discharge_on
    is_settled = enrollment.discharged_on is not None
    return PersonRow(
        name=listed_name(person),
        chart_number=person.chart_number,
        person_id=person.public_id,
        admitted_on=enrollment.admitted_on,
        days=days_of_stay(enrollment, census.day),
        week=week_of_stay(enrollment, census.day),
        weeks=weeks_of_stay(enrollment, census.day),
        leaves_on=enrollment.discharged_on or planned_on,
        is_settled=is_settled,
        is_late=not is_settled and planned_on is not None and planned_on < census.day,
        standing=standing_of(enrollment, census.day, [leave] if leave else []),
        back_after=leave.last_on if leave else None,
        missing=census.missing[enrollment.pk],
    )


def coming_rows(census: Census) -> list[ComingRow]:
    """Return who begins soon, by first day."""
    return [
        ComingRow(
            name=listed_name(each.participant.kept),
            chart_number=each.participant.kept.chart_number,
            person_id=each.participant.kept.public_id,
            first_on=each.admitted_on,
            how=str(each.get_admission_display()),
        )
        for each in census.soon
    ]


def waiting_rows(census: Census) -> list[WaitingRow]:
    """Return the waiting list in its order; empty also where it is not known for the day."""
    return [_waiting(census, place, each) for place, each in enumerate(census.waiting or (), 1)]


def _waiting(census: Census, place: int, referral: Referral) -> WaitingRow:
    person, zone = referral.participant.kept, census.program.zone
    # The database sees to it that who waits has waited since a time.
    since = local_date(referral.waitlisted_at, zone)  # type: ignore[arg-type]
    return WaitingRow(
        place=place,
        name=listed_name(person),
        chart_number=person.chart_number,
        person_id=person.public_id,
        since=since,
        days=max(0, (census.day - since).days),
        wanted_on=referral.wanted_on,
    )


def left_rows(census: Census) -> list[LeftRow]:
    """Return who left not long ago, the latest first."""
    return [
        LeftRow(
            name=listed_name(each.participant.kept),
            chart_number=each.participant.kept.chart_number,
            person_id=each.participant.kept.public_id,
            enrollment_id=each.public_id,
            last_on=each.discharged_on,
            days=length_of_stay(each) or 0,
            reason=str(each.get_discharge_reason_display()),
        )
        for each in census.left
        if each.discharged_on
    ]
