"""Walks the chain of seals and says what does not fit: lines, seals, or the end of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection

from accounts.anchors import Anchor
from accounts.finding import Finding, Kind
from accounts.models import AuditSeal
from accounts.models.seal import IdsField
from accounts.seal_form import Line
from accounts.sealed_lines import Altered, Held, first_misfit, swapped_first
from accounts.sealing import LATE, OVERDUE
from accounts.trail_sql import HELD_TWICE, NOT_HELD, OF_SEALS

# So many lines are in memory at a time, or one seal's; and so many findings are kept.
LINES_AT_ONCE, SEALS_AT_ONCE, MOST_FINDINGS = 5_000, 500, 10_000


@dataclass
class Report:
    """What was found, and how far it was looked."""

    findings: list[Finding] = field(default_factory=list)
    seals: int = 0
    lines: int = 0
    last: Anchor | None = None
    sealed_at: datetime | None = None
    unsealed: int = 0
    oldest_at: datetime | None = None
    anchored: int = 0

    @property
    def is_intact(self) -> bool:
        """Whether nothing was found that should not be."""
        return not self.findings

    def is_overdue(self, now: datetime) -> bool:
        """Whether lines have waited for a seal for longer than they may: no fault of theirs."""
        return self.oldest_at is not None and self.oldest_at < now - OVERDUE

    def add(self, found: Finding) -> None:
        """Keep a finding, as many as anybody reads."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(found)


