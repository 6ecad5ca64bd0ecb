"""A check-in as a browser sends it, and as the action takes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from attendance.check_ins.actions import save_check_in
from attendance.check_ins.answers import QUESTIONS, Answers
from attendance.models import CheckIn
from groups.models import GroupSession
from programs.models import Participant
from tests.attendance.sheet import AT_TEN


def save(
    session: GroupSession,
    participant: Participant,
    by: User,
    version: int | None = None,
    *,
    now: datetime = AT_TEN,
    on_kiosk: bool = False,
    **answers: Any,
) -> CheckIn:
    """Save the answers at ten in the morning of the session's day."""
    return save_check_in(
        session=session,
        participant=participant,
        answers=Answers(**answers),
        version=version,
        is_by_participant=on_kiosk,
        by=by,
        now=now,
    )


def sent(participant: Participant, version: int | str = "", **answers: Any) -> dict[str, Any]:
    """Return what a browser sends: every control of the part, and the version it was made from."""
    assert not set(answers) - set(QUESTIONS)
    who = participant.public_id
    return {"version": version, **{f"{who}-{name}": answers.get(name, "") for name in QUESTIONS}}
