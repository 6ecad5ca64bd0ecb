"""How the Matrix schedule is planned for its preview, and how it is carried out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

from accounts.models import User
from groups.editing.outlook import Job
from groups.editing.stored_group import tried
from groups.models import TherapyGroup
from groups.offering.actions import PartWish, set_up_matrix
from groups.offering.matrix_form import MatrixForm, group_id
from groups.offering.matrix_parts import PARTS, Part
from groups.schedule.edit import CannotSchedule, Edit, SessionEdit, SlotEdit
from groups.schedule.planning import plan_slots
from groups.schedule.preview import preview_of
from programs.models import Program

# Where the words about a slot can be put right; others stand over the whole form.
FIELD_OF = {"name": "name", "room": "room", "leaders": "leader"}


def matrix_job(form: MatrixForm, *, now: datetime, by: User) -> Job[Sequence[TherapyGroup]]:
    """Make the four groups; they are planned together on groups that never were."""

    @contextmanager
    def plan() -> Iterator[Edit]:
        with ExitStack() as stack:
            yield joined([_planned(form, part, stack, now=now) for part in PARTS])

    def save() -> Sequence[TherapyGroup]:
        with plan() as edit:
            preview = preview_of(edit)
        if preview.hard:  # of any group, before the first one asks for a reason
            raise CannotSchedule(clashes=preview.clashes)
        return set_up_matrix(
            program=form.program,
            parts=part_wishes(form),
            override=form.cleaned_data["override"],
            now=now,
            by=by,
        )

    return Job(form, plan, save)


def _planned(form: MatrixForm, part: Part, stack: ExitStack, *, now: datetime) -> Edit:
    """Plan one group's slots on a group that is there as long as the stack."""
    with _at_its_fields(part.slug):
        group = stack.enter_context(tried(form.facts(part), form.program))
        return plan_slots(group=group, wishes=form.wishes(part), now=now)


def part_wishes(form: MatrixForm) -> list[PartWish]:
    """Return the groups as the form asks for them."""
    return [
        PartWish(
            part=part,
            public_id=group_id(form.cleaned_data["proposed_id"], part),
            facts=form.facts(part),
            slots=form.wishes(part),
            minutes=form.cleaned_data[f"{part.slug}_minutes"],
        )
        for part in PARTS
    ]


def is_made_before(program: Program, proposed_id: str) -> bool:
    """Whether the same form, sent before, has made the groups."""
    try:
        ids = [group_id(uuid.UUID(proposed_id), part) for part in PARTS]
    except ValueError:
        return False
    return TherapyGroup.objects.filter(program=program, public_id__in=ids).exists()


def joined(edits: Sequence[Edit]) -> Edit:
    """Return several changes that make slots as one, so that they clash with each other too."""
    sessions: list[SessionEdit] = []
    slots: list[SlotEdit] = []
    for edit in edits:
        offset = len(slots)
        sessions += [
            replace(each, slot=None if each.slot is None else each.slot + offset)
            for each in edit.sessions
        ]
        slots += edit.slots
    return replace(edits[0], sessions=sessions, slots=slots)


@contextmanager
def _at_its_fields(slug: str) -> Iterator[None]:
    """Put the words of a refusal at the fields of this part."""
    try:
        yield
    except CannotSchedule as refused:
        words = {
            f"{slug}_{FIELD_OF[field]}" if field in FIELD_OF else field: told
            for field, told in refused.words.items()
        }
        raise CannotSchedule(words, refused.clashes) from refused
