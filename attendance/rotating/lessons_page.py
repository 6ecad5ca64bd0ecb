"""Which lessons one session teaches, with how many of its people each of them would serve."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from attendance.proposing.serves import serves
from attendance.rotating.forms import LessonsForm
from curriculum.models import Lesson
from groups.models import GroupSession
from groups.roster import expected_in
from groups.rotation.reading import net_minutes
from groups.wording import short_day, times
from programs.models import Program


@dataclass(frozen=True)
class Option:
    """A lesson to choose; `is_best`: no other one is needed by more of the people there."""

    key: str
    name: str
    module: str
    minutes: int | None
    is_core: bool
    needed: int
    is_chosen: bool
    is_best: bool
    is_too_long: bool


@dataclass(frozen=True)
class LessonsPage:
    """Everything the template reads."""

    program: Program
    session: GroupSession
    form: LessonsForm
    day: str
    times: str
    minutes: int
    expected: int
    options: Sequence[Option]
    is_fixed: bool
    back_url: str


def lessons_page(
    *,
    session: GroupSession,
    form: LessonsForm,
    known: Sequence[Lesson],
    planned: Collection[int],
    is_fixed: bool,
    now: datetime,
) -> LessonsPage:
    """Return the page; the lessons that serve most of the people there come first."""
    program = session.group.program
    minutes = net_minutes(session.starts_at, session.ends_at, session.breaks)
    expected, needed = expected_in([session.pk]), serves(program, [session], now=now)
    counts = {each.pk: needed.get((session.pk, each.pk), 0) for each in known}
    return LessonsPage(
        program=program,
        session=session,
        form=form,
        day=short_day(session.held_on),
        times=times(session.starts_at, session.ends_at, program.zone),
        minutes=minutes,
        expected=len(expected.get(session.pk, ())),
        options=_options(known, counts, form.sent_lessons if form.is_bound else planned, minutes),
        is_fixed=is_fixed,
        back_url=reverse("rotation:rotation", args=[program.public_id, session.group.public_id]),
    )


def _options(
    known: Sequence[Lesson], counts: dict[int, int], chosen: Collection[object], minutes: int
) -> list[Option]:
    most, least = max(counts.values(), default=0), min(counts.values(), default=0)
    options = [
        Option(
            key=str(each.public_id),
            name=each.name,
            module=f"{each.module.track.name} · {each.module.name}",
            minutes=each.minutes,
            is_core=each.is_core,
            needed=counts[each.pk],
            is_chosen=each.pk in chosen or str(each.public_id) in chosen,
            is_best=counts[each.pk] == most > least,
            is_too_long=(each.minutes or 0) > minutes,
        )
        for each in known
    ]
    return sorted(options, key=lambda option: (not option.is_chosen, -option.needed))
