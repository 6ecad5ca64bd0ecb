"""What a row of the sheet says, and what its writer means by it.

A row carries what it was shown with. Where its radio and its times say no more than that, its
writer wants nothing of it: so saving a whole sheet, even a stale one, changes only what was
changed on it by hand.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from attendance.marks import Stretch
from attendance.sheet.states import (
    UNMARKED,
    Ask,
    Moment,
    Refused,
    State,
    checked,
    not_ahead,
    present,
)
from programs.weeks import instant

CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})(?::00)?\s*([ap])?\.?(?:m\.?)?", re.I)
RADIOS = (Ask.PRESENT, Ask.LATE, Ask.EXCUSED, Ask.UNEXCUSED)
# More stretches than anybody has; what is typed beyond is nobody's.
MOST_GAPS = 8


@dataclass(frozen=True)
class Clock:
    """A session's date and zone, and its times with this minute."""

    day: date
    zone: ZoneInfo
    moment: Moment


@dataclass(frozen=True)
class RowMarks:
    """One row as it was sent: what it was shown with, its radio, its times, a button pressed.

    `mark_id` is the tap's own name and `age` how long it waited on the device; no `age` at all
    means that the device said something unreadable.
    """

    participant: uuid.UUID
    seen: State = UNMARKED
    act: Ask | None = None
    choice: str = ""
    times: Mapping[str, str] = field(default_factory=dict)
    use: State | None = None
    mark_id: uuid.UUID | None = None
    age: timedelta | None = timedelta()


@dataclass(frozen=True)
class Wish:
    """What a row is to become: by a mark, or exactly so."""

    ask: Ask
    target: State | None = None


def wish_of(row: RowMarks, clock: Clock) -> Wish | None:
    """Return what the row's writer wants, or None; raises Refused where times make no sense."""
    if row.use is not None:
        return Wish(Ask.EXACT, _true(row.use, row, clock))
    if row.act is not None:
        return Wish(row.act)
    is_new = row.choice in RADIOS and row.choice != row.seen.choice(clock.moment)
    if is_new and row.choice in (Ask.EXCUSED, Ask.UNEXCUSED):
        return Wish(Ask(row.choice))
    shown = texts_of(row.seen, clock)
    typed = {name: _read(text, name, clock) for name, text in row.times.items()}
    if any(at != _read(shown.get(name, ""), name, clock) for name, at in typed.items()):
        typed_state = replace(_state_of(typed), is_by_video=row.seen.is_by_video)
        return Wish(Ask.EXACT, _true(typed_state, row, clock))
    return Wish(Ask(row.choice)) if is_new else None


def _true(state: State, row: RowMarks, clock: Clock) -> State:
    return not_ahead(checked(state, clock.moment), row.seen, clock.moment)


def texts_of(state: State, clock: Clock) -> dict[str, str]:
    """Return the times of a state as its fields hold them: arrived, out1, back1, …, left."""
    texts = {}
    last = len(state.stretches)
    for number, (arrived, left) in enumerate(state.stretches, 1):
        texts["arrived" if number == 1 else f"back{number - 1}"] = _text(arrived, clock)
        texts["left" if number == last else f"out{number}"] = _text(left, clock)
    return texts


def _text(at: datetime | None, clock: Clock) -> str:
    return f"{at.astimezone(clock.zone):%H:%M}" if at else ""


def _read(text: str, name: str, clock: Clock) -> datetime | None:
    """Read 17:42, 1742 or 5:42 PM on the session's date."""
    if not text.strip():
        return None
    found = CLOCK.fullmatch(text.strip())
    if not found:
        raise Refused(_("This is not a time. Type it as 5:42 PM or 17:42."), field=name)
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Refused(_("This is not a time. Type it as 5:42 PM or 17:42."), field=name)
    return instant(clock.day, time(hour, minute), clock.zone)


def _state_of(typed: Mapping[str, datetime | None]) -> State:
    """Put typed times together to stretches."""
    arrived = typed.get("arrived")
    if arrived is None:
        raise Refused(_("Say when they arrived."), field="arrived")
    stretches: list[Stretch] = []
    for number in range(1, MOST_GAPS + 1):
        out, back = typed.get(f"out{number}"), typed.get(f"back{number}")
        if back is None and out is None:
            continue
        if back is None:
            raise Refused(
                _("Say when they came back. If they did not, type this as the time they left."),
                field=f"back{number}",
            )
        stretches.append((arrived, out))
        arrived = back
    return present(*stretches, (arrived, typed.get("left")))
