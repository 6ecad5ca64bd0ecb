"""What is still missing in a session's notes.

The group part needs its topic and what was done. Who was there needs participation and response;
who was absent, whether somebody tried to reach them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class There(StrEnum):
    """What the sheet says of a person: a note asks for something else in each case."""

    PRESENT = "present"
    ABSENT = "absent"
    UNMARKED = "unmarked"


OF_GROUP = ("topic", "intervention")
OF_PERSON: dict[There, tuple[str, ...]] = {
    There.PRESENT: ("participation", "response"),
    There.ABSENT: ("contact",),
    There.UNMARKED: (),
}


def missing_in(wanted: tuple[str, ...], written: Mapping[str, object]) -> tuple[str, ...]:
    """Return which of the wanted fields say nothing."""
    return tuple(name for name in wanted if not str(written.get(name) or "").strip())
