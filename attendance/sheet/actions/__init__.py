"""Marks go on record, absences get their reason, and the facilitator signs for it all."""

from attendance.sheet.actions.absence import NewerAbsence, NotAbsent, explain_absence
from attendance.sheet.actions.recording import Recorded, record_attendance
from attendance.sheet.actions.signing import sign_session
from attendance.sheet.refusals import CannotSign, NotRecorded, Problem, ReadOnly
from attendance.sheet.weighing import Conflict

__all__ = [
    "CannotSign",
    "Conflict",
    "NewerAbsence",
    "NotAbsent",
    "NotRecorded",
    "Problem",
    "ReadOnly",
    "Recorded",
    "explain_absence",
    "record_attendance",
    "sign_session",
]
