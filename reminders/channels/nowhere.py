"""Stands in where no carrier is set: nothing goes out, and nobody is told that it did."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from programs.models import Channel
from reminders.channels.line import Parcel, TryLater

NAME = "nowhere"
SCHEMES = ("",)
CHANNELS = (Channel.EMAIL, Channel.SMS)


class NoLine:
    """A line that is never open."""

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
        """Return that it never is."""
        return False

    def send(self, parcel: Parcel) -> str:
        """Take nothing."""
        raise TryLater


def open_line(_url: str) -> NoLine:
    """Return a line that is not open."""
    return NoLine()
