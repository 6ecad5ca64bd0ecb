"""What is on record of an episode's authorizations, as other pages ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from programs.authorizing.coverage import Coverage, coverage_on
from programs.models import Authorization, Enrollment


def coverage_of(enrollments: Iterable[Enrollment], day: date) -> dict[int, Coverage]:
    """Return what there is on the day for each enrollment, by its key; one query."""
    keys = [enrollment.pk for enrollment in enrollments]
    listed: dict[int, list[Authorization]] = defaultdict(list)
    for each in Authorization.objects.filter(enrollment__in=keys):
        listed[each.enrollment_id].append(each)
    return {key: coverage_on(listed[key], day) for key in keys}
