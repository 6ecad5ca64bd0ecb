"""Groups, when they meet, who leads them, who belongs to them, and what was changed of it."""

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
from groups.models.session import Facilitation, GroupSession, SessionLesson, SessionStatus
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
    "PatternFacilitator",
    "ScheduleChange",
    "ScheduleException",
    "SessionLesson",
    "SessionStatus",
    "TherapyGroup",
    "WaitingPlace",
]
