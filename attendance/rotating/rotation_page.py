"""One group's plan: its coming sessions with their lessons, and what it was taught lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from attendance.proposing.serves import serves
from curriculum.models import Track
from curriculum.tabs import curriculum_tabs
from groups.models import SessionLesson, SessionStatus, TherapyGroup
from groups.roster import expected_in
from groups.rotation.flow import Slot
from groups.rotation.plan import GroupPlan
from groups.rotation.reading import plan_of, seen_of
from groups.rotation.wording import Told, Words, news
from groups.wording import short_day, times
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date
from programs.whose import Tab

PAST = 12
# By session and lesson, by key.
Needed = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class SlotLesson:
    """A lesson in a session; `needed` of the `expected` people there have not received it."""

    key: str
    name: str
    minutes: int | None
    is_core: bool
    needed: int


@dataclass(frozen=True)
class SlotRow:
    """One session to come."""

    key: str
    day: str
    times: str
    minutes: int
    expected: int
    lessons: tuple[SlotLesson, ...]
    is_fixed: bool
    is_cancelled: bool
    url: str
    session_url: str


@dataclass(frozen=True)
class PastRow:
    """One session that is over, with what it taught."""

    day: str
    lessons: str
    is_confirmed: bool
    url: str


@dataclass(frozen=True)
class RotationPage:
    """Everything the template reads."""

    program: Program
    group: TherapyGroup
    tabs: Sequence[Tab]
    has_rotation: bool
    order: tuple[str, ...]
    on_cancel: str
    is_repeating: bool
    slots: tuple[SlotRow, ...]
    past: tuple[PastRow, ...]
    notes: tuple[str, ...]
    track: Track | None
    seen: str
    may_edit: bool


def rotation_page(
    *, program: Program, group: TherapyGroup, access: Access, now: datetime
) -> RotationPage:
    """Return the page of one group's plan."""
    plan = plan_of(group, now)
    expected = expected_in(plan.sessions)
    needed = serves(program, plan.sessions.values(), now=now)
    rotation = plan.rotation
    return RotationPage(
        program=program,
        group=group,
        tabs=curriculum_tabs(access, program, here="rotation:rotations"),
        has_rotation=rotation is not None,
        order=tuple(plan.lessons[each].name for each in plan.order),
        on_cancel=str(rotation.get_on_cancel_display()) if rotation else "",
        is_repeating=plan.is_repeating,
        slots=tuple(_rows(plan, program, group, expected, needed)),
        past=tuple(_past(group, program, now)),
        notes=tuple(_notes(plan, program)),
        track=group.teaches,
        seen=seen_of(plan, now),
        may_edit=access.scope("curriculum.edit", program) is not None,
    )


def _rows(
    plan: GroupPlan,
    program: Program,
    group: TherapyGroup,
    expected: Mapping[int, frozenset[int]],
    needed: Needed,
) -> Iterable[SlotRow]:
    for slot in plan.slots:
        session = plan.sessions[slot.session]
        of_session = [program.public_id, session.public_id]
        here = [program.public_id, group.public_id, session.public_id]
        yield SlotRow(
            key=str(session.public_id),
            day=short_day(session.held_on),
            times=times(session.starts_at, session.ends_at, program.zone),
            minutes=slot.minutes,
            expected=len(expected.get(slot.session, ())),
            lessons=_lessons(plan, slot, needed),
            is_fixed=bool(slot.fixed),
            is_cancelled=slot.is_cancelled,
            url=reverse("rotation:lessons", args=here),
            session_url=reverse("moving:session", args=of_session),
        )


def _lessons(plan: GroupPlan, slot: Slot, needed: Needed) -> tuple[SlotLesson, ...]:
    rows = [plan.lessons[each] for each in slot.planned]
    return tuple(
        SlotLesson(
            key=str(each.public_id),
            name=each.name,
            minutes=each.minutes,
            is_core=each.is_core,
            needed=needed.get((slot.session, each.pk), 0),
        )
        for each in rows
    )


def _notes(plan: GroupPlan, program: Program) -> list[str]:
    """Return what cannot be planned, what comes twice and what is left out, as it stands."""
    if plan.rotation is None:
        return []
    told = news(plan.flow)
    words = Words(plan.slots, plan.lessons, program.zone)
    return words.sentences(
        Told(repeated=told.repeated, left_out=told.left_out, refused=told.refused)
    )


def _past(group: TherapyGroup, program: Program, now: datetime) -> Iterable[PastRow]:
    """Yield the last sessions that were held, the latest first."""
    over = group.sessions.filter(status=SessionStatus.SCHEDULED, starts_at__lte=now)
    sessions = list(over.order_by("-starts_at")[:PAST])
    rows = SessionLesson.objects.standing().filter(session__in=sessions).select_related("lesson")
    found = list(rows.order_by("position", "pk"))
    for session in sessions:
        mine = [row for row in found if row.session_id == session.pk]
        taught = [row for row in mine if row.taught_at]
        yield PastRow(
            day=short_day(local_date(session.starts_at, program.zone)),
            lessons=", ".join(row.lesson.name for row in taught or mine),
            is_confirmed=bool(taught),
            url=reverse("teaching:teaching", args=[program.public_id, session.public_id]),
        )
