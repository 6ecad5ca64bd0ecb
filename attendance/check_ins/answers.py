"""What somebody answers at a check-in, as plain values; what is blank was not answered."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from attendance.models import CheckIn, YesNo


@dataclass(frozen=True)
class Answers:
    """One check-in: mood and craving from 0 to 10, use, words, homework, the safety question."""

    mood: int | None = None
    craving: int | None = None
    used_since: str = ""
    setback: str = ""
    went_well: str = ""
    skill: str = ""
    homework: str = ""
    safety: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was answered."""
        return self == Answers()

    @property
    def says_yes(self) -> bool:
        """They think of harming themselves or somebody else."""
        return self.safety == YesNo.YES

    def differing(self, other: Answers) -> tuple[str, ...]:
        """Return the names of the answers that are not the same in both."""
        mine, theirs = self.as_fields(), other.as_fields()
        return tuple(name for name in QUESTIONS if mine[name] != theirs[name])

    def as_fields(self) -> dict[str, Any]:
        """Return the answers by the names that the row, and the form, have for them."""
        return asdict(self)


QUESTIONS = tuple(field.name for field in fields(Answers))


def answers_of(check_in: CheckIn | None) -> Answers:
    """Return the answers of a row; of none, the blank ones."""
    if check_in is None:
        return Answers()
    return Answers(**{name: getattr(check_in, name) for name in QUESTIONS})
