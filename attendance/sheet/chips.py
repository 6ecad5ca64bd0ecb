"""What stands beside a name on the sheet: how somebody came to be on it, and what is known."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.amending.lateness import is_late_entry
from attendance.beforehand import CANNOT_COME, CONFIRMED
from attendance.marks import MarkLook
from attendance.sheet.people import Person
from attendance.sheet.wishes import Clock

MAKE_UP = MarkLook("guest", "calendar-plus", _("Make-up"))
WALK_IN = MarkLook("guest", "user-plus", _("Walk-in"))
WAITLISTED = MarkLook("guest", "list-plus", _("From the waiting list"))
VIDEO = MarkLook("calm", "video", _("Video"))
LATE_ENTRY = MarkLook("warn", "clock-alert", _("Late entry"))
AMENDED = MarkLook("warn", "file-pen", _("Amended"))
CHECK_IN = MarkLook("", "clipboard-check", _("Check-in"))
NOTE = MarkLook("", "notebook-pen", _("Note"))


def chips_of(person: Person, clock: Clock, *, is_amended: bool) -> tuple[MarkLook, ...]:
    """Return the chips of a person, in their order."""
    is_member = person.is_expected and not person.is_guest
    is_waitlisted = person.is_waitlisted and not is_member
    shown = (
        (MAKE_UP, person.is_guest),
        (WALK_IN, not person.is_expected and not is_waitlisted),
        (WAITLISTED, is_waitlisted),
        (VIDEO, person.state.is_by_video),
        (LATE_ENTRY, _is_late(person, clock)),
        (AMENDED, is_amended),
    )
    return tuple(chip for chip, is_shown in shown if is_shown)


def parts_of(person: Person) -> tuple[MarkLook, ...]:
    """Return what has been said of the day, until they are here, and written of the session."""
    is_confirmed = person.said is not None and person.said.is_coming
    shown = (
        (CONFIRMED, is_confirmed and not person.state.stretches),
        (CHECK_IN, person.has_check_in),
        (NOTE, person.has_note),
    )
    return tuple(part for part, is_shown in shown if is_shown)


def said_no(person: Person) -> MarkLook | None:
    """Return the chip of who said they cannot come; once something is on record, a quiet one."""
    if person.no is None:
        return None
    words = gettext("Said they cannot come")
    if why := person.no.why:
        reason = why[:1].lower() + why[1:]
        words = gettext("Said they cannot come: %(reason)s") % {"reason": reason}
    return MarkLook("" if person.state.has_record else CANNOT_COME.tone, CANNOT_COME.icon, words)


def _is_late(person: Person, clock: Clock) -> bool:
    """Say whether the record was first made after the session's date."""
    first = person.first_recorded_at
    if first is None or not person.state.has_record:
        return False
    return is_late_entry(first, clock.day, clock.zone)
