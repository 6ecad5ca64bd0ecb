"""Holds one seal to the lines it was made over, and tells which of them are not the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.finding import Finding, Kind
from accounts.models import AuditSeal
from accounts.seal_form import PRINT_BYTES, Line, digest_of, print_of

Found = dict[int, list[tuple[Line, datetime]]]


@dataclass(frozen=True)
class Altered:
    """A line that says something else than when it was sealed, by the prints of both."""

    seal: int
    line: int
    now: bytes
    then: bytes


class Held:
    """One seal with the lines that are there of it."""

    def __init__(self, seal: AuditSeal, found: Found) -> None:
        self.seal = seal
        ids = [each for pair in seal.ids for each in range(*pair)] if self.is_sound(seal) else []
        self.lines = {each: found.get(each, []) for each in ids}
        self.found = sum(len(each) for each in self.lines.values())
        self.worked_out = digest_of(
            (line for lines in self.lines.values() for line, _at in lines),
            number=seal.number,
            sealed_at=seal.sealed_at,
            ids=seal.ids,
            is_whole=seal.is_whole,
            prints=bytes(seal.prints),
            before=seal.before,
        )
        self.fits = self.is_sound(seal) and self.worked_out == seal.digest

    @staticmethod
    def is_sound(seal: AuditSeal) -> bool:
        """Whether it names as many lines as it counts: else it was altered, and may name all."""
        ends = [(first, end) for first, end in seal.ids if first is not None and end is not None]
        size = sum(end - first for first, end in ends)
        is_printed = len(bytes(seal.prints)) == PRINT_BYTES * seal.count
        return len(ends) == len(seal.ids) and size == seal.count and is_printed

    def moments(self) -> Iterator[tuple[int, datetime]]:
        """Yield each line that is there, with the moment it gives."""
        for line_id, lines in self.lines.items():
            for _line, at in lines:
                yield line_id, at


def first_misfit(held: Held) -> Iterator[Finding | Altered]:
    """Yield what is wrong with a seal that does not fit: its lines, or else the seal itself."""
    wrong = list(_wrong_lines(held))
    yield from wrong or [Finding(Kind.SEAL_ALTERED, seal=held.seal.number)]


def _wrong_lines(held: Held) -> Iterator[Finding | Altered]:
    prints, number = bytes(held.seal.prints), held.seal.number
    for place, (line_id, lines) in enumerate(held.lines.items()):
        then = prints[place * PRINT_BYTES : (place + 1) * PRINT_BYTES]
        if not lines:
            yield Finding(Kind.LINE_REMOVED, seal=number, line=line_id)
        elif len(lines) > 1:
            yield Finding(Kind.LINE_DOUBLED, seal=number, line=line_id)
        elif (now := print_of(lines[0][0])) != then:
            yield Altered(number, line_id, now, then)


def swapped_first(altered: list[Altered]) -> Iterator[Finding]:
    """Yield pairs that say what the other said, and the rest as altered, by id."""
    waiting: dict[tuple[bytes, bytes], list[Altered]] = {}
    for each in sorted(altered, key=lambda one: one.line):
        mirrored = waiting.get((each.then, each.now))
        if mirrored:
            first = mirrored.pop(0)
            yield Finding(Kind.LINES_SWAPPED, seal=first.seal, line=first.line, other=each.line)
        else:
            waiting.setdefault((each.now, each.then), []).append(each)
    rest = sorted((one for some in waiting.values() for one in some), key=lambda one: one.line)
    for each in rest:
        yield Finding(Kind.LINE_ALTERED, seal=each.seal, line=each.line)
