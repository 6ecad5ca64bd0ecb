"""Somebody begins later than planned, or not at all; both before the first day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from groups.episodes.beginning import cannot_put_off, places_before
from groups.episodes.ending import Ended, call_off_leaves, end_places
from groups.episodes.locking import in_words, lock_episode, refuse
from groups.episodes.refusals import A_DAY, episode_after, has_begun, today_of
from groups.episodes.steps import Made, write_step
from groups.joining.actions.waiting import promote_all
from groups.joining.combined import give_back_seats_elsewhere, take_seats_elsewhere
from groups.models import GroupMembership, MakeUpSeat
from programs.models import DischargeReason, Enrollment, Standing


def put_off_admission(
    *, enrollment: Enrollment, admitted_on: date, now: datetime, by: User | None
) -> Enrollment:
    """Let somebody who has not begun begin later; what begins with them moves along.

    The planned last day moves by as many days, so that the stay is as long as planned. Sent
    twice, it is done once. Raises CannotSchedule with words by field.
    """
    with in_words(), transaction.atomic():
        row, _groups = lock_episode(enrollment)
        if row.admitted_on == admitted_on:
            return row
        refuse(cannot_put_off(row, admitted_on, now))
        was, places = row.admitted_on, list(places_before(row, admitted_on))
        _give_seats_back(row, admitted_on, now)
        for place in places:
            give_back_seats_elsewhere(place, since=place.first_on, now=now)
            _move(place, admitted_on)
        _move_admission(row, admitted_on)
        for place in places:
            take_seats_elsewhere(place, now=now, by=by)
        facts = {"was": was.isoformat(), "admitted_on": admitted_on.isoformat()}
        _audit("enrollment.put_off", row, by, memberships=len(places), **facts)
        return row


def call_off_enrollment(
    *, enrollment: Enrollment, reason: str = "", now: datetime, by: User | None
) -> Enrollment:
    """Let an enrollment not be that has not begun: its row stays, without dates, and its places.

    Sent twice, it is done once. Raises CannotSchedule with words.
    """
    with in_words(), transaction.atomic():
        row, groups = lock_episode(enrollment)
        if row.discharge_reason == DischargeReason.NEVER_STARTED:
            return row
        refuse(has_begun(row, now))
        ended = end_places(row, row.admitted_on - A_DAY, now)
        ended.detail["leaves"] = [] if episode_after(row) else call_off_leaves(row)
        row.discharged_on = row.admitted_on - A_DAY
        row.discharge_reason = DischargeReason.NEVER_STARTED
        row.save(update_fields=["discharged_on", "discharge_reason"])
        made = Made(now, today_of(row, now), by)
        _declined(row, made, reason, ended)
        _audit("enrollment.called_off", row, by, **ended.counts)
        freed = ended.freed(groups)
        transaction.on_commit(lambda: promote_all(groups=freed, now=now, by=by))
        return row


def _declined(row: Enrollment, made: Made, reason: str, ended: Ended) -> None:
    write_step(
        row,
        came_from=Standing.SCHEDULED,
        to=Standing.DECLINED,
        takes_effect_on=made.today,
        made=made,
        reason=reason,
        detail=ended.detail,
    )


def _move(place: GroupMembership, first_on: date) -> None:
    """Let the place begin with the person; one that is over by then gets no dates."""
    if place.last_on and place.last_on < first_on:
        place.last_on = place.first_on - A_DAY
    else:
        place.first_on = first_on
    place.save(update_fields=["first_on", "last_on"])


def _give_seats_back(enrollment: Enrollment, admitted_on: date, now: datetime) -> None:
    seats = MakeUpSeat.objects.held().filter(enrollment=enrollment)
    before = seats.filter(session__held_on__lt=admitted_on, combined_from=None)
    before.update(released_at=Greatest(F("booked_at"), now))


def _move_admission(enrollment: Enrollment, admitted_on: date) -> None:
    later = admitted_on - enrollment.admitted_on
    if enrollment.planned_discharge_on:
        enrollment.planned_discharge_on += later
    enrollment.admitted_on = admitted_on
    keep(enrollment, otherwise="admitted_on")


def _audit(verb: str, row: Enrollment, by: User | None, **facts: str | int) -> None:
    write_audit(
        verb,
        by=by,
        subject=row,
        participant_id=row.participant.public_id,
        program_id=row.program.public_id,
        **facts,
    )
