"""Somebody is away for a while with the program's agreement, comes back, or stays after all.

A leave belongs to the person; its steps stand in the episode that its date falls into. Rosters
that are over or recorded stay as they were.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from groups.episodes.away import (
    cannot_begin_leave,
    cannot_call_off,
    cannot_come_back,
    cannot_extend,
    episode_of,
)
from groups.episodes.locking import in_words, lock_episode, refuse
from groups.episodes.refusals import A_DAY, today_of
from groups.episodes.steps import Made, standing_on, write_step
from groups.schedule.lock import schedule_lock
from programs.models import STEPS, Enrollment, Leave, Standing


def begin_leave(
    *,
    enrollment: Enrollment,
    first_on: date,
    last_on: date | None,
    reason: str,
    now: datetime,
    by: User | None,
) -> Leave:
    """Let the person be away from the first day to the last, both included; open where None.

    Sent twice, it is done once. Raises CannotSchedule with words by field.
    """
    with in_words(), transaction.atomic():
        row, _groups = lock_episode(enrollment)
        same = Leave.objects.filter(participant=row.participant, first_on=first_on)
        if standing := same.filter(last_on=last_on).first():
            return standing
        refuse(cannot_begin_leave(row, first_on, last_on, now))
        before = standing_on(row, first_on)
        leave = Leave.objects.create(
            participant=row.participant, first_on=first_on, last_on=last_on, reason=reason
        )
        _step(row, before, first_on, Made(now, today_of(row, now), by))
        _audit("leave.begun", leave, row, by)
        return leave


def end_leave(*, leave: Leave, last_on: date, now: datetime, by: User | None) -> Leave:
    """Let the person be back earlier, or on a day at last known. Raises CannotSchedule."""
    with in_words(), transaction.atomic():
        row = _locked(leave)
        if row.last_on == last_on:
            return row
        refuse(cannot_come_back(row, last_on, now))
        return _until(row, last_on, last_on + A_DAY, "leave.ended", now, by)


def extend_leave(*, leave: Leave, last_on: date | None, now: datetime, by: User | None) -> Leave:
    """Let the person be away longer; open where no last day is known. Raises CannotSchedule."""
    with in_words(), transaction.atomic():
        row = _locked(leave)
        if row.last_on == last_on:
            return row
        refuse(cannot_extend(row, last_on, now))
        effect_on = row.last_on + A_DAY if row.last_on else row.first_on
        return _until(row, last_on, effect_on, "leave.extended", now, by)


def call_off_leave(*, leave: Leave, now: datetime, by: User | None) -> Leave:
    """Let a leave not be that has not begun: its row has no dates then. Raises CannotSchedule."""
    with in_words(), transaction.atomic():
        row, never = _locked(leave), leave.first_on - A_DAY
        if row.last_on == never:
            return row
        refuse(cannot_call_off(row, now))
        return _until(row, never, row.first_on, "leave.called_off", now, by)


def _locked(leave: Leave) -> Leave:
    """Return the leave as it is now; the calendar is locked before it."""
    schedule_lock()
    rows = Leave.objects.select_for_update(of=("self",))
    return rows.select_related("participant").get(pk=leave.pk)


def _until(
    leave: Leave,
    last_on: date | None,
    effect_on: date,
    verb: str,
    now: datetime,
    by: User | None,
) -> Leave:
    """Write another last day of the leave, which holds from `effect_on` on."""
    enrollment = episode_of(leave, effect_on)
    before = standing_on(enrollment, effect_on) if enrollment else None
    leave.last_on = last_on
    leave.save(update_fields=["last_on"])
    if enrollment and before:
        _step(enrollment, before, effect_on, Made(now, today_of(enrollment, now), by))
    _audit(verb, leave, enrollment, by)
    return leave


def _step(enrollment: Enrollment, before: Standing, effect_on: date, made: Made) -> None:
    """Write the step, where the standing on the date is another one than before."""
    to = standing_on(enrollment, effect_on)
    if to in STEPS[before]:
        write_step(enrollment, came_from=before, to=to, takes_effect_on=effect_on, made=made)


def _audit(verb: str, leave: Leave, enrollment: Enrollment | None, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=leave,
        participant_id=leave.participant.public_id,
        program_id=enrollment.program.public_id if enrollment else None,
        first_on=leave.first_on.isoformat(),
        last_on=leave.last_on.isoformat() if leave.last_on else None,
    )
