"""Who has called the demo clinic and is not in yet. All of them are invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from iop.demo.episodes import ADMISSIONS, at
from iop.demo.folder import ZONE
from iop.demo.timetable import DAY, EVENING
from programs.models import (
    EpisodeStep,
    Participant,
    Program,
    Referral,
    ReferralStatus,
    Standing,
)
from programs.weeks import local_date

# Program, name, birth date, phone; days since the call, days on the waiting list (or a dash);
# who referred them, how they come in, from which care (or a dash), why declined (or a dash).
CALLS = f"""
{DAY}, Imogen Castellano, 1991-04-18, +13125550181, 9, 8, hospital, step_down, inpatient, -
{DAY}, Bashir Al-Sayed, 1984-11-02, +13125550182, 6, 5, self, direct, -, -
{EVENING}, Petra Lindqvist, 1977-07-25, +13125550183, 12, 10, outpatient, step_up, outpatient, -
{EVENING}, Darnell Whitfield, 1999-01-30, +13125550184, 1, -, residential, step_down, php, -
{DAY}, Soledad Marín, 1988-09-09, +13125550185, 0, -, family, direct, -, -
{EVENING}, Gareth Pryce, 1969-03-14, +13125550186, 20, 15, court, direct, -, chose_elsewhere
"""


@dataclass(frozen=True)
class Caller:
    """One line of the calls; days count back from today."""

    program: str
    name: str
    born: str
    phone: str
    called: int
    waits: int | None
    source: str
    admission: str
    came_from: str
    declined: str


def callers() -> Iterable[Caller]:
    """Return who has called."""
    for line in CALLS.strip().splitlines():
        program, name, born, phone, called, waits, *rest = line.split(", ")
        days = None if waits == "-" else int(waits)
        facts = [each.removeprefix("-") for each in rest]
        yield Caller(program, name, born, phone, int(called), days, *facts)


def take_calls(now: datetime) -> None:
    """Put everybody who has called on record, as far as they have come."""
    by = User.objects.get(email=ADMISSIONS)
    for caller in callers():
        _call(caller, Program.objects.get(code=caller.program), now, by)


def _call(caller: Caller, program: Program, now: datetime, by: User) -> None:
    """Put a caller on record, as far as they have come."""
    today = local_date(now, ZONE)
    waits = at(today - timedelta(days=caller.waits)) if caller.waits is not None else None
    referral = _referral(caller, program, today, waits)
    came_from = ""
    for to, made_at in _came_so_far(caller, referral.referred_on, waits, today):
        EpisodeStep.objects.create(
            referral=referral,
            participant=referral.participant,
            program=program,
            came_from=came_from,
            to=to,
            takes_effect_on=local_date(made_at, ZONE),
            made_at=min(made_at, now),
            made_by=by,
        )
        came_from = to


def _referral(caller: Caller, program: Program, today: date, waits: datetime | None) -> Referral:
    status = ReferralStatus.WAITLISTED if waits else ReferralStatus.REFERRED
    return Referral.objects.create(
        participant=_participant(caller),
        program=program,
        referred_on=today - timedelta(days=caller.called),
        source=caller.source,
        admission=caller.admission,
        came_from=caller.came_from,
        wanted_on=today + timedelta(days=5),
        waitlisted_at=waits,
        status=ReferralStatus.DECLINED if caller.declined else status,
        decline_reason=caller.declined,
    )


def _participant(caller: Caller) -> Participant:
    first, _, last = caller.name.partition(" ")
    return Participant.objects.create(
        chart_number=f"N-{caller.phone[-4:]}",
        first_name=first,
        last_name=last,
        birth_date=date.fromisoformat(caller.born),
        phone=caller.phone,
    )


def _came_so_far(
    caller: Caller, called_on: date, waits: datetime | None, today: date
) -> Iterable[tuple[Standing, datetime]]:
    yield Standing.REFERRED, at(called_on, hour=9)
    if waits:
        yield Standing.WAITLISTED, waits
    if caller.declined:
        yield Standing.DECLINED, at(today - timedelta(days=4))
