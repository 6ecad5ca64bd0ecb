"""What the demo programs require: a rule, core lessons, and what a jurisdiction demands."""

from __future__ import annotations

from datetime import date, datetime

from curriculum.models import CurriculumRule, Lesson, RequiredTopic, TopicLesson
from iop.demo.folder import ZONE
from iop.demo.timetable import DAY, EVENING
from programs.models import Program
from programs.weeks import local_date

CITATION = "Example policy; verify with your license and payer contract"
JURISDICTION = "Example state"
RULES = {
    EVENING: {
        "min_weeks": 6,
        "min_hours": 54,
        "min_weeks_met_percent": 75,
        "min_plan_percent": 80,
        "min_homework_percent": 50,
    },
    DAY: {"min_core_percent": 90, "min_weeks": 4, "min_plan_percent": 60},
}
# Topics with the lessons that meet them; one has none yet, so that there is something to do.
TOPICS: dict[str, dict[str, tuple[str, ...]]] = {
    EVENING: {
        "Relapse prevention": ("My warning signs", "Urge surfing"),
        "Family": ("What they saw", "Boundaries at home"),
        "Medication": ("Medication, honestly",),
        "HIV and hepatitis": (),
    },
    DAY: {
        "Coping in a crisis": ("The first ten minutes", "Cold water, slow breath"),
        "Emotion regulation": ("Checking the facts",),
    },
}
# Core besides those that the folder says.
CORE = {
    EVENING: (
        "Urge surfing",
        "Refusing in one sentence",
        "A lapse is information",
        "What they saw",
    ),
    DAY: ("Catching the thought", "Checking the facts", "Asking plainly"),
}


def set_requirements(now: datetime) -> None:
    """Give both programs a rule from the first of the year on, core lessons and topics."""
    first_on = date(local_date(now, ZONE).year, 1, 1)
    for program in Program.objects.filter(code__in=RULES):
        CurriculumRule.objects.create(
            program=program, effective_from=first_on, citation=CITATION, **RULES[program.code]
        )
        lessons = Lesson.objects.of_program(program)
        lessons.filter(name__in=CORE[program.code]).update(is_core=True)
        for name, meets in TOPICS[program.code].items():
            topic = RequiredTopic.objects.create(
                program=program,
                jurisdiction=JURISDICTION,
                name=name,
                citation=CITATION,
                first_on=first_on,
            )
            TopicLesson.objects.bulk_create(
                TopicLesson(topic=topic, lesson=lesson) for lesson in lessons.filter(name__in=meets)
            )
