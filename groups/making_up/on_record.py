"""Where somebody is on record already. A higher app says so when it starts; seats only ask.

Attendance is such an app: what it has recorded of a person stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from programs.models import Enrollment

Records = Callable[[Enrollment, Collection[int]], Mapping[int, bool]]
_records: list[Records] = []


def on_record_by(records: Records) -> None:
    """Register what returns, of some sessions (keys), those in which the person is on record.

    Each comes with whether they were absent there.
    """
    if records not in _records:
        _records.append(records)


def on_record(enrollment: Enrollment, sessions: Collection[int]) -> dict[int, bool]:
    """Return those of the sessions (keys) with a record of the person: whether they were absent."""
    found: dict[int, bool] = {}
    for records in _records:
        found |= records(enrollment, sessions)
    return found
