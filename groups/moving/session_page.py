"""One session’s page: its facts, its people, what it runs into, what was changed, what can be."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import GroupSession, MakeUpSeat
from groups.moving.past_changes import ChangeLine, changes_of
from groups.moving.session_facts import Fact, SessionHead, facts_of, session_head
from groups.moving.session_states import Standing, State, standing_of, states_of
from groups.readable import readable_sessions, with_leaders, with_lessons
from groups.roster import expected_at, with_expected_count
from groups.schedule.clash_words import ClashLine, clash_lines
from groups.schedule.clashes import clashes_of
from groups.schedule.proposal import proposals_of
from groups.session_links import may_mark, sheet_url
from programs.access import Access
from programs.models import Enrollment, Program
from programs.names import roster_names


@dataclass(frozen=True)
class Act:
    """One thing that can be done: a button that leads to its page."""

    label: str
    icon: str
    url: str
    css: str = "btn-plain"


@dataclass(frozen=True)
class PersonRow:
    """One person who is expected, as the roster calls them; `note` says why a guest is."""

    name: str
    url: str
    note: str


@dataclass(frozen=True)
class SessionPage:
    """Everything the session’s template reads."""

    program: Program
    head: SessionHead
    group_url: str
    calendar_url: str
    facts: tuple[Fact, ...]
    states: tuple[State, ...]
    acts: tuple[Act, ...]
    people: tuple[PersonRow, ...]
    clashes: tuple[ClashLine, ...]
    changes: tuple[ChangeLine, ...]
    may_read_names: bool
    is_held: bool


def session_to_read(access: Access, program: Program, public_id: uuid.UUID) -> GroupSession:
    """Return the session: 404 outside the program, 403 where it is not this person’s to read."""
    visible = GroupSession.objects.visible_to(access.user).in_calendar()
    related = visible.filter(group__program=program).select_related(
        "group__program__site", "room", "pattern", "cancelled_for", "combined_into__group__program"
    )
    whole = with_lessons(with_leaders(with_expected_count(related)))
    found = get_object_or_404(whole, public_id=public_id)
    if not readable_sessions(access, program).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def session_page(
    *, program: Program, session: GroupSession, access: Access, now: datetime
) -> SessionPage:
    """Return the session as `access` may see it; it was found by `session_to_read`."""
    standing = standing_of(session, now)
    may_read_names = access.scope("participants.name", program) is not None
    may_edit = access.scope("groups.edit", program) is not None
    return SessionPage(
        program=program,
        head=session_head(session),
        group_url=reverse("groups:group", args=[program.public_id, session.group.public_id]),
        calendar_url=week_url(program, session.held_on),
        facts=facts_of(session),
        states=states_of(session, standing, program),
        acts=tuple(_acts(session, standing, access, program)),
        people=people_of(session, program) if may_read_names else (),
        clashes=_clashes(session, standing, access, program),
        changes=changes_of(session, program, may_undo=may_edit, now=now),
        may_read_names=may_read_names,
        is_held=standing.is_held,
    )


def week_url(program: Program, day: date) -> str:
    """Return the calendar’s address of the week that holds the date."""
    week = program.week_of(day).first_on
    return f"{reverse('groups:calendar', args=[program.public_id])}?week={week.isoformat()}"


def _acts(session: GroupSession, standing: Standing, access: Access, program: Program) -> list[Act]:
    acts = []
    if standing.is_held and may_mark(session, access, program):
        sheet = sheet_url(session, program)
        acts.append(Act(_("Attendance sheet"), "clipboard-check", sheet, "btn-primary"))
    if access.scope("groups.edit", program) is None or standing.is_recorded:
        return acts
    return acts + [
        Act(label, icon, reverse(view, args=[program.public_id, session.public_id]), css)
        for view, label, icon, css in _edits(standing)
    ]


def _edits(standing: Standing) -> list[tuple[str, str, str, str]]:
    """Return the pages that change the session as it stands."""
    move = ("moving:move", _("Move"), "calendar-clock", "btn-plain")
    if not standing.is_held:
        back = ("moving:reinstate", _("Reinstate"), "rotate-ccw", "btn-plain")
        return [move] if standing.is_over else [back, move]
    cancel = ("moving:cancel", _("Cancel session"), "circle-slash", "btn-danger-plain")
    if standing.is_over:
        return [move, cancel]
    return [
        move,
        ("staff:substitute", _("Substitute"), "user-round-cog", "btn-plain"),
        ("moving:combine", _("Combine"), "merge", "btn-plain"),
        cancel,
    ]


def _clashes(
    session: GroupSession, standing: Standing, access: Access, program: Program
) -> tuple[ClashLine, ...]:
    if not standing.is_held or standing.is_over:
        return ()
    found = clashes_of(proposals_of([session.pk]), program=program)
    return clash_lines(found, access, program)


def people_of(session: GroupSession, program: Program) -> tuple[PersonRow, ...]:
    """Return who is expected, as the roster calls them, by name."""
    expected = list(expected_at(session))
    names = roster_names([each.participant for each in expected])
    from_where = _combined_seats(session)
    rows = [
        PersonRow(
            name=names[each.participant.chart_number],
            url=reverse("people:participant", args=[program.public_id, each.participant.public_id]),
            note=_note(each, from_where),
        )
        for each in expected
    ]
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _combined_seats(session: GroupSession) -> dict[int, str]:
    """Return from which group’s session people sit here, by enrollment."""
    seats = MakeUpSeat.objects.held().filter(session=session.pk, combined_from__isnull=False)
    return dict(seats.values_list("enrollment", "combined_from__group__name"))


def _note(enrollment: Enrollment, from_where: dict[int, str]) -> str:
    if not enrollment.is_guest:  # type: ignore[attr-defined]
        return ""
    group = from_where.get(enrollment.pk)
    return _("from %(group)s") % {"group": group} if group else _("make-up seat")
