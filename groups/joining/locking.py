"""One change of who is in a group at a time: the last seat is taken once, in the line’s order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError
from django.utils.translation import gettext as _

from groups.models import TherapyGroup
from groups.schedule.edit import CannotSchedule
from groups.schedule.lock import schedule_lock


def lock_groups(*groups: TherapyGroup) -> list[TherapyGroup]:
    """Lock the groups to the end of the transaction and return them as they are now, in order.

    Changes of the calendar wait as well: a session may be combined with another just now.
    """
    schedule_lock()
    keys = [group.pk for group in groups]
    rows = TherapyGroup.objects.select_for_update(of=("self",)).select_related("program__site")
    locked = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    return [locked[key] for key in keys]


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the database refuses, where somebody else was quicker, into CannotSchedule."""
    try:
        yield
    except IntegrityError as refused:
        words = _("This could not be kept. Look at the page and try again.")
        raise CannotSchedule({NON_FIELD_ERRORS: [words]}) from refused
