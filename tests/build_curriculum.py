"""Builders of what is taught: versions, plans, what was taught, what is required."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attendance.models import HomeworkAnswer, LessonWaiver, RelapsePlan, SkillUse
from curriculum.models import (
    CurriculumRule,
    Handout,
    Lesson,
    LessonVersion,
    Prerequisite,
    RequiredTopic,
    TopicLesson,
)
from groups.models import GroupSession, Rotation, RotationLesson, SessionLesson, TherapyGroup
from programs.models import Enrollment, Participant, Program
from tests import build


def a_draft(lesson: Lesson, **fields: Any) -> LessonVersion:
    """The next version of the lesson, not published."""
    number = lesson.versions.count() + 1
    defaults = {"number": number, "minutes": lesson.minutes, "written_at": build.NOW}
    return LessonVersion.objects.create(lesson=lesson, **{**defaults, **fields})


def a_page(lesson: Lesson, **fields: Any) -> Handout:
    """A handout that is printed here."""
    defaults = {"name": "My week", "kind": "page", "text": "# My week\n\n- Monday\n___"}
    return Handout.objects.create(lesson=lesson, added_at=build.NOW, **{**defaults, **fields})


def needs(lesson: Lesson, *others: Lesson) -> None:
    """Make the others prerequisites of the lesson."""
    for other in others:
        Prerequisite.objects.create(lesson=lesson, needs=other)


def planned(session: GroupSession, lesson: Lesson, **fields: Any) -> SessionLesson:
    """The lesson as the session's plan."""
    return SessionLesson.objects.create(session=session, lesson=lesson, **fields)


def taught(
    session: GroupSession, lesson: Lesson, starts: str = "", ends: str = "", **fields: Any
) -> SessionLesson:
    """The lesson as taught: in the whole session, or from `starts` to `ends`, local texts."""
    zone = session.group.program.zone
    defaults = {
        "began_at": build.moment(session.held_on, starts, zone) if starts else session.starts_at,
        "ended_at": build.moment(session.held_on, ends, zone) if ends else session.ends_at,
        "taught_at": session.ends_at,
        "version": lesson.versions.published().last(),
    }
    return SessionLesson.objects.create(session=session, lesson=lesson, **{**defaults, **fields})


def a_rotation(group: TherapyGroup, lessons: Sequence[Lesson], **fields: Any) -> Rotation:
    """A rotation through the lessons in this order."""
    rotation = Rotation.objects.create(group=group, **fields)
    RotationLesson.objects.bulk_create(
        RotationLesson(rotation=rotation, lesson=lesson, position=position)
        for position, lesson in enumerate(lessons)
    )
    return rotation


def a_curriculum_rule(program: Program, **fields: Any) -> CurriculumRule:
    """A rule from long before the tests' dates: 75 percent, and every core lesson."""
    defaults = {"effective_from": build.on("2026-01-01"), "citation": "Example rule 5.6"}
    return CurriculumRule.objects.create(program=program, **{**defaults, **fields})


def a_topic(program: Program, *lessons: Lesson, **fields: Any) -> RequiredTopic:
    """A topic that a jurisdiction demands, met by any of the lessons."""
    defaults = {
        "jurisdiction": "Texas",
        "name": "HIV and hepatitis",
        "first_on": build.on("2026-01-01"),
    }
    topic = RequiredTopic.objects.create(program=program, **{**defaults, **fields})
    for lesson in lessons:
        TopicLesson.objects.create(topic=topic, lesson=lesson)
    return topic


def a_waiver(enrollment: Enrollment, lesson: Lesson, **fields: Any) -> LessonWaiver:
    """The lesson as one that this person need not hear."""
    defaults = {"reason": "Heard it in residential care.", "waived_at": build.NOW}
    by = fields.pop("waived_by", None) or build.a_user()
    return LessonWaiver.objects.create(
        enrollment=enrollment, lesson=lesson, waived_by=by, **{**defaults, **fields}
    )


def an_answer(
    taught_lesson: SessionLesson, person: Participant, session: GroupSession, **fields: Any
) -> HomeworkAnswer:
    """How homework went, asked at a later session."""
    by = fields.pop("answered_by", None) or build.a_user()
    return HomeworkAnswer.objects.create(
        taught=taught_lesson,
        participant=person,
        session=session,
        answered_by=by,
        **{"answer": "done", "answered_at": build.NOW, **fields},
    )


def a_skill_use(enrollment: Enrollment, **fields: Any) -> SkillUse:
    """An entry of the skills diary."""
    by = fields.pop("entered_by", None) or build.a_user()
    defaults = {"used_on": build.MONDAY, "skill": "Urge surfing", "helped": "yes"}
    return SkillUse.objects.create(
        enrollment=enrollment, entered_by=by, entered_at=build.NOW, **{**defaults, **fields}
    )


def a_relapse_plan(person: Participant, **fields: Any) -> RelapsePlan:
    """The next version of somebody's relapse prevention plan, empty but for what is given."""
    by = fields.pop("written_by", None) or build.a_user()
    number = person.relapse_plans.count() + 1
    return RelapsePlan.objects.create(
        participant=person, written_by=by, **{"number": number, "written_at": build.NOW, **fields}
    )
