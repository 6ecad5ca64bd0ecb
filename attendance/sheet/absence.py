"""Why somebody was absent and when they said so: its version, and what its part shows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.marks import ABSENCES, MARK_LOOKS
from attendance.models import Absence
from attendance.sheet.forms import AbsenceForm
from attendance.sheet.people import NO_DETAILS, Details, Person
from attendance.sheet.session import Phase, phase_of
from attendance.sheet.versions import version_of
from groups.models import GroupSession
from groups.wording import clock


@dataclass(frozen=True)
class NewerDetails:
    """What somebody else saved meanwhile, beside what was typed here."""

    words: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class AbsencePage:
    """Everything the templates of an absence read; without a form it is to read only."""

    session: GroupSession
    who: uuid.UUID
    name: str
    kind: str
    version: str
    form: AbsenceForm | None
    saved: str
    why_read_only: str
    lines: tuple[tuple[str, str], ...]
    newer: NewerDetails | None = None

    @property
    def url(self) -> str:
        return reverse("sheet:absence", args=[*self._ids, self.who])

    @property
    def sheet_url(self) -> str:
        return reverse("sheet:sheet", args=self._ids)

    @property
    def _ids(self) -> list[uuid.UUID]:
        return [self.session.group.program.public_id, self.session.public_id]


def absence_page(
    session: GroupSession,
    person: Person,
    name: str,
    *,
    now: datetime,
    owner: str = "",
    form: AbsenceForm | None = None,
    newer: NewerDetails | None = None,
) -> AbsencePage:
    """Return what is known of an absence, with a form as long as the sheet can be marked."""
    zone, why = session.group.program.zone, _why_read_only(session, person, now)
    known = person.details
    form = form or AbsenceForm(details=known, zone=zone, who=person.id, now=now, owner=owner)
    return AbsencePage(
        session=session,
        who=person.id,
        name=name,
        kind=_kind(person),
        version=version_of(known),
        form=None if why else form,
        saved=saved_words(person, zone) if known != NO_DETAILS else "",
        why_read_only=why,
        lines=_lines(known, zone),
        newer=newer,
    )


def newer_details(person: Person, mine: Details, zone: ZoneInfo) -> NewerDetails:
    """Say who saved other words meanwhile, with both texts where they differ."""
    words = _("%(who)s saved something else at %(time)s. Nothing of yours is saved yet.") % {
        "who": person.recorded_by or _("Somebody else"),
        "time": clock(person.recorded_at, zone) if person.recorded_at else "",
    }
    theirs, own = _texts(person.details, zone), _texts(mine, zone)
    lines = [
        (label, one, two)
        for (label, one), (_label, two) in zip(theirs, own, strict=True)
        if one != two
    ]
    return NewerDetails(words, tuple(lines))


def saved_words(person: Person, zone: ZoneInfo) -> str:
    """Say when it was saved."""
    at = person.recorded_at
    return _("Saved %(time)s") % {"time": clock(at, zone)} if at else ""


def why_not_absent() -> str:
    """Say that there is no absence to explain any more."""
    return _("They are not marked absent any more, so there is nothing to explain.")


def _why_read_only(session: GroupSession, person: Person, now: datetime) -> str:
    phase = phase_of(session, now)
    if phase is Phase.SIGNED:
        return _("This sheet is signed: it changes only by an amendment.")
    if phase is not Phase.OPEN:
        return _("This sheet is not to be marked now.")
    return "" if person.state.absence else why_not_absent()


def _kind(person: Person) -> str:
    kind = person.state.absence
    return str(MARK_LOOKS[ABSENCES[Absence(kind)]].label) if kind else ""


def _texts(details: Details, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    notice = details.notice_at
    said = date_format(notice.astimezone(zone), "D M j, g:i A") if notice else ""
    return ((_("Notice given"), said), (_("Reason"), details.reason))


def _lines(details: Details, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in _texts(details, zone) if text)
