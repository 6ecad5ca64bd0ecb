"""Why a make-up seat cannot be taken or given back, in words; empty where it can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from groups.episodes.rosters import sessions_with
from groups.making_up.on_record import on_record
from groups.models import Format, GroupSession, MakeUpSeat, SessionStatus
from groups.roster import expected_at
from groups.wording import clock
from programs.models import Enrollment, Leave


@dataclass(frozen=True)
class Wish:
    """One seat for one person, and the missed session it makes up for, where it is a certain one.

    The session is read with its group, program and site, the enrollment with its participant.
    """

    session: GroupSession
    enrollment: Enrollment
    makes_up: GroupSession | None = None


def cannot_take(wish: Wish, now: datetime) -> str:
    """Return the first thing that speaks against the seat."""
    checks = (_of_the_session, _of_the_person, _of_their_other_sessions, _of_the_seats)
    said = (words for check in checks for words in check(wish, now))
    return next(said, "") or next(_of_what_was_missed(wish), "")


def cannot_give_back(seat: MakeUpSeat, now: datetime, *, is_recorded: bool) -> str:
    """Return why the seat stays taken; its session is read as it is now."""
    session = seat.session
    if seat.combined_from_id is not None:
        return _("This seat came with a combined session. Reinstate that session instead.")
    if session.status == SessionStatus.SCHEDULED and session.starts_at <= now:
        return _("The session has begun. Mark on its sheet who was there.")
    if is_recorded:
        return _("They are on record in this session already. Take the record back first.")
    return ""


def _of_the_session(wish: Wish, now: datetime) -> Iterator[str]:
    session = wish.session
    if session.status == SessionStatus.WITHDRAWN:
        yield _("This session is not in the calendar any more. Choose another one.")
    if session.status == SessionStatus.CANCELLED:
        yield _("This session is cancelled. Choose another one.")
    if session.starts_at <= now:
        yield _("This session has begun. Choose one that is still to come.")
    if session.group.program_id != wish.enrollment.program_id:
        yield _("This session belongs to another program. Choose one of theirs.")
    if session.group.format == Format.CLOSED:
        words = _("%(group)s is a closed group and takes no guests. Choose an open one.")
        yield words % {"group": session.group.name}


def _of_the_person(wish: Wish, now: datetime) -> Iterator[str]:
    day, enrollment = wish.session.held_on, wish.enrollment
    if not Enrollment.objects.covering(day).filter(pk=enrollment.pk).exists():
        yield _("They are not enrolled on this day. Choose a day of their enrollment.")
    if Leave.objects.on(day).filter(participant__in=_records_of(enrollment)).exists():
        yield _("They are on leave on this day. Choose a day after the leave.")


def _of_their_other_sessions(wish: Wish, now: datetime) -> Iterator[str]:
    session, theirs = wish.session, _records_of(wish.enrollment)
    if expected_at(session).filter(participant__in=theirs).exists():
        yield _("They are expected in this session already.")
    if on_record(wish.enrollment, [session.pk]):
        yield _("They are on record in this session already.")
    everywhere = Enrollment.objects.of_person(wish.enrollment.participant.kept)
    overlapping = sessions_with(everywhere).filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    if other := overlapping.select_related("group").order_by("starts_at").first():
        words = _("They are expected in %(group)s at %(time)s. Choose a session at another time.")
        yield words % {
            "group": other.group.name,
            "time": clock(other.starts_at, session.group.program.zone),
        }


def _of_the_seats(wish: Wish, now: datetime) -> Iterator[str]:
    people = Count("participant", distinct=True)
    taken = expected_at(wish.session).aggregate(taken=people)["taken"]
    if taken >= wish.session.group.capacity:
        yield _("The last seat has been taken. Choose another session.")


def _of_what_was_missed(wish: Wish) -> Iterator[str]:
    missed = wish.makes_up
    if missed is None:
        return
    if missed.group.program_id != wish.enrollment.program_id:
        yield _("The missed session belongs to another program. Choose one of theirs.")
    if missed.starts_at >= wish.session.starts_at:
        yield _("A seat makes up for an earlier session. Choose one that came before it.")
    if not on_record(wish.enrollment, [missed.pk]).get(missed.pk):
        yield _("They are not on record as absent in the missed session. Choose another one.")


def _records_of(enrollment: Enrollment) -> list[int]:
    """Return the person's records (keys): the one that is kept, and the enrollment's own."""
    person = enrollment.participant
    return [person.pk, person.kept.pk]
