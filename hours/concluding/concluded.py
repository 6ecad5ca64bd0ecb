"""What a week says of one enrollment, then and now, in the same plain values."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hours.facts import SessionLine
from hours.models import Conclusion
from hours.verdicts import Flag, Tag, Verdict
from hours.weekly_hours import WeeklyHours


@dataclass(frozen=True)
class KeptLine:
    """One session as a conclusion keeps it; minutes as the rule counts them."""

    session: uuid.UUID
    net: int
    credited: int
    is_expected: bool
    has_record: bool
    absence: str


@dataclass(frozen=True)
class Concluded:
    """One enrollment's week in minutes, and the sessions it is made of."""

    tag: Tag
    required: int
    offered: int
    attended: int
    unrecorded: int
    qualifying_days: int
    verdict: Verdict
    flags: tuple[Flag, ...]
    lines: tuple[KeptLine, ...]


def concluded_now(row: WeeklyHours) -> Concluded:
    """Return what a row of the week says."""
    return Concluded(
        tag=row.tag,
        required=row.required,
        offered=row.offered,
        attended=row.attended,
        unrecorded=row.unrecorded,
        qualifying_days=row.qualifying_days,
        verdict=row.verdict,
        flags=row.flags,
        lines=tuple(map(_kept, row.person.lines)),
    )


def concluded_then(kept: Conclusion) -> Concluded:
    """Return what a conclusion says."""
    return Concluded(
        tag=Tag(kept.tag),
        required=kept.required,
        offered=kept.offered,
        attended=kept.attended,
        unrecorded=kept.unrecorded,
        qualifying_days=kept.qualifying_days,
        verdict=Verdict(kept.verdict),
        flags=tuple(map(Flag, kept.flags)),
        lines=lines_from(kept.lines),
    )


def lines_from(kept: Sequence[dict[str, Any]]) -> tuple[KeptLine, ...]:
    """Return the sessions that a conclusion keeps as objects."""
    return tuple(KeptLine(**each | {"session": uuid.UUID(each["session"])}) for each in kept)


def as_kept(values: Concluded) -> dict[str, Any]:
    """Return the columns of a conclusion that says this."""
    columns = {name: getattr(values, name) for name in Concluded.__dataclass_fields__}
    return columns | {
        "tag": str(values.tag),
        "verdict": str(values.verdict),
        "flags": [str(flag) for flag in values.flags],
        "lines": [asdict(line) | {"session": str(line.session)} for line in values.lines],
    }


def _kept(line: SessionLine) -> KeptLine:
    return KeptLine(
        session=line.session_id,
        net=line.net,
        credited=line.credited,
        is_expected=line.is_expected,
        has_record=line.has_record,
        absence=line.absence,
    )
