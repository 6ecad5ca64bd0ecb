"""Rows for the fault test and the bench: any number of people, and a reminder due for each."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models.functions import Now

from accounts.database_roles import as_owner
from groups.models import GroupMembership
from programs.models import ContactConsent, Enrollment, Participant, Program
from programs.weeks import local_date
from reminders.models import Reminder
from tests import build

BATCH = 5_000


def make_due(how_many: int, *, now: datetime, minutes: int, zone: str) -> None:
    """Make a program with so many people expected tomorrow; all are to be reminded at once."""
    build.a_clinic()
    site = build.a_site(code=f"desk-{how_many}", timezone=zone)
    program = build.a_program(site, code=f"iop-{how_many}", seats=30)
    today = local_date(now, program.zone)
    group = build.a_group(program, name=f"Skills of {how_many}", capacity=30)
    build.a_session(group, today + timedelta(days=1), "09:00", "12:00")
    people = _people(how_many, now)
    enrollments = Enrollment.objects.bulk_create(
        [Enrollment(participant=each, program=program, admitted_on=today) for each in people],
        BATCH,
    )
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=group, enrollment=each, first_on=today) for each in enrollments],
        BATCH,
    )
    _reminders(people, program, today + timedelta(days=1), now + timedelta(minutes=minutes))


def _people(how_many: int, now: datetime) -> list[Participant]:
    people = Participant.objects.bulk_create(
        [
            Participant(
                chart_number=f"F-{how_many}-{number}",
                first_name="Ada",
                last_name=f"Nolan{number}",
                email=f"person{number}@mail.example",
            )
            for number in range(how_many)
        ],
        BATCH,
    )
    ContactConsent.objects.bulk_create(
        [ContactConsent(participant=each, channel="email", given_at=now) for each in people],
        BATCH,
    )
    return people


def _reminders(people: list[Participant], program: Program, day, expires_at: datetime) -> None:
    """Write them one after the other, and have them due in the same moment."""
    moments = {"due_at": expires_at, "try_at": expires_at, "expires_at": expires_at}
    Reminder.objects.bulk_create(
        [Reminder(participant=each, program=program, for_on=day, **moments) for each in people],
        BATCH,
    )
    # As the server does by itself before long: it plans badly for tables that it thinks empty.
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    Reminder.objects.filter(program=program).update(due_at=Now(), try_at=Now())
