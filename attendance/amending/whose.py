"""Which sessions somebody may amend, and whose records in them."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from attendance.sheet.people import Person, people_of
from attendance.sheet.session import sheets_of
from attendance.sheet.walk_ins import as_walk_in, possible_walk_ins
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.access import Access
from programs.models import Participant, Program
from programs.who_may import Scope


def amendable_by(access: Access, program: Program) -> GroupSessionQuerySet:
    """Return the program's sessions that this person may amend: all of them, or those they lead."""
    sessions = sheets_of(access, program)
    scope = access.scope("attendance.amend", program)
    if scope is Scope.PROGRAM:
        return sessions
    if scope is Scope.OWN:
        return sessions.filter(is_mine=True)  # type: ignore[misc]
    return sessions.none()


def person_of(session: GroupSession, participant: Participant, by: User) -> Person | None:
    """Return the person as they stand in the session, or as somebody who was left out.

    None where they are not on its sheet and have no enrollment on its date that `by` may see.
    """
    for person in people_of(session):
        if person.participant.pk == participant.pk:
            return person
    left_out = possible_walk_ins(session, by).filter(pk=participant.pk).first()
    return as_walk_in(left_out) if left_out else None


def record_of(
    session: GroupSession, people: Iterable[Person], participant: Participant, by: User
) -> Person | None:
    """Return the person under the one of their records that stands in the session.

    `people` are those on its sheet.

    A duplicate and the record that is kept are one person. What is on record in the session is
    preferred to what is not, and then the one that was named.
    """
    ids = _records(participant)
    here = [each for each in people if each.participant.pk in ids]
    if not here:
        left_out = possible_walk_ins(session, by).filter(pk__in=ids)
        here = [as_walk_in(each) for each in left_out]

    def preference(person: Person) -> tuple[bool, bool]:
        return not person.state.has_record, person.participant.pk != participant.pk

    return min(here, key=preference, default=None)


def _records(participant: Participant) -> set[int]:
    """Return the keys of the record that is kept and of every duplicate of it."""
    kept = participant.merged_into_id or participant.pk
    return {kept, *Participant.objects.filter(merged_into=kept).values_list("pk", flat=True)}
