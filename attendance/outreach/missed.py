"""Whom to get in touch with: what one person's sessions say, one after the other.

Plain values only. A session that nobody recorded is not judged, and breaks no row of absences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from attendance.models import OutreachKind

# The second absence in a row is the one that counts.
A_ROW = 2


class Came(StrEnum):
    """What a record says of one expected session that is over."""

    PRESENT = "present"
    EXCUSED = "excused"
    UNEXPLAINED = "unexplained"
    UNRECORDED = "unrecorded"


ABSENT = (Came.EXCUSED, Came.UNEXPLAINED)


@dataclass(frozen=True)
class Expected:
    """One session at which the person was expected; `may_open` where it is still news."""

    session: int
    starts_at: datetime
    ends_at: datetime
    came: Came
    may_open: bool = True


@dataclass(frozen=True)
class Known:
    """An outreach on record. One that closed by itself was never called for after all."""

    key: int
    kind: OutreachKind
    session: int
    session_starts_at: datetime
    closed_at: datetime | None = None
    closed_itself: bool = False

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True)
class Episode:
    """One enrollment: its sessions in order, and when those ended that a safety answer is of."""

    sessions: tuple[Expected, ...]
    alerts: tuple[datetime, ...] = ()
    known: tuple[Known, ...] = ()

    def of_kind(self, kind: OutreachKind) -> list[Known]:
        """Those of a kind that were called for."""
        return [each for each in self.known if each.kind == kind and not each.closed_itself]

    def without(self, keys: Collection[int]) -> Episode:
        """The same, as if these had never been opened."""
        return replace(self, known=tuple(each for each in self.known if each.key not in keys))


@dataclass(frozen=True)
class Finding:
    """A reason to get in touch: which one, and the session that was missed."""

    kind: OutreachKind
    session: int


def findings_of(episode: Episode) -> list[Finding]:
    """Return what is to be opened now; what is open, or was dealt with, is not found again."""
    found = (_first_absence(episode), _in_a_row(episode), _after_safety(episode))
    kinds = (OutreachKind.FIRST_ABSENCE, OutreachKind.TWO_IN_A_ROW, OutreachKind.AFTER_SAFETY)
    return [Finding(kind, each.session) for kind, each in zip(kinds, found, strict=True) if each]


def still_holds(known: Known, episode: Episode) -> bool:
    """Say whether the sessions still call for it, as they are recorded now."""
    if known.kind == OutreachKind.FIRST_ABSENCE:
        held = (each for each in episode.sessions if each.came is Came.UNEXPLAINED)
    elif known.kind == OutreachKind.TWO_IN_A_ROW:
        held = (each for row in rows_of(episode.sessions) for each in row)
    else:
        held = (each for each in episode.sessions if each.came in ABSENT)
    return any(each.session == known.session for each in held)


def rows_of(sessions: Iterable[Expected]) -> Iterator[list[Expected]]:
    """Yield each row of two or more unexplained absences in order of time."""
    row: list[Expected] = []
    for each in sessions:
        if each.came is Came.UNEXPLAINED:
            row.append(each)
        elif each.came is not Came.UNRECORDED:
            if len(row) >= A_ROW:
                yield row
            row = []
    if len(row) >= A_ROW:
        yield row


def _first_absence(episode: Episode) -> Expected | None:
    """The first of the episode, once for ever."""
    first = next((each for each in episode.sessions if each.came is Came.UNEXPLAINED), None)
    if first is None or not first.may_open or episode.of_kind(OutreachKind.FIRST_ABSENCE):
        return None
    return first


def _in_a_row(episode: Episode) -> Expected | None:
    """The latest row of which nobody was told: its second absence, or the first that is news."""
    known = episode.of_kind(OutreachKind.TWO_IN_A_ROW)
    for row in reversed(list(rows_of(episode.sessions))):
        sessions = {each.session for each in row}
        news = next((each for each in row[1:] if each.may_open), None)
        is_known = any(each.session in sessions for each in known)
        if news and not is_known and not _is_covered(news, known):
            return news
    return None


def _after_safety(episode: Episode) -> Expected | None:
    """The first session after one of a safety answer, where it was missed, once per answer."""
    known = episode.of_kind(OutreachKind.AFTER_SAFETY)
    for answered_at in reversed(episode.alerts):
        after = (each for each in episode.sessions if each.starts_at >= answered_at)
        missed = next(after, None)
        if missed is None or missed.came not in ABSENT or not missed.may_open:
            continue
        span = (answered_at, missed.starts_at)
        is_known = any(span[0] <= each.session_starts_at <= span[1] for each in known)
        if not is_known and not _is_covered(missed, known):
            return missed
    return None


def _is_covered(missed: Expected, known: Sequence[Known]) -> bool:
    """Say whether one of the kind is open, or was closed when this session was over already."""
    return any(each.closed_at is None or each.closed_at >= missed.ends_at for each in known)
