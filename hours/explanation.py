"""Says a weekly-hours row in words: one or two sentences a director can repeat on the phone.

`hours/wording.py` holds how amounts and times are written.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.facts import ProgramWeek, SessionLine
from hours.verdicts import Flag, Tag, Verdict
from hours.weekly_hours import WeeklyHours
from hours.wording import hours, session_names
from programs.models.rule import Weeks


def explanation(row: WeeklyHours, facts: ProgramWeek) -> str:
    """Return the row in words: its numbers, what was missed, and the rule's citation."""
    return f"{verdict_sentence(row, facts)} {rule_sentence(row, facts)}"


def verdict_sentence(row: WeeklyHours, facts: ProgramWeek) -> str:
    """Return what the verdict rests on, in one sentence or two."""
    numbers = {
        "attended": hours(row.attended),
        "required": hours(row.required),
        "possible": hours(row.possible),
        "short": hours(max(0, row.required - row.possible)),
        "spare": hours(max(0, row.slack)),
        "makeup": hours(row.makeup),
        "unrecorded": hours(row.unrecorded),
        "remaining": hours(row.remaining),
    }
    sentence = _sentence_of(row) % numbers
    missed = missed_lines(row)
    if not missed or row.verdict is Verdict.MET:
        return sentence
    return f"{sentence} " + _("Missed: %(sessions)s.") % {
        "sessions": session_names(missed, facts.week.zone)
    }


def _sentence_of(row: WeeklyHours) -> str:
    if row.verdict is Verdict.EXEMPT:
        return _EXEMPT[row.tag]()
    if row.verdict is Verdict.ON_TRACK and row.unrecorded:
        return _(
            "Attended %(attended)s of %(required)s; %(unrecorded)s are not recorded yet and"
            " %(remaining)s remain: %(spare)s to spare."
        )
    return _OTHERWISE[row.verdict]()


_OTHERWISE = {
    Verdict.MET: lambda: _("Attended %(attended)s of %(required)s: the week is met."),
    Verdict.ON_TRACK: lambda: _(
        "Attended %(attended)s of %(required)s and %(remaining)s remain: %(spare)s to spare."
    ),
    Verdict.RECOVERABLE: lambda: _(
        "Attended %(attended)s of %(required)s; %(possible)s are possible, %(short)s short."
        " Open seats add up to %(makeup)s, so the week can still be met."
    ),
    Verdict.UNREACHABLE: lambda: _(
        "Attended %(attended)s of %(required)s; %(possible)s are possible, %(short)s short,"
        " and open seats add only %(makeup)s."
    ),
    Verdict.PENDING: lambda: _(
        "Attended %(attended)s of %(required)s; %(unrecorded)s are not recorded yet and would"
        " meet the week."
    ),
    Verdict.NOT_MET: lambda: _(
        "Attended %(attended)s of %(required)s: the week is over, %(short)s short."
    ),
}
_EXEMPT = {
    Tag.ADMIT_PARTIAL: lambda: _(
        "Admitted in this week, which the rule does not hold to the minimum: attended %(attended)s."
    ),
    Tag.DISCHARGE_PARTIAL: lambda: _(
        "Discharged in this week, which the rule does not hold to the minimum: attended"
        " %(attended)s."
    ),
    Tag.LEAVE: lambda: _(
        "On leave in this week, which the rule does not hold to the minimum: attended %(attended)s."
    ),
    Tag.CLOSURE: lambda: _(
        "Closed on a day of this week, which the rule does not hold to the minimum: attended"
        " %(attended)s."
    ),
}


def rule_sentence(row: WeeklyHours, facts: ProgramWeek) -> str:
    """Return the rule in words, with what it says of the days and its citation."""
    rule = facts.rule
    parts = []
    if Flag.DAYS_SHORT in row.flags:
        parts.append(
            _("%(days)s of %(least)s days with %(minutes)s can qualify.")
            % {
                "days": row.days.possible,
                "least": rule.min_days_per_week,
                "minutes": hours(rule.min_minutes_per_day),
            }
        )
    if Flag.OVER_MAXIMUM in row.flags:
        parts.append(
            _("That is over the maximum of %(most)s.") % {"most": hours(rule.max_minutes_per_week)}
        )
    source = rule.citation or _("no citation on record")
    ordered = row.person.ordered
    if ordered:
        parts.append(_("Ordered: %(hours)s a week.") % {"hours": hours(ordered)})
    parts.append(_("Rule: %(citation)s.") % {"citation": source.rstrip(".")})
    return " ".join(parts)


def rule_in_words(facts: ProgramWeek) -> str:
    """Return the whole rule in one sentence, for the ledger."""
    rule = facts.rule
    days = ngettext("%(count)s day", "%(count)s days", rule.min_days_per_week) % {
        "count": rule.min_days_per_week
    }
    how = {
        "net_minutes": _("net minutes"),
        "scheduled_span": _("breaks included"),
        "clinical_hours": _("50-minute hours"),
    }[rule.count]
    held = {
        Weeks.COUNT: _("closure weeks count"),
        Weeks.EXEMPT: _("closure weeks are exempt"),
    }[Weeks(rule.closures)]
    return _(
        "At least %(least)s and %(days)s of %(day_least)s, at most %(most)s, %(how)s, %(held)s."
    ) % {
        "least": hours(rule.min_minutes_per_week),
        "days": days,
        "day_least": hours(rule.min_minutes_per_day),
        "most": hours(rule.max_minutes_per_week),
        "how": how,
        "held": held,
    }


def missed_lines(row: WeeklyHours) -> list[SessionLine]:
    """Return the expected sessions that were recorded without a minute of presence."""
    return [
        line
        for line in row.person.lines
        if line.is_expected and line.has_record and not line.stretches and not line.credited
    ]
