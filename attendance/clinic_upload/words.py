"""The words for an upload: its status, its steps, its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attendance.clinic_folder import steps
from attendance.clinic_folder.problems import FILES
from attendance.models.upload import UploadStatus


@dataclass(frozen=True)
class Look:
    """The look of a status: its chip's color and icon."""

    tone: str
    icon: str


LOOKS = {
    UploadStatus.WAITING: Look("go", "clock"),
    UploadStatus.CHECKING: Look("go", "loader-circle"),
    UploadStatus.WRONG: Look("lost", "circle-alert"),
    UploadStatus.READY: Look("warn", "circle-dot"),
    UploadStatus.TO_APPLY: Look("go", "clock"),
    UploadStatus.APPLYING: Look("go", "loader-circle"),
    UploadStatus.APPLIED: Look("ok", "circle-check"),
    UploadStatus.DROPPED: Look("calm", "trash-2"),
}

# By the names that the importer counts under, in the order in which they are shown.
TABLES: dict[str, Any] = {
    "clinic": gettext_lazy("Clinic"),
    "sites": gettext_lazy("Sites"),
    "rooms": gettext_lazy("Rooms"),
    "programs": gettext_lazy("Programs"),
    "rules": gettext_lazy("Rules of the weekly hours"),
    "staff": gettext_lazy("Staff"),
    "roles": gettext_lazy("Roles"),
    "closures": gettext_lazy("Closures"),
    "participants": gettext_lazy("Participants"),
    "consents": gettext_lazy("Contact consents"),
    "enrollments": gettext_lazy("Enrollments"),
    "orders": gettext_lazy("Orders"),
    "leaves": gettext_lazy("Leaves"),
    "groups": gettext_lazy("Groups"),
    "schedule": gettext_lazy("Weekly slots"),
    "sessions": gettext_lazy("Sessions"),
    "memberships": gettext_lazy("Memberships"),
    "attendance": gettext_lazy("Attendance records"),
    "curriculum": gettext_lazy("Lessons of the curriculum"),
    "lessons": gettext_lazy("Lessons taught"),
}

STEPS: dict[str, Any] = {
    steps.STORED: gettext_lazy("reading what is on record"),
    steps.CALENDAR: gettext_lazy("laying out the calendar"),
    steps.CHECKS: gettext_lazy("checking every line"),
    steps.WRITING[0]: gettext_lazy("sites, programs and staff"),
    steps.WRITING[1]: gettext_lazy("participants and enrollments"),
    steps.WRITING[2]: gettext_lazy("groups and sessions"),
    steps.WRITING[3]: gettext_lazy("memberships"),
    steps.WRITING[4]: gettext_lazy("attendance"),
    steps.WRITING[5]: gettext_lazy("lessons"),
}


def step_words(number: int) -> str:
    """Return what the worker does in this step, counted from 1; nothing before the first."""
    if not 1 <= number <= len(steps.STEPS):
        return ""
    step = steps.STEPS[number - 1]
    return _("reading %(file)s") % {"file": step} if step in FILES else str(STEPS[step])


def sum_words(counts: dict[str, dict[str, int]]) -> str:
    """Return `12 new, 3 changed`, over all tables; nothing where nothing is counted yet."""
    if not counts:
        return ""
    new = sum(each.get("created", 0) for each in counts.values())
    changed = sum(each.get("updated", 0) for each in counts.values())
    if not new and not changed:
        return _("nothing new")
    return _("%(new)s new, %(changed)s changed") % {"new": f"{new:,}", "changed": f"{changed:,}"}


def problem_words(count: int) -> str:
    """Return `3 problems`."""
    words = ngettext("%(count)s problem", "%(count)s problems", count)
    return words % {"count": f"{count:,}"}
