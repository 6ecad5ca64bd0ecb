"""Who came, when they came and left, how they were, and that the facilitator signed for it."""

from attendance.models.amendment import Amendment
from attendance.models.check_in import SCALE, CheckIn, Homework, SafetyAlert, YesNo
from attendance.models.learning import (
    Helped,
    HomeworkAnswer,
    LessonWaiver,
    Practice,
    SkillUse,
)
from attendance.models.notes import (
    AbsentContact,
    GoalProgress,
    GroupNote,
    ParticipantNote,
    Participation,
)
from attendance.models.notes_sign_off import Cosignature, NoteAddendum, NotesSignOff
from attendance.models.outreach import (
    AttemptOutcome,
    ContactWay,
    Outreach,
    OutreachAttempt,
    OutreachKind,
    OutreachOutcome,
)
from attendance.models.record import Absence, AttendanceRecord, Presence
from attendance.models.relapse_plan import (
    PaperLanguage,
    RelapsePlan,
    RiskSituation,
    SupportContact,
)
from attendance.models.sign_off import SignOff
from attendance.models.upload import UPLOAD_STEPS, ClinicUpload, UploadStatus

__all__ = [
    "SCALE",
    "UPLOAD_STEPS",
    "Absence",
    "AbsentContact",
    "Amendment",
    "AttemptOutcome",
    "AttendanceRecord",
    "CheckIn",
    "ClinicUpload",
    "ContactWay",
    "Cosignature",
    "GoalProgress",
    "GroupNote",
    "Helped",
    "Homework",
    "HomeworkAnswer",
    "LessonWaiver",
    "NoteAddendum",
    "NotesSignOff",
    "Outreach",
    "OutreachAttempt",
    "OutreachKind",
    "OutreachOutcome",
    "PaperLanguage",
    "ParticipantNote",
    "Participation",
    "Practice",
    "Presence",
    "RelapsePlan",
    "RiskSituation",
    "SafetyAlert",
    "SignOff",
    "SkillUse",
    "SupportContact",
    "UploadStatus",
    "YesNo",
]
