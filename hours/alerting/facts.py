"""What an alert's words need besides its own row, read for many alerts at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hours.alerting.unrecorded import Unrecorded, unrecorded_sessions
from hours.models import Alert, AlertKind
from programs.models import Authorization
from programs.models.authorization import IN_FORCE

OF_UNITS = (AlertKind.UNITS_LOW,)


@dataclass(frozen=True)
class Facts:
    """The authorization and the session an alert is about, where there is one; by its key."""

    authorizations: dict[int, Authorization]
    unrecorded: dict[int, Unrecorded]


def facts_of(alerts: Collection[Alert], now: datetime) -> Facts:
    """Return the facts of these alerts, in at most two statements."""
    return Facts(_authorizations(alerts), unrecorded_sessions(alerts, now))


def _authorizations(alerts: Collection[Alert]) -> dict[int, Authorization]:
    """Return the one that ends on the alert's date; of two, the one that approved less."""
    about = {(each.enrollment_id, each.due_on): each.pk for each in alerts if each.kind in OF_UNITS}
    if not about:
        return {}
    found = Authorization.objects.filter(
        enrollment__in={enrollment for enrollment, _day in about},
        last_on__in={day for _enrollment, day in about},
        status__in=IN_FORCE,
    ).defer("member_id", "note")
    keyed = {(each.enrollment_id, each.last_on): each for each in found.order_by("-approved_units")}
    return {about[key]: each for key, each in keyed.items() if key in about}
