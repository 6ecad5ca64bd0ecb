"""What to do about a message that did not go out: whom to call, and what to mend."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import Participant, Program
from reminders.models import Reason, Reminder, ReminderStatus

NO_WAY_THERE = (Reason.ADDRESS_REFUSED, Reason.BOUNCED, Reason.NO_ADDRESS)


@dataclass(frozen=True)
class Phone:
    """A number, as one reads it and as a telephone dials it."""

    number: str
    dialled: str


@dataclass(frozen=True)
class Link:
    """Where it can be mended."""

    label: str
    url: str


@dataclass(frozen=True)
class ToDo:
    """What to do now; `careful` is what is on record of how to contact them safely."""

    words: str
    phone: Phone | None = None
    careful: str = ""
    mend: Link | None = None


def to_do(reminder: Reminder, program: Program, *, is_over: bool, may_read: bool) -> ToDo:
    """Return what to do about it; numbers only for who may read what is on record."""
    person = reminder.participant.kept
    mend = _mend(reminder, program, person) if may_read else None
    if is_over:
        return ToDo(_("Its day is over."), mend=mend)
    phone = person.phone or person.other_phone
    if not may_read:
        return ToDo(_("Somebody who may read their record can call."))
    if not phone:
        return ToDo(_("No phone number is on record."), careful=person.safe_contact, mend=mend)
    return ToDo(
        words=_call(reminder),
        phone=Phone(phone.as_national, phone.as_e164),
        careful=person.safe_contact,
        mend=mend,
    )


def _call(reminder: Reminder) -> str:
    if reminder.status == ReminderStatus.UNKNOWN:
        return _("Where it matters, call them:")
    return _("Call them:")


def _mend(reminder: Reminder, program: Program, person: Participant) -> Link | None:
    if reminder.reason in NO_WAY_THERE:
        url = reverse("profile:profile", args=[program.public_id, person.public_id])
        return Link(_("Check the address"), url)
    if reminder.reason == Reason.REVEALS:
        return Link(_("Change the words"), reverse("reminders:words", args=[program.public_id]))
    if reminder.reason == Reason.TOO_MANY:
        return Link(_("See the rule"), reverse("reminders:rule", args=[program.public_id]))
    return None
