"""Which homework is asked about at a check-in: a rule over plain values."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# At the check-ins of so long after it was given; what is older stays open and is asked no more.
ASKED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Given:
    """Homework that somebody got at a session; `answer` is blank where it is open.

    `answered_in` is the key of the session at whose check-in it was answered.
    """

    taught_pk: int
    taught_id: uuid.UUID
    lesson: str
    homework: str
    held_on: date
    starts_at: datetime
    answer: str = ""
    answered_in: int | None = None

    @property
    def is_open(self) -> bool:
        return not self.answer


def asked_at(given: Iterable[Given], *, session_pk: int, starts_at: datetime) -> list[Given]:
    """Return what is asked about at the check-in of a session that starts then, the latest first.

    That is what was given at an earlier session, at most ASKED_FOR before, and is open, or was
    answered at this check-in, so that it can be put right there.
    """
    earliest = starts_at - ASKED_FOR
    asked = [
        each
        for each in given
        if earliest <= each.starts_at < starts_at
        and (each.is_open or each.answered_in == session_pk)
    ]
    return sorted(asked, key=lambda each: (each.starts_at, each.taught_pk), reverse=True)
