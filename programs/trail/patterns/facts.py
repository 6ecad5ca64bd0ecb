"""What the patterns look at, as plain values: lines of the trail, staff, and participants."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.trail.words import Kind, kind_of


class Unusual(models.TextChoices):
    """What can stand out; which of it is wrong, a person decides."""

    GUESSED = "guessed", _("Refused many times, then signed in")
    OWN = "own", _("Own record")
    SURNAME = "surname", _("Same last name")
    MANY = "many", _("Many charts in an hour")
    OTHERS = "others", _("Not their participant")
    EXPORT = "export", _("Exported at odd hours")
    NIGHT = "night", _("Read at night")
    REFUSED = "refused", _("Refused many times in a day")


class Line(NamedTuple):
    """One line of the trail, as far as patterns need it; `by` is a key of staff."""

    at: datetime
    by: int | None
    verb: str
    participant: uuid.UUID | None = None
    subject: uuid.UUID | None = None

    @property
    def kind(self) -> Kind:
        return kind_of(self.verb)

    @property
    def is_look(self) -> bool:
        """A person's record was read, or left the house."""
        return self.participant is not None and self.kind in (Kind.READ, Kind.EXPORT)

    @property
    def is_emergency(self) -> bool:
        """It has a reason and a review of its own."""
        return self.verb.startswith("emergency.")


@dataclass(frozen=True)
class Colleague:
    """A member of staff by what can be compared with a participant: name and email."""

    public_id: uuid.UUID
    name: str
    email: str


@dataclass(frozen=True)
class Somebody:
    """A participant by what can be compared with a member of staff."""

    first_name: str
    last_name: str
    preferred_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything that the patterns of one program and period look at; lines in order of time.

    `opens` and `closes` are the program's hours on the wall clock of its zone. `own_people` are
    the pairs of a colleague and somebody of their sessions, of those in `leads_only`, who may
    see nobody else.
    """

    lines: Sequence[Line]
    staff: Mapping[int, Colleague]
    people: Mapping[uuid.UUID, Somebody]
    zone: ZoneInfo
    opens: time = time(7)
    closes: time = time(20)
    leads_only: frozenset[int] = frozenset()
    own_people: frozenset[tuple[int, uuid.UUID]] = frozenset()

    @cached_property
    def looks(self) -> Sequence[Line]:
        """The lines by somebody at whom a record was shown, or given along; gone through once."""
        return [line for line in self.lines if line.by is not None and line.is_look]


@dataclass(frozen=True)
class Finding:
    """Something that stands out: who, from when to when, how many lines, about whom."""

    kind: Unusual
    who: int
    first_at: datetime
    last_at: datetime
    lines: int
    people: tuple[uuid.UUID, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


def finding(kind: Unusual, who: int, lines: Sequence[Line], **numbers: int) -> Finding:
    """Return the finding that some lines of one colleague make, which are in order of time."""
    people = dict.fromkeys(each.participant for each in lines if each.participant)
    return Finding(
        kind=kind,
        who=who,
        first_at=lines[0].at,
        last_at=lines[-1].at,
        lines=len(lines),
        people=tuple(people),
        numbers=numbers,
    )
