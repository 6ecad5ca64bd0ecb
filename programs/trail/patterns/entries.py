"""Doors that were tried: refusals, and passwords that may have been guessed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, timedelta

from programs.trail.patterns.facts import Facts, Finding, Line, Unusual, finding
from programs.trail.words import Kind
from programs.weeks import local_date

# Who slips types it wrong two or three times; a list of likely passwords takes more.
MANY_TRIES = 5
TRIED_WITHIN = timedelta(hours=1)
# A stale link or two a day happen; ten doors are somebody who tries them.
MANY_REFUSALS = 10
REFUSED_IN, SIGNED_IN = "user.sign_in_refused", "user.signed_in"


def guessed_passwords(facts: Facts) -> list[Finding]:
    """Find each sign-in before which the same account was refused many times within the hour.

    A sign-in settles the refusals before it: the next one counts its own.
    """
    keys = {colleague.public_id: key for key, colleague in facts.staff.items()}
    tries: dict[uuid.UUID | None, list[Line]] = defaultdict(list)
    found = []
    for line in facts.lines:
        if line.verb == REFUSED_IN:
            tries[line.subject].append(line)
        elif line.verb == SIGNED_IN:
            before = tries.pop(line.subject, [])
            close = [each for each in before if each.at > line.at - TRIED_WITHIN]
            if len(close) >= MANY_TRIES and line.subject in keys:
                who = keys[line.subject]
                found.append(finding(Unusual.GUESSED, who, [*close, line], tries=len(close)))
    return found


def many_refusals(facts: Facts) -> list[Finding]:
    """Find, for each colleague and local day, many refusals: of pages, and of what they asked."""
    lines: dict[tuple[int, date], list[Line]] = defaultdict(list)
    for line in facts.lines:
        if line.by is not None and line.kind is Kind.REFUSAL:
            lines[line.by, local_date(line.at, facts.zone)].append(line)
    return [
        finding(Unusual.REFUSED, who, found)
        for (who, _day), found in lines.items()
        if len(found) >= MANY_REFUSALS
    ]
