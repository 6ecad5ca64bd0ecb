"""What the demo clinic teaches. Tracks and modules are common ones, the lessons are invented."""

from __future__ import annotations

from collections.abc import Iterator

from iop.demo.timetable import DAY, EVENING, Meeting

TRACKS: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    (DAY, "DBT"): {
        "Mindfulness": (
            "Noticing without grading",
            "One thing at a time",
            "Wise mind on a bad day",
        ),
        "Distress tolerance": (
            "The first ten minutes",
            "Cold water, slow breath",
            "Letting it be so",
        ),
        "Emotion regulation": (
            "What the feeling asks for",
            "Checking the facts",
            "Small good things",
        ),
        "Interpersonal effectiveness": ("Asking plainly", "Saying no and staying kind"),
    },
    (DAY, "CBT"): {
        "Thoughts and feelings": (
            "Catching the thought",
            "What is the evidence?",
            "A fairer sentence",
        ),
        "Behavioral activation": ("The week on paper", "Starting before feeling like it"),
        "Worry": ("Worry time", "Solvable or not?", "Staying with not knowing"),
    },
    (EVENING, "Relapse prevention"): {
        "Triggers": ("People, places, hours", "My warning signs", "The drive home"),
        "High-risk situations": (
            "Urge surfing",
            "Refusing in one sentence",
            "A lapse is information",
        ),
        "A balanced week": ("Sleep first", "Who is on my phone list", "Money and time"),
    },
    (EVENING, "Recovery basics"): {
        "Body and brain": ("How cravings are made", "Sleep after stopping", "Medication, honestly"),
        "Family and support": ("What they saw", "Asking for help once", "Boundaries at home"),
    },
}
REQUIRED = {"Medication, honestly", "My warning signs", "The first ten minutes"}
COLUMNS = ("program", "track", "module", "lesson", "minutes", "required", "position")

Lesson = tuple[str, str]


def curriculum() -> Iterator[tuple[str, ...]]:
    """Yield the lines of curriculum.csv."""
    for (program, track), modules in TRACKS.items():
        for module, lessons in modules.items():
            for position, lesson in enumerate(lessons, 1):
                is_required = "yes" if lesson in REQUIRED else "no"
                yield program, track, module, lesson, "50", is_required, str(position)


def lesson_of(meeting: Meeting) -> Lesson:
    """Return the module and lesson of a session: a group goes through its track in order."""
    modules = TRACKS[meeting.group.program, meeting.group.track]
    course = [(module, lesson) for module, lessons in modules.items() for lesson in lessons]
    return course[meeting.number % len(course)]
