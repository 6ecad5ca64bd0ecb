"""What the database holds already, in the same rows as a folder's, and the number of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import F, Manager, QuerySet, Value
from django.db.models.functions import Coalesce
from phonenumber_field.phonenumber import PhoneNumber

from accounts.models import User
from attendance.clinic_folder import rows, tables
from attendance.clinic_folder.rows import Key, Row
from curriculum.models import Lesson
from groups.models import GroupMembership, MeetingPattern, PatternFacilitator, TherapyGroup
from programs.models import (
    Clinic,
    Closure,
    ContactConsent,
    Enrollment,
    HoursRule,
    Leave,
    Order,
    Participant,
    Program,
    Room,
    Site,
    StaffAssignment,
)

R = TypeVar("R", bound=Row)


@dataclass
class Shelf(Generic[R]):
    """The stored rows of one table by key, and their ids by the same key."""

    rows: dict[Key, R] = field(default_factory=dict)
    ids: dict[Key, int] = field(default_factory=dict)

    def put(self, row: R, pk: int) -> None:
        self.rows[row.key] = row
        self.ids[row.key] = pk


@dataclass
class Stored:
    """The clinic as the database has it. Consents, roles and orders are shelves of their own."""

    clinic: Shelf[rows.ClinicRow]
    sites: Shelf[rows.SiteRow]
    rooms: Shelf[rows.RoomRow]
    staff: Shelf[rows.StaffRow]
    roles: dict[tuple[str, str], dict[str, int]]
    programs: Shelf[rows.ProgramRow]
    rules: Shelf[rows.RuleRow]
    closures: Shelf[rows.ClosureRow]
    participants: Shelf[rows.ParticipantRow]
    consents: dict[tuple[str, str], int]
    opted_out: set[tuple[str, str]]
    enrollments: Shelf[rows.EnrollmentRow]
    orders: Shelf[rows.OrderRow]
    leaves: Shelf[rows.LeaveRow]
    groups: Shelf[rows.GroupRow]
    schedule: Shelf[rows.SlotRow]
    places: Shelf[rows.PlaceRow]
    curriculum: Shelf[rows.LessonRow]


def load_stored() -> Stored:
    """Read everything a folder's rows may name or change, one statement for each table."""
    enrollments = _enrollments()
    return Stored(
        clinic=_shelve(rows.ClinicRow, Clinic.objects, name="name"),
        sites=_sites(),
        rooms=_shelve(
            rows.RoomRow, Room.objects, site="site__code", name="name", capacity="capacity"
        ),
        staff=_shelve(
            rows.StaffRow, User.objects, email="email", name="name", credential="credential"
        ),
        roles=_roles(),
        programs=_programs(),
        rules=_rules(),
        closures=_closures(),
        participants=_participants(),
        consents=_consents(),
        opted_out=_opted_out(),
        enrollments=enrollments,
        orders=_orders(),
        leaves=_leaves(),
        groups=_groups(),
        schedule=_schedule(),
        places=_places(enrollments.ids),
        curriculum=_curriculum(),
    )


def _shelve(row: type[R], found: Manager[Any] | QuerySet[Any], **paths: str) -> Shelf[R]:
    """Return the table's rows; `paths` says where in the models each column is read."""
    shelf: Shelf[R] = Shelf()
    for pk, *values in found.values_list("pk", *paths.values()):
        cells = {name: _as_cell(value) for name, value in zip(paths, values, strict=True)}
        shelf.put(row(**cells), pk)
    return shelf


def _as_cell(value: Any) -> Any:
    """Return a stored value as a folder's cell would have it."""
    if isinstance(value, PhoneNumber):
        return value.as_e164
    return tuple(value) if isinstance(value, list) else value


def _sites() -> Shelf[rows.SiteRow]:
    return _shelve(
        rows.SiteRow,
        Site.objects,
        code="code",
        name="name",
        timezone="timezone",
        reminder_sender="reminder_sender",
        callback_phone="callback_phone",
    )


def _programs() -> Shelf[rows.ProgramRow]:
    return _shelve(
        rows.ProgramRow,
        Program.objects,
        code="code",
        name="name",
        site="site__code",
        level_of_care="level_of_care",
        population="population",
        track="track",
        week_starts_on="week_starts_on",
        seats="seats",
    )


