"""What every carrier of messages offers: a line that takes parcels, and words for what it says.

A carrier is one module in this package. It has a name (that of its module), names the channels it
serves (`CHANNELS`) and the schemes of the URLs that choose it (`SCHEMES`), and opens a line for
such a URL (`open_line`). One that also brings replies and receipts verifies and reads them
(`read_incoming`, and `read_receipt`, which is None for a receipt that says nothing final).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from reminders.models import Reason
from reminders.wording.letters import Letter


class TryLater(Exception):
    """Nothing was taken, for certain: the same parcel may be tried again."""

    def __init__(self, reason: Reason = Reason.NO_ANSWER) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Refused(Exception):
    """Nothing was taken, and trying again would not help."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class OutcomeUnknown(Exception):
    """The line broke, or made no sense, while a parcel was on its way: it may have arrived."""

    def __init__(self, reason: Reason | None = None) -> None:
        super().__init__(str(reason or ""))
        self.reason = reason


class NotGenuine(Exception):
    """What claims to come from a gateway is not signed by it, too old, or cannot be read."""


@dataclass(frozen=True)
class Parcel:
    """A letter with where it goes; `message_id` is the public id of its row, the same each try.

    `unsubscribe_url` is the address of RFC 8058; empty where the message is to staff.
    """

    letter: Letter
    to: str
    message_id: str
    unsubscribe_url: str = ""


class Line(Protocol):
    """A way out, opened when first needed and closed with its `with` block."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def is_open(self) -> bool:
        """Return whether the other end answers; once it did not, not for the rest of its life."""

    def send(self, parcel: Parcel) -> str:
        """Hand the parcel over and return the carrier's name for it, empty where it gives none.

        Raises TryLater, Refused or OutcomeUnknown. Log lines and errors carry no address.
        """


@dataclass(frozen=True)
class IncomingText:
    """A message that came in: `sender` is a number in E.164, as the gateway gave it."""

    ref: str
    sender: str
    text: str


@dataclass(frozen=True)
class Receipt:
    """What a gateway says afterwards about a parcel it took."""

    ref: str
    is_delivered: bool
    said_at: datetime
