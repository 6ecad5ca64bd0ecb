"""Brings the rows of a change back to what they were, as long as nobody has changed them since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _

from groups.models import (
    Facilitation,
    GroupSession,
    MakeUpSeat,
    MeetingPattern,
    ScheduleChange,
    SessionStatus,
)
from groups.schedule.clashes import Clash, clashes_of
from groups.schedule.fixed import fixed_among
from groups.schedule.placing import closed_dates
from groups.schedule.proposal import Proposal
from groups.schedule.snapshot import COLUMNS, Snapshot, keys_in, restored, rows_in, snapshot_of
from groups.schedule.writing import withdraw
from programs.models import Closure


class CannotUndo(Exception):
    """The change stays: why, in words, and the clashes that stand in the way."""

    def __init__(self, words: str, clashes: Iterable[Clash] = ()) -> None:
        super().__init__(words)
        self.words, self.clashes = words, tuple(clashes)


def check_undo(change: ScheduleChange, now: datetime) -> None:
    """Raise CannotUndo where the rows have changed since, or their old place is none any more."""
    if change.undone_at is not None:
        raise CannotUndo(_("This change is undone already."))
    sessions = keys_in(change.after, GroupSession)
    moved = _altered(change, sessions)
    if fixed_among(moved):
        raise CannotUndo(_("Attendance has been recorded since: the sessions stay as they are."))
    if _has_changed(change):
        raise CannotUndo(_("Somebody has changed this again since: undo that first."))
    if words := _no_place(change, now):
        raise CannotUndo(words)
    hard = [each for each in _in_the_way(change) if each.is_hard]
    if hard:
        raise CannotUndo(_("The old place is taken meanwhile."), hard)


def _has_changed(change: ScheduleChange) -> bool:
    found = snapshot_of(
        patterns=keys_in(change.after, MeetingPattern),
        sessions=keys_in(change.after, GroupSession),
        seats=keys_in(change.after, MakeUpSeat),
    )
    return _lasting(found) != _lasting(change.after)


def _no_place(change: ScheduleChange, now: datetime) -> str:
    """Return why the place before is none any more, in words; empty where it is."""
    if _was_closed(change):
        return _("The closure has been removed since: the sessions are held.")
    if any(datetime.fromisoformat(row["ends_at"]) <= now for row in _held_again(change)):
        return _("These sessions would be over already.")
    days = [date.fromisoformat(row["held_on"]) for row in _held_again(change)]
    if days and set(days) & closed_dates(change.program, min(days), max(days)).keys():
        return _("The old day has been closed since.")
    if _lost_its_host(change):
        return _("The session that took its people in has changed since.")
    return ""


def _held_again(change: ScheduleChange) -> list[dict]:
    """Return the rows that undoing holds at a place where the change holds them no more."""
    before, after = (rows_in(each, GroupSession) for each in (change.before, change.after))
    place = ("status", "held_on", "starts_at", "ends_at")
    return [
        row
        for key, row in before.items()
        if row["status"] == SessionStatus.SCHEDULED
        and any(after.get(key, {}).get(name) != row[name] for name in place)
    ]


def _lost_its_host(change: ScheduleChange) -> bool:
    """Return whether people would be sent to a session that is not held that day any more."""
    rows = [row for row in rows_in(change.before, GroupSession).values() if row["combined_into"]]
    hosts = GroupSession.objects.in_bulk([row["combined_into"] for row in rows])
    return any(
        hosts[row["combined_into"]].status != SessionStatus.SCHEDULED
        or hosts[row["combined_into"]].held_on.isoformat() != row["held_on"]
        for row in rows
    )


def _was_closed(change: ScheduleChange) -> bool:
    """Return whether the change brings back a cancellation for a closure that is no more."""
    rows = rows_in(change.before, GroupSession).values()
    closures = {row["cancelled_for"] for row in rows} - {None}
    return Closure.objects.in_force().filter(pk__in=closures).count() < len(closures)


def _lasting(snapshot: Snapshot) -> Snapshot:
    """Return the rows that only another change may alter: people give seats back on their own."""
    seats = MakeUpSeat._meta.model_name
    return {table: rows for table, rows in snapshot.items() if table != seats}


def _altered(change: ScheduleChange, sessions: Iterable[int]) -> list[int]:
    """Return the sessions (keys) that the change did more to than give them another slot."""
    before, after = (rows_in(each, GroupSession) for each in (change.before, change.after))
    return [key for key in sessions if _told(before, key) != _told(after, key)]


def _told(rows: dict, key: int) -> dict:
    row = rows.get(str(key), {})
    return {name: value for name, value in row.items() if name not in ("pattern", "slot_on")}


def _in_the_way(change: ScheduleChange) -> list[Clash]:
    """Return what the sessions would run into where they were before."""
    rows = rows_in(change.before, GroupSession)
    stored = GroupSession.objects.in_bulk([int(key) for key in rows])
    leaders = _leaders(change)
    held = [
        _proposal(restored(stored[int(key)], row), leaders.get(int(key), ()))
        for key, row in rows.items()
        if row["status"] == SessionStatus.SCHEDULED
    ]
    replaced = keys_in(change.after, GroupSession)
    return clashes_of(held, program=change.program, replaced=replaced)


def _leaders(change: ScheduleChange) -> dict[int, tuple[int, ...]]:
    """Return who led each session before (users' keys), by its key."""
    leading = [
        int(key)
        for key, row in rows_in(change.before, Facilitation).items()
        if not row["is_former"]
    ]
    found: dict[int, tuple[int, ...]] = {}
    for row in Facilitation.objects.filter(pk__in=leading).order_by("user"):
        found[row.session_id] = (*found.get(row.session_id, ()), row.user_id)
    return found


def _proposal(session: models.Model, leaders: tuple[int, ...]) -> Proposal:
    assert isinstance(session, GroupSession)  # noqa: S101 (restored() keeps the row's own type)
    return Proposal(
        key=session.pk,
        group=session.group_id,
        held_on=session.held_on,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        breaks=tuple(session.breaks),
        room=session.room_id,
        leaders=leaders,
    )


def bring_back(change: ScheduleChange, now: datetime) -> None:
    """Write the rows as they were before; what the change added is withdrawn, never deleted."""
    _withdraw_added(Facilitation, change, now)
    _stop_leading(change.before)
    _give_back_seats(change, now)
    _withdraw_added(GroupSession, change, now)
    _withdraw_since(change, now)
    for model in COLUMNS:
        _restore(model, change.before)
    _withdraw_added(MeetingPattern, change, now)


def _withdraw_added(model: type[models.Model], change: ScheduleChange, now: datetime) -> None:
    added = set(keys_in(change.after, model)) - set(keys_in(change.before, model))
    withdraw(model, added, now)


def _give_back_seats(change: ScheduleChange, now: datetime) -> None:
    """Give back the seats elsewhere that the change gave, and those of people who joined since."""
    sessions = keys_in(change.before, GroupSession)
    cancelled = GroupSession.objects.filter(pk__in=sessions, combined_into__isnull=False)
    added = set(keys_in(change.after, MakeUpSeat)) - set(keys_in(change.before, MakeUpSeat))
    held = MakeUpSeat.objects.held()
    seats = held.filter(pk__in=added) | held.filter(combined_from__in=cancelled)
    seats.update(released_at=now)


def _withdraw_since(change: ScheduleChange, now: datetime) -> None:
    """Withdraw the sessions that slots begun by the change were given since, by the night's run."""
    begun = set(keys_in(change.after, MeetingPattern)) - set(keys_in(change.before, MeetingPattern))
    since = GroupSession.objects.in_calendar().filter(pattern__in=begun)
    since = since.exclude(pk__in=keys_in(change.after, GroupSession)).filter(starts_at__gt=now)
    withdraw(GroupSession, since.values_list("pk", flat=True), now)


def _stop_leading(before: Snapshot) -> None:
    """Let go of everybody first, so that nobody is in two places for a moment."""
    Facilitation.objects.filter(pk__in=keys_in(before, Facilitation)).update(is_former=True)


def _restore(model: type[models.Model], before: Snapshot) -> None:
    values = rows_in(before, model)
    rows = model._default_manager.in_bulk([int(key) for key in values])
    changed = [restored(rows[int(key)], row) for key, row in values.items()]
    model._default_manager.bulk_update(changed, list(COLUMNS[model]))
