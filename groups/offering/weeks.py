"""Offered minutes of a week: what somebody in every group would be offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from groups.counting import Span, counted, union
from programs.models.rule import Count


@dataclass(frozen=True)
class Offer:
    """A session that is to be held: its group, from when to when, its breaks."""

    group: int
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...] = ()


def offered_minutes(offers: Iterable[Offer], count: str) -> int:
    """Return the counted minutes of sessions; what runs at the same time counts once.

    Minutes are counted session by session, as the weekly hours do. Sessions that overlap are one:
    a minute counts where one of them is not in a break.
    """
    return sum(_together(each, count) for each in _overlapping(offers))


def _overlapping(offers: Iterable[Offer]) -> list[list[Offer]]:
    """Return the sessions in lots that overlap one another."""
    lots: list[list[Offer]] = []
    ends_at: datetime | None = None
    for offer in sorted(offers, key=lambda each: each.starts_at):
        if ends_at is not None and offer.starts_at < ends_at:
            lots[-1].append(offer)
            ends_at = max(ends_at, offer.ends_at)
        else:
            lots.append([offer])
            ends_at = offer.ends_at
    return lots


def _together(offers: Sequence[Offer], count: str) -> int:
    if len(offers) == 1:
        each = offers[0]
        return counted([(each.starts_at, each.ends_at)], each.breaks, count)
    if count == Count.SCHEDULED_SPAN:
        return counted([(each.starts_at, each.ends_at) for each in offers], (), count)
    return counted([part for each in offers for part in _without_breaks(each)], (), count)


def _without_breaks(offer: Offer) -> list[Span]:
    """Return the parts of the session that are no break."""
    parts: list[Span] = []
    at = offer.starts_at
    for begins, ends in union(offer.breaks):
        if at < min(begins, offer.ends_at):
            parts.append((at, min(begins, offer.ends_at)))
        at = max(at, ends)
    if at < offer.ends_at:
        parts.append((at, offer.ends_at))
    return parts


@dataclass(frozen=True)
class Run:
    """Weeks in a row that offer and ask the same; `first` and `last` count from 1."""

    first: int
    last: int
    offered: int
    required: int | None

    @property
    def missing(self) -> int:
        """The minutes a week that the rule asks for and the calendar does not offer."""
        return max(0, (self.required or 0) - self.offered)

    @property
    def weeks(self) -> int:
        return self.last - self.first + 1


def runs_of(weeks: Iterable[tuple[int, int | None]]) -> list[Run]:
    """Return the weeks, each as (offered, required), with those in a row that are alike as one."""
    runs: list[Run] = []
    for number, (offered, required) in enumerate(weeks, 1):
        before = runs[-1] if runs else None
        if before and (before.offered, before.required) == (offered, required):
            runs[-1] = Run(before.first, number, offered, required)
        else:
            runs.append(Run(number, number, offered, required))
    return runs
