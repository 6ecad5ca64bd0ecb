"""Who came, when they came and left, and that the facilitator signed for it."""

from attendance.models.record import Absence, AttendanceRecord, Presence
from attendance.models.sign_off import SignOff
from attendance.models.upload import UPLOAD_STEPS, ClinicUpload, UploadStatus

__all__ = [
    "UPLOAD_STEPS",
    "Absence",
    "AttendanceRecord",
    "ClinicUpload",
    "Presence",
    "SignOff",
    "UploadStatus",
]
