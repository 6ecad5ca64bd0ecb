"""The hours one person leads week by week: four weeks back, this one, four ahead, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from groups.enrolling.wording import hours
from groups.leading.led_bars import scale_of
from groups.leading.led_hours import Led, led_by_week
from groups.leading.wording import near_date
from programs.models import Program
from programs.weeks import Week

BACK, AHEAD = 4, 4
HEIGHT = 72
# Of a column, how much is bar, in percent of the picture's width.
FILLED = 0.68


@dataclass(frozen=True)
class Block:
    """A part of a column: x and width in percent, y and height in pixels."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class LedRow:
    """One week of the table."""

    label: str
    here: str
    elsewhere: str
    total: str
    is_now: bool


@dataclass(frozen=True)
class LedWeeks:
    """The picture and the table beside it."""

    label: str
    blocks: tuple[Block, ...]
    rows: tuple[LedRow, ...]
    first: str
    last: str
    now_x: str
    has_elsewhere: bool


def led_weeks(user: User, program: Program, today: date) -> LedWeeks:
    """Return the weeks around the date; one statement."""
    first = program.week_of(today).moved(-BACK)
    weeks = [first.moved(number) for number in range(BACK + 1 + AHEAD)]
    found = led_by_week([user.pk], first, len(weeks), program=program)
    led = [found[user.pk, week.first_on] for week in weeks]
    rows = tuple(_row(week, each, today) for week, each in zip(weeks, led, strict=True))
    return LedWeeks(
        label=_label(rows),
        blocks=_blocks(led),
        rows=rows,
        first=rows[0].label,
        last=rows[-1].label,
        now_x=_percent((BACK + 0.5) / len(weeks)),
        has_elsewhere=any(each.elsewhere for each in led),
    )


def _row(week: Week, led: Led, today: date) -> LedRow:
    return LedRow(
        label=near_date(week.first_on, today),
        here=hours(led.here),
        elsewhere=hours(led.elsewhere),
        total=hours(led.total),
        is_now=week.first_on <= today <= week.last_on,
    )


def _label(rows: Sequence[LedRow]) -> str:
    weeks = [_("%(week)s: %(hours)s") % {"week": row.label, "hours": row.total} for row in rows]
    return _("Hours led in the week of %(weeks)s.") % {"weeks": "; ".join(weeks)}


def _blocks(led: Sequence[Led]) -> tuple[Block, ...]:
    scale, step = scale_of(led), 1 / len(led)
    blocks = []
    for number, each in enumerate(led):
        x = _percent((number + (1 - FILLED) / 2) * step)
        top = float(HEIGHT)
        is_ahead = number > BACK
        for css, minutes in (("here", each.here), ("elsewhere", each.elsewhere)):
            height = HEIGHT * minutes / scale
            top -= height
            if minutes:
                state = f"{css} is-ahead" if is_ahead else css
                block = Block(state, x, f"{top:.1f}", _percent(step * FILLED), f"{height:.1f}")
                blocks.append(block)
    return tuple(blocks)


def _percent(part: float) -> str:
    return f"{100 * part:.2f}%"
