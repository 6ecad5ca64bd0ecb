"""What may be wrong with the trail, in words; ids and moments, nobody's name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What does not fit."""

    LINE_ALTERED = "line_altered"
    LINE_REMOVED = "line_removed"
    LINE_INSERTED = "line_inserted"
    LINE_DOUBLED = "line_doubled"
    LINES_SWAPPED = "lines_swapped"
    SEAL_ALTERED = "seal_altered"
    SEAL_MISSING = "seal_missing"
    SEAL_UNLINKED = "seal_unlinked"
    SEAL_REPLACED = "seal_replaced"
    HELD_TWICE = "held_twice"
    TAIL_CUT = "tail_cut"


WORDS = {
    Kind.LINE_ALTERED: "Line {line} was altered: it is not what seal {seal} was made over.",
    Kind.LINE_REMOVED: "Line {line} was removed: seal {seal} holds it, and it is not there.",
    Kind.LINE_INSERTED: "Line {line} was inserted: it says {at}, and the seals of then had it not.",
    Kind.LINE_DOUBLED: "Line {line} stands twice: seal {seal} was made over one of them.",
    Kind.LINES_SWAPPED: "Lines {line} and {other} were swapped: each says what the other said.",
    Kind.SEAL_ALTERED: "Seal {seal} was altered: its digest is not that of its lines and numbers.",
    Kind.SEAL_MISSING: "Seals {seal} to {to} are missing: removed, or given another number.",
    Kind.SEAL_UNLINKED: "Seal {seal} does not follow from the one before it.",
    Kind.SEAL_REPLACED: "Seal {seal} is not the one that was written down outside the database.",
    Kind.HELD_TWICE: "Seal {seal} holds line {line}, which another seal holds, too.",
    Kind.TAIL_CUT: "The end was cut off: seals {seal} to {to} were written down and are not there.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: the seal's number and the line's id, as far as they are known.

    `other` is a second line, `to` the last of several seals, `at` what an inserted line says.
    """

    kind: Kind
    seal: int | None = None
    line: int | None = None
    other: int | None = None
    to: int | None = None
    at: datetime | None = None

    def __str__(self) -> str:
        said = {**asdict(self), "at": self.at and f"{self.at:%Y-%m-%d %H:%M:%S %Z}"}
        return WORDS[self.kind].format(**said)

    def as_row(self) -> dict[str, Any]:
        """Return it for a machine, with its words."""
        known = {key: value for key, value in asdict(self).items() if value is not None}
        moment = {"at": self.at.isoformat()} if self.at else {}
        return {**known, "kind": self.kind.value, **moment, "words": str(self)}
