"""Who came, when they came and left, and that the facilitator signed for it."""

from attendance.models.record import Absence, AttendanceRecord, Presence
from attendance.models.sign_off import SignOff

__all__ = ["Absence", "AttendanceRecord", "Presence", "SignOff"]
