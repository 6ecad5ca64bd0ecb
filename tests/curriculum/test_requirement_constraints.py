"""What the database refuses about rules, topics and the lessons that meet them."""

from __future__ import annotations

import pytest

from curriculum.models import CurriculumRule, RequiredTopic, TopicLesson
from programs.models import Program
from tests import build
from tests.build_curriculum import a_curriculum_rule, a_topic
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
SHARES = (
    "received_percent",
    "min_core_percent",
    "min_weeks_met_percent",
    "min_plan_percent",
    "min_homework_percent",
)


def a_rule(program: Program, **fields) -> CurriculumRule:
    return CurriculumRule(program=program, effective_from=build.on("2027-01-01"), **fields)


def test_a_rule_once_per_date(program: Program):
    rule = a_curriculum_rule(program)
    a_curriculum_rule(program, effective_from=build.on("2026-01-02"))
    a_curriculum_rule(build.a_program())
    with refused("curriculum_rule_once_per_date"):
        a_curriculum_rule(program)
    again = CurriculumRule(program=program, effective_from=rule.effective_from)
    explains(again, "curriculum_rule_once_per_date")


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("percent", [0, 101])
def test_a_share_is_within_a_hundred(program: Program, name: str, percent: int):
    for number, fine in enumerate((1, 100)):
        day = build.on(f"2026-02-0{number + 1}")
        a_curriculum_rule(program, effective_from=day, **{name: fine})
    with refused("curriculum_rule_within_a_hundred"):
        a_curriculum_rule(program, **{name: percent})
    explains(a_rule(program), "curriculum_rule_within_a_hundred", **{name: percent})


def test_a_criterion_may_be_blank(program: Program):
    a_curriculum_rule(program, **dict.fromkeys(SHARES[1:]), min_weeks=None, min_hours=None)


@pytest.mark.parametrize(
    ("name", "fine", "wrong"),
    [("min_weeks", (1, 104), (0, 105)), ("min_hours", (1, 2_000), (0, 2_001))],
)
def test_weeks_and_hours_are_within_reach(program: Program, name: str, fine, wrong):
    for number, value in enumerate(fine):
        day = build.on(f"2026-02-0{number + 1}")
        a_curriculum_rule(program, effective_from=day, **{name: value})
    for value in wrong:
        with refused("curriculum_rule_within_reach"):
            a_curriculum_rule(program, **{name: value})
        explains(a_rule(program), "curriculum_rule_within_reach", **{name: value})


def test_a_topic_once_per_jurisdiction(program: Program):
    a_topic(program)
    a_topic(program, jurisdiction="New Jersey")
    a_topic(build.a_program())
    with refused("required_topic_once"):
        a_topic(program)
    again = {"jurisdiction": "Texas", "name": "HIV and hepatitis", "first_on": build.MONDAY}
    explains(RequiredTopic(program=program, **again), "required_topic_once")


def test_a_topic_ends_after_its_start(program: Program):
    a_topic(program, last_on=build.on("2026-01-01"))
    wrong = {"name": "Family", "last_on": build.on("2025-12-31")}
    with refused("required_topic_ends_after_start"):
        a_topic(program, **wrong)
    first_on = build.on("2026-01-01")
    topic = RequiredTopic(program=program, jurisdiction="Texas", first_on=first_on, **wrong)
    explains(topic, "required_topic_ends_after_start")


def test_a_lesson_meets_a_topic_once(program: Program):
    lesson = build.a_lesson(program)
    topic = a_topic(program, lesson)
    a_topic(program, lesson, name="Family")
    with refused("topic_lesson_once"):
        TopicLesson.objects.create(topic=topic, lesson=lesson)
    explains(TopicLesson(topic=topic, lesson=lesson), "topic_lesson_once")


def test_topics_are_asked_between_their_dates(program: Program):
    topic = a_topic(program, last_on=build.on("2026-01-31"))
    asked = RequiredTopic.objects.asked_on
    assert list(asked(build.on("2026-01-01"))) == [topic]
    assert list(asked(build.on("2026-01-31"))) == [topic]
    assert not asked(build.on("2025-12-31"))
    assert not asked(build.on("2026-02-01"))
