"""How each verdict looks on the board: tone, icon, word and note. One table for pages to read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hours.verdicts import Verdict
from hours.weekly_hours import WeeklyHours


class Standing(StrEnum):
    """A verdict as the board groups it: `tight` is an on-track week with no group to miss."""

    UNREACHABLE = "unreachable"
    NOT_MET = "not_met"
    RECOVERABLE = "recoverable"
    PENDING = "pending"
    TIGHT = "tight"
    ON_TRACK = "on_track"
    MET = "met"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Look:
    """Tone, icon, word and note of a standing. Calm rows take one line."""

    tone: str
    icon: str
    label: str | Promise
    note: str | Promise
    is_calm: bool = False


LOOKS: dict[Standing, Look] = {
    Standing.UNREACHABLE: Look("lost", "circle-x", _("Unreachable"), _("no seat is enough")),
    Standing.NOT_MET: Look("lost", "circle-x", _("Not met"), _("the week is over")),
    Standing.RECOVERABLE: Look("risk", "life-buoy", _("Recoverable"), _("a seat saves them")),
    Standing.PENDING: Look("guest", "hourglass", _("Pending"), _("recording is late")),
    Standing.TIGHT: Look("warn", "timer", _("Tight"), _("no group to miss")),
    Standing.ON_TRACK: Look(
        "go", "circle-arrow-right", _("On track"), _("with room to spare"), is_calm=True
    ),
    Standing.MET: Look("ok", "circle-check", _("Met"), _("already there"), is_calm=True),
    Standing.EXEMPT: Look(
        "calm", "circle-slash", _("Exempt"), _("not held to the minimum"), is_calm=True
    ),
}
# The tiles of a running week and of a week that is over; rows come worst first in both.
RUNNING = (
    Standing.UNREACHABLE,
    Standing.RECOVERABLE,
    Standing.TIGHT,
    Standing.ON_TRACK,
    Standing.MET,
    Standing.EXEMPT,
)
OVER = (Standing.NOT_MET, Standing.PENDING, Standing.MET, Standing.EXEMPT)
AT_RISK = (Standing.UNREACHABLE, Standing.RECOVERABLE)


def standing_of(row: WeeklyHours) -> Standing:
    """Return where the row stands on the board."""
    if row.verdict is Verdict.ON_TRACK and row.is_tight:
        return Standing.TIGHT
    return Standing(row.verdict.value)
