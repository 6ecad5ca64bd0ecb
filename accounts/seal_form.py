"""What a seal is taken over: the lines as text, column by column, and the seal's own words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from accounts.models.seal import Ids

# As text in one form, whatever the session's settings; each name is a column of the table.
COLUMNS = {
    "id": "e.id::text",
    "public_id": "e.public_id::text",
    "at": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US BC')",
    "by_id": "e.by_id::text",
    "verb": "e.verb::text",
    "subject_kind": "e.subject_kind::text",
    "subject_id": "e.subject_id::text",
    "participant_id": "e.participant_id::text",
    "program_id": "e.program_id::text",
    "detail": "e.detail::text",
    "address": "e.address::text",
}
AS_TEXT = ", ".join(COLUMNS.values())
# The columns of a line, the id first; None where there is nothing.
Line = Sequence[str | None]
PRINT_BYTES = 8
# Changes when what is sealed changes, so that no seal can pass for one of another form.
FORM = "trail 1"


def print_of(line: Line) -> bytes:
    """Return eight bytes that stand for what the line says, whichever id it has."""
    return sha256(_text(line[1:])).digest()[:PRINT_BYTES]


def digest_of(
    lines: Iterable[Line],
    *,
    number: int,
    sealed_at: datetime,
    ids: Iterable[Ids],
    is_whole: bool,
    prints: bytes,
    before: str,
) -> str:
    """Return the SHA-256 of the seal's own columns and of all its lines, by id, as hex."""
    moment = sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    spans = [list(pair) for pair in ids]
    digest = sha256(_text([FORM, number, moment, spans, is_whole, prints.hex(), before]))
    for line in lines:
        digest.update(_text(line))
    return digest.hexdigest()


def _text(values: Sequence[object]) -> bytes:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def pairs_of(ids: Iterable[int]) -> tuple[Ids, ...]:
    """Return ascending numbers as (first, one after the last) pairs."""
    pairs: list[tuple[int, int]] = []
    for each in ids:
        if pairs and pairs[-1][1] == each:
            pairs[-1] = (pairs[-1][0], each + 1)
        else:
            pairs.append((each, each + 1))
    return tuple(pairs)
