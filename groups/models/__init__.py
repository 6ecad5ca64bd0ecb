"""Groups: when they meet, who leads and who belongs to them, what they teach, what changed."""

from groups.models.change import (
    HARD_CLASHES,
    ChangeKind,
    ClashKind,
    ScheduleChange,
    ScheduleException,
)
from groups.models.feed import CalendarFeed
from groups.models.group import Format, MeetingPattern, PatternFacilitator, TherapyGroup
from groups.models.membership import GroupMembership, MakeUpSeat
from groups.models.rotation import OnCancel, Rotation, RotationLesson
from groups.models.session import Facilitation, GroupSession, SessionStatus
from groups.models.teaching import SessionLesson, Teaching
from groups.models.waiting import WaitingPlace

__all__ = [
    "HARD_CLASHES",
    "CalendarFeed",
    "ChangeKind",
    "ClashKind",
    "Facilitation",
    "Format",
    "GroupMembership",
    "GroupSession",
    "MakeUpSeat",
    "MeetingPattern",
    "OnCancel",
    "PatternFacilitator",
    "Rotation",
    "RotationLesson",
    "ScheduleChange",
    "ScheduleException",
    "SessionLesson",
    "SessionStatus",
    "Teaching",
    "TherapyGroup",
    "WaitingPlace",
]
