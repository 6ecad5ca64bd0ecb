"""What is taught, in which words, and what a program asks to be taught."""

from curriculum.models.handout import Handout, HandoutKind, VersionHandout
from curriculum.models.requirement import (
    RECEIVED_PERCENT,
    CurriculumRule,
    RequiredTopic,
    TopicLesson,
    curriculum_rule_on,
)
from curriculum.models.track import Lesson, Module, Prerequisite, Subject, Track
from curriculum.models.version import LessonVersion

__all__ = [
    "RECEIVED_PERCENT",
    "CurriculumRule",
    "Handout",
    "HandoutKind",
    "Lesson",
    "LessonVersion",
    "Module",
    "Prerequisite",
    "RequiredTopic",
    "Subject",
    "TopicLesson",
    "Track",
    "VersionHandout",
    "curriculum_rule_on",
]
