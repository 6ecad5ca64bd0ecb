"""The clinic, its programs and their rules; the people enrolled; who works where."""

from programs.models.alert_rule import AlertRule, alert_rule_on, alert_rules_on
from programs.models.authorization import Authorization, AuthorizationStatus, Unit
from programs.models.availability import Availability, StaffLeave
from programs.models.clinic import Clinic, Closure, Room, Site
from programs.models.consent import (
    Agreement,
    AgreementKind,
    Channel,
    ConsentPurpose,
    ContactConsent,
    HowTaken,
)
from programs.models.disclosure import Basis, DisclosedPerson, Disclosure, Recipient
from programs.models.document import Document, DocumentKind
from programs.models.emergency import EmergencyAccess
from programs.models.enrollment import (
    CARE_BEFORE,
    Admission,
    CameFrom,
    Destination,
    DischargeReason,
    Enrollment,
    Leave,
    Order,
)
from programs.models.episode import (
    FOLLOW_UP_DAYS,
    STEPS,
    EpisodeStep,
    FollowUp,
    FollowUpOutcome,
    Standing,
)
from programs.models.intake import DuplicateOutcome, DuplicateReport, EnrollmentDraft
from programs.models.participant import Language, Participant
from programs.models.plan_of_care import (
    CERTIFIED_DAYS,
    AsamEdition,
    Certification,
    Goal,
    GoalOutcome,
    LevelOfCareDetermination,
)
from programs.models.program import LevelOfCare, Program, Weekday
from programs.models.record_rule import RecordRule, record_rule_on
from programs.models.referral import DeclineReason, Referral, ReferralSource, ReferralStatus
from programs.models.retention import LegalHold, RetentionRule
from programs.models.rule import Count, GroupKind, HoursRule, Weeks
from programs.models.schedule_rule import RequiredCredential, ScheduleRule
from programs.models.staff import Role, StaffAssignment
from programs.models.trail_review import TrailReview

__all__ = [
    "CARE_BEFORE",
    "CERTIFIED_DAYS",
    "FOLLOW_UP_DAYS",
    "STEPS",
    "Admission",
    "Agreement",
    "AgreementKind",
    "AlertRule",
    "AsamEdition",
    "Authorization",
    "AuthorizationStatus",
    "Availability",
    "Basis",
    "CameFrom",
    "Certification",
    "Channel",
    "Clinic",
    "Closure",
    "ConsentPurpose",
    "ContactConsent",
    "Count",
    "DeclineReason",
    "Destination",
    "DischargeReason",
    "DisclosedPerson",
    "Disclosure",
    "Document",
    "DocumentKind",
    "DuplicateOutcome",
    "DuplicateReport",
    "EmergencyAccess",
    "Enrollment",
    "EnrollmentDraft",
    "EpisodeStep",
    "FollowUp",
    "FollowUpOutcome",
    "Goal",
    "GoalOutcome",
    "GroupKind",
    "HoursRule",
    "HowTaken",
    "Language",
    "Leave",
    "LegalHold",
    "LevelOfCare",
    "LevelOfCareDetermination",
    "Order",
    "Participant",
    "Program",
    "Recipient",
    "RecordRule",
    "Referral",
    "ReferralSource",
    "ReferralStatus",
    "RequiredCredential",
    "RetentionRule",
    "Role",
    "Room",
    "ScheduleRule",
    "Site",
    "StaffAssignment",
    "StaffLeave",
    "Standing",
    "TrailReview",
    "Unit",
    "Weekday",
    "Weeks",
    "alert_rule_on",
    "alert_rules_on",
    "record_rule_on",
]
