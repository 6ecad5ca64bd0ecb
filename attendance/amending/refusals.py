"""Why a signed record is not amended so: in words, and at which field of the form."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from attendance.sheet.states import Moment, Refused, State, checked


class NotAmended(Exception):
    """The record was left as it is: `field` says where it can be put right, `words` say why."""

    def __init__(self, words: str | Promise, *, field: str = "mark") -> None:
        super().__init__(words)
        self.words, self.field = words, field


class NotSigned(NotAmended):
    """Nobody has signed yet, so the sheet itself can be marked."""


class ChangedMeanwhile(NotAmended):
    """Somebody else amended the record after it was shown."""


def refuse_untrue(target: State, moment: Moment) -> None:
    """Raise NotAmended where the times cannot be true of this session."""
    try:
        checked(target, moment)
    except Refused as refused:
        raise NotAmended(refused.words, field=refused.field) from refused
    last = len(target.stretches)
    for number, (arrived, left) in enumerate(target.stretches, 1):
        _refuse_ahead(arrived, moment, "arrived" if number == 1 else f"back{number - 1}")
        if left != moment.ends_at:
            # Whoever signs before the end says that those in the room stay until then.
            _refuse_ahead(left, moment, "left" if number == last else f"out{number}")


def _refuse_ahead(at: datetime | None, moment: Moment, field: str) -> None:
    if at is not None and at > moment.now:
        raise NotAmended(_("This is still to come."), field=field)


def refuse_idle(target: State, current: State, *, is_expected: bool, reason: str) -> None:
    """Raise NotAmended where nothing would change, or nobody says why it should."""
    if target == current:
        raise NotAmended(_("That is what the record says already."))
    if is_expected and not target.has_record:
        raise NotAmended(
            _("They were expected at this session, so a record stays. Mark them absent instead.")
        )
    if not reason.strip():
        raise NotAmended(_("Say why the record is amended."), field="reason")
