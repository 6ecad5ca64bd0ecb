"""When a line counts as down: for the rest of its sweep nobody waits for it again."""

from __future__ import annotations

import structlog

log = structlog.get_logger(__name__)

# Each costs up to SEND_TIMEOUT_SECONDS; a sweep comes every minute and starts with a new line.
MOST_FAILURES_IN_A_ROW = 3


class Patience:
    """Counts how often in a row the other end of one line failed to answer."""

    def __init__(self, carrier: str) -> None:
        self._carrier = carrier
        self._failures = 0

    @property
    def is_over(self) -> bool:
        """Whether the line is given up for this sweep."""
        return self._failures >= MOST_FAILURES_IN_A_ROW

    def answered(self) -> None:
        """Note that the other end answered, whatever it said."""
        self._failures = 0

    def failed(self, why: str, *, is_lost: bool = False) -> None:
        """Note that it did not; `is_lost` gives the line up at once. `why` names no address."""
        self._failures = MOST_FAILURES_IN_A_ROW if is_lost else self._failures + 1
        log.warning("carrier_fails", carrier=self._carrier, why=why, is_given_up=self.is_over)
