"""What is known of one person in one session, and what a mark makes of it.

Plain values only. A state can be written as a short text, which each row of the sheet carries:
so a mark is understood against what its writer saw, also when it arrives late or twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attendance.marks import Mark, Stretch, mark_of
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
    VIDEO = "video"
    IN_PERSON = "in_person"
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
    """A session's start and end, now, and the minutes forgiven at the door, in whole minutes."""

    starts_at: datetime
    ends_at: datetime
    now: datetime
    grace: timedelta

    @property
    def is_over(self) -> bool:
        return self.now >= self.ends_at

    @property
    def is_running(self) -> bool:
        return self.starts_at <= self.now < self.ends_at


@dataclass(frozen=True)
class State:
    """One person's record: their stretches in order of time, or the kind of absence.

    Whoever is there is so in person or by video, for the whole session.
    """

    has_record: bool = False
    absence: str = ""
    stretches: tuple[Stretch, ...] = ()
    is_by_video: bool = False

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
            grace=moment.grace,
        )

    def choice(self, moment: Moment) -> str:
        """Return which of the row's four radios says this; blank while nothing is said."""
        if self.stretches:
            late = self.stretches[0][0] > moment.starts_at + moment.grace
            return Ask.LATE if late else Ask.PRESENT
        if not self.has_record:
            return ""
        return Ask.EXCUSED if self.absence == Absence.EXCUSED else Ask.UNEXCUSED

    def __str__(self) -> str:
        """Write it down: `-`, `a:excused`, or `p:540-600,610-` in minutes since 1970.

        Presence by video is `v:540-…`. The database writes the same (`attendance_state`).
        """
        if not self.has_record:
            return "-"
        if not self.stretches:
            return f"a:{self.absence}"
        stays = ",".join(f"{_written(one)}-{_written(two)}" for one, two in self.stretches)
        return f"{'v' if self.is_by_video else 'p'}:{stays}"


UNMARKED = State()


def absent(kind: str) -> State:
    return State(has_record=True, absence=kind)


def present(*stretches: Stretch, is_by_video: bool = False) -> State:
    return State(has_record=True, stretches=stretches, is_by_video=is_by_video)


def state_from(text: str) -> State | None:
    """Return the state that was written so, or None where the text is nobody's."""
    if text == "-":
        return UNMARKED
    kind, _colon, rest = text.partition(":")
    if kind == "a" and rest in ("", *Absence.values):
        return absent(rest)
    if kind not in ("p", "v"):
        return None
    try:
        stays = [_stretch(part) for part in rest.split(",")]
        return present(*stays, is_by_video=kind == "v")
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


def not_ahead(state: State, seen: State, moment: Moment) -> State:
    """Return the state where no time of it is still to come, but for those that were seen so."""
    known = {at for stretch in seen.stretches for at in stretch}
    last = len(state.stretches)
    for number, (arrived, left) in enumerate(state.stretches, 1):
        came = "arrived" if number == 1 else f"back{number - 1}"
        went = "left" if number == last else f"out{number}"
        for at, where in ((arrived, came), (left, went)):
            if at is not None and at > moment.now and at not in known:
                raise Refused(
                    _("This is still to come. Type it once it has happened."), field=where
                )
    return state
