"""The corrections of a signed sheet, as each row tells of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attendance.models import Amendment
from attendance.sheet.states import UNMARKED, state_from
from attendance.sheet.wishes import Clock
from attendance.sheet.wording import in_words, moment_of_day
from groups.models import GroupSession


@dataclass(frozen=True)
class Correction:
    """What a record said before and after, who changed it, when, and why."""

    before: str
    after: str
    by: str
    why: str


def corrections_of(session: GroupSession, clock: Clock) -> dict[uuid.UUID, tuple[Correction, ...]]:
    """Return each corrected person's corrections, the oldest first, in one statement."""
    found: dict[uuid.UUID, list[Correction]] = defaultdict(list)
    rows = Amendment.objects.filter(session=session).select_related("amended_by", "participant")
    for each in rows:
        by = _("%(who)s, %(when)s") % {
            "who": each.amended_by.name,
            "when": moment_of_day(each.amended_at, clock),
        }
        before, after = (
            in_words(state_from(text) or UNMARKED, clock) for text in (each.before, each.after)
        )
        found[each.participant.public_id].append(Correction(before, after, by, each.reason))
    return {who: tuple(several) for who, several in found.items()}
