"""Saves what a form asks where nothing stands in the way; else says what it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from groups.models import ScheduleChange
from groups.moving.change_form import ChangeForm
from groups.rotation.lessons_after import lessons_after
from groups.schedule.edit import CannotSchedule, Edit
from groups.schedule.preview import preview_of
from groups.schedule.preview_page import PreviewPage, preview_page
from programs.access import Access
from programs.models import Program


@dataclass(frozen=True)
class Change:
    """One change: how it is planned, how it is carried out, and the arguments of both."""

    plan: Callable[..., Edit]
    carry_out: Callable[..., ScheduleChange]
    what: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """Who asks, when, and whether to save or only to look."""

    access: Access
    program: Program
    now: datetime
    saves: bool


@dataclass(frozen=True)
class Decision:
    """What came of it: a change that was made, or a preview, or neither where words say why."""

    made: ScheduleChange | None = None
    preview: PreviewPage | None = None
    problems: list[str] = field(default_factory=list)


def decided(form: ChangeForm, change_of: Callable[[], Change], asked: Asked) -> Decision:
    """Return what comes of the form; the words of a refusal stand in it, where it was sent."""
    if not form.can_plan:
        return Decision()
    try:
        change = change_of()
        if asked.saves and form.is_valid():
            return Decision(made=_carried_out(change, form, asked))
    except CannotSchedule as refused:
        decision = _refused(form, refused)
        if refused.words:
            return decision
    try:
        preview = preview_of(change.plan(**change.what, now=asked.now))
    except CannotSchedule as refused:
        return _refused(form, refused)
    page = preview_page(preview, access=asked.access, program=asked.program)
    lessons = lessons_after(preview.edit.sessions, now=asked.now)
    return Decision(preview=replace(page, lessons=lessons))


def _carried_out(change: Change, form: ChangeForm, asked: Asked) -> ScheduleChange:
    return change.carry_out(
        **change.what,
        reason=form.cleaned_data["reason"],
        override=form.cleaned_data.get("override", ""),
        now=asked.now,
        by=asked.access.user,
    )


def _refused(form: ChangeForm, refused: CannotSchedule) -> Decision:
    if form.is_bound:
        form.add_refusal(refused)
        return Decision()
    return Decision(problems=[str(word) for words in refused.words.values() for word in words])
