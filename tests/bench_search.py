"""Finding somebody by a misspelt name beside a plain read by key, and how it grows."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import transaction

from programs.models import Participant, Role
from tests import build
from tests.programs.many_people import many_people

SIZES = (500, 5_000, 50_000)
MISSPELT = "Jonhson"
A_PAGE = 20
Median = Callable[[Callable[[], object]], float]


def bench_search(median: Median) -> None:
    """Print one line per number of people, then the growth from the smallest to the largest."""
    print(
        f"\n{'on record':>9}  {'first page':>10}  {'one may see':>11}  {'by key':>8}  {'ratio':>6}"
        "  index"
    )
    first = last = 0.0
    for size in SIZES:
        with transaction.atomic():
            last = _one_size(size, median)
            transaction.set_rollback(True)
        first = first or last
    print(
        f"From {SIZES[0]} to {SIZES[-1]:,} people ({SIZES[-1] // SIZES[0]} times as many) the"
        f" first page of a misspelt name takes {last / first:.1f} times as long."
    )


def _one_size(size: int, median: Median) -> float:
    """Return how long the first page takes, in seconds; one of 500 is found."""
    program = build.a_program()
    many_people(size, program)
    director = build.a_colleague(program, Role.DIRECTOR)
    page = Participant.objects.found_by(MISSPELT)[:A_PAGE]
    seen = Participant.objects.visible_to(director).found_by(MISSPELT)[:A_PAGE]
    key = Participant.objects.order_by("pk").values_list("pk", flat=True)[size // 2]
    assert page.count() == seen.count() == min(A_PAGE, size // 500)
    takes, seen_takes = median(lambda: list(page.all())), median(lambda: list(seen.all()))
    reads = median(lambda: Participant.objects.get(pk=key))
    used = re.search(r"Index Scan (?:on|using) (\w+)", page.explain())
    print(
        f"{size:>9}  {takes * 1000:>7.1f} ms  {seen_takes * 1000:>8.1f} ms"
        f"  {reads * 1000:>5.2f} ms  {takes / reads:>6.1f}  {used[1] if used else 'none'}"
    )
    return takes
