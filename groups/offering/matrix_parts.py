"""The Matrix schedule as published: which sessions, how long, how often, in which weeks.

Source: SAMHSA, Matrix Intensive Outpatient Treatment, counselor's manuals (public domain).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from programs.models import GroupKind
from programs.weeks import DAYS


@dataclass(frozen=True)
class Part:
    """One kind of session. Weeks count from 1; without a last week it goes on.

    `module` is that of the library; `weekdays` and `starts` are suggested for its slots.
    """

    slug: str
    name: str
    module: str
    kind: GroupKind
    minutes: int
    first_week: int
    last_week: int | None
    weekdays: tuple[int, ...]
    starts: str

    @property
    def slots(self) -> range:
        """A number for each session of a week."""
        return range(1, len(self.weekdays) + 1)

    def first_on(self, first_day: date) -> date:
        return first_day + timedelta(days=DAYS * (self.first_week - 1))

    def last_on(self, first_day: date) -> date | None:
        """The last date of its last week; None where it goes on."""
        if self.last_week is None:
            return None
        return first_day + timedelta(days=DAYS * self.last_week - 1)


PARTS = (
    Part(
        slug="early",
        name=_("Early recovery skills"),  # type: ignore[arg-type]
        module="Early recovery skills",
        kind=GroupKind.SKILLS,
        minutes=50,
        first_week=1,
        last_week=4,
        weekdays=(0, 4),
        starts="17:00",
    ),
    Part(
        slug="relapse",
        name=_("Relapse prevention"),  # type: ignore[arg-type]
        module="Relapse prevention",
        kind=GroupKind.RELAPSE_PREVENTION,
        minutes=90,
        first_week=1,
        last_week=16,
        weekdays=(0, 4),
        starts="18:00",
    ),
    Part(
        slug="family",
        name=_("Family education"),  # type: ignore[arg-type]
        module="Family education",
        kind=GroupKind.FAMILY,
        minutes=90,
        first_week=1,
        last_week=12,
        weekdays=(2,),
        starts="18:00",
    ),
    Part(
        slug="social",
        name=_("Social support"),  # type: ignore[arg-type]
        module="Social support",
        kind=GroupKind.PROCESS,
        minutes=90,
        first_week=13,
        last_week=None,
        weekdays=(2,),
        starts="18:00",
    ),
)
