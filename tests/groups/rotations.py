"""A program with a rotation: a group that meets on Mondays and Wednesdays, and its lessons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from curriculum.models import Lesson
from groups.models import GroupSession, Rotation, SessionLesson, TherapyGroup
from groups.rotation.actions import reflow
from programs.models import Program, Role
from tests import build, build_curriculum

DAYS = ("2026-11-30", "2026-12-02", "2026-12-07", "2026-12-09", "2026-12-14", "2026-12-16")
NAMES = ("Triggers", "Cravings", "Sleep", "Anger")


@dataclass(frozen=True)
class Plan:
    """What a test speaks of."""

    program: Program
    group: TherapyGroup
    lessons: Sequence[Lesson]
    sessions: Sequence[GroupSession]
    rotation: Rotation
    director: User


def a_plan(**fields: object) -> Plan:
    """Four lessons of an hour, six sessions of three hours after NOW, planned by the rotation."""
    program = build.a_program()
    group = build.a_group(program, name="Skills A")
    module = build.a_module(program)
    lessons = [
        build.a_lesson(module=module, name=name, minutes=60, position=place, is_core=True)
        for place, name in enumerate(NAMES)
    ]
    sessions = [build.a_session(group, day) for day in DAYS]
    rotation = build_curriculum.a_rotation(group, lessons, **fields)
    director = build.a_colleague(program, Role.DIRECTOR)
    reflow(group=group, by=director, now=build.NOW)
    return Plan(program, group, lessons, sessions, rotation, director)


def planned(group: TherapyGroup) -> list[str]:
    """Return the lesson names of the group's sessions in order of time, "-" where none."""
    said = []
    for session in GroupSession.objects.in_calendar().filter(group=group).order_by("starts_at"):
        rows = SessionLesson.objects.standing().filter(session=session)
        names = "+".join(row.lesson.name for row in rows.select_related("lesson"))
        said.append(names or "-")
    return said
