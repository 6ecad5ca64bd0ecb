"""What is asked about a reply: what was done about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from programs.plan.boxes import RecordForm, some_text
from reminders.models import Reply

LONGEST = 500


class SeeToForm(RecordForm):
    """What was done; each reply on the page has one of these."""

    how = some_text(
        _("What was done"), most=LONGEST, required=_("Write in a few words what was done")
    )

    def __init__(self, data: Any = None, *, reply: Reply) -> None:
        self.reply = reply
        super().__init__(data, prefix=f"reply-{reply.public_id}")
