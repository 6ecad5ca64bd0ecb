"""The calendar as it would be: sessions on record, those the schedule adds, and the closed days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After
from attendance.clinic_folder.problems import FolderRefused, Problem, Problems
from attendance.clinic_folder.rows import ClosureRow, Key, Row, SlotRow
from attendance.clinic_folder.sessions import Session, SessionKey, Shared, as_session
from groups.meeting_dates import Meeting, meeting_on, meetings_of

# Forty slots a week make as many in fifty years.
MOST_ADDED = 100_000


@dataclass
class Calendar:
    """Every session after the import, those on record before it, and what stands in the way."""

    before: dict[SessionKey, Session]
    sessions: dict[SessionKey, Session]
    problems: Problems = field(default_factory=Problems)

    @property
    def changes(self) -> list[tuple[Session, Session]]:
        """The sessions on record that change, as they are and as they would be."""
        return [
            (session, self.sessions[key])
            for key, session in self.before.items()
            if self.sessions[key] != session
        ]

    def on(self, day: date, group: str) -> list[Session]:
        """The group's sessions of that date, in order."""
        return sorted(self._days.get((group, day), []), key=lambda each: each.starts_at)

    @cached_property
    def _days(self) -> dict[tuple[str, date], list[Session]]:
        found: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for session in self.sessions.values():
            found[session.group, session.held_on].append(session)
        return found


def amendment_page(session: Session) -> str:
    """Return where a signed session is amended."""
    page = session.record.page if session.record else ""
    return _("amend it on the session's page: /sessions/%(page)s/amend/") % {"page": page}


def lay_out(after: After, before: dict[SessionKey, Session], until: date) -> Calendar:
    """Return the calendar to `until`: pure, so that all is checked before a row is written.

    Raises FolderRefused where the folder adds more sessions than any clinic holds.
    """
    calendar = Calendar(before, dict(before))
    held: dict[Key | None, list[Session]] = defaultdict(list)
    for session in before.values():
        held[session.slot].append(session)
    for slot in after.schedule.values():
        zone = after.zone_of(slot.group)
        if zone is not None:
            _follow(after, calendar, slot, held[slot.key], zone)
            meetings = meetings_of(slot, zone, until=until)
            _add(after, calendar, slot, held[slot.key], meetings)
            _check_many(after, calendar, slot)
    _close(after, calendar)
    return calendar


def _check_many(after: After, calendar: Calendar, slot: SlotRow) -> None:
    """Stop at lines that meet for two hundred years before they have filled the memory."""
    if len(calendar.sessions) - len(calendar.before) > MOST_ADDED:
        words = _("dates nearer by: a folder adds at most %(most)d sessions")
        problem = slot.problem("first_on", words % {"most": MOST_ADDED})
        raise FolderRefused([*after.folder.problems, problem])


def _add(
    after: After,
    calendar: Calendar,
    slot: SlotRow,
    held: list[Session],
    meetings: Iterable[Meeting],
) -> None:
    """Add the slot's meetings that are not on record. A session moved within its day counts."""
    dates = {session.slot_on for session in held}
    shared = Shared(slot.group, slot.key, _room(after, slot), slot.facilitators)
    for meeting in meetings:
        if meeting.held_on in dates:
            continue
        fresh = as_session(meeting, shared)
        there = calendar.sessions.setdefault(fresh.key, fresh)
        if there is not fresh and _is_left_over(after, there):
            calendar.sessions[fresh.key] = replace(fresh, record=there.record)


def _is_left_over(after: After, session: Session) -> bool:
    """Whether the session's own slot ended before it, so that the group's next slot takes it on."""
    slot = after.schedule.get(session.slot) if session.slot else None
    is_over = slot is not None and slot.last_on is not None and slot.last_on < session.held_on
    return is_over and not (session.record and session.record.is_signed)


def _goes_on(after: After, session: Session, slot: SlotRow) -> bool:
    """Whether another line has the group meet at this very time, so that the session stays."""
    return any(
        other.key != slot.key
        and other.first_on <= session.held_on
        and (other.last_on is None or session.held_on <= other.last_on)
        for other in after.slots_at.get((slot.group, slot.weekday, slot.starts), [])
    )


def _room(after: After, slot: SlotRow) -> tuple[str, str] | None:
    program = after.program_of(slot.group)
    return (program.site, slot.room) if slot.room and program else None


def _follow(
    after: After, calendar: Calendar, slot: SlotRow, held: Iterable[Session], zone: ZoneInfo
) -> None:
    """Let the sessions of a changed line follow it.

    What somebody has given a single session (another room, another facilitator) stays. A signed
    session stays as it was signed.
    """
    before = after.stored.schedule.rows.get(slot.key)
    if before is None or slot == before:
        return
    for session in held:
        changed = _followed(after, session, before, slot, zone)
        is_after = slot.last_on is not None and slot.last_on < session.held_on
        if is_after and not _goes_on(after, session, slot):
            problem = _cannot_cancel(session, slot, "last_on")
            if problem is None:
                changed = replace(changed, is_cancelled=True)
            elif not session.is_cancelled:
                calendar.problems.append(problem)
        if session.record is None or not session.record.is_signed:
            calendar.sessions[session.key] = changed


def _followed(
    after: After, session: Session, before: SlotRow, slot: SlotRow, zone: ZoneInfo
) -> Session:
    """Return the session with what it still had of the old line taken from the new one."""
    old, new = (meeting_on(each, session.held_on, zone) for each in (before, slot))
    if (session.ends_at, session.breaks) == (old.ends_at, old.breaks):
        session = replace(session, ends_at=new.ends_at, breaks=new.breaks)
    if session.room == _room(after, before):
        session = replace(session, room=_room(after, slot))
    leaders = (session.facilitators - (before.facilitators - slot.facilitators)) | (
        slot.facilitators - before.facilitators
    )
    # Only a shortened line cancels a session after its last day, so a longer one brings it back.
    was_after_the_end = before.last_on is not None and session.held_on > before.last_on
    is_back = was_after_the_end and session.is_cancelled and session.closure is None
    return replace(session, facilitators=leaders, is_cancelled=session.is_cancelled and not is_back)


def _cannot_cancel(session: Session, row: Row, column: str) -> Problem | None:
    """Return why a session on record may not be cancelled, if it may not."""
    if session.record is None or (not session.record.has_records and not session.record.is_signed):
        return None
    words = (
        _("dates without the signed session of %(group)s on %(held_on)s; %(amend)s")
        if session.record.is_signed
        else _("dates without attendance on record; %(group)s has some on %(held_on)s")
    )
    values = {"group": session.group, "held_on": session.held_on, "amend": amendment_page(session)}
    return row.problem(column, words % values)


def _close(after: After, calendar: Calendar) -> None:
    """Cancel the sessions on closed dates; bring back those whose date is closed no longer."""
    for key, session in calendar.sessions.items():
        closure = after.closure_on(session.group, session.held_on)
        if closure is None:
            if session.closure is not None:
                calendar.sessions[key] = replace(session, is_cancelled=False, closure=None)
        elif not session.is_cancelled and not _is_held_anyway(after, session, closure):
            problem = _cannot_cancel(session, closure, "first_on")
            if problem is None:
                calendar.sessions[key] = replace(session, is_cancelled=True, closure=closure.key)
            else:
                calendar.problems.append(problem)


def _is_held_anyway(after: After, session: Session, closure: ClosureRow) -> bool:
    """Whether somebody put this session back although the closure was on record."""
    return session.record is not None and after.stored.closures.rows.get(closure.key) == closure
