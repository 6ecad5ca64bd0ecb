"""Reads what a proposal for one group chooses from: its plan, its people, what they still miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from attendance.coverage.cells import Coverage, CoveredPerson, State
from attendance.coverage.reading import coverage_of
from attendance.proposing.problem import Attendee, FreeSlot, Key, Plan, Problem, Teachable
from curriculum.models import Lesson, LessonVersion
from groups.models import GroupMembership, MakeUpSeat, SessionLesson, SessionStatus, TherapyGroup
from groups.roster import expected_in
from groups.rotation.flow import Slot
from groups.rotation.plan import GroupPlan
from groups.rotation.reading import needs_of, plan_of
from programs.models import Enrollment, Program
from programs.models.enrollment import EnrollmentQuerySet
from programs.weeks import local_date

# A longer calendar is looked at this far: beyond it nobody's stay is known.
MOST_SLOTS = 60
HAD = frozenset({State.RECEIVED, State.WAIVED})


@dataclass(frozen=True)
class Situation:
    """A group as a proposal finds it: the plan as read, the problem in it, and who they are."""

    plan: GroupPlan
    problem: Problem
    people: Mapping[Key, CoveredPerson]
    core: Mapping[Key, str]


class _Planned(NamedTuple):
    """A lesson planned in a coming session of the program."""

    lesson: Key
    session: Key
    group: Key
    starts_at: datetime
    held_on: date


def situation_of(group: TherapyGroup, *, now: datetime, also_fixed: bool = False) -> Situation:
    """Return the group's situation; `also_fixed`: sessions chosen by hand are free too.

    At most sixteen statements, whatever the numbers.
    """
    program = group.program
    plan = _with_track(group, plan_of(group, now))
    free = [slot for slot in plan.slots if _is_free(slot, also_fixed=also_fixed)][:MOST_SLOTS]
    coverage = coverage_of(program, now=now, enrollments=_people(group, plan, now))
    return Situation(
        plan=plan,
        problem=_problem(plan, free, coverage, _coming(program, now)),
        people={each.enrollment_pk: each for each in coverage.people},
        core={each.pk: each.name for each in coverage.lessons if each.is_core},
    )


def _is_free(slot: Slot, *, also_fixed: bool) -> bool:
    """Say whether another lesson may be chosen; a session with several stays as it is."""
    if slot.is_cancelled or len(slot.planned) > 1:
        return False
    return also_fixed or not slot.fixed


def _with_track(group: TherapyGroup, plan: GroupPlan) -> GroupPlan:
    """Return the plan of a group without a rotation as one that knows the track's lessons."""
    if plan.order or group.teaches_id is None:
        return plan
    lessons = Lesson.objects.filter(module__track=group.teaches_id).in_use()
    published = LessonVersion.objects.published().values("lesson")
    found = list(lessons.filter(pk__in=published).in_order())
    return plan.knowing(found, needs_of([each.pk for each in found]))


def _people(group: TherapyGroup, plan: GroupPlan, now: datetime) -> EnrollmentQuerySet:
    """Return who is in the group from today on, or holds a seat in one of its sessions."""
    today = local_date(now, group.program.zone)
    member = GroupMembership.objects.lasting(today).filter(group=group).values("enrollment")
    guest = MakeUpSeat.objects.held().filter(session__in=list(plan.sessions)).values("enrollment")
    here = Enrollment.objects.begun().filter(Q(discharged_on=None) | Q(discharged_on__gte=today))
    return here.filter(Q(pk__in=member) | Q(pk__in=guest))


def _coming(program: Program, now: datetime) -> list[_Planned]:
    rows = SessionLesson.objects.planned().filter(
        session__group__program=program,
        session__status=SessionStatus.SCHEDULED,
        session__ends_at__gt=now,
    )
    columns = ("lesson", "session", "session__group", "session__starts_at", "session__held_on")
    return [
        _Planned(*row) for row in rows.order_by("session__starts_at", "pk").values_list(*columns)
    ]


def _problem(
    plan: GroupPlan, free: Sequence[Slot], coverage: Coverage, coming: Sequence[_Planned]
) -> Problem:
    slots = {slot.session: plan.sessions[slot.session] for slot in free}
    elsewhere = [each for each in coming if each.session not in slots]
    expected = expected_in({*slots, *(each.session for each in elsewhere)})
    days = {key: session.held_on for key, session in slots.items()}
    at = _whereabouts(coverage.people, expected, days)
    return Problem(
        slots=[FreeSlot(each.session, each.starts_at, each.minutes) for each in free],
        lessons=_teachable(plan, free),
        people=[
            _attendee(
                person, coverage, at[person.enrollment_pk], _theirs(person, elsewhere, expected)
            )
            for person in coverage.people
        ],
        heard=frozenset(plan.heard),
        given=_given(plan, elsewhere),
        plans=_plans(plan, free),
    )


def _given(plan: GroupPlan, elsewhere: Sequence[_Planned]) -> dict[Key, datetime]:
    """Return the lessons of the group's sessions that are not free, and when first."""
    own = {slot.session for slot in plan.slots}
    found: dict[Key, datetime] = {}
    for each in elsewhere:
        if each.session in own:
            found.setdefault(each.lesson, each.starts_at)
    return found


def _whereabouts(
    people: Collection[CoveredPerson],
    expected: Mapping[Key, frozenset[Key]],
    days: Mapping[Key, date],
) -> dict[Key, frozenset[Key]]:
    """Return the free slots at which each person is expected, on or before they leave."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for person in people:
        for session, day in days.items():
            is_here = person.until is None or day <= person.until
            if is_here and person.enrollment_pk in expected.get(session, ()):
                found[person.enrollment_pk].add(session)
    return {person.enrollment_pk: frozenset(found[person.enrollment_pk]) for person in people}


def _theirs(
    person: CoveredPerson, planned: Sequence[_Planned], expected: Mapping[Key, frozenset[Key]]
) -> dict[Key, datetime]:
    """Return the lessons that other sessions give the person before they leave, and when first."""
    found: dict[Key, datetime] = {}
    for each in planned:
        is_here = person.until is None or each.held_on <= person.until
        if is_here and person.enrollment_pk in expected.get(each.session, ()):
            found.setdefault(each.lesson, each.starts_at)
    return found


def _attendee(
    person: CoveredPerson, coverage: Coverage, at: frozenset[Key], elsewhere: dict[Key, datetime]
) -> Attendee:
    key = person.enrollment_pk
    had = {each.pk for each in coverage.lessons if coverage.cell(key, each.pk).state in HAD}
    core = {each.pk for each in coverage.lessons if each.is_core}
    return Attendee(key, at, frozenset(core - had), frozenset(had), elsewhere)


def _teachable(plan: GroupPlan, free: Sequence[Slot]) -> list[Teachable]:
    """Return the lessons of the rotation, else of the track, and those the free slots plan."""
    keys = [*(plan.order or plan.lessons), *(key for slot in free for key in slot.planned)]
    return [
        Teachable(key, plan.lessons[key].minutes, plan.needs.get(key, frozenset()))
        for key in dict.fromkeys(keys)
        if plan.lessons[key].retired_at is None
    ]


def _plans(plan: GroupPlan, free: Sequence[Slot]) -> list[Plan]:
    """Return the plan as it stands, then what the rotation would give."""
    stands = {slot.session: slot.planned[0] for slot in free if slot.planned}
    flowing = plan.flow.teaches if plan.rotation else {}
    rotation = {
        slot.session: flowing[slot.session][0] for slot in free if flowing.get(slot.session)
    }
    return [stands, rotation]
