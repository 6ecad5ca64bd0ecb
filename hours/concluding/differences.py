"""What a closed week says otherwise now: of the person, and session by session.

Plain values in, plain values out: both sides are the same week, one as it was concluded and one
as it is worked out now.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

from hours.concluding.concluded import Concluded, KeptLine


class Cause(StrEnum):
    """Why a session says something else, as far as the two sides tell."""

    RECORDED_LATER = "recorded_later"
    RECORD_CHANGED = "record_changed"
    RECORD_GONE = "record_gone"
    NOT_HELD = "not_held"
    ADDED = "added"
    EXPECTED = "expected"
    NOT_EXPECTED = "not_expected"
    COUNTED_OTHERWISE = "counted_otherwise"


@dataclass(frozen=True)
class SessionChange:
    """One session that says something else; without a side it was not, or is not, among theirs."""

    session: uuid.UUID
    then: KeptLine | None
    now: KeptLine | None
    cause: Cause

    @property
    def credited_then(self) -> int:
        return self.then.credited if self.then else 0

    @property
    def credited_now(self) -> int:
        return self.now.credited if self.now else 0

    @property
    def is_other_minutes(self) -> bool:
        """Whether other minutes are credited, rather than none or the same on both sides."""
        return self.credited_then != self.credited_now


@dataclass(frozen=True)
class Difference:
    """Both sides of one enrollment's week; without one, it was not, or is not, of this week."""

    then: Concluded | None
    now: Concluded | None
    sessions: tuple[SessionChange, ...]

    @property
    def is_required_changed(self) -> bool:
        return bool(self.then and self.now and self.then.required != self.now.required)

    @property
    def is_tag_changed(self) -> bool:
        return bool(self.then and self.now and self.then.tag != self.now.tag)

    @property
    def is_days_changed(self) -> bool:
        return bool(
            self.then and self.now and self.then.qualifying_days != self.now.qualifying_days
        )


def difference_of(then: Concluded | None, now: Concluded | None) -> Difference | None:
    """Return what differs; None where the week says the same of this enrollment."""
    sessions = _session_changes(then, now)
    if then and now and not sessions and _without_lines(then) == _without_lines(now):
        return None
    return Difference(then, now, sessions) if then or now else None


def _without_lines(values: Concluded) -> tuple[object, ...]:
    return tuple(
        getattr(values, name) for name in Concluded.__dataclass_fields__ if name != "lines"
    )


def _session_changes(then: Concluded | None, now: Concluded | None) -> tuple[SessionChange, ...]:
    """Return the sessions that differ: as they were listed then, the others after them."""
    before = {line.session: line for line in then.lines} if then else {}
    after = {line.session: line for line in now.lines} if now else {}
    found = []
    for session in (*before, *(each for each in after if each not in before)):
        sides = before.get(session), after.get(session)
        if sides[0] != sides[1]:
            found.append(SessionChange(session, *sides, _cause(*sides)))
    return tuple(found)


def _cause(then: KeptLine | None, now: KeptLine | None) -> Cause:
    if now is None:
        return Cause.NOT_HELD
    if then is None:
        return Cause.ADDED
    if then.has_record != now.has_record:
        return Cause.RECORDED_LATER if now.has_record else Cause.RECORD_GONE
    if then.net != now.net:
        return Cause.COUNTED_OTHERWISE
    if then.credited != now.credited or then.absence != now.absence:
        return Cause.RECORD_CHANGED
    return Cause.EXPECTED if now.is_expected else Cause.NOT_EXPECTED
