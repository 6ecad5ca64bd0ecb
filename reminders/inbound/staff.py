"""A number of the staff that writes STOP: its notices go by email from then on."""

from __future__ import annotations

from datetime import datetime

from accounts.audit import write_audit
from accounts.models import User
from reminders.inbound.understanding import understand
from reminders.models import FOR_PEOPLE, Meaning, NoticeHours, Reply


def stop_staff_texts(reply: Reply, *, now: datetime, by: User | None) -> None:
    """Take the number off the hours of who chose it, where the reply asks for no more texts.

    What waits for them finds no number when it is claimed, and goes by email. A reply from
    nobody else's number is seen to with that. Call it in the transaction that keeps the reply.
    """
    if understand(reply.text).meaning != Meaning.STOP:
        return
    theirs = NoticeHours.objects.filter(mobile=reply.sender).select_related("user").order_by("pk")
    found = list(theirs.select_for_update(no_key=True, of=("self",)))
    for hours in found:
        hours.mobile = ""
        hours.save(update_fields=["mobile"])
        write_audit("notices.texts_stopped", by=by, subject=hours.user)
    if found and reply.meaning in FOR_PEOPLE:
        reply.handled_at, reply.handled_by = now, found[0].user
        reply.handled_how = str(Meaning.STOP.label)
        reply.save(update_fields=["handled_at", "handled_by", "handled_how"])
