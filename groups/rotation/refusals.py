"""Refuses what cannot be planned, in words: whose lesson, how long, what comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NoReturn

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.keeping import NotKept
from curriculum.models import Lesson, LessonVersion
from groups.rotation.flow import Key
from programs.models import Program


class PlanHasChanged(NotKept):
    """Somebody changed the plan since it was looked at; nothing is saved."""


def refuse(words: str, field: str = "lessons") -> NoReturn:
    """Raise NotKept with these words at the field."""
    raise NotKept({field: [words]})


def has_changed() -> PlanHasChanged:
    """Return the refusal of a plan that is not the one that was looked at."""
    words = _("The plan has changed since you looked at it. Look at it again before you save.")
    return PlanHasChanged({"__all__": [words]})


def refuse_unteachable(lessons: Sequence[Lesson], program: Program) -> None:
    """Refuse lessons of another program, retired ones, drafts, and one named twice."""
    keys = [each.pk for each in lessons]
    own = set(Lesson.objects.of_program(program).filter(pk__in=keys).values_list("pk", flat=True))
    published = LessonVersion.objects.published().filter(lesson__in=keys)
    ready = set(published.values_list("lesson", flat=True))
    for lesson in lessons:
        name = {"lesson": lesson.name}
        if lesson.pk not in own:
            refuse(_("%(lesson)s belongs to another program. Choose a lesson of this one.") % name)
        if lesson.retired_at is not None:
            refuse(_("%(lesson)s is retired. Choose a lesson that is in use.") % name)
        if lesson.pk not in ready:
            refuse(_("%(lesson)s is only a draft. Publish it before it is planned.") % name)
        if keys.count(lesson.pk) > 1:
            refuse(_("%(lesson)s is named twice. Name each lesson once.") % name)


def refuse_order(lessons: Sequence[Lesson], needs: Mapping[Key, frozenset[Key]]) -> None:
    """Refuse an order in which a lesson comes before one that it needs."""
    place = {lesson.pk: index for index, lesson in enumerate(lessons)}
    for lesson in lessons:
        for needed in sorted(needs.get(lesson.pk, ()), key=lambda key: place.get(key, 0)):
            if place.get(needed, -1) > place[lesson.pk]:
                words = _("%(lesson)s needs %(needed)s first. Put %(needed)s before it.")
                names = {"lesson": lesson.name, "needed": lessons[place[needed]].name}
                refuse(words % names)


def refuse_too_long(lessons: Sequence[Lesson], minutes: int) -> None:
    """Refuse lessons that take longer than the session's net minutes."""
    taken = sum(each.minutes or 0 for each in lessons)
    if taken <= minutes:
        return
    names = get_text_list([each.name for each in lessons], _("and"))
    words = ngettext(
        "%(lessons)s takes %(taken)s minutes; the session has %(minutes)s without its breaks.",
        "%(lessons)s take %(taken)s minutes; the session has %(minutes)s without its breaks.",
        len(lessons),
    )
    refuse(words % {"lessons": names, "taken": taken, "minutes": minutes})


def refuse_too_early(
    lessons: Iterable[Lesson], needs: Mapping[Key, frozenset[Key]], before: Collection[Key]
) -> None:
    """Refuse lessons that need one that is neither taught nor planned before the session."""
    for lesson in lessons:
        missing = needs.get(lesson.pk, frozenset()).difference(before)
        if missing:
            found = Lesson.objects.filter(pk__in=missing).order_by("name")
            names = get_text_list([each.name for each in found], _("and"))
            words = _("%(lesson)s needs %(needed)s first, and it is not taught or planned before.")
            refuse(words % {"lesson": lesson.name, "needed": names})
