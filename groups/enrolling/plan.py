"""An enrollment to be, as plain values, and the words for why it cannot be."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from groups.models import TherapyGroup
from groups.schedule.clashes import Clash
from programs.models import Channel, HowTaken, Participant, Program

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class CannotEnroll(Exception):
    """Why not: words by the field of the plan where it can be put right, or warnings."""

    def __init__(
        self,
        words: Mapping[str, Iterable[StrOrPromise]] | None = None,
        clashes: Collection[Clash] = (),
    ) -> None:
        super().__init__(words, clashes)
        self.words, self.clashes = words or {}, clashes


@dataclass(frozen=True)
class Plan:
    """Everything about an enrollment to be; `public_id` is its own, so that it is made once.

    `override` says why what warns about the groups is right all the same, `over_seats` why one
    more than the program has seats may come in.
    """

    public_id: uuid.UUID
    program: Program
    participant: Participant
    admitted_on: date
    admission: str
    planned_discharge_on: date | None
    ordered_minutes: int | None
    groups: Sequence[TherapyGroup]
    consents: Mapping[Channel, bool]
    came_from: str = ""
    ordered_days: int | None = None
    waits_for: Sequence[TherapyGroup] = ()
    taken_how: str = HowTaken.IN_PERSON
    is_agreement_signed: bool = False
    override: str = ""
    over_seats: str = ""
