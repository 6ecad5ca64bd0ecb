"""The chart number to suggest next: the same letters as the newest, the next number not taken."""

from __future__ import annotations

import re
from collections.abc import Callable

from programs.models import Participant

NUMBER_AT_END = re.compile(r"^(.*?)(\d+)$")
FIRST = "1001"


def suggested_chart_number() -> str:
    """Return the next chart number nobody in the clinic has."""
    newest = Participant.objects.order_by("-pk").values_list("chart_number", flat=True).first()
    taken = Participant.objects.filter
    return next_chart_number(newest or "", lambda number: taken(chart_number=number).exists())


def next_chart_number(newest: str, is_taken: Callable[[str], bool]) -> str:
    """Return the number after `newest` that nobody has; zeros in front stay (`C-0009`, `C-0010`).

    Where the newest does not end in a number there is nothing to count on from.
    """
    match = NUMBER_AT_END.match(newest)
    if not match:
        return FIRST if not newest and not is_taken(FIRST) else ""
    start, digits = match.groups()
    number = int(digits) + 1
    while is_taken(suggested := f"{start}{number:0{len(digits)}}"):
        number += 1
    return suggested
