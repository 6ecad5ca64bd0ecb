"""The board's short sentence beside each bar: what to do, or why nothing can be done."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.explanation import missed_lines
from hours.facts import ProgramWeek
from hours.rescue.fewest import fewest_seats
from hours.verdicts import Verdict
from hours.weekly_hours import WeeklyHours
from hours.wording import all_of, hours, session_name, session_names, weekday


def what_it_means(row: WeeklyHours, facts: ProgramWeek) -> str:
    """Return the sentence; empty where the numbers say enough."""
    return SENTENCES[row.verdict](row, facts)


MOST_NAMED = 2


def _recoverable(row: WeeklyHours, facts: ProgramWeek) -> str:
    person = row.person
    needed = fewest_seats(person.seats, short=-row.slack, busy=person.busy).seats
    words = {
        "short": hours(-row.slack),
        "day": weekday(max(seat.starts_at for seat in needed), facts.week.zone),
    }
    if len(needed) > MOST_NAMED:
        return _("Needs %(short)s by %(day)s; %(count)s open seats add up to %(sum)s.") % {
            **words,
            "count": len(needed),
            "sum": hours(sum(seat.net for seat in needed)),
        }
    seats = [
        ngettext("%(session)s has %(free)s seat", "%(session)s has %(free)s seats", seat.free)
        % {"session": session_name(seat, facts.week.zone), "free": seat.free}
        for seat in needed
    ]
    return _("Needs %(short)s by %(day)s; %(seats)s.") % {**words, "seats": all_of(seats)}


def _unreachable(row: WeeklyHours, facts: ProgramWeek) -> str:
    gap = {"gap": hours(-row.slack - row.makeup)}
    if row.makeup:
        return _("%(gap)s out of reach with every open seat. Review the plan of care.") % gap
    return _("%(gap)s out of reach, and no open seat fits. Review the plan of care.") % gap


def _not_met(row: WeeklyHours, facts: ProgramWeek) -> str:
    short, missed = hours(-row.slack), len(missed_lines(row))
    if not missed:
        return _("The week ended %(short)s short.") % {"short": short}
    return ngettext(
        "The week ended %(short)s short; %(missed)s session was missed.",
        "The week ended %(short)s short; %(missed)s sessions were missed.",
        missed,
    ) % {"short": short, "missed": missed}


def _pending(row: WeeklyHours, facts: ProgramWeek) -> str:
    late = [line for line in row.person.lines if line.unrecorded(facts.as_of)]
    return ngettext(
        "%(spare)s to spare once %(sessions)s is recorded.",
        "%(spare)s to spare once %(sessions)s are recorded.",
        len(late),
    ) % {"spare": hours(row.slack), "sessions": session_names(late, facts.week.zone)}


def _on_track(row: WeeklyHours, facts: ProgramWeek) -> str:
    if row.unrecorded:
        return _pending(row, facts)
    if not row.is_tight:
        return _days(row, facts)
    ahead = [line for line in row.person.lines if line.remaining(facts.as_of)]
    name = session_name(ahead[0], facts.week.zone) if len(ahead) == 1 else _("any group")
    return _("%(spare)s to spare. Missing %(session)s loses the week.") % {
        "spare": hours(row.slack),
        "session": name,
    }


def _days(row: WeeklyHours, facts: ProgramWeek) -> str:
    if not row.is_days_short:
        return ""
    return _("Enough hours, but only %(days)s of %(least)s days can qualify.") % {
        "days": row.days.possible,
        "least": facts.rule.min_days_per_week,
    }


def _nothing(row: WeeklyHours, facts: ProgramWeek) -> str:
    return ""


SENTENCES: dict[Verdict, Callable[[WeeklyHours, ProgramWeek], str]] = {
    Verdict.RECOVERABLE: _recoverable,
    Verdict.UNREACHABLE: _unreachable,
    Verdict.NOT_MET: _not_met,
    Verdict.PENDING: _pending,
    Verdict.ON_TRACK: _on_track,
    Verdict.MET: _days,
    Verdict.EXEMPT: _nothing,
}
