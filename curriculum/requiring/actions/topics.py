"""What a jurisdiction demands: topics added, one or a whole list, changed, met by lessons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from curriculum.models import Lesson, RequiredTopic, TopicLesson
from curriculum.requiring.jurisdictions import Jurisdiction
from curriculum.requiring.listed import topics_there
from programs.models import Program

FACTS = ("jurisdiction", "name", "citation", "first_on", "last_on")


@transaction.atomic
def add_topic(
    *, topic: RequiredTopic, lessons: Collection[Lesson], by: User | None
) -> RequiredTopic:
    """Add a topic with the lessons that meet it. Raises NotKept."""
    _keep(topic, lessons, "required_topic.added", by)
    return topic


@transaction.atomic
def change_topic(
    *, topic: RequiredTopic, wanted: RequiredTopic, lessons: Collection[Lesson], by: User | None
) -> None:
    """Make the topic say what `wanted` says, and let exactly these lessons meet it.

    Raises NotKept.
    """
    stored = RequiredTopic.objects.select_for_update().filter(pk=topic.pk).first()
    if stored is None:
        raise NotKept({NON_FIELD_ERRORS: [_("This topic is no longer there.")]})
    for name in FACTS:
        setattr(stored, name, getattr(wanted, name))
    _keep(stored, lessons, "required_topic.changed", by)


@transaction.atomic
def add_topics_of(
    *, jurisdiction: Jurisdiction, program: Program, first_on: date, by: User | None
) -> int:
    """Add those of a ready-made list that are not there yet, and return how many. Raises NotKept.

    Which lessons meet them is for somebody to say.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    there = topics_there(program, jurisdiction)
    fresh = [name for name in jurisdiction.topics if name not in there]
    for name in fresh:
        topic = RequiredTopic(
            program=program,
            jurisdiction=jurisdiction.name,
            name=name,
            citation=jurisdiction.citation,
            first_on=first_on,
        )
        _keep(topic, (), "required_topic.added", by)
    return len(fresh)


def _keep(topic: RequiredTopic, lessons: Collection[Lesson], verb: str, by: User | None) -> None:
    ours = set(Lesson.objects.of_program(topic.program).values_list("pk", flat=True))
    if any(lesson.pk not in ours for lesson in lessons):
        raise NotKept({"lessons": [_("Choose lessons of this program.")]})
    keep(topic, otherwise="name")
    wanted = {lesson.pk for lesson in lessons}
    stored = set(topic.lessons.values_list("lesson", flat=True))
    topic.lessons.exclude(lesson__in=wanted).delete()
    TopicLesson.objects.bulk_create(
        TopicLesson(topic=topic, lesson_id=pk) for pk in sorted(wanted - stored)
    )
    write_audit(
        verb,
        by=by,
        subject=topic,
        program_id=topic.program.public_id,
        first_on=topic.first_on.isoformat(),
        last_on=topic.last_on.isoformat() if topic.last_on else "",
        lessons=[str(lesson.public_id) for lesson in lessons],
    )
