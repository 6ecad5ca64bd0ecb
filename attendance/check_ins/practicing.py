"""How homework went, as it is told at a check-in and kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from accounts.audit import write_audit
from attendance.models import CheckIn, HomeworkAnswer
from attendance.teaching.homework import homework_at
from groups.models import GroupSession
from programs.models import Participant

NOTHING_PRACTICED: Mapping[int, str] = MappingProxyType({})


def changed_practice(
    session: GroupSession, participant: Participant, practiced: Mapping[int, str]
) -> dict[int, str]:
    """Return which of the answers are new, of the homework that is asked about at the session.

    Homework that is no longer asked about there, answered elsewhere meanwhile, is left as it is.
    """
    if not practiced:
        return {}
    asked = {each.taught_pk: each.answer for each in homework_at(session, participant)}
    return {
        taught: answer
        for taught, answer in practiced.items()
        if taught in asked and answer != asked[taught]
    }


def write_practice(check_in: CheckIn, practiced: Mapping[int, str]) -> None:
    """Keep how the homework went, with the check-in: who asked, when, at which session."""
    facts = {
        "session": check_in.session,
        "answered_by": check_in.entered_by,
        "answered_at": check_in.taken_at,
    }
    for taught, answer in practiced.items():
        row, is_new = HomeworkAnswer.objects.get_or_create(
            participant=check_in.participant, taught_id=taught, defaults={"answer": answer, **facts}
        )
        if not is_new and row.session_id == check_in.session_id:
            row.answer, row.answered_by = answer, check_in.entered_by
            row.answered_at = check_in.taken_at
            row.save(update_fields=["answer", "answered_by", "answered_at"])
        write_audit(
            "homework.answered",
            by=check_in.entered_by,
            subject=row,
            participant_id=check_in.participant.public_id,
            program_id=check_in.session.group.program.public_id,
        )
