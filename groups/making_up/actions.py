"""A make-up seat is taken and given back. The last one is taken once, whoever asks for it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from groups.joining.locking import in_words, lock_groups
from groups.making_up.on_record import on_record
from groups.making_up.refusals import Wish, cannot_give_back, cannot_take
from groups.models import GroupSession, MakeUpSeat
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment


def take_seat(
    *,
    session: GroupSession,
    enrollment: Enrollment,
    now: datetime,
    by: User | None,
    makes_up: GroupSession | None = None,
) -> MakeUpSeat:
    """Give the person a seat in one session; they are on its sheet from now on.

    `makes_up` is the session they missed, where the seat makes up for a certain one. Raises
    CannotSchedule with words.
    """
    with in_words(), transaction.atomic():
        wish = Wish(_locked(session), _anew(enrollment), makes_up)
        _refuse(cannot_take(wish, now))
        seat = MakeUpSeat.objects.create(
            session=wish.session,
            enrollment=wish.enrollment,
            makes_up=makes_up,
            booked_by=by,
            booked_at=now,
        )
        _audit("make_up.taken", seat, by)
        return seat


def give_back_seat(*, seat: MakeUpSeat, now: datetime, by: User | None) -> MakeUpSeat:
    """Give the seat back while its session is still to come; given back twice, it is so once.

    Raises CannotSchedule with words.
    """
    with in_words(), transaction.atomic():
        session = _locked(seat.session)
        rows = MakeUpSeat.objects.select_for_update(of=("self",))
        found = rows.select_related("enrollment__participant__merged_into").get(pk=seat.pk)
        if found.released_at is not None:
            return found
        found.session = session
        is_recorded = bool(on_record(found.enrollment, [session.pk]))
        _refuse(cannot_give_back(found, now, is_recorded=is_recorded))
        found.released_at, found.released_by = max(now, found.booked_at), by
        found.save(update_fields=["released_at", "released_by"])
        _audit("make_up.given_back", found, by)
        return found


def _locked(session: GroupSession) -> GroupSession:
    """Return the session as it is now, locked with its group as by everybody who takes a seat.

    Whoever records attendance in it waits as well.
    """
    lock_groups(session.group)
    rows = GroupSession.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group__program__site").get(pk=session.pk)


def _anew(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment as it is now."""
    rows = Enrollment.objects.select_related("participant__merged_into", "program__site")
    return rows.get(pk=enrollment.pk)


def _refuse(words: str) -> None:
    if words:
        raise CannotSchedule({NON_FIELD_ERRORS: [words]})


def _audit(verb: str, seat: MakeUpSeat, by: User | None) -> None:
    session, missed = seat.session, seat.makes_up
    write_audit(
        verb,
        by=by,
        subject=seat,
        participant_id=seat.enrollment.participant.public_id,
        program_id=session.group.program.public_id,
        session=str(session.public_id),
        held_on=session.held_on.isoformat(),
        makes_up=str(missed.public_id) if missed else None,
    )
