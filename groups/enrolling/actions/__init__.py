"""What changes when somebody is enrolled, waits for the program, or is half filled in."""

from groups.enrolling.actions.drafts import discard_draft, keep_draft, sweep_drafts
from groups.enrolling.actions.enroll import enroll_participant
from groups.enrolling.actions.waiting import wait_for_program
from groups.enrolling.plan import CannotEnroll, Plan

__all__ = [
    "CannotEnroll",
    "Plan",
    "discard_draft",
    "enroll_participant",
    "keep_draft",
    "sweep_drafts",
    "wait_for_program",
]
