"""The fields of the forms as they stand together: a lesson with its times and what was given."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from attendance.teaching.forms import ConfirmForm, TaughtForm
from attendance.teaching.reading import InSession
from groups.wording import times


@dataclass(frozen=True)
class LessonBoxes:
    """One lesson: whether it was taught, or which; when; what was given.

    `laid_out` says when it is taught where no time is given.
    """

    main: BoundField
    start: BoundField
    end: BoundField
    given: BoundField
    steps: BoundField | None = None
    has_steps: bool = False
    laid_out: str = ""
    is_published: bool = True
    version: int | None = None


def planned_boxes(form: ConfirmForm) -> list[LessonBoxes]:
    """Return the planned lessons."""
    return [
        LessonBoxes(
            main=form[name],
            start=form[f"{name}-from"],
            end=form[f"{name}-to"],
            given=form[f"{name}-homework"],
            steps=form[f"{name}-steps"],
            has_steps=bool(each.version and each.version.checklist),
            laid_out=_laid_out(form, each),
            is_published=each.version is not None,
            version=each.version.number if each.version else None,
        )
        for name, each in form.planned.items()
    ]


def more_boxes(form: ConfirmForm) -> list[LessonBoxes]:
    """Return the places for lessons that were not planned."""
    return [lesson_boxes(form, name) for name in form.more]


def lesson_boxes(form: TaughtForm, name: str) -> LessonBoxes:
    """Return the place for one lesson of the library."""
    return LessonBoxes(
        main=form[name],
        start=form[f"{name}-from"],
        end=form[f"{name}-to"],
        given=form[f"{name}-given"],
    )


def _laid_out(form: ConfirmForm, each: InSession) -> str:
    return times(*each.span, form.session.group.program.zone) if each.span else ""
