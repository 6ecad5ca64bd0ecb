"""Groups, when they meet, who leads them, who belongs to them."""

from groups.models.group import Format, MeetingPattern, PatternFacilitator, TherapyGroup
from groups.models.membership import GroupMembership, MakeUpSeat
from groups.models.session import Facilitation, GroupSession, SessionLesson, SessionStatus

__all__ = [
    "Facilitation",
    "Format",
    "GroupMembership",
    "GroupSession",
    "MakeUpSeat",
    "MeetingPattern",
    "PatternFacilitator",
    "SessionLesson",
    "SessionStatus",
    "TherapyGroup",
]