def _rules() -> Shelf[rows.RuleRow]:
    own = [column.name for column in tables.RULES.columns]
    return _shelve(
        rows.RuleRow, HoursRule.objects, program="program__code", **dict(zip(own, own, strict=True))
    )


def _closures() -> Shelf[rows.ClosureRow]:
    return _shelve(
        rows.ClosureRow,
        Closure.objects.annotate(program_code=Coalesce("program__code", Value(""))),
        site="site__code",
        program="program_code",
        first_on="first_on",
        last_on="last_on",
        reason="reason",
    )


def _participants() -> Shelf[rows.ParticipantRow]:
    own = [column.name for column in tables.PARTICIPANTS.columns if column.name != "reminders"]
    return _shelve(
        rows.ParticipantRow, Participant.objects, **dict(zip(own, own, strict=True))
    )


def _enrollments() -> Shelf[rows.EnrollmentRow]:
    return _shelve(
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


def _orders() -> Shelf[rows.OrderRow]:
    """Return the first order of each enrollment: the one from its admission date."""
    return _shelve(
        rows.OrderRow,
        Order.objects.filter(effective_from=F("enrollment__admitted_on")),
        chart_number="enrollment__participant__chart_number",
        program="enrollment__program__code",
        admitted_on="effective_from",
        minutes="minutes_per_week",
    )


def _leaves() -> Shelf[rows.LeaveRow]:
    return _shelve(
        rows.LeaveRow,
        Leave.objects,
        chart_number="participant__chart_number",
        first_on="first_on",
        last_on="last_on",
        reason="reason",
    )


def _groups() -> Shelf[rows.GroupRow]:
    return _shelve(
        rows.GroupRow,
        TherapyGroup.objects,
        program="program__code",
        group="name",
        kind="kind",
        format="format",
        capacity="capacity",
    )


def _curriculum() -> Shelf[rows.LessonRow]:
    return _shelve(
        rows.LessonRow,
        Lesson.objects.order_by(),
        program="module__track__program__code",
        track="module__track__name",
        module="module__name",
        lesson="name",
        minutes="minutes",
        required="is_required",
        position="position",
    )


def _places(enrollments: dict[Key, int]) -> Shelf[rows.PlaceRow]:
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


def _schedule() -> Shelf[rows.SlotRow]:
    """Return the weekly slots with those who lead them now."""
    leaders: dict[int, set[str]] = {}
    for pattern, email in PatternFacilitator.objects.filter(is_former=False).values_list(
        "pattern_id", "user__email"
    ):
        leaders.setdefault(pattern, set()).add(email)
    shelf: Shelf[rows.SlotRow] = Shelf()
    for pattern in MeetingPattern.objects.select_related("group", "room"):
        slot = rows.SlotRow(
            group=pattern.group.name,
            weekday=pattern.weekday,
            starts=pattern.starts,
            ends=pattern.ends,
            breaks=tuple(sorted((start, end) for start, end in pattern.breaks)),
            room=pattern.room.name if pattern.room else "",
            facilitators=frozenset(leaders.get(pattern.pk, ())),
            first_on=pattern.first_on,
            last_on=pattern.last_on,
        )
        shelf.put(slot, pattern.pk)
    return shelf


def _roles() -> dict[tuple[str, str], dict[str, int]]:
    """Return the roles in force: (email, program's code) to role to the assignment's id."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for pk, email, program, role in StaffAssignment.objects.current().values_list(
        "pk", "user__email", "program__code", "role"
    ):
        found.setdefault((email, program), {})[role] = pk
    return found


def _consents() -> dict[tuple[str, str], int]:
    """Return the consents in force: (chart number, channel) to id."""
    return {
        (chart_number, channel): pk
        for pk, chart_number, channel in ContactConsent.objects.filter(
            withdrawn_at=None
        ).values_list("pk", "participant__chart_number", "channel")
    }


def _opted_out() -> set[tuple[str, str]]:
    """Return whose last word on a channel was no, and not by an import.

    A file must not put a consent back that a person withdrew by a reply or at the desk.
    """
    latest: dict[tuple[str, str], bool] = {}
    history = ContactConsent.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    for chart_number, channel, withdrawn_at, context in history.values_list(
        "participant__chart_number", "channel", "withdrawn_at", "pgh_context"
    ):
        by_file = (context or {}).get("command") == "import_clinic"
        latest[chart_number, channel] = withdrawn_at is not None and not by_file
    return {key for key, is_out in latest.items() if is_out}
