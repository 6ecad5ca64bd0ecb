"""What stands over every page about one person: who they are, and the pages there are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from programs.access import Access
from programs.models import Participant, Program
from programs.named import note_named
from programs.whose import Tab, tabs_of


@dataclass(frozen=True)
class PersonFrame:
    """The head of a page about a person."""

    program: Program
    person_id: uuid.UUID
    name: str
    facts: tuple[str, ...]
    tabs: tuple[Tab, ...]


def person_frame(
    access: Access, program: Program, person: Participant, *, here: str
) -> PersonFrame:
    """Return the head; `here` is the view's name. Who may read no record sees the name alone."""
    called = person.preferred_name or person.first_name
    whole_name = f"{person.first_name} {person.last_name}"
    note_named([(person, f"{called} {person.last_name}")])
    may_read = access.scope("participants.read", program) is not None
    facts = [whole_name, person.chart_number, person.pronouns] if may_read else []
    return PersonFrame(
        program=program,
        person_id=person.public_id,
        name=f"{called} {person.last_name}",
        facts=tuple(filter(None, facts)),
        tabs=tabs_of(access, program, person.public_id, here=here),
    )
