"""Which lessons are core, changed for a whole program at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from curriculum.models import Lesson
from programs.models import Program


@transaction.atomic
def change_core_lessons(
    *, program: Program, core: Collection[uuid.UUID], was: Collection[uuid.UUID], by: User | None
) -> int:
    """Make lessons core or elective, and return how many became something else.

    `was` are the core lessons that the form showed, `core` those it asks for: only where the two
    differ is anything changed, so that what somebody else did in the meantime stays.
    """
    lessons = Lesson.objects.of_program(program).in_use().select_for_update(of=("self",))
    wanted = set(core)
    asked = {each: each in wanted for each in wanted ^ set(was)}
    changed = [
        lesson
        for lesson in lessons.filter(public_id__in=asked).order_by("pk")
        if lesson.is_core != asked[lesson.public_id]
    ]
    if not changed:
        return 0
    for lesson in changed:
        lesson.is_core = asked[lesson.public_id]
    Lesson.objects.bulk_update(changed, ["is_core"])
    write_audit(
        "core_lessons.changed",
        by=by,
        program_id=program.public_id,
        core=[str(each.public_id) for each in changed if each.is_core],
        elective=[str(each.public_id) for each in changed if not each.is_core],
    )
    return len(changed)
