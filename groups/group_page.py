"""One group: who is in it, since when, and its sessions to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from groups.kind_looks import KindLook, kind_look
from groups.models import GroupMembership, GroupSession, SessionStatus, TherapyGroup
from groups.readable import Leader, leaders_of, readable_sessions, with_leaders, with_lessons
from groups.roster import with_expected_count
from groups.session_links import session_url
from groups.slots import slots_of
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
    room: str
    leaders: tuple[Leader, ...]
    lessons: tuple[str, ...]
    expected: int
    is_cancelled: bool
    reason: str


@dataclass(frozen=True)
class GroupPage:
    """Everything the group's template reads."""

    program: Program
    group: TherapyGroup
    kind: KindLook
    slots: tuple[str, ...]
    members: tuple[MemberRow, ...]
    starting: int
    ahead: tuple[AheadRow, ...]
    may_read_names: bool


def group_page(
    *, program: Program, group: TherapyGroup, access: Access, now: datetime
) -> GroupPage:
    """Return the group as `access` may see it; whether at all is the view's question."""
    today = local_date(now, program.zone)
    may_read_names = access.scope("participants.name", program) is not None
    return GroupPage(
        program=program,
        group=group,
        kind=kind_look(group.kind),
        slots=slots_of([group.pk], today=today).get(group.pk, ()),
        members=_members(group, program, today) if may_read_names else (),
        starting=group.memberships.filter(first_on__gt=today).count(),
        ahead=_ahead(group, access, program, now),
        may_read_names=may_read_names,
    )


def _members(group: TherapyGroup, program: Program, today: date) -> tuple[MemberRow, ...]:
    found = list(
        GroupMembership.objects.on(today)
        .filter(group=group)
        .select_related("enrollment__participant")
    )
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
        room=session.room.name if session.room else "",
        leaders=leaders_of(session),
        lessons=tuple(session.lesson_names),  # type: ignore[attr-defined]
        expected=session.expected,  # type: ignore[attr-defined]
        is_cancelled=session.status != SessionStatus.SCHEDULED,
        reason=session.cancelled_for.reason if session.cancelled_for else "",
    )
