"""What the kiosk puts on the trail and on record: that it opened and closed, and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from attendance.check_ins.actions import NewerCheckIn, save_check_in
from attendance.check_ins.answers import Answers, answers_of
from attendance.check_ins.practicing import NOTHING_PRACTICED
from attendance.models import YesNo
from attendance.sheet.session import Phase, phase_of
from groups.models import GroupSession
from programs.models import Participant

# A facilitator who types meanwhile is overtaken sooner or later.
TRIES = 5


class NotOpen(Exception):
    """The session's sheet is not open: nobody checks in."""


class HasCheckIn(Exception):
    """A check-in was typed for the person meanwhile; it stands."""


@transaction.atomic
def start_kiosk(*, session: GroupSession, now: datetime, by: User) -> None:
    """Put it on the trail that the kiosk opens. Raises NotOpen."""
    if phase_of(session, now) is not Phase.OPEN:
        raise NotOpen
    _audit("kiosk.started", session, by)


@transaction.atomic
def leave_kiosk(*, session: GroupSession | None, by: User) -> None:
    """Put it on the trail that the kiosk is closed, with the password of who opened it."""
    _audit("kiosk.left", session, by)


def check_in_alone(
    *,
    session: GroupSession,
    participant: Participant,
    answers: Answers,
    now: datetime,
    by: User,
    practiced: Mapping[int, str] = NOTHING_PRACTICED,
) -> None:
    """Put on record what the person answered by themselves; `by` opened the kiosk.

    `practiced` says how homework went, by the key of what was taught.

    Where somebody typed a check-in for them meanwhile, theirs stands and HasCheckIn is raised; a
    yes to the safety question goes through all the same. Raises ReadOnlySheet and NotOnSheet.
    """
    said: dict[str, Any] = {"session": session, "participant": participant, "now": now, "by": by}
    try:
        save_check_in(
            answers=answers, practiced=practiced, version=None, is_by_participant=True, **said
        )
    except NewerCheckIn as refused:
        if answers.says_yes:
            _add_yes(refused, **said)
        raise HasCheckIn from refused


def _add_yes(newer: NewerCheckIn, **said: Any) -> None:
    """Answer the safety question of what stands now with yes, and leave the rest as it is."""
    for _try in range(TRIES):
        stands = newer.stored
        answers = replace(answers_of(stands), safety=YesNo.YES)
        try:
            save_check_in(answers=answers, version=stands.version, is_by_participant=True, **said)
        except NewerCheckIn as refused:
            newer = refused
        else:
            return
    raise newer


def _audit(verb: str, session: GroupSession | None, by: User) -> None:
    program = session.group.program.public_id if session else None
    write_audit(verb, by=by, subject=session, program_id=program)
