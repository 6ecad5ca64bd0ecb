"""One group: who is in it, since when, and its sessions to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.joining.seats import line_of
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupMembership, GroupSession, SessionStatus, TherapyGroup
from groups.readable import Leader, leaders_of, readable_sessions, with_leaders, with_lessons
from groups.roster import with_expected_count
from groups.session_links import session_url
from groups.slot_rows import SlotRow, slot_rows
from groups.wording import clock, short_day
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from programs.weeks import local_date

AHEAD = 8


@dataclass(frozen=True)
class MemberRow:
    """One member, as the roster calls them."""

    name: str
    url: str
    since: date
    until: date | None


@dataclass(frozen=True)
class AheadRow:
    """One session to come."""

    day: str
    starts: str
    ends: str
    url: str
    lessons_url: str
    room: str
    leaders: tuple[Leader, ...]
    lessons: tuple[str, ...]
    expected: int
    is_cancelled: bool
    reason: str


@dataclass(frozen=True)
class Fact:
    """One line about what the group is."""

    label: str
    value: str
    is_link: bool = False


@dataclass(frozen=True)
class GroupPage:
    """Everything the group's template reads."""

    program: Program
    group: TherapyGroup
    kind: KindLook
    slots: tuple[SlotRow, ...]
    about: tuple[Fact, ...]
    members: tuple[MemberRow, ...]
    starting: int
    waiting: int
    ahead: tuple[AheadRow, ...]
    may_read_names: bool
    may_edit: bool
    may_read_lessons: bool


def group_page(
    *, program: Program, group: TherapyGroup, access: Access, now: datetime
) -> GroupPage:
    """Return the group as `access` may see it; whether at all is the view's question."""
    today = local_date(now, program.zone)
    may_read_names = access.scope("participants.name", program) is not None
    may_edit = access.scope("groups.edit", program) is not None
    places = _places(group, today) if may_read_names else []
    now_in_it = [each for each in places if each.first_on <= today]
    return GroupPage(
        program=program,
        group=group,
        kind=kind_look(group.kind),
        slots=slot_rows(group, today=today, may_edit=may_edit),
        about=_about(group),
        members=_members(now_in_it, program),
        starting=len(places) - len(now_in_it),
        waiting=line_of(group, today).count(),
        ahead=_ahead(group, access, program, now),
        may_read_names=may_read_names,
        may_edit=may_edit,
        may_read_lessons=access.scope("curriculum.read", program) is not None,
    )


def _about(group: TherapyGroup) -> tuple[Fact, ...]:
    """Return what the group is, as far as it was filled in."""
    least = ngettext("%(n)s person", "%(n)s people", group.min_to_hold) % {"n": group.min_to_hold}
    facts = (
        Fact(_("Seats"), str(group.capacity)),
        Fact(_("Held from"), least if group.min_to_hold else ""),
        Fact(_("Usual room"), group.default_room.name if group.default_room else ""),
        Fact(_("Teaches"), group.teaches.name if group.teaches else ""),
        Fact(_("Video link"), group.video_link, is_link=True),
    )
    return tuple(fact for fact in facts if fact.value)


def _places(group: TherapyGroup, today: date) -> list[GroupMembership]:
    """Return the memberships in force or still to begin."""
    in_it = GroupMembership.objects.lasting(today).filter(group=group)
    return list(in_it.select_related("enrollment__participant"))


def _members(found: Sequence[GroupMembership], program: Program) -> tuple[MemberRow, ...]:
    names = roster_names([each.enrollment.participant for each in found])
    rows = [_member(each, names, program) for each in found]
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _member(membership: GroupMembership, names: dict[str, str], program: Program) -> MemberRow:
    participant = membership.enrollment.participant
    return MemberRow(
        name=names[participant.chart_number],
        url=reverse("people:participant", args=[program.public_id, participant.public_id]),
        since=membership.first_on,
        until=membership.last_on,
    )


def _ahead(
    group: TherapyGroup, access: Access, program: Program, now: datetime
) -> tuple[AheadRow, ...]:
    sessions = readable_sessions(access, program).filter(group=group, ends_at__gt=now)
    found = with_lessons(with_leaders(with_expected_count(sessions)))
    related = found.select_related("group", "room", "cancelled_for").order_by("starts_at")
    return tuple(_ahead_row(each, access, program) for each in related[:AHEAD])


def _ahead_row(session: GroupSession, access: Access, program: Program) -> AheadRow:
    zone, url = program.zone, session_url(session, access, program)
    own_page = reverse("groups:group", args=[program.public_id, session.group.public_id])
    return AheadRow(
        day=short_day(session.held_on),
        starts=clock(session.starts_at, zone),
        ends=clock(session.ends_at, zone),
        url="" if url == own_page else url,
        lessons_url=""
        if url == own_page
        else reverse("teaching:teaching", args=[program.public_id, session.public_id]),
        room=session.room.name if session.room else "",
        leaders=leaders_of(session),
        lessons=tuple(session.lesson_names),  # type: ignore[attr-defined]
        expected=session.expected,  # type: ignore[attr-defined]
        is_cancelled=session.status != SessionStatus.SCHEDULED,
        reason=session.cancelled_for.reason if session.cancelled_for else "",
    )
