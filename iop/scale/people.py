"""Who is enrolled from when to when, with orders, leaves, authorizations and certifications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from groups.models import GroupMembership
from iop.scale.names import a_name
from iop.scale.places import Course, Place
from iop.scale.timetable import Stay, Track
from programs.models import (
    Authorization,
    Certification,
    Enrollment,
    Leave,
    Order,
    Participant,
)
from programs.models.plan_of_care import due_after
from programs.weeks import DAYS

STAY_DAYS = (56, 84)
ADMISSIONS = (("direct", ""), ("direct", ""), ("step_down", "php"), ("step_up", "outpatient"))
REASONS = ("completed",) * 7 + ("stepped_down", "left_against_advice", "administrative")
ORDERED = (360, 450, 540, 600)
AUTHORIZED_DAYS = 28
# What four weeks are approved for, by what the payer counts in.
UNITS = {"day": 16, "hour": 40, "quarter_hour": 160}
STATUSES = ("approved",) * 8 + ("partial", "denied")
NOON = 12 * 60


def add_people(place: Place, course: Course, tracks: list[Track]) -> None:
    """Fill every place of the program with one person after the other."""
    for number in range(place.size.participants):
        track = tracks[number % len(tracks)]
        track.stays += _fill_place(place, course, track)


def _fill_place(place: Place, course: Course, track: Track) -> Iterator[Stay]:
    """Have somebody follow as soon as the one before has left; now and then it is who was here."""
    random = place.random
    known: list[int] = []
    day = place.size.first_on - timedelta(days=random.randrange(STAY_DAYS[1]))
    while True:
        comes_back = len(known) > 1 and random.random() < 0.05
        participant = known[-2] if comes_back else _add_participant(place)
        known.append(participant)
        stay = _add_stay(place, course, track, participant, _weekday(day))
        yield stay
        if stay.last_on is None:
            return
        day = stay.last_on + timedelta(days=1)


def _weekday(day: date) -> date:
    """Return the date itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, DAYS - day.weekday()) if day.weekday() > 4 else 0)


def _add_participant(place: Place) -> int:
    rows, random = place.rows[Participant], place.random
    first, last = a_name(random)
    born = date(1960, 1, 1) + timedelta(days=random.randrange(365 * 45))
    language = "es" if random.random() < 0.1 else "en"
    return rows.add(f"C{rows.count + 1:07}", first, last, born, language)


def _add_stay(
    place: Place, course: Course, track: Track, participant: int, admitted_on: date
) -> Stay:
    random, rows = place.random, place.rows
    planned_on = admitted_on + timedelta(days=random.randint(*STAY_DAYS))
    last_on = planned_on if planned_on < place.size.today else None
    admission, came_from = random.choice(ADMISSIONS)
    reason = random.choice(REASONS) if last_on else ""
    enrollment = rows[Enrollment].add(
        participant, course.key, admitted_on, admission, came_from, planned_on, last_on, reason
    )
    for group in track.groups:
        rows[GroupMembership].add(group, enrollment, admitted_on, last_on)
    comes = 1 - random.random() ** 2 * 0.4
    stay = Stay(enrollment, participant, admitted_on, planned_on, last_on, comes)
    _add_orders(place, stay)
    _add_leave(place, stay)
    _add_authorizations(place, stay)
    _add_certifications(place, stay)
    return stay


def _add_orders(place: Place, stay: Stay) -> None:
    random, rows = place.random, place.rows[Order]
    if random.random() < 0.4:
        rows.add(stay.enrollment, stay.admitted_on, random.choice(ORDERED), None)
        half = stay.admitted_on + timedelta(days=STAY_DAYS[0] // 2)
        if random.random() < 0.3 and half < place.size.today:
            rows.add(stay.enrollment, half, ORDERED[0], 3)


def _add_leave(place: Place, stay: Stay) -> None:
    random = place.random
    if random.random() < 0.08:
        first_on = stay.admitted_on + timedelta(days=random.randint(7, STAY_DAYS[0] - DAYS))
        stay.away = first_on, first_on + timedelta(days=random.randint(1, 5))
        place.rows[Leave].add(stay.participant, *stay.away)


def _add_authorizations(place: Place, stay: Stay) -> None:
    random, rows = place.random, place.rows[Authorization]
    if random.random() < 0.3:
        return
    unit = random.choices(list(UNITS), (8, 1, 1))[0]
    payer = f"Payer {random.choice('ABC')}"
    first_on = stay.admitted_on
    while first_on <= min(stay.planned_on, place.size.today):
        last_on = first_on + timedelta(days=AUTHORIZED_DAYS - 1)
        status = random.choice(STATUSES)
        units = UNITS[unit] - (UNITS[unit] // 4 if status == "partial" else 0)
        approved = units if status != "denied" else None
        number, entered_at = f"A{rows.count + 1:07}", place.clock.at(first_on, NOON)
        review = last_on - timedelta(days=4)
        dates = (first_on, last_on, review)
        rows.add(
            stay.enrollment, payer, number, unit, UNITS[unit], approved, *dates, status, entered_at
        )
        first_on = last_on + timedelta(days=1)


def _add_certifications(place: Place, stay: Stay) -> None:
    random, rows = place.random, place.rows[Certification]
    signed_on = stay.admitted_on
    last_on = min(stay.planned_on, place.size.today)
    # One that is due is given again for most.
    while signed_on <= last_on and random.random() < 0.9:
        due_on = due_after(signed_on)
        rows.add(stay.enrollment, signed_on, due_on, place.physician)
        signed_on = due_on - timedelta(days=random.randrange(5))
