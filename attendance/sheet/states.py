"""What is known of one person in one session, and what a mark makes of it.

Plain values only. A state can be written as a short text, which each row of the sheet carries:
so a mark is understood against what its writer saw, also when it arrives late or twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attendance.marks import GRACE, Mark, Stretch, mark_of
from attendance.models import Absence

# People come early; an hour before the start nobody is in the room yet.
DOORS_OPEN = timedelta(hours=1)


class Ask(StrEnum):
    """What a row can be asked to become."""

    PRESENT = "present"
    REST = "rest"
    WALK_IN = "walk_in"
    LATE = "late"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    NO_CALL = "no_call"
    LEFT = "left"
    BACK = "back"
    CLEAR = "clear"
    EXACT = "exact"


ABSENCE_OF = {
    Ask.EXCUSED: Absence.EXCUSED,
    Ask.UNEXCUSED: Absence.UNEXCUSED,
    Ask.NO_CALL: Absence.NO_CALL,
}


class Refused(Exception):
    """A mark that cannot be: `field` of the row says where, `words` say why."""

    def __init__(self, words: str | Promise, *, field: str = "mark") -> None:
        super().__init__(words)
        self.words, self.field = words, field


@dataclass(frozen=True)
class Moment:
    """A session's start and end, and now, in whole minutes."""

    starts_at: datetime
    ends_at: datetime
    now: datetime

    @property
    def is_over(self) -> bool:
        return self.now >= self.ends_at

    @property
    def is_running(self) -> bool:
        return self.starts_at <= self.now < self.ends_at


@dataclass(frozen=True)
class State:
    """One person's record: their stretches in order of time, or the kind of absence."""

    has_record: bool = False
    absence: str = ""
    stretches: tuple[Stretch, ...] = ()

    @property
    def is_here(self) -> bool:
        """They came and nothing says that they left."""
        return bool(self.stretches) and self.stretches[-1][1] is None

    def mark(self, moment: Moment) -> Mark:
        return mark_of(
            self.stretches,
            absence=self.absence,
            has_record=self.has_record,
            starts_at=moment.starts_at,
            ends_at=moment.ends_at,
        )

    def choice(self, moment: Moment) -> str:
        """Return which of the row's four radios says this; blank while nothing is said."""
        if self.stretches:
            late = self.stretches[0][0] > moment.starts_at + GRACE
            return Ask.LATE if late else Ask.PRESENT
        if not self.has_record:
            return ""
        return Ask.EXCUSED if self.absence == Absence.EXCUSED else Ask.UNEXCUSED

    def __str__(self) -> str:
        """Write it down: `-`, `a:excused` or `p:540-600,610-` in minutes since 1970."""
        if not self.has_record:
            return "-"
        if not self.stretches:
            return f"a:{self.absence}"
        return "p:" + ",".join(f"{_written(one)}-{_written(two)}" for one, two in self.stretches)


UNMARKED = State()


def absent(kind: str) -> State:
    return State(has_record=True, absence=kind)


def present(*stretches: Stretch) -> State:
    return State(has_record=True, stretches=stretches)


def state_from(text: str) -> State | None:
    """Return the state that was written so, or None where the text is nobody's."""
    if text == "-":
        return UNMARKED
    kind, _colon, rest = text.partition(":")
    if kind == "a" and rest in ("", *Absence.values):
        return absent(rest)
    if kind != "p":
        return None
    try:
        return present(*(_stretch(part) for part in rest.split(",")))
    except (ValueError, OverflowError, OSError):
        return None


