"""The ledger behind a row: every session of the week, what was credited, and the rule in words."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.marks import MARK_LOOKS, MarkLook, mark_of
from groups.counting import counted
from hours.behind import Behind
from hours.explanation import rule_in_words, verdict_sentence
from hours.facts import ProgramWeek, SessionLine
from hours.numbers import Number, numbers_of
from hours.verdict_looks import LOOKS, standing_of
from hours.week_sessions import WeekSession
from hours.weekly_hours import WeeklyHours
from hours.wording import clock, hours, session_name
from programs.models.rule import Count


@dataclass(frozen=True)
class LedgerLine:
    """One session: when they were there, or a mark; minutes credited, and out of how many.

    `notes` say what else is to be known: a break left out, a make-up seat, a guest.
    """

    session: str
    present: str
    mark: MarkLook | None
    credited: str
    net: int | None
    is_ahead: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """What one row is made of, and why it says what it says."""

    lines: tuple[LedgerLine, ...]
    summary: str
    credited: int
    net: int
    why: str
    because: str
    numbers: tuple[Number, ...]
    rule: str
    rule_since: str
    citation: str
    verified: str


def ledger_of(row: WeeklyHours, facts: ProgramWeek, behind: Behind | None = None) -> Ledger:
    """Return the ledger of one row; without what stands behind it, it says a little less."""
    standing = LOOKS[standing_of(row)].label
    return Ledger(
        lines=_lines(row, facts, behind),
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
        numbers=numbers_of(row, facts, order_from=behind.order_from if behind else None),
        rule=rule_in_words(facts),
        rule_since=_("In effect since %(date)s.")
        % {"date": date_format(facts.rule.effective_from, "DATE_FORMAT")},
        citation=facts.rule.citation,
        verified=_verified(behind),
    )


def _lines(row: WeeklyHours, facts: ProgramWeek, behind: Behind | None) -> tuple[LedgerLine, ...]:
    """Return the sessions in order of time, those that were not held among them."""
    zone = facts.week.zone
    lines = [(line.starts_at, _line(line, facts, behind)) for line in row.person.lines]
    if behind:
        shown = {line.session_id for line in row.person.lines}
        off = [each for each in behind.cancelled if each.session_id not in shown]
        lines += [(each.starts_at, _not_held(each, zone)) for each in off]
    return tuple(line for _at, line in sorted(lines, key=lambda each: each[0]))


def _line(line: SessionLine, facts: ProgramWeek, behind: Behind | None) -> LedgerLine:
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
        notes=_notes(line, facts, behind) if behind else (),
    )


def _not_held(session: WeekSession, zone: ZoneInfo) -> LedgerLine:
    return LedgerLine(
        session=session_name(session, zone),
        present="",
        mark=MarkLook("calm", "calendar-x", _("Not held")),
        credited=_("%(minutes)s min") % {"minutes": 0},
        net=None,
        is_ahead=False,
        notes=(session.not_held,),
    )


def _present(line: SessionLine, zone: ZoneInfo) -> str:
    if line.credited and not line.stretches:
        return _("attended")
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
    if line.stretches or line.credited:
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


def _notes(line: SessionLine, facts: ProgramWeek, behind: Behind) -> tuple[str, ...]:
    notes = [_break_left_out(line, facts, behind)]
    if line.session_id in behind.seats:
        notes.append(_("make-up seat"))
    elif line.has_record and not line.is_expected:
        notes.append(_("not expected there"))
    return tuple(note for note in notes if note)


def _break_left_out(line: SessionLine, facts: ProgramWeek, behind: Behind) -> str:
    """Return what the rule leaves out of the time in the room, or how it counts it."""
    session, end = behind.sessions.get(line.session_id), min(line.ends_at, facts.as_of)
    if session is None or facts.rule.count == Count.SCHEDULED_SPAN:
        return ""
    inside = [
        (max(arrived, line.starts_at), min(left or end, line.ends_at))
        for arrived, left in line.stretches
    ]
    whole = counted(inside, (), Count.SCHEDULED_SPAN)
    net = counted(inside, session.breaks, Count.NET_MINUTES)
    said = []
    if whole > net:
        said.append(_("less %(minutes)s min break") % {"minutes": whole - net})
    if facts.rule.count == Count.CLINICAL_HOURS and net:
        said.append(
            _("%(net)s min in 50-minute hours: %(credited)s")
            % {"net": net, "credited": line.credited}
        )
    return ", ".join(said)


def _verified(behind: Behind | None) -> str:
    """Return who verified the rule, and when; or that nobody has."""
    if behind is None or behind.rule is None:
        return ""
    rule = behind.rule
    if rule.verified_by is None or rule.verified_on is None:
        return _("Nobody has verified this rule yet.")
    return _("Verified by %(name)s on %(date)s.") % {
        "name": rule.verified_by.display_name,
        "date": date_format(rule.verified_on, "DATE_FORMAT"),
    }
