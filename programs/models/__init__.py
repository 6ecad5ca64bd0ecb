"""The clinic, its programs and their rules; the people enrolled; who works where."""

from programs.models.availability import Availability, StaffLeave
from programs.models.clinic import Clinic, Closure, Room, Site
from programs.models.enrollment import (
    Admission,
    DischargeReason,
    Enrollment,
    Leave,
    Order,
)
from programs.models.participant import Channel, ContactConsent, Language, Participant
from programs.models.program import LevelOfCare, Program, Weekday
from programs.models.rule import Count, GroupKind, HoursRule, Weeks
from programs.models.schedule_rule import RequiredCredential, ScheduleRule
from programs.models.staff import Role, StaffAssignment

__all__ = [
    "Admission",
    "Availability",
    "Channel",
    "Clinic",
    "Closure",
    "ContactConsent",
    "Count",
    "DischargeReason",
    "Enrollment",
    "GroupKind",
    "HoursRule",
    "Language",
    "Leave",
    "LevelOfCare",
    "Order",
    "Participant",
    "Program",
    "RequiredCredential",
    "Role",
    "Room",
    "ScheduleRule",
    "Site",
    "StaffAssignment",
    "StaffLeave",
    "Weekday",
    "Weeks",
]
