"""What changes about a reply: a person has seen to it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.models import User
from reminders.models import FOR_PEOPLE, Reply


@transaction.atomic
def see_to_reply(*, reply: Reply, how: str, now: datetime, by: User) -> Reply:
    """Keep what was done about a reply that waits. Raises NotKept.

    Of two who see to it in the same moment the first one does; the second hears of it.
    """
    stored = Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    if stored.handled_at or stored.meaning not in FOR_PEOPLE:
        _refuse(NON_FIELD_ERRORS, _("Somebody has seen to this reply already"))
    if not how.strip():
        _refuse("how", _("Write in a few words what was done"))
    stored.handled_at, stored.handled_by, stored.handled_how = now, by, how.strip()
    stored.save(update_fields=["handled_at", "handled_by", "handled_how"])
    write_audit(
        "reply.seen_to",
        by=by,
        subject=stored,
        participant_id=stored.participant and stored.participant.public_id,
        program_id=stored.program and stored.program.public_id,
    )
    return stored


def _refuse(field: str, words: str) -> None:
    raise NotKept({field: [words]})
