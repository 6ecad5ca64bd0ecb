"""Who may check in on a kiosk: those on the session's sheet who have not checked in yet."""

from __future__ import annotations

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from attendance.check_ins.whose import NAMED, on_sheet
from attendance.kiosk.matching import OnSheet, the_one
from attendance.models import CheckIn
from groups.models import GroupSession
from programs.models import Participant

FACTS = (*NAMED, "birth_date", "language")


def on_the_sheet(session: GroupSession) -> QuerySet[Participant]:
    """Return everyone on the sheet, with their birthdays and languages."""
    kept = [f"merged_into__{name}" for name in FACTS]
    return on_sheet(session).only(*FACTS, *kept)


def waiting(session: GroupSession) -> QuerySet[Participant]:
    """Return who is still to check in."""
    answered = CheckIn.objects.filter(session=session, participant=OuterRef("pk"))
    return on_the_sheet(session).exclude(Exists(answered))


def find(session: GroupSession, *, name: str, month: int, day: int) -> Participant | None:
    """Return the one person whom name and birthday fit; one statement, whoever it is."""
    people = {each.pk: each for each in waiting(session)}
    facts = (_facts(each) for each in people.values())
    found = the_one(facts, name=name, month=month, day=day)
    return people[found] if found is not None else None


def answering(
    session: GroupSession, participant_id: uuid.UUID, *, has_answered: bool
) -> Participant | None:
    """Return the person by id; once they have answered, a check-in may be there already."""
    people = on_the_sheet(session) if has_answered else waiting(session)
    return people.filter(public_id=participant_id).first()


def _facts(person: Participant) -> OnSheet:
    known = person.kept
    return OnSheet(
        key=person.pk,
        first_name=known.first_name,
        preferred_name=known.preferred_name,
        last_name=known.last_name,
        born=known.birth_date,
    )
