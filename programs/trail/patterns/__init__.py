"""What stands out on the trail: each pattern is a function over lines, with words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from programs.trail.patterns.entries import guessed_passwords, many_refusals
from programs.trail.patterns.facts import Facts, Finding, Unusual
from programs.trail.patterns.nights import exports_at_night, reads_at_night
from programs.trail.patterns.pace import many_charts
from programs.trail.patterns.whose import others_people, own_record, same_surname

# In the order of the page: the gravest first.
PATTERNS: Mapping[Unusual, Callable[[Facts], list[Finding]]] = {
    Unusual.GUESSED: guessed_passwords,
    Unusual.OWN: own_record,
    Unusual.SURNAME: same_surname,
    Unusual.MANY: many_charts,
    Unusual.OTHERS: others_people,
    Unusual.EXPORT: exports_at_night,
    Unusual.NIGHT: reads_at_night,
    Unusual.REFUSED: many_refusals,
}


def unusual(facts: Facts) -> list[Finding]:
    """Return everything that stands out, the gravest pattern first, the latest first in each."""
    return [
        finding
        for find in PATTERNS.values()
        for finding in sorted(find(facts), key=lambda each: each.first_at, reverse=True)
    ]
