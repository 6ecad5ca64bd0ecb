"""Somebody goes on to another program here: the old episode ends the day before the new begins.

Who has no say in the other program refers them there instead; it enrolls them itself.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from groups.enrolling.program_seats import lock_program, seats_in
from groups.episodes.actions.discharging import Leaving, end_episode
from groups.episodes.going_on import Onward, cannot_go_on
from groups.episodes.levels import (
    DESTINATION_AT,
    REASON_OF,
    SOURCE_AT,
    care_before,
    level,
)
from groups.episodes.locking import in_words, lock_episode, refuse, say
from groups.episodes.refusals import A_DAY, today_of
from groups.episodes.steps import Made
from groups.joining.places import Accepted, begin, facts_of
from groups.joining.stay import Stay, refusals, warnings
from groups.schedule.edit import CannotSchedule
from programs.admitting import keep_episode
from programs.models import (
    Admission,
    Destination,
    Enrollment,
    Program,
    Referral,
    ReferralSource,
    Standing,
)
from programs.referring.open_call import lead_here, open_call_of
from programs.referring.steps import Step, write_step


def transfer(
    *, enrollment: Enrollment, onward: Onward, now: datetime, by: User | None
) -> Enrollment:
    """End the episode the day before and begin one in the other program; return the new one.

    Sent twice, it is done once. Raises CannotSchedule: with words by field, or with the clashes
    where a warning has no reason.
    """
    with in_words(), transaction.atomic():
        old, groups = lock_episode(enrollment, onward.groups)
        if new := _made_before(old, onward):
            return new
        refuse(cannot_go_on(old, onward, now))
        is_over_seats = _take_seat(onward)
        end_episode(enrollment=old, leaving=_leaving(old, onward), groups=groups, now=now, by=by)
        new = _admit(old, onward, Made(now, today_of(old, now), by))
        for group in onward.groups:
            _join(Stay(groups[group.pk], new, onward.first_on), onward.override, now, by)
        facts = {"left": str(old.public_id), "groups": len(onward.groups)}
        _audit("enrollment.transferred", new, by, is_over_seats=is_over_seats, **facts)
        return new


def refer_on(*, enrollment: Enrollment, onward: Onward, now: datetime, by: User | None) -> Referral:
    """End the episode and refer the person to the other program, which enrolls them itself.

    Sent twice, it is done once. Raises CannotSchedule with words by field.
    """
    with in_words(), transaction.atomic():
        old, groups = lock_episode(enrollment)
        ended = old.discharged_on == onward.first_on - A_DAY
        standing = _open_referral(old, onward.to_program)
        if ended and standing:
            return standing
        refuse(cannot_go_on(old, onward, now))
        leaving = _leaving(old, onward, goes_on=False)
        end_episode(enrollment=old, leaving=leaving, groups=groups, now=now, by=by)
        made = Made(now, today_of(old, now), by)
        referral = standing or _refer(old, onward, made)
        _audit("enrollment.referred_on", referral, by, left=str(old.public_id))
        return referral


def _made_before(old: Enrollment, onward: Onward) -> Enrollment | None:
    """Return the episode there where the same transfer was made before."""
    if old.discharged_on != onward.first_on - A_DAY:
        return None
    theirs = Enrollment.objects.of_person(old.participant.kept).begun()
    return theirs.filter(program=onward.to_program, admitted_on=onward.first_on).first()


def _take_seat(onward: Onward) -> bool:
    """Take a seat of the other program; return whether a reason goes over its seats."""
    program = lock_program(onward.to_program)
    if seats_in([program], first_on=onward.first_on)[program.pk]:
        return False
    if not onward.override.strip():
        words = _("All seats there are taken from this day. Say why one more may come in.")
        refuse(say(words, "override"))
    return True


def _leaving(old: Enrollment, onward: Onward, *, goes_on: bool = True) -> Leaving:
    destination = DESTINATION_AT.get(level(onward.to_program), Destination.OTHER)
    last_on, reason = onward.first_on - A_DAY, REASON_OF[Admission(onward.admission)]
    return Leaving(last_on, reason, destination, onward.note, goes_on)


def _admit(old: Enrollment, onward: Onward, made: Made) -> Enrollment:
    new = Enrollment(
        participant=old.participant.kept,
        program=onward.to_program,
        admitted_on=onward.first_on,
        admission=onward.admission,
        came_from=care_before(old.program, onward.admission),
        planned_discharge_on=onward.planned_discharge_on,
    )
    keep_episode(new, otherwise="first_on")
    to = Standing.SCHEDULED if onward.first_on > made.today else Standing.ACTIVE
    call, came_from = lead_here(new)
    step = Step(came_from, to, onward.first_on, made.now, made.by)
    write_step(step, referral=call, enrollment=new)
    return new


def _join(stay: Stay, override: str, now: datetime, by: User | None) -> None:
    why = [each for said in refusals(stay, now).values() for each in said]
    refuse({"first_on": why} if why else {})
    clashes = warnings(stay, now)
    if clashes and not override.strip():
        raise CannotSchedule(clashes=clashes)
    accepted = Accepted(clashes, override, now, by)
    place = begin(stay, accepted)
    write_audit("membership.started", by=by, overridden=accepted.kinds, **facts_of(place))


def _open_referral(old: Enrollment, program: Program) -> Referral | None:
    return open_call_of(old.participant.kept, program).first()


def _refer(old: Enrollment, onward: Onward, made: Made) -> Referral:
    came_from = care_before(old.program, onward.admission)
    referral = Referral(
        participant=old.participant.kept,
        program=onward.to_program,
        referred_on=made.today,
        source=SOURCE_AT.get(level(old.program), ReferralSource.OTHER),
        source_name=old.program.name,
        admission=onward.admission,
        came_from=came_from,
        wanted_on=onward.first_on,
        note=onward.note,
    )
    keep(referral, otherwise=NON_FIELD_ERRORS)
    step = Step("", Standing.REFERRED, made.today, made.now, made.by)
    write_step(step, referral=referral)
    return referral


def _audit(verb: str, row: Enrollment | Referral, by: User | None, **facts: object) -> None:
    write_audit(
        verb,
        by=by,
        subject=row,
        participant_id=row.participant.public_id,
        program_id=row.program.public_id,
        **facts,
    )
