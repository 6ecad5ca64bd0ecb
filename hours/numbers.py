"""Where each number of a row comes from, in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.facts import ProgramWeek
from hours.weekly_hours import WeeklyHours
from hours.wording import all_of, hours, session_name, session_names


@dataclass(frozen=True)
class Number:
    """One number: what it is called, how much, and from where."""

    label: str
    amount: str
    words: str


def numbers_of(
    row: WeeklyHours, facts: ProgramWeek, *, order_from: date | None
) -> tuple[Number, ...]:
    """Return the numbers of a row in the order in which they follow from each other.

    Of a week that is over, nothing remains and no seat is offered.
    """
    found = [_attended(row), _unrecorded(row, facts)]
    if not facts.is_over:
        found.append(_remaining(row, facts))
    found += [_possible(row, facts), _required(row, facts, order_from), _slack(row)]
    if not facts.is_over and row.slack < 0:
        found.append(_make_up(row, facts))
    return (*found, _days(row, facts))


def _attended(row: WeeklyHours) -> Number:
    count = sum(line.credited > 0 for line in row.person.lines)
    words = ngettext("credited in %(count)s session", "credited in %(count)s sessions", count) % {
        "count": count
    }
    return Number(_("Attended"), hours(row.attended), words)


def _unrecorded(row: WeeklyHours, facts: ProgramWeek) -> Number:
    late = [line for line in row.person.lines if line.unrecorded(facts.as_of)]
    words = _("every session that is over has its record")
    if late:
        words = _("over, and no record yet: %(sessions)s") % {
            "sessions": session_names(late, facts.week.zone)
        }
    return Number(_("Unrecorded"), hours(row.unrecorded), words)


def _remaining(row: WeeklyHours, facts: ProgramWeek) -> Number:
    ahead = [line for line in row.person.lines if line.remaining(facts.as_of)]
    words = _("no expected session is left")
    if ahead:
        words = _("still to attend: %(sessions)s") % {
            "sessions": session_names(ahead, facts.week.zone)
        }
    return Number(_("Remaining"), hours(row.remaining), words)


def _possible(row: WeeklyHours, facts: ProgramWeek) -> Number:
    amounts = [row.attended, row.unrecorded]
    if not facts.is_over:
        amounts.append(row.remaining)
    return Number(_("Possible"), hours(row.possible), " + ".join(map(hours, amounts)))


def _required(row: WeeklyHours, facts: ProgramWeek, order_from: date | None) -> Number:
    words = _("the rule’s minimum a week")
    if row.person.ordered:
        words = _("ordered in the plan of care")
    if row.person.ordered and order_from:
        words = _("ordered in the plan of care, from %(date)s") % {
            "date": date_format(order_from, "DATE_FORMAT")
        }
    return Number(_("Required"), hours(row.required), words)


def _slack(row: WeeklyHours) -> Number:
    words = f"{hours(row.possible)} − {hours(row.required)}"
    if row.slack < 0:
        return Number(_("Short"), hours(-row.slack), words)
    return Number(_("To spare"), hours(row.slack), words)


def _make_up(row: WeeklyHours, facts: ProgramWeek) -> Number:
    words = _("no open seat fits")
    if row.saving_seats:
        seats = _each(row, facts)
        words = _("open seats that fit: %(seats)s") % {"seats": all_of(list(seats))}
    return Number(_("Make-up"), hours(row.makeup), words)


def _each(row: WeeklyHours, facts: ProgramWeek) -> Iterable[str]:
    for seat in row.saving_seats:
        yield f"{session_name(seat, facts.week.zone)} ({hours(seat.net)})"


def _days(row: WeeklyHours, facts: ProgramWeek) -> Number:
    rule = facts.rule
    words = _("dates with %(minutes)s or more; %(possible)s can still be") % {
        "minutes": hours(rule.min_minutes_per_day),
        "possible": row.days.possible,
    }
    if facts.is_over:
        words = _("dates with %(minutes)s or more") % {"minutes": hours(rule.min_minutes_per_day)}
    amount = _("%(days)s of %(least)s") % {
        "days": row.qualifying_days,
        "least": rule.min_days_per_week,
    }
    return Number(_("Qualifying days"), amount, words)
