"""The ledger behind a row: every session of the week, what was credited, and the rule in words."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.marks import MARK_LOOKS, MarkLook, mark_of
from hours.explanation import rule_in_words, verdict_sentence
from hours.facts import ProgramWeek, SessionLine
from hours.verdict_looks import LOOKS, standing_of
from hours.weekly_hours import WeeklyHours
from hours.wording import clock, hours, session_name


@dataclass(frozen=True)
class LedgerLine:
    """One session: when they were there, or a mark; minutes credited, and out of how many."""

    session: str
    present: str
    mark: MarkLook | None
    credited: str
    net: int
    is_ahead: bool


@dataclass(frozen=True)
class Ledger:
    """What one row is made of, and why it says what it says."""

    lines: tuple[LedgerLine, ...]
    summary: str
    credited: int
    net: int
    why: str
    because: str
    rule: str
    rule_since: str
    citation: str


def ledger_of(row: WeeklyHours, facts: ProgramWeek) -> Ledger:
    """Return the ledger of one row."""
    standing = LOOKS[standing_of(row)].label
    return Ledger(
        lines=tuple(_line(line, facts) for line in row.person.lines),
        summary=_("Attended %(attended)s, possible %(possible)s of %(required)s")
        % {
            "attended": hours(row.attended),
            "possible": hours(row.possible),
            "required": hours(row.required),
        },
        credited=row.attended,
        net=sum(line.net for line in row.person.lines),
        why=_("Why %(standing)s") % {"standing": str(standing).lower()},
        because=verdict_sentence(row, facts),
        rule=rule_in_words(facts),
        rule_since=_("In effect since %(date)s.")
        % {"date": date_format(facts.rule.effective_from, "DATE_FORMAT")},
        citation=facts.rule.citation,
    )


def _line(line: SessionLine, facts: ProgramWeek) -> LedgerLine:
    zone, as_of = facts.week.zone, facts.as_of
    remaining = line.remaining(as_of)
    credited = _("%(minutes)s min") % {"minutes": line.credited}
    if remaining and not line.has_record:
        credited = _("up to %(minutes)s") % {"minutes": remaining}
    return LedgerLine(
        session=session_name(line, zone),
        present=_present(line, zone),
        mark=_mark(line, is_ahead=line.ends_at > as_of),
        credited=credited,
        net=line.net,
        is_ahead=bool(remaining) and not line.has_record,
    )


def _present(line: SessionLine, zone: ZoneInfo) -> str:
    stretches = []
    for arrived, left in line.stretches:
        if left is None:
            stretches.append(_("since %(arrived)s") % {"arrived": clock(arrived, zone)})
        else:
            stretches.append(
                _("%(arrived)s to %(left)s")
                % {"arrived": clock(arrived, zone), "left": clock(left, zone)}
            )
    return ", ".join(stretches)


def _mark(line: SessionLine, *, is_ahead: bool) -> MarkLook | None:
    """Return the mark where there is no stretch to show; a session to come has only its words."""
    if line.stretches:
        return None
    if is_ahead and not line.has_record:
        return MarkLook("", "", _("to come"))
    return MARK_LOOKS[
        mark_of(
            (),
            absence=line.absence,
            has_record=line.has_record,
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            grace=line.grace,
        )
    ]
