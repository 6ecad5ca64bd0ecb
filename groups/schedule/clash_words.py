"""Clashes in words: the hard ones first, and what repeats said once with its dates.

What another program does is told only to who may read it there; to others a room or a person is
busy. Participants are named as on the roster, to who may read names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from groups.models import TherapyGroup
from groups.schedule.clash_sentences import ICONS, Facts, sentence_of
from groups.schedule.clashes import Clash, Other
from groups.wording import half_day, short_day, surname
from programs.access import Access
from programs.models import Participant, Program, Room
from programs.names import roster_names
from programs.who_may import Scope

NAMES_AT_MOST = 4


@dataclass(frozen=True)
class ClashLine:
    """One line: `stops` where nothing can be saved until it is settled, else it warns."""

    icon: str
    tone: str
    words: str
    stops: bool


@dataclass(frozen=True)
class Reader:
    """Who the words are for, and what the rows behind the clashes are called."""

    access: Access
    zone: ZoneInfo
    may_read_names: bool
    names: Mapping[str, str]
    groups: Mapping[int, str]
    rooms: Mapping[int, str]

    def may_know(self, other: Other) -> bool:
        """Whether the other session is one this person may read."""
        scopes = {each.pk: each for each in self.access.programs}
        program = scopes.get(other.program)
        return program is not None and (self.access.scope("groups.read", program) is Scope.PROGRAM)


def clash_lines(
    clashes: Collection[Clash], access: Access, program: Program
) -> tuple[ClashLine, ...]:
    """Return the clashes as lines; two queries at most, for what groups and rooms are called."""
    reader = _reader(clashes, access, program)
    ordered = sorted(clashes, key=lambda clash: (not clash.is_hard, clash.held_on))
    return tuple(_line(alike, reader) for alike in _folded(ordered))


def when_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return `Mon Nov 30, 9:00 to 10:30 AM`; the day is that of the start."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    bare = pgettext("time format: 5:30", "g:i")
    same_half = half_day(starts_at, zone) == half_day(ends_at, zone)
    return _("%(day)s, %(start)s to %(end)s") % {
        "day": short_day(start.date()),
        "start": date_format(start, bare if same_half else "TIME_FORMAT"),
        "end": date_format(end, "TIME_FORMAT"),
    }


def and_more_days(days: Collection[date]) -> str:
    """Return `and on 5 more dates, to Feb 22`, nothing for one date."""
    more = len(set(days)) - 1
    if not more:
        return ""
    return ngettext("and on %(last)s", "and on %(n)s more dates, to %(last)s", more) % {
        "n": more,
        "last": short_day(max(days)),
    }


def people_words(people: Iterable[Participant], names: Mapping[str, str] | None) -> str:
    """Return the people by their names, the first few of many; how many, where not to be named."""
    keys = {person.chart_number for person in people}
    if names is None:
        return ngettext("%(n)s participant", "%(n)s participants", len(keys)) % {"n": len(keys)}
    known = sorted((names[key] for key in keys), key=str.casefold)
    if len(known) <= NAMES_AT_MOST + 1:
        return get_text_list(known, _("and"))
    rest = len(known) - NAMES_AT_MOST
    return _("%(names)s and %(n)s more") % {"names": ", ".join(known[:NAMES_AT_MOST]), "n": rest}


def names_for(
    people: Iterable[Participant], access: Access, program: Program
) -> dict[str, str] | None:
    """Return the roster names by chart number; None where this person may not read names."""
    if access.scope("participants.name", program) is None:
        return None
    return roster_names(people)


def _reader(clashes: Collection[Clash], access: Access, program: Program) -> Reader:
    names = names_for((each.person for each in clashes if each.person), access, program)
    proposals = [each.proposal for each in clashes if each.proposal]
    groups = TherapyGroup.objects.filter(pk__in={each.group for each in proposals})
    rooms = Room.objects.filter(pk__in={each.room for each in proposals if each.room})
    return Reader(
        access=access,
        zone=program.zone,
        may_read_names=names is not None,
        names=names or {},
        groups=dict(groups.values_list("pk", "name")) if proposals else {},
        rooms=dict(rooms.values_list("pk", "name")) if proposals else {},
    )


def _folded(clashes: Iterable[Clash]) -> list[list[Clash]]:
    """Return the clashes that one line tells of: same subject on several dates, by many people."""
    by_subject: dict[tuple[Hashable, Participant | None], list[Clash]] = defaultdict(list)
    for clash in clashes:
        by_subject[(_subject(clash), clash.person)].append(clash)
    alike: dict[Hashable, list[Clash]] = defaultdict(list)
    for (subject, person), found in by_subject.items():
        dates = tuple(each.held_on for each in found)
        numbers = tuple(found[0].numbers.items()) if person else ()
        alike[(subject, dates, numbers)] += found
    return list(alike.values())


def _subject(clash: Clash) -> Hashable:
    proposal, other = clash.proposal, clash.other
    return (
        clash.kind,
        proposal and (proposal.group, proposal.room),
        clash.user,
        other and (other.program, other.group, other.room),
    )


def _line(alike: Sequence[Clash], reader: Reader) -> ClashLine:
    first = alike[0]
    sentence = sentence_of(first.kind, _facts(alike, reader))
    more = and_more_days([each.held_on for each in alike])
    whole = _("%(sentence)s, %(more)s.") if more else _("%(sentence)s.")
    return ClashLine(
        icon=ICONS[first.kind],
        tone="lost" if first.is_hard else "warn",
        words=whole % {"sentence": sentence, "more": more},
        stops=first.is_hard,
    )


def _facts(alike: Sequence[Clash], reader: Reader) -> Facts:
    first = alike[0]
    proposal, other = first.proposal, first.other
    people = {each.person for each in alike if each.person}
    return Facts(
        day=short_day(first.held_on),
        who=first.user[1] if first.user else _people(people, reader),
        people=len(people) or 1,
        group=reader.groups.get(proposal.group, "") if proposal else "",
        room=_room(first, reader),
        other=_other(other, reader),
        when=when_words(other.starts_at, other.ends_at, reader.zone) if other else "",
        numbers=first.numbers,
    )


def _people(people: Collection[Participant], reader: Reader) -> str:
    return people_words(people, reader.names if reader.may_read_names else None)


def _room(clash: Clash, reader: Reader) -> str:
    if clash.proposal and clash.proposal.room is not None:
        return reader.rooms[clash.proposal.room]
    return clash.other.room if clash.other else ""


def _other(other: Other | None, reader: Reader) -> str:
    """Return `Process B (Okafor)`; nothing where the reader may not know of it."""
    if other is None or not reader.may_know(other):
        return ""
    if not other.leaders:
        return other.group
    leaders = ", ".join(surname(name) for name in other.leaders)
    return _("%(group)s (%(leaders)s)") % {"group": other.group, "leaders": leaders}
