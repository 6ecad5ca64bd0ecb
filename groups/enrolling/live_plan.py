"""What the ticked groups amount to: offered hours beside what is asked, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.choices import Choice, counting_of
from groups.enrolling.offered import Clash, GroupSlots, Offered, clashes, offered
from groups.enrolling.wording import hours, short_hours
from programs.models import HoursRule, Program
from programs.weeks import Week

BAR = 72  # pixels of a day's bar
HOUR = 60


@dataclass(frozen=True)
class Asked:
    """Minutes and days a week that are asked for, and whether by an order or by the rule."""

    minutes: int
    days: int
    minutes_a_day: int
    is_ordered: bool


@dataclass(frozen=True)
class DayBar:
    """One day's offered minutes as a bar; `y` and `height` as SVG wants them."""

    day: str
    hours: str
    y: int
    height: int
    is_low: bool


@dataclass(frozen=True)
class Spare:
    """What is to spare, or short: tone, icon, and words."""

    tone: str
    icon: str
    strong: str
    text: str


@dataclass(frozen=True)
class LivePlan:
    """What the side of the page shows; `first_week` is offered in the week of the first day."""

    week: Week
    offered: Offered
    first_week: Offered
    asked: Asked | None
    clashes: tuple[Clash, ...]
    bars: tuple[DayBar, ...]
    least_y: int
    spare: Spare | None

    @property
    def offers(self) -> str:
        return _amount(self.offered.minutes, self.days)

    @property
    def asks(self) -> str:
        return _amount(self.asked.minutes, self.asked.days) if self.asked else ""

    @property
    def least(self) -> str:
        """The minutes from which a day counts; empty where any do."""
        return hours(self.asked.minutes_a_day) if self.asked and self.asked.minutes_a_day else ""

    @property
    def days(self) -> int:
        """How many dates offer enough to count."""
        return self.offered.days(self.asked.minutes_a_day if self.asked else 0)

    @property
    def slack(self) -> int:
        """Minutes offered over what is asked; negative where they are short."""
        return self.offered.minutes - (self.asked.minutes if self.asked else 0)

    @property
    def is_enough(self) -> bool:
        return self.asked is not None and self.slack >= 0 and self.days >= self.asked.days


@dataclass(frozen=True)
class Ticks:
    """The groups one can tick, those that are ticked, and the rule their minutes count by."""

    program: Program
    choices: Sequence[Choice]
    chosen: frozenset[int]
    first_on: date
    rule: HoursRule | None

    @property
    def week(self) -> Week:
        return whole_week(self.program, self.first_on)

    @property
    def ticked(self) -> list[GroupSlots]:
        return [choice.slots for choice in self.choices if choice.key in self.chosen]

    def offered(self, groups: Sequence[GroupSlots], dates: Sequence[date] = ()) -> Offered:
        """Return what these groups offer on these dates; without dates, in a whole week."""
        days = dates or self.week.dates
        zone = self.program.zone
        return offered(groups, dates=days, zone=zone, counting=counting_of(self.rule))

    def clashes(self, groups: Sequence[GroupSlots]) -> tuple[Clash, ...]:
        return tuple(clashes(groups, dates=self.week.dates, zone=self.program.zone))


def live_plan(
    ticks: Ticks, *, ordered: int | None, closed: frozenset[date], ordered_days: int | None = None
) -> LivePlan:
    """Return what the ticked groups offer in the next whole week, as if nothing were closed."""
    sums = ticks.offered(ticks.ticked)
    asked = asked_of(ticks.rule, ordered, ordered_days)
    least = asked.minutes_a_day if asked else 0
    scale = max([*sums.by_date.values(), 2 * least, HOUR]) * 10 // 9
    return LivePlan(
        week=ticks.week,
        offered=sums,
        first_week=_first_week(ticks, closed),
        asked=asked,
        clashes=ticks.clashes(ticks.ticked),
        bars=_bars(sums, least, scale),
        least_y=BAR - BAR * least // scale,
        spare=_spare(sums, asked, _added(ticks, sums)) if asked else None,
    )


def _first_week(ticks: Ticks, closed: frozenset[date]) -> Offered:
    """Return what is offered in the week of the first day, from that day on, on open dates."""
    days = [
        day
        for day in ticks.program.week_of(ticks.first_on).dates
        if day >= ticks.first_on and day not in closed
    ]
    return ticks.offered(ticks.ticked, days) if days else Offered({}, 0)


def whole_week(program: Program, first_on: date) -> Week:
    """Return the first week of the program that begins on or after the date."""
    week = program.week_of(first_on)
    return week if week.first_on == first_on else week.moved(1)


def asked_of(
    rule: HoursRule | None, ordered: int | None, ordered_days: int | None = None
) -> Asked | None:
    """Return what is asked each week: the order, else the rule's minimum; None without a rule."""
    if rule is None:
        return None
    return Asked(
        minutes=ordered or rule.min_minutes_per_week,
        days=ordered_days or rule.min_days_per_week,
        minutes_a_day=rule.min_minutes_per_day,
        is_ordered=bool(ordered),
    )


def _bars(sums: Offered, least: int, scale: int) -> tuple[DayBar, ...]:
    """Return the days' bars; Sunday only where something is on it."""
    shown = [
        (day, least_of) for day, least_of in sums.by_date.items() if least_of or day.weekday() < 6
    ]
    return tuple(
        DayBar(
            day=date_format(day, "D"),
            hours=short_hours(minutes) if minutes else "–",
            y=BAR - BAR * minutes // scale,
            height=BAR * minutes // scale,
            is_low=0 < minutes < least,
        )
        for day, minutes in shown
    )


def _added(ticks: Ticks, sums: Offered) -> tuple[str, int] | None:
    """Return the free group without a clash that adds the most, with the sum it would make."""
    ticked, most = ticks.ticked, None
    already, clashing = sums.minutes, len(ticks.clashes(ticked))
    for choice in ticks.choices:
        with_it = [*ticked, choice.slots]
        if choice.key in ticks.chosen or not choice.is_free:
            continue
        if len(ticks.clashes(with_it)) > clashing:
            continue
        minutes = ticks.offered(with_it).minutes
        if minutes > (most[1] if most else already):
            most = (choice.slots.name, minutes)
    return most


def _spare(sums: Offered, asked: Asked, added: tuple[str, int] | None) -> Spare | None:
    if not sums.minutes:
        return None
    slack = sums.minutes - asked.minutes
    more = (
        _("With %(group)s it is %(hours)s.") % {"group": added[0], "hours": hours(added[1])}
        if added
        else ""
    )
    if slack < 0:
        short = _("%(hours)s short each week.") % {"hours": hours(-slack)}
        return Spare("warn", "triangle-alert", short, more)
    if sums.days(asked.minutes_a_day) < asked.days:
        return Spare("warn", "triangle-alert", _("Enough hours, on too few days."), more)
    spare = _("%(hours)s to spare.") % {"hours": hours(slack)}
    if slack < sums.shortest:
        lost = _("Missing any one session loses the week.")
        return Spare("warn", "timer", spare, f"{lost} {more}".strip())
    return Spare("ok", "circle-check", spare, _("One session may be missed."))


def _amount(minutes: int, days: int) -> str:
    return ngettext("%(hours)s on %(days)s day", "%(hours)s on %(days)s days", days) % {
        "hours": hours(minutes),
        "days": days,
    }
