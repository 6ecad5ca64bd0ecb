"""Seats that save a week are booked, all of them or none, and given back; the alerts follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.making_up.actions import give_back_seat, take_seat
from groups.making_up.refusals import Wish
from groups.models import MakeUpSeat
from groups.schedule.edit import CannotSchedule
from hours.actions import check_program
from hours.rescue.seat_lines import name_of
from programs.models import Program
from programs.weeks import Week


class NotBooked(Exception):
    """Which of the seats could not be taken, each with why; none of them is."""

    def __init__(self, refused: Sequence[tuple[Wish, str]]) -> None:
        super().__init__(refused)
        self.refused = tuple(refused)

    def in_words(self, zone: ZoneInfo) -> list[str]:
        """Return which sessions and why, without any name."""
        words = _("%(session)s: %(why)s")
        return [
            words % {"session": name_of(wish.session, zone), "why": why}
            for wish, why in self.refused
        ]


def book_seats(
    *, program: Program, wishes: Iterable[Wish], now: datetime, by: User | None
) -> tuple[MakeUpSeat, ...]:
    """Take every one of the seats, in sessions of the program. Raises NotBooked."""
    with transaction.atomic():
        seats, refused = [], []
        for wish in wishes:
            try:
                seats.append(take_seat(**vars(wish), now=now, by=by))
            except CannotSchedule as why:
                refused.append((wish, _said(why)))
        if refused:
            raise NotBooked(refused)
        weeks = _weeks_of(program, seats)
        write_audit(
            "weekly_hours.seats_booked",
            by=by,
            subject=program,
            program_id=program.public_id,
            weeks=[week.first_on.isoformat() for week in weeks],
            seats=len(seats),
            people=len({seat.enrollment_id for seat in seats}),
        )
        for week in weeks:
            check_program(program=program, week=week, now=now, by=by)
        return tuple(seats)


@transaction.atomic
def return_seat(*, seat: MakeUpSeat, program: Program, now: datetime, by: User | None) -> None:
    """Give one seat back. Raises CannotSchedule with words."""
    given = give_back_seat(seat=seat, now=now, by=by)
    week = program.week_of(given.session.held_on)
    check_program(program=program, week=week, now=now, by=by)


def _said(refused: CannotSchedule) -> str:
    return " ".join(str(words) for said in refused.words.values() for words in said)


def _weeks_of(program: Program, seats: Iterable[MakeUpSeat]) -> list[Week]:
    """Return the weeks in which the seats are, each once."""
    found = {program.week_of(seat.session.held_on) for seat in seats}
    return sorted(found, key=lambda week: week.first_on)
