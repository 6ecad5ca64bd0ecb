"""The carrier of the demo: says on the console that something would have gone out, and no more.

Nothing of what it says, and no address: the outbox shows the words.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import structlog

from programs.models import Channel
from reminders.channels.line import Parcel

NAME = "console"
SCHEMES = ("console",)
CHANNELS = (Channel.EMAIL, Channel.SMS)

log = structlog.get_logger(__name__)


class ConsoleLine:
    """A line that leads nowhere."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close nothing."""

    def is_open(self) -> bool:
        """Return that it always is."""
        return True

    def send(self, parcel: Parcel) -> str:
        """Write one line, and give the message no name of the carrier's own."""
        # A warning, since workers keep lesser lines to themselves.
        log.warning("message_would_go_out", message=parcel.message_id)
        return ""


def open_line(_url: str) -> ConsoleLine:
    """Return a line to the console."""
    return ConsoleLine()
