"""What a version of a lesson says, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.models import LessonVersion

# The longest entries that a version takes, in characters.
LONGEST_SKILL = 80
LONGEST_STEP = 160


@dataclass(frozen=True, kw_only=True)
class LessonWords:
    """The words of a version. Minutes may be unknown; no text has to be there."""

    minutes: int | None = None
    objectives: str = ""
    guide: str = ""
    skills: tuple[str, ...] = ()
    homework: str = ""
    checklist: tuple[str, ...] = ()


def words_of(version: LessonVersion) -> LessonWords:
    """Return what the version says."""
    return LessonWords(
        minutes=version.minutes,
        objectives=version.objectives,
        guide=version.guide,
        skills=tuple(version.skills),
        homework=version.homework,
        checklist=tuple(version.checklist),
    )


def put_words(version: LessonVersion, words: LessonWords) -> None:
    """Have the version say these words; nothing is saved."""
    version.minutes = words.minutes
    version.objectives, version.guide = words.objectives, words.guide
    version.skills, version.checklist = list(words.skills), list(words.checklist)
    version.homework = words.homework
