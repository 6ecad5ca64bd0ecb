"""What the check-in of one person at one session shows: its form, or its answers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.check_ins.answers import answers_of
from attendance.check_ins.forms import CheckInForm
from attendance.check_ins.whose import WRITE, on_sheet, session_of
from attendance.check_ins.wording import (
    Line,
    by_whom,
    differing_lines,
    differing_practice,
    lines_of,
)
from attendance.models import CheckIn
from attendance.sheet.session import Phase, phase_of
from attendance.teaching.homework import homework_at
from attendance.teaching.practice import Given
from groups.models import GroupSession
from groups.wording import clock
from programs.access import Access
from programs.models import Participant, Program
from programs.names import roster_names

READ_ONLY = {
    Phase.SIGNED: gettext_lazy("This session is signed: its check-ins stay as they are."),
    Phase.CANCELLED: gettext_lazy("This session was cancelled: nobody checks in."),
    Phase.CLOSED: gettext_lazy("The week is closed: its check-ins stay as they are."),
    Phase.FUTURE: gettext_lazy("Check-ins open twelve hours before the session."),
}


@dataclass(frozen=True)
class Here:
    """One person at one session, now."""

    access: Access
    program: Program
    session: GroupSession
    person: Participant
    name: str
    now: datetime

    @cached_property
    def stored(self) -> CheckIn | None:
        """The check-in as it stands, where there is one."""
        found = CheckIn.objects.select_related("entered_by", "safety_alert")
        return found.filter(session=self.session, participant=self.person).first()

    @cached_property
    def practice(self) -> tuple[Given, ...]:
        """The homework that is asked about."""
        return tuple(homework_at(self.session, self.person))

    @property
    def phase(self) -> Phase:
        return phase_of(self.session, self.now)

    @property
    def prefix(self) -> str:
        """What the names of the controls begin with: several check-ins stand on one sheet."""
        return str(self.person.public_id)

    @property
    def ids(self) -> list[uuid.UUID]:
        return [self.program.public_id, self.session.public_id, self.person.public_id]


@dataclass(frozen=True)
class Newer:
    """What somebody else saved since: who and when, and where the two differ."""

    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SafetyNow:
    """Whether a yes waits or was acted on, and where to write or read what was done."""

    is_waiting: bool
    is_done: bool
    url: str


@dataclass(frozen=True)
class CheckInPage:
    """Everything the check-in's templates read; without a form it is to read only."""

    here: Here
    form: CheckInForm | None
    version: int | None
    url: str
    sheet_url: str
    safety: SafetyNow
    saved: str
    why_read_only: str
    lines: tuple[Line, ...]
    # What was typed and could not be saved any more.
    unsaved: tuple[Line, ...]
    newer: Newer | None


def here_of(
    access: Access,
    program: Program,
    session_id: uuid.UUID,
    participant_id: uuid.UUID,
    *,
    now: datetime,
) -> Here:
    """Return the person on the sheet of a session one may write in; two statements.

    Raises Http404, and PermissionDenied where the session is somebody else's.
    """
    session = session_of(access, program, session_id, action=WRITE)
    people = list(on_sheet(session))
    person = next((each for each in people if each.public_id == participant_id), None)
    if person is None:
        raise Http404
    return Here(
        access=access,
        program=program,
        session=session,
        person=person,
        name=roster_names(people)[person.chart_number],
        now=now,
    )


def check_in_page(
    here: Here,
    *,
    form: CheckInForm | None = None,
    owner: str = "",
    newer: CheckIn | None = None,
    unsaved: tuple[Line, ...] = (),
    phase: Phase | None = None,
) -> CheckInPage:
    """Return the page; `form` is one that was refused, `newer` what somebody else saved since.

    `unsaved` is what came too late to be saved, and `phase` why.
    """
    stored, phase = newer or here.stored, phase or here.phase
    is_open = phase is Phase.OPEN
    form = form or _form(here, stored, owner)
    return CheckInPage(
        here=here,
        form=form if is_open else None,
        version=stored.version if stored else None,
        url=reverse("check_ins:check_in", args=here.ids),
        sheet_url=reverse("sheet:sheet", args=here.ids[:2]),
        safety=safety_now(here.program, stored),
        saved=saved_words(stored, here.program) if stored else "",
        why_read_only="" if is_open else str(READ_ONLY[phase]),
        lines=lines_of(answers_of(stored), here.practice) if stored else (),
        unsaved=unsaved,
        newer=newer_words(newer, form, here) if newer else None,
    )


def _form(here: Here, stored: CheckIn | None, owner: str) -> CheckInForm:
    answers = answers_of(stored)
    return CheckInForm(answers=answers, prefix=here.prefix, owner=owner, practice=here.practice)


def saved_words(stored: CheckIn, program: Program) -> str:
    """Say when it was saved, and by whom where it was the person."""
    words = _("Saved %(time)s") % {"time": clock(stored.taken_at, program.zone)}
    if stored.is_by_participant:
        return _("%(saved)s, on the kiosk") % {"saved": words}
    return words


def newer_words(stored: CheckIn, form: CheckInForm, here: Here) -> Newer:
    """Say who saved other answers meanwhile, with both where they differ."""
    words = _("%(who)s saved other answers at %(time)s. Nothing of yours is saved yet.") % {
        "who": by_whom(stored),
        "time": clock(stored.taken_at, here.program.zone),
    }
    lines = differing_lines(form.answers(), answers_of(stored))
    lines += differing_practice(here.practice, form.practiced())
    return Newer(words[:1].upper() + words[1:], lines)


def safety_now(program: Program, stored: CheckIn | None) -> SafetyNow:
    """Return where to write what was done: at the alert, else on the list it will be on."""
    alert = getattr(stored, "safety_alert", None)
    if alert is None:
        return SafetyNow(False, False, reverse("check_ins:safety", args=[program.public_id]))
    url = reverse("check_ins:alert", args=[program.public_id, alert.public_id])
    is_done = alert.acknowledged_at is not None
    return SafetyNow(not is_done, is_done, url)


def wrong_words(form: CheckInForm) -> Sequence[str]:
    """Return what is wrong with the answers, each with its question's name."""
    return [str(words) for said in form.errors.values() for words in said]
