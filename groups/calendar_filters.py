"""The calendar's filters: kind, room and facilitator, out of what the week holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.forms import CalendarForm
from groups.models import GroupSession
from groups.readable import leaders_of
from programs.models import GroupKind


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One list above the calendar."""

    name: str
    label: str
    everything: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Picked:
    """What was picked, as it stands in the address; empty is everything."""

    kind: str = ""
    room: str = ""
    who: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.room or self.who)

    def fits(self, session: GroupSession) -> bool:
        """Return whether the session is to be shown; it was read `with_leaders`."""
        return (
            self.kind in ("", session.group.kind)
            and self.room in ("", _room_key(session))
            and self.who in ("", *(leader.key for leader in leaders_of(session)))
        )


def picked_in(form: CalendarForm) -> Picked:
    """Return what a validated form picked."""
    return Picked(form.chosen("kind"), form.chosen("room"), form.chosen("who"))


def filters_of(
    sessions: Sequence[GroupSession], picked: Picked, *, is_own_only: bool
) -> tuple[Filter, ...]:
    """Return the filters; who sees only their own sessions is not asked who leads them."""
    kinds = {session.group.kind: _kind(session.group.kind) for session in sessions}
    rooms = {_room_key(each): each.room.name for each in sessions if each.room}
    leaders = {each.key: each.name for session in sessions for each in leaders_of(session)}
    picked_kind = {picked.kind: _kind(picked.kind)} if picked.kind else {}
    picked_room = {picked.room: _("Not used this week")} if picked.room else {}
    picked_leader = {picked.who: _("Leads nothing this week")} if picked.who else {}
    found = (
        _filter("kind", _("Kind"), _("All kinds"), picked_kind | kinds, picked.kind),
        _filter("room", _("Room"), _("All rooms"), picked_room | rooms, picked.room),
        _filter("who", _("Facilitator"), _("Everyone"), picked_leader | leaders, picked.who),
    )
    return found[:2] if is_own_only else found


def kinds_of(sessions: Iterable[GroupSession]) -> list[GroupKind]:
    """Return the kinds among the sessions, in the order of their table."""
    found = {session.group.kind for session in sessions}
    return [kind for kind in GroupKind if kind in found]


def _filter(name: str, label: str, everything: str, labels: dict[str, str], chosen: str) -> Filter:
    options = sorted(labels.items(), key=lambda item: item[1].casefold())
    return Filter(
        name,
        label,
        everything,
        tuple(Option(value, text, value == chosen) for value, text in options),
    )


def _kind(kind: str) -> str:
    return str(GroupKind(kind).label)


def _room_key(session: GroupSession) -> str:
    return str(session.room.public_id) if session.room else ""
