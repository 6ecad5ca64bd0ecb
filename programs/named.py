"""Whom a page names: noted while it is made, so that the trail can say whom it showed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NamedPerson:
    """Somebody as a page calls them; held for the length of one request."""

    id: uuid.UUID | None
    chart_number: str
    name: str


# Of the present request; None in tasks and commands.
people_named: ContextVar[set[NamedPerson] | None] = ContextVar("people_named", default=None)


def note_named(called: Iterable[tuple[Any, str]]) -> None:
    """Note people with the names that a page has for them; outside a request nothing is noted."""
    named = people_named.get()
    if named is not None:
        named.update(NamedPerson(_id_of(who), who.chart_number, name) for who, name in called)


def _id_of(person: Any) -> uuid.UUID | None:
    """Return a participant's public id, by the name that it has in rows of several kinds."""
    known = (getattr(person, name, None) for name in ("public_id", "participant_id", "id"))
    return next((each for each in known if isinstance(each, uuid.UUID)), None)
