"""The calendar's filters: programs, and what the week holds of sites, rooms, people and groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.calendar.asked import ALL, Asked, Picked
from groups.calendar.reading import Found
from groups.models import GroupSession
from groups.readable import leaders_of
from programs.models import GroupKind, Program, Room


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One list above the calendar. `everything` is its first choice, which filters nothing."""

    name: str
    label: str
    everything: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class FilterBar:
    """The filters, and what their form keeps of the address."""

    filters: tuple[Filter, ...]
    kept: Mapping[str, str]
    is_filtered: bool
    clear_url: str


def filter_bar(
    asked: Asked, found: Found, program: Program, readable: Sequence[Program], *, is_own_only: bool
) -> FilterBar:
    """Return the filters that have something to choose; those picked stay where nothing fits.

    Who sees only their own sessions is not asked who leads them.
    """
    filters = [*_programs(asked, program, readable), *_of_sessions(asked, found)]
    hidden = {"who"} if is_own_only else set()
    return FilterBar(
        filters=tuple(each for each in filters if each.options and each.name not in hidden),
        kept=asked.kept(),
        is_filtered=bool(asked.picked),
        clear_url=asked.address(picked=Picked()),
    )


def _of_sessions(asked: Asked, found: Found) -> tuple[Filter, ...]:
    """Return the filters of what the week holds."""
    picked, sessions = asked.picked, found.sessions
    leaders = {each.key: each.name for session in sessions for each in leaders_of(session)}
    groups = {str(each.group.public_id): each.group.name for each in sessions}
    kinds = {each.group.kind: str(GroupKind(each.group.kind).label) for each in sessions}
    gone = _("Not in this week")
    kind = str(GroupKind(picked.kind).label) if picked.kind else ""
    return (
        _filter("site", _("Site"), _("All sites"), _sites(found), picked.site, gone),
        _filter("room", _("Room"), _("All rooms"), _rooms(found), picked.room, gone),
        _filter("who", _("Facilitator"), _("Everyone"), leaders, picked.who, gone),
        _filter("group", _("Group"), _("All groups"), groups, picked.group, gone),
        _filter("kind", _("Kind"), _("All kinds"), kinds, picked.kind, kind),
    )


def kinds_of(sessions: Iterable[GroupSession]) -> list[GroupKind]:
    """Return the kinds among the sessions, in the order of their table."""
    found = {session.group.kind for session in sessions}
    return [kind for kind in GroupKind if kind in found]


def _programs(asked: Asked, program: Program, readable: Sequence[Program]) -> Sequence[Filter]:
    """Return the choice of program, this one first; none where there is no other."""
    others = [each for each in readable if each != program]
    if not others:
        return ()
    options = [
        *(Option(str(each.public_id), each.name, is_chosen=False) for each in others),
        Option(ALL, _("All programs"), is_chosen=asked.is_of_all),
    ]
    return [Filter("programs", _("Program"), program.name, tuple(options))]


def _sites(found: Found) -> dict[str, str]:
    """Return the sites of the programs shown; nothing to choose where there is one."""
    sites = {str(each.site.public_id): each.site.name for each in found.programs}
    return sites if len(sites) > 1 else {}


def _rooms(found: Found) -> dict[str, str]:
    rooms = {each.room_id: each.room for each in found.sessions if each.room}
    rooms |= {each.room.pk: each.room for each in found.rooms}
    sites = {each.site_id: each.site.name for each in found.programs}
    return {str(each.public_id): _room_name(each, sites) for each in rooms.values()}


def _room_name(room: Room, sites: dict[int, str]) -> str:
    if len(sites) == 1:
        return room.name
    return _("%(room)s, %(site)s") % {"room": room.name, "site": sites[room.site_id]}


def _filter(
    name: str, label: str, everything: str, labels: dict[str, str], chosen: str, missing: str
) -> Filter:
    """Return a filter by label; what was picked stays a choice where the week has none of it."""
    known = {chosen: missing, **labels} if chosen else labels
    options = sorted(known.items(), key=lambda item: item[1].casefold())
    return Filter(
        name,
        label,
        everything,
        tuple(Option(value, text, value == chosen) for value, text in options),
    )
