"""What can be chosen in a note, and what was added to it: each in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from attendance.models import NoteAddendum
from attendance.notes.written import Part
from groups.models import GroupSession
from programs.models import Goal


@dataclass(frozen=True)
class Choices:
    """Each person's open goals."""

    goals: Mapping[int, Sequence[Goal]] = field(default_factory=dict)


def choices_of(session: GroupSession, parts: Sequence[Part]) -> Choices:
    """Return what can be chosen: the goals of the people given."""
    if not parts:
        return Choices()
    return Choices(goals=_goals(session, [part.person.participant.pk for part in parts]))


def addenda_of(session: GroupSession) -> Mapping[int | None, Sequence[NoteAddendum]]:
    """Return what was added, by whose part it belongs to; None is the group part's."""
    found: dict[int | None, list[NoteAddendum]] = defaultdict(list)
    if hasattr(session, "notes_sign_off"):
        for each in NoteAddendum.objects.filter(session=session).select_related("written_by"):
            found[each.participant_id].append(each)
    return found


def _goals(session: GroupSession, participants: Sequence[int]) -> dict[int, list[Goal]]:
    """Return each one's goals that were open on the day, of the enrollment that covers it."""
    day = session.held_on
    goals = Goal.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day),
        Q(enrollment__discharged_on=None) | Q(enrollment__discharged_on__gte=day),
        enrollment__admitted_on__lte=day,
        enrollment__participant__in=participants,
    )
    found: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals.select_related("enrollment").order_by("set_on", "pk"):
        found[goal.enrollment.participant_id].append(goal)
    return found
