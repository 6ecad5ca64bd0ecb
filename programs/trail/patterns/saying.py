"""What stands out, in words and numbers; who decides what it means is the reader."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programs.trail.patterns.facts import Facts, Finding, Unusual

ICONS = {
    Unusual.GUESSED: "key-round",
    Unusual.OWN: "user-round",
    Unusual.SURNAME: "users-round",
    Unusual.MANY: "gauge",
    Unusual.OTHERS: "user-x",
    Unusual.EXPORT: "download",
    Unusual.NIGHT: "moon",
    Unusual.REFUSED: "octagon-x",
}


@dataclass(frozen=True)
class Said:
    """One finding as the page shows it."""

    kind: str
    icon: str
    who_id: uuid.UUID
    who: str
    sentence: str
    when: str
    people: tuple[tuple[uuid.UUID, str], ...]


def said(finding: Finding, facts: Facts) -> Said:
    """Return the finding in words; who is named must be staff of the facts."""
    colleague = facts.staff[finding.who]
    return Said(
        kind=str(finding.kind.label),
        icon=ICONS[finding.kind],
        who_id=colleague.public_id,
        who=colleague.name or colleague.email,
        sentence=_SENTENCES[finding.kind](finding, facts),
        when=_when(finding, facts),
        people=tuple((key, _name(key, facts)) for key in finding.people[:3]),
    )


def _own(finding: Finding, facts: Facts) -> str:
    return ngettext(
        "%(n)s line about a record with the same name or email as theirs.",
        "%(n)s lines about a record with the same name or email as theirs.",
        finding.lines,
    ) % {"n": finding.lines}


def _surname(finding: Finding, facts: Facts) -> str:
    return ngettext(
        "%(n)s look at the record of somebody with the same last name.",
        "%(n)s looks at the record of somebody with the same last name.",
        finding.lines,
    ) % {"n": finding.lines}


def _many(finding: Finding, facts: Facts) -> str:
    return _("%(charts)s different charts within an hour.") % finding.numbers


def _others(finding: Finding, facts: Facts) -> str:
    people = len(finding.people)
    return ngettext(
        "Looked at %(n)s participant who was in none of their sessions.",
        "Looked at %(n)s participants who were in none of their sessions.",
        people,
    ) % {"n": people}


def _export(finding: Finding, facts: Facts) -> str:
    words = ngettext(
        "Took %(n)s list along, outside %(hours)s.",
        "Took %(n)s lists along, outside %(hours)s.",
        finding.lines,
    )
    return words % {"n": finding.lines, "hours": _hours(facts)}


def _night(finding: Finding, facts: Facts) -> str:
    words = ngettext(
        "%(n)s look at records outside %(hours)s.",
        "%(n)s looks at records outside %(hours)s.",
        finding.lines,
    )
    return words % {"n": finding.lines, "hours": _hours(facts)}


def _refused(finding: Finding, facts: Facts) -> str:
    return _("%(n)s refusals in a day.") % {"n": finding.lines}


def _guessed(finding: Finding, facts: Facts) -> str:
    return _("Signed in after %(tries)s refusals within an hour.") % finding.numbers


_SENTENCES: Mapping[Unusual, Callable[[Finding, Facts], str]] = {
    Unusual.OWN: _own,
    Unusual.SURNAME: _surname,
    Unusual.MANY: _many,
    Unusual.OTHERS: _others,
    Unusual.EXPORT: _export,
    Unusual.NIGHT: _night,
    Unusual.REFUSED: _refused,
    Unusual.GUESSED: _guessed,
}


def _hours(facts: Facts) -> str:
    return _("%(opens)s to %(closes)s") % {
        "opens": time_format(facts.opens, "TIME_FORMAT"),
        "closes": time_format(facts.closes, "TIME_FORMAT"),
    }


def _when(finding: Finding, facts: Facts) -> str:
    first, last = (each.astimezone(facts.zone) for each in (finding.first_at, finding.last_at))
    day = date_format(first, pgettext("date format: Mon Nov 23", "D M j"))
    if first == last:
        return f"{day}, {date_format(first, 'TIME_FORMAT')}"
    ends = date_format(last, pgettext("date format: Mon Nov 23", "D M j"))
    ends = "" if ends == day else f"{ends}, "
    return _("%(start)s to %(end)s") % {
        "start": f"{day}, {date_format(first, 'TIME_FORMAT')}",
        "end": f"{ends}{date_format(last, 'TIME_FORMAT')}",
    }


def _name(key: uuid.UUID, facts: Facts) -> str:
    person = facts.people.get(key)
    if person is None:
        return _("somebody of another program")
    return f"{person.preferred_name or person.first_name} {person.last_name}"
