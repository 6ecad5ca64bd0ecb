"""Prerequisites: a lesson needs another one, or no longer."""

from __future__ import annotations

from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from curriculum.library.circles import circle_with
from curriculum.library.holding import hold_library
from curriculum.models import Lesson, Prerequisite
from programs.models import Program

LONGEST_WAY = 6


@transaction.atomic
def add_prerequisite(*, lesson: Lesson, needs: Lesson, by: User | None) -> None:
    """Have the lesson need another one of its program; one that it needs already stays.

    Raises NotKept where they would need each other in a circle; the words name it.
    """
    held = hold_library(lesson.module.track.program_id)
    if lesson.prerequisites.filter(needs=needs).exists():
        return
    if lesson == needs:
        raise NotKept({"needs": [_("A lesson cannot come before itself. Choose another one.")]})
    if circle := circle_with(_needs_in(held), lesson.pk, needs.pk):
        raise NotKept({"needs": [_circle_words(circle)]})
    keep(Prerequisite(lesson=lesson, needs=needs), otherwise="needs")
    write_audit(
        "prerequisite.added",
        by=by,
        subject=lesson,
        program_id=held.public_id,
        needs=str(needs.public_id),
    )


@transaction.atomic
def remove_prerequisite(*, lesson: Lesson, needs: Lesson, by: User | None) -> None:
    """Have the lesson no longer need the other one; where it does not, nothing happens."""
    held = hold_library(lesson.module.track.program_id)
    found = Prerequisite.objects.filter(lesson=lesson, needs=needs).first()
    if found is None:
        return
    found.delete()
    write_audit(
        "prerequisite.removed",
        by=by,
        subject=lesson,
        program_id=held.public_id,
        needs=str(needs.public_id),
    )


def _needs_in(program: Program) -> dict[int, list[int]]:
    rows = Prerequisite.objects.filter(lesson__module__track__program=program)
    found: dict[int, list[int]] = {}
    for lesson, needed in rows.values_list("lesson", "needs"):
        found.setdefault(lesson, []).append(needed)
    return found


def _circle_words(circle: tuple[int, ...]) -> str:
    """Return the circle in words; of a long one the first and the last steps."""
    names = dict(Lesson.objects.filter(pk__in=circle).values_list("pk", "name"))
    step = _("“%(lesson)s” needs “%(other)s”")
    steps = [
        step % {"lesson": names[each], "other": names[other]} for each, other in pairwise(circle)
    ]
    if len(steps) > LONGEST_WAY:
        half = LONGEST_WAY // 2
        steps = [*steps[:half], "…", *steps[-half:]]
    words = _("This would be a circle: %(steps)s. Choose another lesson, or take one of these off.")
    return words % {"steps": ", ".join(steps)}
