"""What the levels of care of two programs say about going from one to the other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programs.models import (
    CARE_BEFORE,
    Admission,
    CameFrom,
    Destination,
    DischargeReason,
    LevelOfCare,
    Program,
    ReferralSource,
)

REASON_OF = {
    Admission.STEP_UP: DischargeReason.STEPPED_UP,
    Admission.STEP_DOWN: DischargeReason.STEPPED_DOWN,
    Admission.DIRECT: DischargeReason.TRANSFERRED,
}
OUTPATIENT = (LevelOfCare.OUTPATIENT, LevelOfCare.THERAPY, LevelOfCare.MEDICAL_OUTPATIENT)
INTENSIVE = (LevelOfCare.IOP, LevelOfCare.MEDICAL_IOP)
RESIDENTIAL = (
    LevelOfCare.RESIDENTIAL_LOW,
    LevelOfCare.RESIDENTIAL_POPULATION,
    LevelOfCare.RESIDENTIAL_HIGH,
    LevelOfCare.RESIDENTIAL_MEDICAL,
)
DESTINATION_AT = {
    **dict.fromkeys(OUTPATIENT, Destination.OUTPATIENT),
    **dict.fromkeys(INTENSIVE, Destination.IOP),
    LevelOfCare.PHP: Destination.PHP,
    **dict.fromkeys(RESIDENTIAL, Destination.RESIDENTIAL),
    LevelOfCare.INPATIENT: Destination.INPATIENT,
}
CARE_AT = {
    **dict.fromkeys(OUTPATIENT, CameFrom.OUTPATIENT),
    LevelOfCare.PHP: CameFrom.PHP,
    **dict.fromkeys(RESIDENTIAL, CameFrom.RESIDENTIAL),
    LevelOfCare.INPATIENT: CameFrom.INPATIENT,
}
SOURCE_AT = {
    **dict.fromkeys(OUTPATIENT, ReferralSource.OUTPATIENT),
    LevelOfCare.PHP: ReferralSource.PHP,
    **dict.fromkeys(RESIDENTIAL, ReferralSource.RESIDENTIAL),
    LevelOfCare.INPATIENT: ReferralSource.HOSPITAL,
}


def level(program: Program) -> LevelOfCare:
    """Return the program's level of care."""
    return LevelOfCare(program.level_of_care)


def rank(program: Program) -> float:
    """Return how intensive the program's care is; more is more."""
    return float(program.level_of_care)


def kind_between(here: Program, there: Program) -> Admission:
    """Return how somebody comes in who goes from one program to the other."""
    if rank(there) == rank(here):
        return Admission.DIRECT
    return Admission.STEP_UP if rank(there) > rank(here) else Admission.STEP_DOWN


def care_before(here: Program, admission: str) -> str:
    """Return the care they come from as the record there names it; nothing where it has no name."""
    care = CARE_AT.get(level(here), "")
    return care if care in CARE_BEFORE[admission] else ""


def cannot_lead_to(here: Program, there: Program, admission: str) -> str:
    """Return why it is no such step, in words; nothing where it may be one."""
    if admission not in Admission.values:
        return _("Choose how they go on")
    if admission == Admission.STEP_UP and rank(there) < rank(here):
        return _("That program is less intensive than this one: it is a step down.")
    if admission == Admission.STEP_DOWN and rank(there) > rank(here):
        return _("That program is more intensive than this one: it is a step up.")
    return ""
