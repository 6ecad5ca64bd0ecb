"""The statement by which a sender takes the oldest message to a participant that is due.

It is written out because a sender asks it anew for each message, and having it built takes longer
than having it answered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from programs.models import Participant
from reminders.models import Reminder, ReminderStatus

# All of the row, and of whom it is to no more than who they are: the rest is read again.
OF_ROW = tuple(Reminder._meta.concrete_fields)
NAMES = tuple(each.attname for each in OF_ROW)
OF_PERSON = ("id", "public_id", "merged_into_id")
OLDEST = f"""
SELECT {", ".join(f"m.{each.column}" for each in OF_ROW)},
       {", ".join(f"p.{each}" for each in OF_PERSON)}
  FROM reminders_reminder m
  JOIN programs_participant p ON p.id = m.participant_id
 WHERE m.status = %(planned)s AND m.channel = %(channel)s AND m.try_at <= %(now)s
   AND (%(kind)s::text IS NULL OR m.kind = %(kind)s)
   AND (%(since)s::timestamptz IS NULL OR m.try_at > %(since)s)
   AND m.id <> ALL(%(leaving)s::bigint[])
 ORDER BY m.try_at, m.id
 LIMIT 1
   FOR NO KEY UPDATE OF m, p SKIP LOCKED
"""


def take_oldest(
    channel: str,
    now: datetime,
    leaving: Collection[int],
    *,
    kind: str | None = None,
    since: datetime | None = None,
) -> Reminder | None:
    """Return the row that `Reminder.objects.due(now)` has first and nobody else has locked.

    It is locked with its `participant`, whom it is to. None of `leaving` is taken; where `kind` and
    `since` are given only such that are to be tried after that moment.
    """
    asked: dict[str, Any] = {
        "planned": ReminderStatus.PLANNED,
        "channel": channel,
        "now": now,
        "kind": kind,
        "since": since,
        "leaving": list(leaving),
    }
    with connection.cursor() as cursor:
        cursor.execute(OLDEST, asked)
        found = cursor.fetchone()
    if found is None:
        return None
    row = _read(Reminder, NAMES, found[: len(OF_ROW)])
    row.participant = _read(Participant, OF_PERSON, found[len(OF_ROW) :])
    return row


def _read(model: type[Any], names: Sequence[str], values: Sequence[Any]) -> Any:
    """Return the row as a query of the model would; what is not named is not read."""
    fields = map(model._meta.get_field, names)
    read = [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(fields, values, strict=True)
    ]
    return model.from_db(connection.alias, names, read)
