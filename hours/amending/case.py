"""One record that somebody may read or amend: whose, in which session, as it stands."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.urls import reverse

from attendance.amending.whose import amendable_by, record_of
from attendance.sheet.people import Person, people_of
from attendance.sheet.session import moment_of, sheets_of, whole
from attendance.sheet.wishes import Clock
from attendance.whose import refuse_row
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.access import Access
from programs.models import Participant, Program
from programs.names import roster_names


@dataclass(frozen=True)
class SessionCase:
    """A session, and whether this person may amend it."""

    access: Access
    session: GroupSession
    now: datetime

    @property
    def program(self) -> Program:
        return self.session.group.program

    @property
    def clock(self) -> Clock:
        moment = moment_of(self.session, self.now)
        return Clock(self.session.held_on, self.program.zone, moment)

    @property
    def is_signed(self) -> bool:
        return hasattr(self.session, "sign_off")

    @property
    def amendable(self) -> GroupSessionQuerySet:
        """The one session, where this person may amend it; else none."""
        return amendable_by(self.access, self.program).filter(pk=self.session.pk)

    @property
    def sheet_url(self) -> str:
        return reverse("sheet:sheet", args=[self.program.public_id, self.session.public_id])

    @property
    def left_out_url(self) -> str:
        ids = [self.program.public_id, self.session.public_id]
        return reverse("amending:left_out", args=ids)


@dataclass(frozen=True)
class Case(SessionCase):
    """One person's record in it."""

    person: Person
    name: str
    may_amend: bool


def session_case(
    access: Access, program: Program, session_id: uuid.UUID, now: datetime
) -> SessionCase:
    """Return the session whose sheet this person may open.

    Raises PermissionDenied for somebody else's session of one's own program, Http404 for others.
    """
    found = whole(sheets_of(access, program).filter(public_id=session_id)).first()
    if found is not None:
        return SessionCase(access, found, now)
    visible = GroupSession.objects.visible_to(access.user)
    return refuse_row(visible.filter(group__program=program, public_id=session_id))


def case_of(
    access: Access,
    program: Program,
    session_id: uuid.UUID,
    participant_id: uuid.UUID,
    now: datetime,
) -> Case:
    """Return the person's record there, or raise as `session_case`; Http404 for nobody's."""
    here = session_case(access, program, session_id, now)
    participant = Participant.objects.filter(public_id=participant_id).first()
    people = people_of(here.session)
    person = record_of(here.session, people, participant, access.user) if participant else None
    if person is None:
        raise Http404
    names = roster_names([*(each.participant for each in people), person.participant])
    return Case(
        access=access,
        session=here.session,
        now=now,
        person=person,
        name=names[person.participant.chart_number],
        may_amend=here.amendable.exists(),
    )
