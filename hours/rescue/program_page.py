"""The proposal for a program's week: who takes which free seats, who cannot be brought there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.kind_looks import kind_look
from groups.week_switch import ProgramLink, WeekSwitch, program_links, week_switch
from hours.facts import ProgramWeek
from hours.make_up import Seat, best_seats
from hours.program_week import current_week, program_week
from hours.rescue.actions import NotBooked
from hours.rescue.assignment import Assignment, Needing, assign, seats_taken
from hours.rescue.forms import PAIR
from hours.rescue.seat_lines import in_sum, name_of
from hours.verdicts import Verdict
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from hours.wording import hours, session_name
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from programs.weeks import Week

SHORT = (Verdict.RECOVERABLE, Verdict.UNREACHABLE)


@dataclass(frozen=True)
class Saved:
    """Somebody whom seats bring to their hours; `pairs` are what booking them sends."""

    enrollment_id: uuid.UUID
    name: str
    seats: tuple[str, ...]
    before: str
    after: str
    pairs: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """Somebody whom no seats bring there, and why."""

    enrollment_id: uuid.UUID
    name: str
    hours: str
    why: str


@dataclass(frozen=True)
class UsedSeats:
    """A session of which the proposal takes seats."""

    session: str
    kind_class: str
    words: str


@dataclass(frozen=True)
class Instead:
    """What the page says where there is nothing to propose."""

    strong: str
    text: str


@dataclass(frozen=True)
class Proposal:
    """Who takes which seats, how sure it is that none is better, and who is left."""

    headline: str
    note: str
    saved: tuple[Saved, ...]
    left: tuple[Left, ...]
    used: tuple[UsedSeats, ...]


@dataclass(frozen=True)
class ProposalPage:
    """Everything the template reads."""

    program: Program
    week: Week
    as_of: datetime
    switch: WeekSwitch
    programs: tuple[ProgramLink, ...]
    problems: Sequence[str]
    refused: tuple[str, ...]
    instead: Instead | None
    proposal: Proposal


def proposal_page(
    *,
    program: Program,
    week: Week,
    access: Access,
    now: datetime,
    problems: Sequence[str] = (),
    refused: NotBooked | None = None,
) -> ProposalPage:
    """Work the proposal out anew, and return its page; `refused` is what was just not booked."""
    facts = program_week(program, week=week, as_of=now)
    rows = _short_rows(facts)
    names = roster_names(facts.people) if facts else {}
    on_week = {"week": week.first_on.isoformat()}
    return ProposalPage(
        program=program,
        week=week,
        as_of=now,
        switch=week_switch(week, current_week(program, now)),
        programs=program_links("rescue:program", access, program, action="makeup.book", **on_week),
        problems=problems,
        refused=_refused(refused, names, week) if refused else (),
        instead=_instead(facts, rows),
        proposal=_proposal(rows, names, week),
    )


def _proposal(rows: Sequence[WeeklyHours], names: dict[str, str], week: Week) -> Proposal:
    found = assign([_needing(row) for row in rows])
    saved = [row for row in rows if row.person.enrollment_id in found.taken]
    left = [row for row in rows if row.person.enrollment_id not in found.taken]
    return Proposal(
        headline=_headline(len(saved), len(rows)),
        note=_note(found),
        saved=tuple(_saved(row, found, names, week) for row in saved),
        left=tuple(_left(row, names) for row in left),
        used=_used(found, week),
    )


def _short_rows(facts: ProgramWeek | None) -> list[WeeklyHours]:
    """Return whose running week is short, worst first."""
    if facts is None or facts.is_over:
        return []
    rows = (weekly_hours_of(person, facts) for person in facts.people)
    short = [row for row in rows if row.verdict in SHORT]
    return sorted(short, key=lambda row: (row.slack, row.chart_number))


def _needing(row: WeeklyHours) -> Needing:
    person = row.person
    return Needing(person.enrollment_id, -row.slack, person.seats, person.busy)


def _instead(facts: ProgramWeek | None, rows: Sequence[WeeklyHours]) -> Instead | None:
    if facts is None:
        return Instead(
            _("No rule covers this week."), _("Choose a later week, or add a rule for it.")
        )
    if facts.is_over:
        return Instead(
            _("This week is over."), _("Seats are proposed while a week runs or is to come.")
        )
    if not rows:
        return Instead(
            _("Nobody is short."), _("Everybody has their hours, or can still reach them.")
        )
    return None


def _headline(saved: int, short: int) -> str:
    words = ngettext(
        "Free seats bring %(saved)s of %(count)s person to their hours",
        "Free seats bring %(saved)s of %(count)s people to their hours",
        short,
    )
    return words % {"saved": saved, "count": short}


def _note(found: Assignment) -> str:
    """Return how sure it is that nothing better could be proposed."""
    if not found.is_most:
        return _(
            "The search was stopped before every choice was tried: this is the best it found, and"
            " there may be one that brings more people."
        )
    if not found.is_fewest:
        return _("No choice of seats brings more people; as many may be brought with fewer seats.")
    return _("No choice of seats brings more people, and none brings as many with fewer seats.")


def _saved(row: WeeklyHours, found: Assignment, names: dict[str, str], week: Week) -> Saved:
    key = row.person.enrollment_id
    seats = found.taken[key]
    return Saved(
        enrollment_id=key,
        name=names[row.chart_number],
        seats=tuple(session_name(seat, week.zone) for seat in seats),
        before=in_sum(row, 0),
        after=in_sum(row, sum(seat.net for seat in seats)),
        pairs=tuple(f"{key}{PAIR}{seat.session_id}" for seat in seats),
    )


def _left(row: WeeklyHours, names: dict[str, str]) -> Left:
    return Left(
        enrollment_id=row.person.enrollment_id,
        name=names[row.chart_number],
        hours=in_sum(row, 0),
        why=_why(row),
    )


def _why(row: WeeklyHours) -> str:
    short = -row.slack
    most = sum(seat.net for seat in best_seats(row.person.seats, busy=row.person.busy))
    if not most:
        return _("No free seat fits; %(short)s short.") % {"short": hours(short)}
    if most < short:
        words = _("Every free seat that fits leaves them %(short)s short.")
        return words % {"short": hours(short - most)}
    words = _(
        "%(short)s short. The seats that fit go to others, so that more people reach their hours."
    )
    return words % {"short": hours(short)}


def _used(found: Assignment, week: Week) -> tuple[UsedSeats, ...]:
    seats: dict[uuid.UUID, Seat] = {
        seat.session_id: seat for taken in found.taken.values() for seat in taken
    }
    counts = seats_taken(found)
    return tuple(
        UsedSeats(
            session=session_name(seat, week.zone),
            kind_class=kind_look(seat.kind).css,
            words=ngettext(
                "%(taken)s of %(count)s free seat", "%(taken)s of %(count)s free seats", seat.free
            )
            % {"taken": counts[key], "count": seat.free},
        )
        for key, seat in sorted(seats.items(), key=lambda each: (each[1].starts_at, each[1].group))
    )


def _refused(refused: NotBooked, names: dict[str, str], week: Week) -> tuple[str, ...]:
    return tuple(
        _("%(name)s, %(session)s: %(why)s")
        % {
            "name": names.get(wish.enrollment.participant.chart_number, ""),
            "session": name_of(wish.session, week.zone),
            "why": why,
        }
        for wish, why in refused.refused
    )