class Walk:
    """One walk along the chain, from the first seal or from a date on."""

    def __init__(self, anchors: Iterable[Anchor], since: datetime | None) -> None:
        self.report, self.since = Report(), since
        self.anchors = iter(anchors)
        self.ahead = next(self.anchors, None)
        self.before: AuditSeal | None = None
        # What the seal before should have said; where it starts, what it does say.
        self.worked_out = ""
        # Everything that was there at this moment is in a seal up to here.
        self.whole_at: datetime | None = None
        self.whole_next: datetime | None = None
        self.altered: list[Altered] = []

    def go(self, on_progress: Callable[[Report], object]) -> Report:
        """Look at every seal, then at what no seal holds, then at what should have been there."""
        for seals in _some_at_a_time(self._seals()):
            lines = _lines_of(seals)
            for seal in seals:
                self._link(seal)
                self._look(seal, lines)
                self._anchored(seal)
            on_progress(self.report)
        self._settle_altered()
        self._held_twice()
        self._unsealed()
        self._missing_after_all()
        return self.report

    def _seals(self) -> Iterator[AuditSeal]:
        rows = AuditSeal.objects.order_by("number")
        if self.since is not None:
            rows = rows.filter(sealed_at__gte=self.since)
            first = rows.first()
            self.before = first and AuditSeal.objects.filter(number=first.number - 1).first()
            if self.before is not None:
                self._stand_at(self.before, self.before.digest)
                self._skip_anchors(self.before.number)
        yield from rows.iterator(chunk_size=SEALS_AT_ONCE)

    def _stand_at(self, seal: AuditSeal, worked_out: str) -> None:
        self.before, self.worked_out = seal, worked_out
        if seal.is_whole:
            self.whole_next = seal.sealed_at

    def _link(self, seal: AuditSeal) -> None:
        """Hold the seal to the one before it."""
        number = self.before.number if self.before else 0
        if seal.number != number + 1 and not (self.since and self.before is None):
            self.report.add(Finding(Kind.SEAL_MISSING, seal=number + 1, to=seal.number - 1))
        elif self.before and seal.before not in (self.before.digest, self.worked_out):
            self.report.add(Finding(Kind.SEAL_UNLINKED, seal=seal.number))

    def _look(self, seal: AuditSeal, lines: dict[int, list[tuple[Line, datetime]]]) -> None:
        """Hold the seal to its lines."""
        # Seals of one run have one moment: a line in the second was there at the first, too.
        if self.before is None or seal.sealed_at != self.before.sealed_at:
            self.whole_at = self.whole_next
        held = Held(seal, lines)
        if not held.fits:
            for each in first_misfit(held):
                if isinstance(each, Altered):
                    self.altered.append(each)
                else:
                    self.report.add(each)
        for line_id, at in held.moments():
            self._late(line_id, at, seal.number)
        self.report.seals += 1
        self.report.lines += held.found
        self.report.last = Anchor(seal.number, seal.digest)
        self.report.sealed_at = seal.sealed_at
        self._stand_at(seal, held.worked_out)

    def _late(self, line_id: int, at: datetime, seal: int | None) -> bool:
        """Say so where a seal that took all there was should have had the line, and had not."""
        is_late = self.whole_at is not None and at + LATE < self.whole_at
        if is_late:
            self.report.add(Finding(Kind.LINE_INSERTED, seal=seal, line=line_id, at=at))
        return is_late

    def _settle_altered(self) -> None:
        for found in swapped_first(self.altered):
            self.report.add(found)

    def _held_twice(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(HELD_TWICE)
            for number, line_id in cursor.fetchall():
                self.report.add(Finding(Kind.HELD_TWICE, seal=number, line=line_id))

    def _unsealed(self) -> None:
        self.whole_at = self.whole_next
        since = self.since.isoformat() if self.since else "-infinity"
        with connection.cursor() as cursor:
            cursor.execute(NOT_HELD, [since])
            for line_id, at in cursor:
                if self._late(line_id, at, None):
                    continue
                self.report.unsealed += 1
                self.report.oldest_at = min(at, self.report.oldest_at or at)

    def _skip_anchors(self, number: int) -> None:
        while self.ahead and self.ahead.number <= number:
            self.ahead = next(self.anchors, None)

    def _anchored(self, seal: AuditSeal) -> None:
        """Hold the seal to what was written down about it."""
        self._skip_anchors(seal.number - 1)
        while self.ahead and self.ahead.number == seal.number:
            self.report.anchored += 1
            if self.ahead.digest != seal.digest:
                self.report.add(Finding(Kind.SEAL_REPLACED, seal=seal.number))
            self.ahead = next(self.anchors, None)

    def _missing_after_all(self) -> None:
        """Say which seals were written down and come after the last one there is."""
        last = self.report.last.number if self.report.last else 0
        after = [each.number for each in self._rest() if each.number > last]
        if after:
            self.report.add(Finding(Kind.TAIL_CUT, seal=last + 1, to=max(after)))

    def _rest(self) -> Iterator[Anchor]:
        return chain([self.ahead] if self.ahead else [], self.anchors)


def verify_trail(
    *,
    anchors: Iterable[Anchor],
    since: datetime | None = None,
    on_progress: Callable[[Report], object] = lambda report: None,
) -> Report:
    """Return what does not fit in the trail.

    `anchors` are numbers and digests kept elsewhere, in order. With `since`, seals made from
    then on are looked at, and the one before them is believed.
    """
    return Walk(anchors, since).go(on_progress)


def _some_at_a_time(seals: Iterable[AuditSeal]) -> Iterator[list[AuditSeal]]:
    some: list[AuditSeal] = []
    for seal in seals:
        if some and sum(each.count for each in some) + seal.count > LINES_AT_ONCE:
            yield some
            some = []
        some.append(seal)
    if some:
        yield some


def _lines_of(seals: list[AuditSeal]) -> dict[int, list[tuple[Line, datetime]]]:
    """Return the lines that the seals hold, by id; of a seal that names too many, none."""
    ids = sorted(pair for seal in seals if Held.is_sound(seal) for pair in seal.ids)
    found: dict[int, list[tuple[Line, datetime]]] = {}
    with connection.cursor() as cursor:
        held: Any = IdsField().get_prep_value(ids)
        cursor.execute(OF_SEALS, [held])
        for *line, at in cursor:
            found.setdefault(int(line[0]), []).append((line, at))
    return found
