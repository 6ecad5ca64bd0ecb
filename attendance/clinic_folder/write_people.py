"""Writes participants, how they agreed to be reached, their episodes, orders and leaves."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from attendance.clinic_folder import rows
from attendance.clinic_folder.rows import Key
from attendance.clinic_folder.writing import Writing
from groups.models import GroupMembership, MakeUpSeat
from programs.models import Channel, ContactConsent, Enrollment, Leave, Order, Participant


def write_people(writing: Writing) -> None:
    """Write participants.csv, enrollments.csv and leaves.csv."""
    folder, stored = writing.after.folder, writing.after.stored
    writing.file = "participants.csv"
    writing.save(
        "participants", Participant, folder.participants.rows, stored.participants, _participant
    )
    _write_consents(writing)
    writing.file = "enrollments.csv"
    _write_enrollments(writing)
    _write_orders(writing)
    writing.file = "leaves.csv"
    people = stored.participants.ids

    def leave(row: rows.LeaveRow) -> dict[str, Any]:
        return {
            "participant_id": people[row.chart_number,],
            "first_on": row.first_on,
            "last_on": row.last_on,
            "reason": row.reason,
        }

    writing.save("leaves", Leave, folder.leaves.rows, stored.leaves, leave, ends="last_on")


def _participant(row: rows.ParticipantRow) -> dict[str, Any]:
    return row.cells(without={"reminders"})


def _write_consents(writing: Writing) -> None:
    """Give the consents that are named and withdraw the others.

    Who has opted out since, by a reply or at the desk, is not opted in again by a file.
    """
    stored = writing.after.stored
    fresh: list[ContactConsent] = []
    over: list[int] = []
    for row in writing.after.folder.participants.rows.values():
        held = {each for each in Channel.values if (row.chart_number, each) in stored.consents}
        for channel in sorted(row.reminders | held):
            key = (row.chart_number, channel)
            is_new = channel not in held and key not in stored.opted_out
            if channel not in row.reminders:
                over.append(stored.consents[key])
            elif is_new:
                person = stored.participants.ids[row.key]
                fresh.append(
                    ContactConsent(participant_id=person, channel=channel, given_at=writing.now)
                )
            elif channel not in held:
                writing.say(_("%s opted out since: not opted in again") % row.place)
            is_over = channel not in row.reminders
            writing.counts.add(
                "consents", created=is_new, updated=is_over, unchanged=not (is_new or is_over)
            )
    withdrawn_at = Greatest(Value(writing.now), F("given_at"))
    ContactConsent.objects.filter(pk__in=over).update(withdrawn_at=withdrawn_at)
    ContactConsent.objects.bulk_create(fresh)


def _write_enrollments(writing: Writing) -> None:
    folder, stored = writing.after.folder, writing.after.stored
    people, programs = stored.participants.ids, stored.programs.ids

    def enrollment(row: rows.EnrollmentRow) -> dict[str, Any]:
        return {
            "participant_id": people[row.chart_number,],
            "program_id": programs[row.program,],
            "admitted_on": row.admitted_on,
            "admission": row.admission,
            "planned_discharge_on": row.planned_discharge_on,
            "discharged_on": row.discharged_on,
            "discharge_reason": row.discharge_reason,
        }

    named = folder.enrollments.rows
    _new, changed = writing.save(
        "enrollments", Enrollment, named, stored.enrollments, enrollment, ends="discharged_on"
    )
    _give_seats_back(writing, [stored.enrollments.ids[row.key] for row in changed])


def _give_seats_back(writing: Writing, enrollments: list[int]) -> None:
    """Release make-up seats in sessions after a discharge."""
    MakeUpSeat.objects.held().filter(
        enrollment__in=enrollments, session__held_on__gt=F("enrollment__discharged_on")
    ).update(released_at=Greatest(Value(writing.now), F("booked_at")))


def _write_orders(writing: Writing) -> None:
    stored = writing.after.stored
    orders = {
        key: _order(row, row.ordered_minutes)
        for key, row in writing.after.folder.enrollments.rows.items()
        if row.ordered_minutes is not None
    }

    def order(row: rows.OrderRow) -> dict[str, Any]:
        return {
            "enrollment_id": stored.enrollments.ids[row.key],
            "effective_from": row.admitted_on,
            "minutes_per_week": row.minutes,
        }

    writing.save("orders", Order, orders, stored.orders, order)


def _order(row: rows.EnrollmentRow, minutes: int) -> rows.OrderRow:
    """Return the first order: it is in force from the day of admission."""
    return rows.OrderRow(
        place=row.place,
        chart_number=row.chart_number,
        program=row.program,
        admitted_on=row.admitted_on,
        minutes=minutes,
    )


def write_memberships(writing: Writing, places: dict[Key, rows.PlaceRow]) -> None:
    """Write the memberships, clipped to their enrollments already."""
    writing.file = "memberships.csv"
    stored = writing.after.stored

    def membership(row: rows.PlaceRow) -> dict[str, Any]:
        return {
            "group_id": stored.groups.ids[row.group,],
            "enrollment_id": stored.enrollments.ids[row.enrollment],
            "first_on": row.first_on,
            "last_on": row.last_on,
        }

    writing.save("memberships", GroupMembership, places, stored.places, membership, ends="last_on")
