"""The make-up seats of one person's week: the fewest that save it, the others, those booked."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.kind_looks import kind_look
from groups.making_up.on_record import on_record
from groups.making_up.refusals import cannot_give_back
from groups.models import MakeUpSeat
from groups.wording import times
from hours.facts import PersonWeek, ProgramWeek
from hours.make_up import Seat, fits
from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.program_week import program_week
from hours.rescue.fewest import Rescue, fewest_seats
from hours.rescue.forms import NEXT
from hours.rescue.lessons import (
    Offers,
    ToMakeUp,
    lesson_offers,
    teaches_words,
    to_make_up,
    with_lessons,
)
from hours.rescue.seat_lines import SeatLine, in_sum, name_of, rooms_of, seat_line
from hours.verdict_looks import LOOKS, Look, standing_of
from hours.verdicts import Verdict
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from hours.wording import hours, session_name
from programs.models import Enrollment, Program
from programs.names import roster_names
from programs.weeks import Week


@dataclass(frozen=True)
class BookedSeat:
    """A seat the person holds this week; `stays` says why it cannot be given back."""

    public_id: uuid.UUID
    session: str
    kind_class: str
    details: str
    makes_up: str
    stays: str


@dataclass(frozen=True)
class Missed:
    """A session of this week in which they were absent, which a seat can make up for."""

    value: str
    label: str


@dataclass(frozen=True)
class Standing:
    """How the week stands: verdict, bar and one sentence."""

    look: Look
    bar: MinuteBar
    words: str


@dataclass(frozen=True)
class Choice:
    """The open seats, those that are needed before the others."""

    needed: tuple[SeatLine, ...] = ()
    title: str = ""
    in_sum: str = ""
    others: tuple[SeatLine, ...] = ()

    @property
    def all_keys(self) -> str:
        """What the button for all needed seats sends."""
        return NEXT.join(line.key for line in self.needed)

    @property
    def is_one_enough(self) -> bool:
        """Whether the needed seats are a single one."""
        return len(self.needed) == 1


@dataclass(frozen=True)
class PersonPage:
    """Everything the template reads."""

    program: Program
    enrollment: Enrollment
    week: Week
    as_of: datetime
    name: str
    problems: Sequence[str]
    instead: str
    standing: Standing | None
    choice: Choice
    booked: tuple[BookedSeat, ...]
    missed: tuple[Missed, ...]
    to_make_up: ToMakeUp | None


def person_page(
    *,
    program: Program,
    enrollment: Enrollment,
    week: Week,
    now: datetime,
    problems: Sequence[str] = (),
) -> PersonPage:
    """Return the page of one enrollment's week at this moment."""
    facts, offers = _facts(program, enrollment, week, now)
    person = _person_in(facts, enrollment)
    row = weekly_hours_of(person, facts) if facts and person else None
    return PersonPage(
        program=program,
        enrollment=enrollment,
        week=week,
        as_of=now,
        name=_name(facts, enrollment),
        problems=problems,
        instead=_instead(facts, person),
        standing=_standing(row) if row else None,
        choice=_choice(row, week, offers) if row else Choice(),
        booked=_booked(enrollment, program, week, now),
        missed=_missed(row, week, now),
        to_make_up=to_make_up(program, enrollment, offers),
    )


def _facts(
    program: Program, enrollment: Enrollment, week: Week, now: datetime
) -> tuple[ProgramWeek | None, Offers]:
    """Return the week, and the missing lessons that its open seats would give this person."""
    facts = program_week(program, week=week, as_of=now)
    person = _person_in(facts, enrollment)
    if facts is None or person is None:
        return facts, {}
    offers = lesson_offers(program, replace(facts, people=(person,)), now=now)
    return with_lessons(facts, offers), offers.get(enrollment.pk, {})


def is_saved(program: Program, enrollment: Enrollment, week: Week, now: datetime) -> bool:
    """Return whether the person has, or can still reach, what the week asks for."""
    facts = program_week(program, week=week, as_of=now)
    person = _person_in(facts, enrollment)
    if facts is None or person is None:
        return False
    row = weekly_hours_of(person, facts)
    return row.verdict is Verdict.EXEMPT or row.slack >= 0


def rescue_of(row: WeeklyHours) -> Rescue:
    """Return the fewest seats that bring the row to its requirement."""
    if row.verdict is Verdict.EXEMPT:
        return Rescue((), 0)
    return fewest_seats(row.person.seats, short=-row.slack, busy=row.person.busy)


def _person_in(facts: ProgramWeek | None, enrollment: Enrollment) -> PersonWeek | None:
    people = facts.people if facts else ()
    return next((each for each in people if each.enrollment_key == enrollment.pk), None)


