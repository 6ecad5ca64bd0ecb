"""One session in words: what, when, where, who leads it, how full it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from groups.kind_looks import KindLook, kind_look
from groups.models import Facilitation, GroupSession, SessionStatus, TherapyGroup
from groups.schedule.clash_words import when_words
from groups.wording import slot_words, times


@dataclass(frozen=True)
class SessionHead:
    """What the head of each page about a session says."""

    name: str
    kind: KindLook
    details: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One line of facts; `url` where the words lead somewhere outside."""

    term: str
    words: str
    url: str = ""


def session_head(session: GroupSession) -> SessionHead:
    """Return the head; the session was read with its group and room."""
    kind = kind_look(session.group.kind)
    when = when_words(session.starts_at, session.ends_at, session.group.program.zone)
    place = session.room.name if session.room else _("no room")
    return SessionHead(session.group.name, kind, (str(kind.label), when, place))


def group_head(group: TherapyGroup) -> SessionHead:
    """Return the head of a session that is not there yet."""
    kind = kind_look(group.kind)
    return SessionHead(group.name, kind, (group.name, str(kind.label)))


def facts_of(session: GroupSession) -> tuple[Fact, ...]:
    """Return what is known of the session, without names of participants.

    It was read `with_lessons` and `with_expected_count`, with its slot.
    """
    group = session.group
    facts = [
        Fact(_("Room"), session.room.name if session.room else _("No room")),
        Fact(_("Led by"), _led_by(session)),
        Fact(_("Seats"), _seats(session)),
        Fact(_("Breaks"), _breaks(session)),
        Fact(_("Teaches"), get_text_list(session.lesson_names, _("and"))),  # type: ignore[attr-defined]
        Fact(_("Weekly slot"), _slot(session)),
        Fact(_("Video"), group.video_link, group.video_link),
    ]
    return tuple(fact for fact in facts if fact.words)


def _led_by(session: GroupSession) -> str:
    leading = session.facilitations.filter(is_former=False).select_related(
        "user", "instead_of__user"
    )
    said = [_leader(each) for each in leading.order_by("user__name", "user_id")]
    return "; ".join(said) if said else _("Nobody")


def _leader(leading: Facilitation) -> str:
    name = leading.user.display_name
    if leading.instead_of is None:
        return name
    return _("%(name)s in place of %(other)s (%(reason)s)") % {
        "name": name,
        "other": leading.instead_of.user.display_name,
        "reason": leading.reason or _("no reason given"),
    }


def _seats(session: GroupSession) -> str:
    capacity = session.group.capacity
    if session.status != SessionStatus.SCHEDULED:
        return _("%(capacity)s") % {"capacity": capacity}
    return _("%(expected)s of %(capacity)s expected") % {
        "expected": session.expected,  # type: ignore[attr-defined]
        "capacity": capacity,
    }


def _breaks(session: GroupSession) -> str:
    zone = session.group.program.zone
    return "; ".join(times(start, end, zone) for start, end in session.breaks)


def _slot(session: GroupSession) -> str:
    slot = session.pattern
    if slot is None:
        return _("None: added for this day")
    return slot_words([slot.weekday], slot.starts, slot.ends)
