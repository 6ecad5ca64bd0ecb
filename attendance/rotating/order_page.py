"""The order of a group's lessons, to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from attendance.rotating.forms import OrderForm
from curriculum.models import Lesson
from groups.models import TherapyGroup
from groups.rotation.plan import GroupPlan
from programs.models import Program


@dataclass(frozen=True)
class LessonLine:
    """A lesson at its place, or one that could be added."""

    key: str
    name: str
    module: str
    minutes: int | None
    is_core: bool


@dataclass(frozen=True)
class OrderPage:
    """Everything the template reads."""

    program: Program
    group: TherapyGroup
    form: OrderForm
    lessons: Sequence[LessonLine]
    others: Sequence[LessonLine]
    library_url: str
    back_url: str
    # Of the lesson that was moved last, where the page keeps its place.
    moved: str


def order_page(
    *, program: Program, group: TherapyGroup, form: OrderForm, known: Sequence[Lesson]
) -> OrderPage:
    """Return the page with what the form says so far; what cannot be read stands as it was sent."""
    form.is_valid()
    order = form.order
    return OrderPage(
        program=program,
        group=group,
        form=form,
        lessons=[_line(each) for each in order],
        others=[_line(each) for each in known if each not in order],
        library_url=reverse("library:library", args=[program.public_id]),
        back_url=reverse("rotation:rotation", args=[program.public_id, group.public_id]),
        moved=str(form["act"].value() or "").partition(":")[2],
    )


def stored_order(plan: GroupPlan, known: Sequence[Lesson]) -> QueryDict:
    """Return the rotation as a browser would send it; lessons out of use are left out."""
    usable = {each.pk: str(each.public_id) for each in known}
    data = QueryDict(mutable=True)
    data.setlist("lessons", [usable[each] for each in plan.order if each in usable])
    data["on_cancel"] = plan.on_cancel
    if plan.is_repeating:
        data["is_repeating"] = "on"
    return data


def _line(lesson: Lesson) -> LessonLine:
    return LessonLine(
        key=str(lesson.public_id),
        name=lesson.name,
        module=f"{lesson.module.track.name} · {lesson.module.name}",
        minutes=lesson.minutes,
        is_core=lesson.is_core,
    )
