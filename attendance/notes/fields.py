"""What the fields of a note are called, and how their values read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from attendance.models import GroupNote, ParticipantNote
from attendance.notes.missing import There

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS: dict[str, StrOrPromise] = {
    "topic": _("Topic"),
    # Of notes written before lessons were confirmed on their own page.
    "lesson": _("Lesson, as noted"),
    "intervention": _("Intervention"),
    "began": _("Began"),
    "ended": _("Ended"),
    "participation": _("Participation"),
    "response": _("Response"),
    "goal": _("Goal worked on"),
    "goal_progress": _("Progress on it"),
    "plan": _("Plan"),
    "contact": _("Attempted contact"),
}
# Of somebody absent the same text says what came of the attempt.
ABSENT_LABELS: dict[str, StrOrPromise] = {"response": _("In short")}
OF_GROUP = ("topic", "lesson", "intervention", "began", "ended")
WRITTEN_OF_GROUP = ("topic", "intervention", "began", "ended")
OF_PERSON = ("participation", "goal", "goal_progress", "contact", "response", "plan")
SHOWN: dict[There, tuple[str, ...]] = {
    There.PRESENT: ("participation", "goal", "goal_progress", "response", "plan"),
    There.UNMARKED: ("participation", "goal", "goal_progress", "response", "plan"),
    There.ABSENT: ("contact", "response"),
}
# What names may stand in.
TEXTS_OF_GROUP, TEXTS_OF_PERSON = ("topic", "intervention"), ("response", "plan")


def label_of(field: str, there: There | None = None) -> str:
    """Return what the field is called for somebody who was there, or was not."""
    if there is There.ABSENT and field in ABSENT_LABELS:
        return str(ABSENT_LABELS[field])
    return str(LABELS[field])


def fields_for(there: There, note: ParticipantNote | None) -> tuple[str, ...]:
    """Return the fields to show: those that fit, and any that says something already.

    So nothing is hidden, or lost, when a mark changes after the note was written.
    """
    written = values_of(note)
    return tuple(name for name in OF_PERSON if name in SHOWN[there] or written.get(name))


def values_of(note: ParticipantNote | None) -> dict[str, Any]:
    """Return a person's note by its fields; the goal by its public id."""
    if note is None:
        return {}
    return {
        "participation": note.participation,
        "response": note.response,
        "goal": str(note.goal.public_id) if note.goal else "",
        "goal_progress": note.goal_progress,
        "plan": note.plan,
        "contact": note.contact,
    }


def group_values_of(note: GroupNote | None) -> dict[str, Any]:
    """Return the group part by the fields that are written in, times as instants."""
    if note is None:
        return {}
    return {
        "topic": note.topic,
        "intervention": note.intervention,
        "began": note.began_at,
        "ended": note.ended_at,
    }


def in_words(note: ParticipantNote) -> list[tuple[str, str]]:
    """Return the filled fields of a person's note, by their labels."""
    said = values_of(note) | {
        "participation": note.get_participation_display() if note.participation else "",
        "goal": note.goal.text if note.goal else "",
        "goal_progress": note.get_goal_progress_display() if note.goal_progress else "",
        "contact": note.get_contact_display() if note.contact else "",
    }
    return _filled(said, There.ABSENT if note.contact and not note.participation else None)


def group_in_words(note: GroupNote, clock: Any) -> list[tuple[str, str]]:
    """Return the filled fields of the group part; `clock` writes an instant as a local time."""
    said = group_values_of(note) | {
        "lesson": note.lesson.name if note.lesson else "",
        "began": clock(note.began_at) if note.began_at else "",
        "ended": clock(note.ended_at) if note.ended_at else "",
    }
    return _filled(said, None)


def _filled(said: Mapping[str, str], there: There | None) -> list[tuple[str, str]]:
    order = [*OF_GROUP, *OF_PERSON]
    return [(label_of(name, there), said[name]) for name in order if said.get(name)]
