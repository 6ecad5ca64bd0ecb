"""What saving a form would do, in words; and saving it, only as it was shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Generic, TypeVar

from groups.editing.plan_form import PlanForm
from groups.editing.session_lines import lines_of, sorted_sessions
from groups.schedule.edit import CannotSchedule, Edit
from groups.schedule.preview import Preview, preview_of
from groups.schedule.preview_page import PreviewPage, preview_page
from programs.access import Access

Done = TypeVar("Done")


@dataclass(frozen=True)
class Job(Generic[Done]):
    """A form, how to plan what it asks for, and how to do it; both raise CannotSchedule."""

    form: PlanForm
    plan: Callable[[], AbstractContextManager[Edit]]
    save: Callable[[], Done]


@dataclass(frozen=True)
class Outlook:
    """What would happen, as a page tells it.

    Without a preview, `missing` says what has to be filled in or put right before there is one.
    `facts` are the preview's, `lines` say more of the sessions. `mark` tells this preview from
    others; it is news where somebody wanted to save another one.
    """

    preview: PreviewPage | None = None
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    mark: str = ""
    missing: tuple[str, ...] = ()
    is_news: bool = False


@dataclass(frozen=True)
class Attempt(Generic[Done]):
    """How a form was answered: what would happen, and what was done, if it was."""

    outlook: Outlook
    done: Done | None = None


def attempted(job: Job[Done], access: Access, *, wants_save: bool) -> Attempt[Done]:
    """Save what was shown; else say in the form, or by the outlook, why nothing is saved yet."""
    outlook = outlook_of(job, access)
    if not wants_save:
        job.form.forget_errors()
        return Attempt(outlook)
    if outlook.preview is None:
        return Attempt(outlook)
    if outlook.mark != job.form.cleaned_data["shown"]:
        return Attempt(replace(outlook, is_news=True))
    try:
        return Attempt(outlook, job.save())
    except CannotSchedule as refused:
        outlook = outlook_of(job, access)  # as it is now: somebody may have been quicker
        job.form.add_refusal(refused)
        return Attempt(outlook)


def outlook_of(job: Job, access: Access) -> Outlook:
    """Return what saving would do; where the plan is refused, its words go to the form."""
    form = job.form
    if not form.is_valid():
        return Outlook(missing=tuple(form.missing()))
    try:
        with job.plan() as edit:
            return _told(preview_of(edit), access)
    except CannotSchedule as refused:
        form.add_refusal(refused)
        return Outlook(missing=tuple(form.missing()))


def _told(preview: Preview, access: Access) -> Outlook:
    edit = preview.edit
    found = sorted_sessions(edit)
    moving = replace(preview, edit=found.without_unmoved(edit))
    page = preview_page(moving, access=access, program=edit.program)
    return Outlook(
        preview=replace(page, facts=()),
        facts=page.facts,
        lines=tuple(lines_of(found)),
        mark=mark_of(preview),
    )


def mark_of(preview: Preview) -> str:
    """Return a text that is the same for two previews that tell the same."""
    told = [
        [
            (each.status, at.key, at.starts_at, at.ends_at, at.breaks, at.room, at.leaders)
            for each in preview.edit.sessions
            for at in [each.proposal]
        ],
        sorted(preview.edit.ends.items(), key=str),
        [(each.key, each.why) for each in preview.edit.kept],
        sorted((each.kind, each.held_on, repr(each.numbers)) for each in preview.clashes),
        [(each.enrollment.pk, each.week_on, each.minutes_after) for each in preview.offered],
    ]
    return sha256(repr(told).encode()).hexdigest()[:32]
