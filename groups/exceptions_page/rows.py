"""One line of the list: what was overridden, for which dates, why, by whom, and who reviewed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from groups.exceptions_page.forms import ReviewForm
from groups.exceptions_page.sentences import said
from groups.models import (
    ClashKind,
    GroupSession,
    ScheduleChange,
    ScheduleException,
    SessionStatus,
    TherapyGroup,
)
from groups.schedule.clash_sentences import ICONS, Facts
from groups.schedule.snapshot import keys_in
from groups.wording import short_day
from programs.models import Participant, Program
from programs.names import roster_names


@dataclass(frozen=True)
class Link:
    """Where it can be looked at."""

    url: str
    label: str


@dataclass(frozen=True)
class Row:
    """One overridden warning. `form` is the review's, None once there is one."""

    key: str
    icon: str
    kind: str
    sentence: str
    dates: str
    times: str
    reason: str
    made_by: str
    made_at: datetime
    is_undone: bool
    link: Link
    form: ReviewForm | None
    reviewed_by: str
    reviewed_at: datetime | None
    note: str


def rows_of(
    found: Sequence[ScheduleException],
    program: Program,
    *,
    refused: Mapping[int, ReviewForm],
) -> tuple[Row, ...]:
    """Return the lines; `refused` are reviews that could not be kept, by the row's key.

    At most one query more, for what groups are called that a change was about.
    """
    people: list[Participant] = [each.participant for each in found if each.participant]
    names = roster_names(people)
    groups = _groups_of([each.change for each in found if each.change and _names_no_group(each)])
    return tuple(
        _row(each, program, _facts(each, names, groups), refused.get(each.pk)) for each in found
    )


def _row(row: ScheduleException, program: Program, facts: Facts, refused: ReviewForm | None) -> Row:
    kind, key = ClashKind(row.kind), str(row.public_id)
    is_open = row.reviewed_at is None
    times = ngettext("%(times)s time", "%(times)s times", row.times) % {"times": row.times}
    return Row(
        key=key,
        icon=ICONS[kind],
        kind=str(kind.label),
        sentence=said(kind, facts),
        dates=_dates(row.first_on, row.last_on),
        times=times if row.times > 1 else "",
        reason=row.reason,
        made_by=_name(row.made_by),
        made_at=row.made_at,
        is_undone=row.change is not None and row.change.undone_at is not None,
        link=_link(row, program),
        form=(refused or ReviewForm(auto_id=f"{key}-%s")) if is_open else None,
        reviewed_by=_name(row.reviewed_by),
        reviewed_at=row.reviewed_at,
        note=row.review_note,
    )


def _facts(row: ScheduleException, names: Mapping[str, str], groups: Mapping[int, str]) -> Facts:
    person = names[row.participant.chart_number] if row.participant else ""
    session = row.session
    return Facts(
        day=short_day(row.first_on),
        who=row.user.name or row.user.email if row.user else person,
        group=_group(row) or groups.get(row.change_id or 0, ""),
        room=session.room.name if session and session.room else str(row.detail.get("room", "")),
        numbers=row.detail,
    )


def _group(row: ScheduleException) -> str:
    if row.session:
        return row.session.group.name
    return row.membership.group.name if row.membership else str(row.detail.get("group", ""))


def _names_no_group(row: ScheduleException) -> bool:
    return not _group(row)


def _groups_of(changes: Collection[ScheduleChange]) -> dict[int, str]:
    """Return what the group is called that each change (key) was about, where it is one."""
    sessions = {each.pk: set(keys_in(each.after, GroupSession)) for each in changes}
    wanted = frozenset().union(*sessions.values())
    if not wanted:
        return {}
    names: dict[str, set[int]] = defaultdict(set)
    held = TherapyGroup.objects.filter(sessions__in=wanted)
    for name, session in held.values_list("name", "sessions"):
        names[name].add(session)
    about = {
        change: [name for name, held_by in names.items() if held_by & keys]
        for change, keys in sessions.items()
    }
    return {change: found[0] for change, found in about.items() if len(found) == 1}


def _link(row: ScheduleException, program: Program) -> Link:
    if row.session and row.session.status != SessionStatus.WITHDRAWN:
        ids = (program.public_id, row.session.public_id)
        return Link(reverse("moving:session", args=ids), _("The session"))
    if row.membership:
        ids = (program.public_id, row.membership.group.public_id)
        return Link(reverse("joining:members", args=ids), _("The group’s members"))
    week = program.week_of(row.first_on).first_on
    calendar = reverse("groups:calendar", args=[program.public_id])
    return Link(f"{calendar}?week={week.isoformat()}", _("The week"))


def _name(user: User | None) -> str:
    return user.display_name if user else _("the system")


def _dates(first_on: date, last_on: date) -> str:
    first, last = (date_format(day, "DATE_FORMAT") for day in (first_on, last_on))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
