"""What the check found, what closed weeks concluded, who wants it in numbers, who completed."""

from hours.models.alert import CARE_KINDS, WEEK_KINDS, Alert, AlertKind
from hours.models.certificate import Certificate, Criterion
from hours.models.digest import USUAL_WEEKDAY, Digest
from hours.models.week_close import Conclusion, WeekClose

__all__ = [
    "CARE_KINDS",
    "USUAL_WEEKDAY",
    "WEEK_KINDS",
    "Alert",
    "AlertKind",
    "Certificate",
    "Conclusion",
    "Criterion",
    "Digest",
    "WeekClose",
]
