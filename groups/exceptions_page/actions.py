"""What a director does with an overridden warning: reviews it, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.models import ScheduleException
from programs.weeks import local_date


class ReviewedAlready(Exception):
    """Somebody else was first; `words` say who and when."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@transaction.atomic
def review_exception(*, exception: ScheduleException, note: str, now: datetime, by: User) -> None:
    """Record that a director has looked at it. Raises ReviewedAlready the second time."""
    unseen = ScheduleException.objects.open().filter(pk=exception.pk)
    if not unseen.update(reviewed_at=now, reviewed_by=by, review_note=note.strip()):
        raise ReviewedAlready(_who_was_first(exception))
    person = exception.participant
    write_audit(
        "schedule_exception.reviewed",
        by=by,
        subject=exception,
        participant_id=person.public_id if person else None,
        program_id=exception.program.public_id,
        kind=exception.kind,
        has_note=bool(note.strip()),
    )


def _who_was_first(exception: ScheduleException) -> str:
    found = ScheduleException.objects.select_related("reviewed_by", "program__site")
    stored = found.get(pk=exception.pk)
    if stored.reviewed_by is None or stored.reviewed_at is None:
        return _("It is reviewed already.")
    day = local_date(stored.reviewed_at, stored.program.zone)
    return _("%(name)s reviewed it already, %(day)s.") % {
        "name": stored.reviewed_by.display_name,
        "day": date_format(day, "DATE_FORMAT"),
    }
