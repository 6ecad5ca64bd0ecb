"""The words for a week: what kind it is, its verdict, and what the verdict does not say."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """What kind of week it is for this enrollment."""

    ADMIT_PARTIAL = "admit_partial"
    DISCHARGE_PARTIAL = "discharge_partial"
    LEAVE = "leave"
    CLOSURE = "closure"
    FULL = "full"


class Verdict(StrEnum):
    """Whether the week's hours are had, still to be had, or lost."""

    EXEMPT = "exempt"
    MET = "met"
    PENDING = "pending"
    NOT_MET = "not_met"
    ON_TRACK = "on_track"
    RECOVERABLE = "recoverable"
    UNREACHABLE = "unreachable"


class Flag(StrEnum):
    """What the verdict alone does not say."""

    DAYS_SHORT = "days_short"
    OVER_MAXIMUM = "over_maximum"
    TIGHT = "tight"
    UNRECORDED = "unrecorded"
