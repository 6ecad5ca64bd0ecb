"""What a sent plan means: which of the group's sessions, which of its program's lessons."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.keeping import NotKept
from attendance.proposing.problem import Key
from curriculum.models import Lesson
from groups.models import TherapyGroup


def keys_of(group: TherapyGroup, pairs: Mapping[uuid.UUID, uuid.UUID]) -> dict[Key, list[Key]]:
    """Return the keys of the sessions with the key of their lesson. Raises NotKept."""
    held = group.sessions.filter(public_id__in=pairs)
    sessions = dict(held.values_list("public_id", "pk"))
    taught = Lesson.objects.of_program(group.program).filter(public_id__in=set(pairs.values()))
    lessons = dict(taught.values_list("public_id", "pk"))
    if len(sessions) < len(pairs) or not lessons.keys() >= set(pairs.values()):
        words = _("That plan names a session or a lesson that is not there. Use the one below.")
        raise NotKept({"__all__": [words]})
    return {sessions[session]: [lessons[lesson]] for session, lesson in pairs.items()}
