"""What each form here does: how it is planned for its preview, and how it is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime

from accounts.models import User
from groups.editing.actions import change_group, create_group
from groups.editing.change_forms import ChangeSlotForm, EndSlotForm
from groups.editing.group_form import GroupForm
from groups.editing.outlook import Attempt, Job, Outlook
from groups.editing.slot_forms import NewGroupForm, NewSlotsForm
from groups.editing.stored_group import tried
from groups.models import MeetingPattern, ScheduleChange, TherapyGroup
from groups.schedule.actions import change_slot, end_slot, start_slots
from groups.schedule.clash_words import clash_lines
from groups.schedule.edit import CannotSchedule, Edit
from groups.schedule.planning import plan_slot_change, plan_slot_end, plan_slots
from groups.schedule.preview_page import PreviewPage
from programs.access import Access


def new_group_job(form: NewGroupForm, *, now: datetime, by: User) -> Job[TherapyGroup]:
    """Make a group with its slots; it is planned on a group that never was."""

    @contextmanager
    def plan() -> Iterator[Edit]:
        with tried(form.facts(), form.program) as group:
            yield plan_slots(group=group, wishes=form.wishes(), now=now)

    def save() -> TherapyGroup:
        return create_group(
            public_id=form.cleaned_data["proposed_id"],
            program=form.program,
            facts=form.facts(),
            wishes=form.wishes(),
            override=form.cleaned_data["override"],
            now=now,
            by=by,
        )

    return Job(form, plan, save)


def new_slots_job(
    form: NewSlotsForm, group: TherapyGroup, *, now: datetime, by: User
) -> Job[ScheduleChange]:
    """Add slots to a group."""
    return Job(
        form,
        lambda: nullcontext(plan_slots(group=group, wishes=form.wishes(), now=now)),
        lambda: start_slots(
            group=group,
            wishes=form.wishes(),
            override=form.cleaned_data["override"],
            now=now,
            by=by,
        ),
    )


def change_job(
    form: ChangeSlotForm, slot: MeetingPattern, *, now: datetime, by: User
) -> Job[ScheduleChange]:
    """Change a slot from one of its dates on."""

    def plan() -> nullcontext[Edit]:
        wish, from_on = form.wish_from()
        return nullcontext(plan_slot_change(pattern=slot, wish=wish, from_on=from_on, now=now))

    def save() -> ScheduleChange:
        wish, from_on = form.wish_from()
        asked = form.cleaned_data
        return change_slot(
            pattern=slot,
            wish=wish,
            from_on=from_on,
            reason=asked["reason"],
            override=asked["override"],
            now=now,
            by=by,
        )

    return Job(form, plan, save)


def end_job(
    form: EndSlotForm, slot: MeetingPattern, *, now: datetime, by: User
) -> Job[ScheduleChange]:
    """End a slot before one of its dates."""
    return Job(
        form,
        lambda: nullcontext(plan_slot_end(pattern=slot, last_on=form.last_on(), now=now)),
        lambda: end_slot(
            pattern=slot,
            last_on=form.last_on(),
            reason=form.cleaned_data["reason"],
            override=form.cleaned_data["override"],
            now=now,
            by=by,
        ),
    )


def corrected(
    form: GroupForm, group: TherapyGroup, access: Access, *, now: datetime
) -> Attempt[TherapyGroup]:
    """Correct what a group is; nothing happens to its sessions, so there is nothing to preview."""
    if not form.is_valid():
        return Attempt(Outlook())
    try:
        done = change_group(
            group=group,
            facts=form.facts(),
            override=form.cleaned_data["override"],
            now=now,
            by=access.user,
        )
    except CannotSchedule as refused:
        form.add_refusal(refused)
        lines = clash_lines(refused.clashes, access, form.program)
        return Attempt(Outlook(PreviewPage((), (), (), lines, ())))
    return Attempt(Outlook(), done)