def _written(at: datetime | None) -> str:
    return str(int(at.timestamp()) // 60) if at else ""


def _stretch(part: str) -> Stretch:
    arrived, left = part.split("-")
    return _read(arrived), _read(left) if left else None


def _read(minutes: str) -> datetime:
    return datetime.fromtimestamp(int(minutes) * 60, tz=UTC)


def checked(state: State, moment: Moment) -> State:
    """Return the state if it can be true; otherwise say which field is wrong and why."""
    last = len(state.stretches)
    for number, (arrived, left) in enumerate(state.stretches, 1):
        came = "arrived" if number == 1 else f"back{number - 1}"
        went = "left" if number == last else f"out{number}"
        if left is None and number < last:
            raise Refused(_("Say when they went out before they came back."), field=went)
        if left is not None and left < arrived:
            raise Refused(_("This is before they came."), field=went)
        if arrived >= moment.ends_at:
            raise Refused(_("This is after the session ended."), field=came)
        if left is not None and left <= moment.starts_at:
            raise Refused(_("This is before the session started."), field=went)
    for number, ((_in, out), (back, _out)) in enumerate(pairwise(state.stretches), 1):
        if out is not None and back < out:
            raise Refused(_("This is before they went out."), field=f"back{number}")
    return state


def is_answered(current: State, ask: Ask, seen: State, moment: Moment) -> bool:
    """Say whether the record already says what is asked: a repeated mark changes nothing."""
    if ask in ABSENCE_OF:
        return current == absent(ABSENCE_OF[ask])
    if ask in (Ask.PRESENT, Ask.LATE):
        return bool(current.stretches) and current.choice(moment) == ask
    if ask in (Ask.LEFT, Ask.BACK):
        return _has_moved(current, ask, seen)
    return ask != Ask.EXACT and current.has_record is (ask != Ask.CLEAR)


def _has_moved(current: State, ask: Ask, seen: State) -> bool:
    """Say whether they have left, or are back, since they were seen."""
    if ask == Ask.BACK:
        return current.is_here and current.stretches[:-1] == seen.stretches
    came = [arrived for arrived, _left in current.stretches]
    was = [arrived for arrived, _left in seen.stretches]
    return bool(came) and came == was and not current.is_here


def after(current: State, ask: Ask, moment: Moment) -> State:
    """Return what the mark makes of the record; raises Refused where it cannot be."""
    if ask in ABSENCE_OF:
        return absent(ABSENCE_OF[ask])
    if ask == Ask.CLEAR:
        return UNMARKED
    return checked(_HERE[ask](current, moment), moment)


def _present(current: State, moment: Moment) -> State:
    """From the start on, or from now where they came early; until the end once it is over."""
    if moment.now < moment.starts_at - DOORS_OPEN:
        raise Refused(_("Presence can be marked from an hour before the start."))
    arrived = min(moment.starts_at, moment.now)
    if current.stretches:
        return present((arrived, current.stretches[0][1]), *current.stretches[1:])
    return present((arrived, moment.ends_at if moment.is_over else None))


def _walk_in(current: State, moment: Moment) -> State:
    """From now on while it runs, as they come through the door."""
    if not moment.is_running:
        return _present(current, moment)
    return present((moment.now, None))


def _late(current: State, moment: Moment) -> State:
    """From now on; before it would be late, and after the end, the time has to be typed."""
    if moment.is_over or moment.now <= moment.starts_at + GRACE:
        raise Refused(_("Say when they arrived."), field="arrived")
    if not current.stretches:
        return present((moment.now, None))
    left = current.stretches[0][1]
    if left is not None and left < moment.now:
        raise Refused(_("Say when they arrived."), field="arrived")
    return present((moment.now, left), *current.stretches[1:])


def _left(current: State, moment: Moment) -> State:
    """Out of the room now; after the end: at the end."""
    start, end = moment.starts_at, moment.ends_at
    arrived, left = current.stretches[-1] if current.stretches else (start, None)
    if moment.now <= start:
        raise Refused(_("The session has not started: nobody has left it yet."))
    if left is not None:
        raise Refused(_("They have left already."))
    return present(*current.stretches[:-1], (arrived, max(arrived, min(moment.now, end))))


def _back(current: State, moment: Moment) -> State:
    """In the room again; in the minute in which they left, they never left."""
    if not current.stretches or current.is_here:
        raise Refused(_("Nothing says that they left."))
    if moment.is_over:
        raise Refused(_("The session is over: type when they came back."), field="back1")
    arrived, left = current.stretches[-1]
    if left is not None and left >= moment.now:
        return replace(current, stretches=(*current.stretches[:-1], (arrived, None)))
    return replace(current, stretches=(*current.stretches, (moment.now, None)))


_HERE = {
    Ask.PRESENT: _present,
    Ask.REST: _present,
    Ask.WALK_IN: _walk_in,
    Ask.LATE: _late,
    Ask.LEFT: _left,
    Ask.BACK: _back,
}
