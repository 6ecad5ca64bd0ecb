"""What somebody asks to see of the library, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.models import Subject

KINDS = ("core", "elective")
STATES = ("draft", "retired")
LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """Words to look for, a subject, a kind and a state; blank is any."""

    words: str = ""
    subject: str = ""
    kind: str = ""
    state: str = ""
    is_arranging: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether some lessons may be left out."""
        return bool(self.words or self.subject or self.kind or self.state)

    def is_just(self, wanted: Mapping[str, str]) -> bool:
        """Whether exactly this is asked for and nothing else."""
        mine = {"q": self.words, "subject": self.subject, "kind": self.kind, "state": self.state}
        return {name: value for name, value in mine.items() if value} == dict(wanted)


def asked_in(address: Mapping[str, str]) -> Asked:
    """Read what is asked; what is no choice there is, is not asked."""

    def one_of(name: str, choices: tuple[str, ...] | list[str]) -> str:
        value = address.get(name, "")
        return value if value in choices else ""

    return Asked(
        words=address.get("q", "").replace("\x00", "").strip()[:LONGEST],
        subject=one_of("subject", Subject.values),
        kind=one_of("kind", KINDS),
        state=one_of("state", STATES),
        is_arranging="arrange" in address,
    )
