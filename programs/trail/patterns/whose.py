"""Whose record was looked at: one's own, a relative's perhaps, or nobody of one's sessions."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence

from programs.trail.patterns.facts import (
    Colleague,
    Facts,
    Finding,
    Line,
    Somebody,
    Unusual,
    finding,
)


def own_record(facts: Facts) -> list[Finding]:
    """Find who had to do with a record of their own name or email; one for each pair.

    Staff have no birth date here, so the whole name alone decides: another person of the same
    name is found too, and the reviewer tells them apart.
    """
    return _pairs(facts, Unusual.OWN, is_same_person, facts.lines)


def same_surname(facts: Facts) -> list[Finding]:
    """Find who looked at somebody with their own last name, but no record of their own."""

    def fits(colleague: Colleague, person: Somebody) -> bool:
        return shares_surname(colleague, person) and not is_same_person(colleague, person)

    return _pairs(facts, Unusual.SURNAME, fits, facts.looks)


def others_people(facts: Facts) -> list[Finding]:
    """Find who may see the people of their own sessions only, and looked at others.

    What was opened in an emergency is reviewed on a page of its own.
    """
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in facts.looks:
        if line.by not in facts.leads_only or line.is_emergency:
            continue
        is_known = line.participant in facts.people
        if is_known and (line.by, line.participant) not in facts.own_people:
            lines[line.by].append(line)
    return [finding(Unusual.OTHERS, who, found) for who, found in lines.items()]


def is_same_person(colleague: Colleague, person: Somebody) -> bool:
    """Whether the email, or first or preferred and last name, are the same."""
    if person.email and folded(person.email) == folded(colleague.email):
        return True
    names = {
        folded(f"{first} {person.last_name}")
        for first in (person.first_name, person.preferred_name)
        if first
    }
    return folded(colleague.name) in names


def shares_surname(colleague: Colleague, person: Somebody) -> bool:
    """Whether the colleague's name ends in the participant's whole last name."""
    last, whole = folded(person.last_name), folded(colleague.name)
    return bool(last) and whole.endswith(f" {last}")


def folded(text: str) -> str:
    """Return the text without its case and its spare spaces."""
    return " ".join(text.casefold().split())


def _pairs(
    facts: Facts,
    kind: Unusual,
    fits: Callable[[Colleague, Somebody], bool],
    lines: Sequence[Line],
) -> list[Finding]:
    """Return a finding for each colleague and participant that fit; each pair is asked once."""
    own: dict[tuple[int, uuid.UUID], list[Line]] = defaultdict(list)
    for line in lines:
        who, whom = line.by, line.participant
        if who is not None and whom is not None and who in facts.staff and whom in facts.people:
            own[who, whom].append(line)
    return [
        finding(kind, who, found)
        for (who, whom), found in own.items()
        if fits(facts.staff[who], facts.people[whom])
    ]