def _name(facts: ProgramWeek | None, enrollment: Enrollment) -> str:
    """Return the name as the board has it, told apart from the others of the week."""
    others = (
        [each for each in facts.people if each.enrollment_key != enrollment.pk] if facts else []
    )
    person = enrollment.participant
    return roster_names([*others, person])[person.chart_number]


def _instead(facts: ProgramWeek | None, person: PersonWeek | None) -> str:
    if facts is None:
        return _("No rule covers this week, so no hours are asked for. Choose a later week.")
    if person is None:
        return _("They are not enrolled in this week. Choose a week of their enrollment.")
    return ""


def _standing(row: WeeklyHours) -> Standing:
    bar = minute_bar(row, scale=scale_of([row]))
    return Standing(LOOKS[standing_of(row)], bar, _words(row, rescue_of(row)))


def _words(row: WeeklyHours, rescue: Rescue) -> str:
    if row.verdict is Verdict.EXEMPT:
        return _("This week is not held to the minimum. No seat is needed.")
    if row.slack >= 0:
        return _("No seat is needed: %(spare)s to spare.") % {"spare": hours(row.slack)}
    short = {"short": hours(-row.slack)}
    if row.verdict is Verdict.NOT_MET:
        return _("The week is over, %(short)s short. Seats are booked while a week runs.") % short
    if not rescue.seats:
        return _("%(short)s short, and no open seat fits. Review the plan of care.") % short
    count = len(rescue.seats)
    if rescue.reaches:
        words = ngettext(
            "%(short)s short. %(count)s seat is enough.",
            "%(short)s short. %(count)s seats are enough.",
            count,
        )
        return words % (short | {"count": count})
    words = ngettext(
        "%(short)s short. The best open seat leaves %(left)s short. Review the plan of care.",
        "%(short)s short. The best %(count)s open seats leave %(left)s short. Review the plan of"
        " care.",
        count,
    )
    return words % (short | {"count": count, "left": hours(rescue.short - rescue.minutes)})


def _choice(row: WeeklyHours, week: Week, offers: Offers) -> Choice:
    """Return the seats that are needed, in order of time, and the other open ones.

    Of the others those come first that give lessons the person is missing.
    """
    rescue = rescue_of(row)
    fitting = [seat for seat in row.person.seats if fits(seat, row.person.busy)]
    others = [seat for seat in fitting if seat not in rescue.seats]
    others.sort(key=lambda seat: (not seat.lessons, seat.starts_at, seat.group))
    rooms = rooms_of(fitting) if fitting else {}

    def line(seat: Seat) -> SeatLine:
        teaches = teaches_words(offers.get(seat.session_id, ()))
        return seat_line(seat, row, rooms, week.zone, teaches=teaches)

    title = _("The fewest seats that are enough") if rescue.reaches else _("The best there is")
    return Choice(
        needed=tuple(map(line, rescue.seats)),
        title=title,
        in_sum=in_sum(row, rescue.minutes),
        others=tuple(map(line, others)),
    )


def _booked(
    enrollment: Enrollment, program: Program, week: Week, now: datetime
) -> tuple[BookedSeat, ...]:
    held = MakeUpSeat.objects.held().filter(
        enrollment=enrollment,
        session__group__program=program,
        session__held_on__range=(week.first_on, week.last_on),
    )
    rows = held.select_related("session__group", "session__room", "makes_up__group")
    seats = list(rows.order_by("session__starts_at"))
    recorded = on_record(enrollment, [seat.session_id for seat in seats]) if seats else {}
    return tuple(
        _booked_seat(seat, week, now, is_recorded=seat.session_id in recorded) for seat in seats
    )


def _booked_seat(seat: MakeUpSeat, week: Week, now: datetime, *, is_recorded: bool) -> BookedSeat:
    session, missed = seat.session, seat.makes_up
    when = times(session.starts_at, session.ends_at, week.zone)
    made_up = ""
    if missed is not None:
        made_up = _("makes up for %(session)s") % {"session": name_of(missed, week.zone)}
    return BookedSeat(
        public_id=seat.public_id,
        session=name_of(session, week.zone),
        kind_class=kind_look(session.group.kind).css,
        details=" · ".join(filter(None, [when, session.room.name if session.room else ""])),
        makes_up=made_up,
        stays=cannot_give_back(seat, now, is_recorded=is_recorded),
    )


def _missed(row: WeeklyHours | None, week: Week, now: datetime) -> tuple[Missed, ...]:
    lines = row.person.lines if row else ()
    return tuple(
        Missed(str(line.session_id), session_name(line, week.zone))
        for line in lines
        if line.has_record and not line.stretches and line.ends_at <= now
    )
