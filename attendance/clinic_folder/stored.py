"""What the database holds already, read once before an import and in the rows of a folder."""

from __future__ import annotations

from dataclasses import dataclass

from attendance.clinic_folder import rows, stored_clinic, stored_people
from attendance.clinic_folder.shelf import Shelf


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
    referred: set[tuple[str, str]]
    enrollments: Shelf[rows.EnrollmentRow]
    orders: Shelf[rows.OrderRow]
    leaves: Shelf[rows.LeaveRow]
    groups: Shelf[rows.GroupRow]
    schedule: Shelf[rows.SlotRow]
    places: Shelf[rows.PlaceRow]
    curriculum: Shelf[rows.LessonRow]


def load_stored() -> Stored:
    """Read everything a folder's rows may name or change, one statement for each table."""
    enrollments = stored_people.load_enrollments()
    return Stored(
        clinic=stored_clinic.load_names(),
        sites=stored_clinic.load_sites(),
        rooms=stored_clinic.load_rooms(),
        staff=stored_clinic.load_staff(),
        roles=stored_clinic.load_roles(),
        programs=stored_clinic.load_programs(),
        rules=stored_clinic.load_rules(),
        closures=stored_clinic.load_closures(),
        participants=stored_people.load_participants(),
        consents=stored_people.load_consents(),
        opted_out=stored_people.load_opted_out(),
        referred=stored_people.load_referred(),
        enrollments=enrollments,
        orders=stored_people.load_orders(),
        leaves=stored_people.load_leaves(),
        groups=stored_clinic.load_groups(),
        schedule=stored_clinic.load_schedule(),
        places=stored_people.load_places(enrollments.ids),
        curriculum=stored_clinic.load_curriculum(),
    )
