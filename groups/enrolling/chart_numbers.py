"""The chart number to suggest next: the same letters as the newest, the next number not taken."""

from __future__ import annotations

import re
from collections.abc import Collection

NUMBER_AT_END = re.compile(r"^(.*?)(\d+)$")
FIRST = "1001"


def next_chart_number(newest: str, taken: Collection[str]) -> str:
    """Return the number after `newest` that nobody has; zeros in front stay (`C-0009`, `C-0010`).

    Where the newest does not end in a number there is nothing to count on from.
    """
    match = NUMBER_AT_END.match(newest)
    if not match:
        return FIRST if not newest and FIRST not in taken else ""
    start, digits = match.groups()
    number = int(digits) + 1
    while (suggested := f"{start}{number:0{len(digits)}}") in taken:
        number += 1
    return suggested
