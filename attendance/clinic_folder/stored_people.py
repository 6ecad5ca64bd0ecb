"""Reads the stored participants: consents, enrollments, orders, leaves, memberships."""

from __future__ import annotations

from django.db.models import F

from attendance.clinic_folder import rows, tables
from attendance.clinic_folder.rows import Key
from attendance.clinic_folder.shelf import Shelf, shelve
from groups.models import GroupMembership
from programs.models import (
    ConsentPurpose,
    ContactConsent,
    Enrollment,
    Leave,
    Order,
    Participant,
    Referral,
)

COMMAND = "import_clinic"  # what row history says of an import's changes


def load_participants() -> Shelf[rows.ParticipantRow]:
    own = [column.name for column in tables.PARTICIPANTS.columns if column.name != "reminders"]
    return shelve(rows.ParticipantRow, Participant.objects, **dict(zip(own, own, strict=True)))


def load_enrollments() -> Shelf[rows.EnrollmentRow]:
    return shelve(
        rows.EnrollmentRow,
        Enrollment.objects,
        chart_number="participant__chart_number",
        program="program__code",
        admitted_on="admitted_on",
        admission="admission",
        planned_discharge_on="planned_discharge_on",
        discharged_on="discharged_on",
        discharge_reason="discharge_reason",
    )


def load_referred() -> set[tuple[str, str]]:
    """Return who was ever referred where: (chart number, program's code)."""
    found = Referral.objects.order_by()
    return set(found.values_list("participant__chart_number", "program__code"))


def load_orders() -> Shelf[rows.OrderRow]:
    """Return the first order of each enrollment: the one from its admission date."""
    return shelve(
        rows.OrderRow,
        Order.objects.filter(effective_from=F("enrollment__admitted_on")),
        chart_number="enrollment__participant__chart_number",
        program="enrollment__program__code",
        admitted_on="effective_from",
        minutes="minutes_per_week",
    )


def load_leaves() -> Shelf[rows.LeaveRow]:
    return shelve(
        rows.LeaveRow,
        Leave.objects,
        chart_number="participant__chart_number",
        first_on="first_on",
        last_on="last_on",
        reason="reason",
    )


def load_places(enrollments: dict[Key, int]) -> Shelf[rows.PlaceRow]:
    """Return the memberships, each naming its enrollment by key."""
    keys = {pk: key for key, pk in enrollments.items()}
    shelf: Shelf[rows.PlaceRow] = Shelf()
    found = GroupMembership.objects.values_list(
        "pk", "group__name", "enrollment_id", "first_on", "last_on"
    )
    for pk, group, enrollment, first_on, last_on in found:
        place = rows.PlaceRow(
            group=group, enrollment=keys[enrollment], first_on=first_on, last_on=last_on
        )
        shelf.put(place, pk)
    return shelf


def load_consents() -> dict[tuple[str, str], int]:
    """Return the consents to reminders in force: (chart number, channel) to id."""
    return {
        (chart_number, channel): pk
        for pk, chart_number, channel in ContactConsent.objects.filter(
            withdrawn_at=None, purpose=ConsentPurpose.REMINDERS
        ).values_list("pk", "participant__chart_number", "channel")
    }


def load_opted_out() -> set[tuple[str, str]]:
    """Return whose last word on a channel was no, and not by an import.

    A file must not put a consent back that a person withdrew by a reply or at the desk.
    """
    latest: dict[tuple[str, str], bool] = {}
    history = ContactConsent.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        purpose=ConsentPurpose.REMINDERS
    ).order_by("pgh_id")
    for chart_number, channel, withdrawn_at, context in history.values_list(
        "participant__chart_number", "channel", "withdrawn_at", "pgh_context"
    ):
        by_file = (context or {}).get("command") == COMMAND
        latest[chart_number, channel] = withdrawn_at is not None and not by_file
    return {key for key, is_out in latest.items() if is_out}
