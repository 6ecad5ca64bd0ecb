"""One participant's whole record in a program, as dictionaries: the source of PDF and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hours.record_export.rows import facts_of
from hours.record_export.sections import PARTS
from programs.models import Participant, Program

FORMAT = "iop-record/1"


@dataclass(frozen=True)
class Section:
    """A part of the record that has something in it."""

    key: str
    title: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Record:
    """Everything on record of the person in the program."""

    person: dict[str, Any]
    sections: tuple[Section, ...]
    program: str
    made_at: datetime
    zone: ZoneInfo

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON takes it."""
        return {
            "format": FORMAT,
            "program": self.program,
            "made_at": self.made_at.astimezone(self.zone).isoformat(timespec="minutes"),
            "time_zone": str(self.zone),
            "person": self.person,
            "sections": [
                {"key": each.key, "title": each.title, "rows": list(each.rows)}
                for each in self.sections
            ],
        }


def whole_record(person: Participant, program: Program, *, now: datetime) -> Record:
    """Return the record: what the program wrote, and what is the person's wherever they are.

    What another program wrote stays there. One statement for each kind of row.
    """
    zone = program.zone
    sections = []
    for part in PARTS:
        rows = tuple(facts_of(row, zone) for row in part.rows(person, program))
        if rows:
            key = part.model.rsplit(".", 1)[-1].lower()
            sections.append(Section(key, str(part.title), rows))
    return Record(facts_of(person, zone), tuple(sections), program.name, now, zone)
