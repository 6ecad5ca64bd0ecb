"""The tables of a clinic folder: their columns, what a cell may hold, what a blank means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from attendance.clinic_folder import cells, rows
from attendance.clinic_folder import row_checks as checks
from attendance.clinic_folder.cells import SMALL_NUMBER, Cell, code, one_of, some_of, text, whole
from attendance.clinic_folder.library_cells import PATHS, exact, named, values
from attendance.clinic_folder.problems import Place
from attendance.clinic_folder.row_checks import RowCheck, not_before
from attendance.models import Absence
from curriculum.models import Lesson, LessonVersion, Module, Subject, Track
from groups.models import Format, SessionLesson, TherapyGroup
from groups.models.group import MOST_WEEKS_APART
from programs.models import (
    Admission,
    Channel,
    Clinic,
    Closure,
    Count,
    DischargeReason,
    GroupKind,
    HoursRule,
    Language,
    Leave,
    LevelOfCare,
    Participant,
    Program,
    Room,
    Site,
    Weeks,
)

REQUIRED: Any = object()

# Who never started is a matter of the application, not of a spreadsheet of what was.
DISCHARGE_REASONS = [each for each in DischargeReason.values if each != "never_started"]


@dataclass(frozen=True)
class Column:
    """A column: its cells, and the value of a blank one (REQUIRED: it may not be blank)."""

    name: str
    cell: Cell
    blank: Any = REQUIRED
    # The value where the file has no such column; as a blank one unless said otherwise.
    absent: Any = REQUIRED
    # Whether spaces around it belong to it, and a guard against formulas is taken off.
    is_exact: bool = False

    @property
    def is_required(self) -> bool:
        return self.blank is REQUIRED

    @property
    def missing(self) -> Any:
        """The value where the file has no such column."""
        return self.blank if self.absent is REQUIRED else self.absent


@dataclass(frozen=True)
class Table:
    """A table: the row it makes, its columns in order, and what must hold inside one row."""

    name: str
    row: type[rows.Row]
    columns: tuple[Column, ...]
    checks: tuple[RowCheck, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def make_row(self, place: Place, found: dict[str, Any]) -> Any:
        """Return the row; cells that could not be read are None."""
        return self.row(place=place, **{**dict.fromkeys(self.names), **found})

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


PROGRAM_CODE = code(Program, "code")
CHART_NUMBER = Column("chart_number", text(Participant, "chart_number"))
GROUP = Column("group", text(TherapyGroup, "name"))
PROGRAM = Column("program", PROGRAM_CODE)
SITE = Column("site", code(Site, "code"))
FIRST_ON = Column("first_on", cells.DATE)
LAST_ON = Column("last_on", cells.DATE, None)
DATE = Column("date", cells.DATE)
STARTS = Column("starts", cells.TIME)
ROOM_NAME = text(Room, "name")
A_FEW = whole(1, SMALL_NUMBER)
WEEKDAY = cells.WEEKDAY


def _weeks(name: str) -> Column:
    return Column(name, one_of(Weeks.values), Weeks.EXEMPT.value)


CLINIC = Table("clinic", rows.ClinicRow, (Column("name", text(Clinic, "name")),))
SITES = Table(
    "sites",
    rows.SiteRow,
    (
        Column("code", code(Site, "code")),
        Column("name", text(Site, "name")),
        Column("timezone", cells.ZONE),
        Column("reminder_sender", text(Site, "reminder_sender"), ""),
        Column("callback_phone", cells.PHONE, ""),
    ),
)
ROOMS = Table("rooms", rows.RoomRow, (SITE, Column("name", ROOM_NAME), Column("capacity", A_FEW)))
STAFF = Table(
    "staff",
    rows.StaffRow,
    (
        Column("email", cells.STAFF_EMAIL),
        Column("name", text(User, "name"), ""),
        Column("credential", text(User, "credential"), ""),
        Column("roles", cells.ROLES, {}),
    ),
)
PROGRAMS = Table(
    "programs",
    rows.ProgramRow,
    (
        Column("code", PROGRAM_CODE),
        Column("name", text(Program, "name")),
        SITE,
        Column("level_of_care", one_of(LevelOfCare.values)),
        Column("population", text(Program, "population"), ""),
        Column("track", text(Program, "track"), ""),
        Column("week_starts_on", WEEKDAY),
        Column("seats", whole(0, SMALL_NUMBER)),
    ),
)
RULES = Table(
    "rules",
    rows.RuleRow,
    (
        Column("effective_from", cells.DATE),
        Column("min_minutes_per_week", whole()),
        Column("max_minutes_per_week", whole()),
        Column("min_days_per_week", whole(0, 7)),
        Column("min_minutes_per_day", whole()),
        Column("count", one_of(Count.values)),
        _weeks("partial_weeks"),
        _weeks("closures"),
        _weeks("leave"),
        Column("counts", cells.KINDS, None),
        Column("citation", text(HoursRule, "citation"), ""),
    ),
    (checks.MAXIMUM,),
)
CLOSURES = Table(
    "closures",
    rows.ClosureRow,
    (
        SITE,
        Column("program", PROGRAM_CODE, ""),
        FIRST_ON,
        Column("last_on", cells.DATE),
        Column("reason", text(Closure, "reason")),
    ),
    (not_before("last_on", "first_on"),),
)
PARTICIPANTS = Table(
    "participants",
    rows.ParticipantRow,
    (
        CHART_NUMBER,
        Column("first_name", text(Participant, "first_name")),
        Column("last_name", text(Participant, "last_name")),
        Column("preferred_name", text(Participant, "preferred_name"), ""),
        Column("birth_date", cells.DATE, None),
        Column("phone", cells.PHONE, ""),
        Column("email", cells.EMAIL, ""),
        Column("language", one_of(Language.values), Language.ENGLISH.value),
        Column("reminders", some_of(Channel.values), frozenset()),
    ),
)
ENROLLMENTS = Table(
    "enrollments",
    rows.EnrollmentRow,
    (
        CHART_NUMBER,
        PROGRAM,
        Column("admitted_on", cells.DATE),
        Column("admission", one_of(Admission.values), Admission.DIRECT.value),
        Column("planned_discharge_on", cells.DATE, None),
        Column("discharged_on", cells.DATE, None),
        Column("discharge_reason", one_of(DISCHARGE_REASONS), ""),
        Column("ordered_minutes", whole(1), None),
    ),
    (
        not_before("planned_discharge_on", "admitted_on"),
        not_before("discharged_on", "admitted_on"),
        checks.DISCHARGE,
    ),
)
LEAVES = Table(
    "leaves",
    rows.LeaveRow,
    (CHART_NUMBER, FIRST_ON, LAST_ON, Column("reason", text(Leave, "reason"), "")),
    (not_before("last_on", "first_on"),),
)
GROUPS = Table(
    "groups",
    rows.GroupRow,
    (
        PROGRAM,
        GROUP,
        Column("kind", one_of(GroupKind.values)),
        Column("format", one_of(Format.values), Format.OPEN.value),
        Column("capacity", A_FEW),
    ),
    (checks.INDIVIDUAL,),
)
SCHEDULE = Table(
    "schedule",
    rows.SlotRow,
    (
        GROUP,
        Column("weekday", WEEKDAY),
        STARTS,
        Column("ends", cells.TIME),
        Column("breaks", cells.BREAKS, ()),
        Column("room", ROOM_NAME, ""),
        Column("facilitators", cells.STAFF_EMAILS, frozenset()),
        FIRST_ON,
        LAST_ON,
        Column("every_weeks", whole(1, MOST_WEEKS_APART), 1),
    ),
    (checks.LENGTH, checks.BREAKS, not_before("last_on", "first_on")),
)
MEMBERSHIPS = Table(
    "memberships",
    rows.MembershipRow,
    (GROUP, CHART_NUMBER, FIRST_ON, LAST_ON),
    (not_before("last_on", "first_on"),),
)
ATTENDANCE = Table(
    "attendance",
    rows.AttendanceRow,
    (
        GROUP,
        DATE,
        STARTS,
        CHART_NUMBER,
        Column("arrived", cells.TIME, None),
        Column("left", cells.TIME, None),
        Column("absence", one_of(Absence.values), ""),
    ),
    (checks.CAME, checks.ABSENT),
)
CURRICULUM = Table(
    "curriculum",
    rows.LessonRow,
    (
        PROGRAM,
        Column("track", named(Track)),
        Column("module", named(Module)),
        Column("lesson", named(Lesson)),
        Column("minutes", A_FEW, None),
        Column("required", cells.YES_NO, False),
        Column("position", whole(0, SMALL_NUMBER), 0),
        Column("subject", one_of(Subject.values), Subject.OWN.value, None),
        Column("source", exact(Track, "source"), "", None, is_exact=True),
        Column("objectives", exact(LessonVersion, "objectives"), "", None, is_exact=True),
        Column("guide", exact(LessonVersion, "guide"), "", None, is_exact=True),
        Column("skills", values(LessonVersion, "skills"), (), None, is_exact=True),
        Column("homework", exact(LessonVersion, "homework"), "", None, is_exact=True),
        Column("checklist", values(LessonVersion, "checklist"), (), None, is_exact=True),
        Column("prerequisites", PATHS, frozenset(), None, is_exact=True),
        Column("retired", cells.YES_NO, False, None),
    ),
)
LESSONS = Table(
    "lessons",
    rows.TaughtRow,
    (
        GROUP,
        DATE,
        STARTS,
        Column("module", named(Module), ""),
        Column("lesson", named(Lesson)),
        Column("track", named(Track), ""),
        Column("began", cells.TIME, None),
        Column("ended", cells.TIME, None),
        Column("homework", exact(SessionLesson, "homework"), "", None, is_exact=True),
    ),
    (checks.TAUGHT,),
)
