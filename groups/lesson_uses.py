"""Where groups count on a lesson: in their rotation, or planned in a coming session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.models import Lesson
from groups.models import RotationLesson, SessionLesson
from groups.models.session import SessionStatus


def lesson_uses(lesson: Lesson, now: datetime) -> Iterator[str]:
    """Yield in words the rotations that have the lesson, and the sessions from `now` on."""
    rotations = RotationLesson.objects.filter(lesson=lesson)
    names = rotations.order_by("rotation__group__name")
    for name in names.values_list("rotation__group__name", flat=True):
        yield _("the rotation of %(group)s") % {"group": name}
    coming = SessionLesson.objects.planned().filter(
        lesson=lesson, session__starts_at__gt=now, session__status=SessionStatus.SCHEDULED
    )
    counted = coming.values("session__group__name").annotate(count=Count("pk"))
    for name, count in counted.order_by("session__group__name").values_list(
        "session__group__name", "count"
    ):
        words = ngettext(
            "%(count)s coming session of %(group)s", "%(count)s coming sessions of %(group)s", count
        )
        yield words % {"count": count, "group": name}
