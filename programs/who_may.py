"""Who may do what: the one table. Every page and action names a line of it.

Roles hold per program. `OWN` means the person's own sessions and the people in them, `PROGRAM`
everything in the program. A role that is not named may not.
"""

from __future__ import annotations

from enum import Enum

from programs.models.staff import Role


class Scope(Enum):
    """How far a permission reaches."""

    OWN = "own"
    PROGRAM = "program"


ADMISSIONS, FACILITATOR, CLINICIAN, DIRECTOR, BILLING = (
    Role.ADMISSIONS,
    Role.FACILITATOR,
    Role.CLINICIAN,
    Role.DIRECTOR,
    Role.BILLING,
)
OWN, PROGRAM = Scope.OWN, Scope.PROGRAM

Permissions = dict[Role, Scope]


def _program(*roles: Role) -> Permissions:
    return dict.fromkeys(roles, PROGRAM)


WHO_MAY: dict[str, Permissions] = {
    "participants.name": {
        ADMISSIONS: PROGRAM,
        FACILITATOR: OWN,
        CLINICIAN: PROGRAM,
        DIRECTOR: PROGRAM,
        BILLING: PROGRAM,
    },
    "participants.read": _program(ADMISSIONS, CLINICIAN, DIRECTOR),
    "participants.edit": _program(ADMISSIONS, DIRECTOR),
    "participants.merge": _program(DIRECTOR),
    "discharge.reverse": _program(DIRECTOR),
    "census.export": _program(ADMISSIONS, DIRECTOR),
    "clinic.import": _program(DIRECTOR),
    "groups.read": {
        ADMISSIONS: PROGRAM,
        FACILITATOR: OWN,
        CLINICIAN: PROGRAM,
        DIRECTOR: PROGRAM,
        BILLING: PROGRAM,
    },
    "groups.edit": _program(CLINICIAN, DIRECTOR),
    "memberships.edit": _program(ADMISSIONS, CLINICIAN, DIRECTOR),
    "closures.edit": _program(CLINICIAN, DIRECTOR),
    "feeds.own": dict.fromkeys(Role, OWN),
    "attendance.mark": {FACILITATOR: OWN, CLINICIAN: PROGRAM, DIRECTOR: PROGRAM},
    "attendance.sign": {FACILITATOR: OWN},
    "attendance.sign_as_substitute": _program(CLINICIAN, DIRECTOR),
    "attendance.amend": {FACILITATOR: OWN, CLINICIAN: OWN, DIRECTOR: PROGRAM},
    "notes.write": {FACILITATOR: OWN, CLINICIAN: PROGRAM, DIRECTOR: PROGRAM},
    "notes.read": {FACILITATOR: OWN, CLINICIAN: PROGRAM, DIRECTOR: PROGRAM},
    "notes.cosign": _program(CLINICIAN, DIRECTOR),
    "outreach.manage": {
        ADMISSIONS: PROGRAM,
        FACILITATOR: OWN,
        CLINICIAN: PROGRAM,
        DIRECTOR: PROGRAM,
    },
    "curriculum.read": _program(ADMISSIONS, FACILITATOR, CLINICIAN, DIRECTOR),
    "curriculum.edit": _program(CLINICIAN, DIRECTOR),
    "curriculum.require": _program(DIRECTOR),
    "teaching.confirm": {FACILITATOR: OWN, CLINICIAN: PROGRAM, DIRECTOR: PROGRAM},
    "coverage.read": {
        ADMISSIONS: PROGRAM,
        FACILITATOR: OWN,
        CLINICIAN: PROGRAM,
        DIRECTOR: PROGRAM,
    },
    "lessons.waive": _program(CLINICIAN, DIRECTOR),
    "relapse_plans.edit": {FACILITATOR: OWN, CLINICIAN: PROGRAM, DIRECTOR: PROGRAM},
    "diaries.edit": {FACILITATOR: OWN, CLINICIAN: PROGRAM, DIRECTOR: PROGRAM},
    "certificates.issue": _program(CLINICIAN, DIRECTOR),
    "orders.read": _program(ADMISSIONS, CLINICIAN, DIRECTOR),
    "orders.edit": _program(CLINICIAN, DIRECTOR),
    "makeup.book": _program(ADMISSIONS, CLINICIAN, DIRECTOR),
    "hours.read": {
        ADMISSIONS: PROGRAM,
        FACILITATOR: OWN,
        CLINICIAN: PROGRAM,
        DIRECTOR: PROGRAM,
        BILLING: PROGRAM,
    },
    "hours.export": _program(DIRECTOR, BILLING),
    "rules.edit": _program(DIRECTOR),
    "weeks.close": _program(DIRECTOR),
    "alerts.manage": _program(ADMISSIONS, CLINICIAN, DIRECTOR),
    "digests.own": {DIRECTOR: OWN},
    "authorizations.read": _program(ADMISSIONS, CLINICIAN, DIRECTOR, BILLING),
    "authorizations.edit": _program(ADMISSIONS, DIRECTOR, BILLING),
    "authorizations.packet": _program(CLINICIAN, DIRECTOR, BILLING),
    "reminders.manage": _program(ADMISSIONS, DIRECTOR),
    "reminders.own": {FACILITATOR: OWN, CLINICIAN: OWN},
    "notices.own": dict.fromkeys(Role, OWN),
    "health.read": _program(DIRECTOR),
    "programs.edit": _program(DIRECTOR),
    "audit.read": _program(DIRECTOR),
    "emergency.open": _program(ADMISSIONS, FACILITATOR, CLINICIAN, DIRECTOR),
    "emergency.review": _program(DIRECTOR),
    "disclosures.read": _program(ADMISSIONS, DIRECTOR),
    "records.export": _program(DIRECTOR),
    "retention.manage": _program(DIRECTOR),
    "staff.manage": _program(DIRECTOR),
}
