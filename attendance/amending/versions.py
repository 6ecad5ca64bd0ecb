"""Every version of a signed record: as it was signed, and each correction, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from attendance.amending.lateness import is_late_entry
from attendance.models import Amendment
from attendance.sheet.rows import in_words
from attendance.sheet.states import UNMARKED, State, state_from
from attendance.sheet.wishes import Clock
from groups.models import GroupSession
from programs.models import Participant


@dataclass(frozen=True)
class Version:
    """What a record said from a moment on; `before` and `why` are blank of the one that was signed.

    `is_late`: put on record after the day of the session.
    """

    says: str
    before: str
    who: str
    at: datetime
    why: str
    is_late: bool


def versions_of(
    session: GroupSession, participant: Participant, current: State, clock: Clock
) -> tuple[Version, ...]:
    """Return all versions, the signed one first; `session` comes with its signature."""
    amendments = list(
        Amendment.objects.filter(session=session, participant=participant).select_related(
            "amended_by"
        )
    )
    first = _state(amendments[0].before) if amendments else current
    signed = session.sign_off
    as_signed = Version(
        says=in_words(first, clock),
        before="",
        who=_name(signed.signed_by),
        at=signed.signed_at,
        why="",
        is_late=is_late_entry(signed.signed_at, clock.day, clock.zone),
    )
    return (as_signed, *(_version(each, clock) for each in amendments))


def _version(amendment: Amendment, clock: Clock) -> Version:
    return Version(
        says=in_words(_state(amendment.after), clock),
        before=in_words(_state(amendment.before), clock),
        who=_name(amendment.amended_by),
        at=amendment.amended_at,
        why=amendment.reason,
        is_late=is_late_entry(amendment.amended_at, clock.day, clock.zone),
    )


def _state(text: str) -> State:
    return state_from(text) or UNMARKED


def _name(user: User) -> str:
    return " ".join(filter(None, (user.name, user.credential)))
