"""Lines as a person reads them: by day and colleague, what is the same told once with its count."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from programs.trail.places import page_words
from programs.trail.words import ICONS, kind_of, words_of
from programs.weeks import local_date


@dataclass(frozen=True)
class Entry:
    """What was done, how often and when; about whom, where the page is not about them."""

    icon: str
    kind: str
    words: str
    count: int
    times: str
    address: str
    whom: str
    whom_id: uuid.UUID | None
    place: str
    page: str


@dataclass(frozen=True)
class DayOf:
    """What one colleague did on one day."""

    day: date
    who: str
    who_id: uuid.UUID | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Known:
    """The names that the reader may see: of people and of programs, by their public ids."""

    people: Mapping[uuid.UUID, str]
    programs: Mapping[uuid.UUID, str]


def days_of(lines: Iterable[AuditEvent], known: Known, zone: ZoneInfo) -> tuple[DayOf, ...]:
    """Return the lines, the latest first, by day and colleague."""

    def place(line: AuditEvent) -> tuple[date, int]:
        return local_date(line.at, zone), line.by_id or 0

    ordered = sorted(lines, key=lambda line: (place(line)[0], line.at), reverse=True)
    latest: dict[tuple[date, int], datetime] = {}
    for line in ordered:
        latest.setdefault(place(line), line.at)
    ordered.sort(key=lambda line: (place(line)[0], latest[place(line)], place(line)), reverse=True)
    return tuple(_day(list(own), known, zone) for _key, own in groupby(ordered, key=place))


def page_of(line: AuditEvent) -> str:
    """Return the page that a line names, in words."""
    view = str(line.detail.get("page", "")) if isinstance(line.detail, dict) else ""
    return page_words(view)


def _day(lines: list[AuditEvent], known: Known, zone: ZoneInfo) -> DayOf:
    first = lines[0]
    alike: dict[tuple, list[AuditEvent]] = {}
    for line in lines:
        page = page_of(line)
        key = (line.verb, line.participant_id, line.program_id, line.address, page)
        alike.setdefault(key, []).append(line)
    return DayOf(
        day=local_date(first.at, zone),
        who=first.by.display_name if first.by else _("the system, or nobody signed in"),
        who_id=first.by.public_id if first.by else None,
        entries=tuple(_entry(same, known, zone) for same in alike.values()),
    )


def _entry(same: list[AuditEvent], known: Known, zone: ZoneInfo) -> Entry:
    line, kind = same[0], kind_of(same[0].verb)
    moments = sorted(each.at for each in same)
    first, last = (date_format(each.astimezone(zone), "TIME_FORMAT") for each in _ends(moments))
    return Entry(
        icon=ICONS[kind],
        kind=str(kind.label),
        words=words_of(line.verb),
        count=len(same),
        times=first if first == last else _("%(first)s to %(last)s") % _both(first, last),
        address=line.address or "",
        whom=_whom(line, known),
        whom_id=line.participant_id if line.participant_id in known.people else None,
        place=_place(line, known),
        page=page_of(line),
    )


def _ends(moments: list[datetime]) -> tuple[datetime, datetime]:
    return moments[0], moments[-1]


def _both(first: str, last: str) -> dict[str, str]:
    return {"first": first, "last": last}


def _whom(line: AuditEvent, known: Known) -> str:
    if line.participant_id is None:
        return ""
    return known.people.get(line.participant_id, _("somebody of another program"))


def _place(line: AuditEvent, known: Known) -> str:
    if line.program_id is None:
        return ""
    return known.programs.get(line.program_id, _("another program"))
