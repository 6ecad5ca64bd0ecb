"""The tables of a made-up clinic, in the order in which their rows come to be."""

from __future__ import annotations

from django.db.models import Model

from accounts.models import User
from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import (
    Facilitation,
    GroupMembership,
    GroupSession,
    MakeUpSeat,
    MeetingPattern,
    PatternFacilitator,
    TherapyGroup,
)
from iop.scale.lines import Lines
from programs.models import (
    AlertRule,
    Authorization,
    Certification,
    Clinic,
    Closure,
    Enrollment,
    HoursRule,
    Leave,
    Order,
    Participant,
    Program,
    RecordRule,
    Room,
    Site,
    StaffAssignment,
)

# Which fields a row says; the others hold their defaults.
FIELDS: dict[type[Model], str] = {
    Clinic: "name",
    User: "password email name credential invited_at",
    Site: "code name timezone state",
    Room: "site name capacity",
    Program: "site code name population week_starts_on seats",
    HoursRule: "program effective_from min_minutes_per_week max_minutes_per_week"
    " min_days_per_week min_minutes_per_day count counts max_gap_days citation",
    AlertRule: "program effective_from unrecorded_hours close_days units_left citation",
    RecordRule: "program effective_from grace_minutes citation",
    StaffAssignment: "user program role started_at",
    Closure: "site program first_on last_on reason",
    TherapyGroup: "program name kind format capacity default_room",
    MeetingPattern: "group weekday starts ends breaks room first_on",
    PatternFacilitator: "pattern user",
    GroupSession: "group pattern slot_on held_on starts_at ends_at breaks room status"
    " cancelled_for cancelled_reason",
    Facilitation: "session user span",
    Participant: "chart_number first_name last_name birth_date language",
    Enrollment: "participant program admitted_on admission came_from planned_discharge_on"
    " discharged_on discharge_reason",
    Order: "enrollment effective_from minutes_per_week days_per_week",
    Leave: "participant first_on last_on",
    Authorization: "enrollment payer number unit requested_units approved_units first_on last_on"
    " next_review_on status entered_at",
    Certification: "enrollment signed_on due_on signed_by_name",
    GroupMembership: "group enrollment first_on last_on",
    MakeUpSeat: "session enrollment booked_by booked_at released_at released_by makes_up",
    AttendanceRecord: "session participant absence is_by_video recorded_by recorded_at",
    Presence: "record arrived_at left_at participant session span",
    SignOff: "session signed_by signed_at",
}
NAMES = [model._meta.db_table for model in FIELDS]


class Tables:
    """The waiting rows of every table, by model."""

    def __init__(self, seed: int) -> None:
        self._lines = {
            model: Lines(model, *named.split(), seed=seed) for model, named in FIELDS.items()
        }

    def __getitem__(self, model: type[Model]) -> Lines:
        return self._lines[model]

    def send(self) -> None:
        """Send what waits, the rows that others point at first."""
        for each in self._lines.values():
            each.send()

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return sum(each.count for each in self._lines.values())
