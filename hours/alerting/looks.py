"""How each kind of alert looks, the worst first: tone, icon and word. One table for pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hours.models import AlertKind


@dataclass(frozen=True)
class Look:
    """Tone, icon and word of a kind."""

    tone: str
    icon: str
    label: str | Promise


# In the order of the page.
LOOKS: dict[AlertKind, Look] = {
    AlertKind.UNREACHABLE: Look("lost", "circle-x", _("Unreachable")),
    AlertKind.RECOVERABLE: Look("risk", "life-buoy", _("Recoverable")),
    AlertKind.NOT_MET: Look("lost", "circle-x", _("Not met")),
    AlertKind.GAP: Look("lost", "calendar-x", _("Long gap")),
    AlertKind.UNITS_LOW: Look("risk", "fuel", _("Units low")),
    AlertKind.EXPIRING: Look("risk", "calendar-clock", _("Authorization ends")),
    AlertKind.RECERTIFICATION: Look("warn", "stethoscope", _("Recertification")),
    AlertKind.REVIEW_DUE: Look("warn", "search-check", _("Review due")),
    AlertKind.UNRECORDED: Look("warn", "clipboard-list", _("Unrecorded")),
    AlertKind.PENDING: Look("guest", "hourglass", _("Pending")),
    AlertKind.DAYS_SHORT: Look("warn", "calendar-minus", _("Days short")),
    AlertKind.OVER_MAXIMUM: Look("warn", "gauge", _("Over the maximum")),
}
ORDER = {kind: place for place, kind in enumerate(LOOKS)}
