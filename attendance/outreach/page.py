"""The list of people to get in touch with, what is due first on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.models import Outreach
from attendance.models.outreach import OutreachQuerySet
from attendance.outreach.forms import ListForm, Whose
from attendance.outreach.whose import outreach_of, with_facts
from attendance.outreach.wording import Chip, due_chip, missed_words, tries_words, why_words
from programs.access import Access
from programs.models import Program, Role
from programs.names import roster_names
from programs.who_may import Scope

# How long a closed one stays on the list.
STILL_SHOWN = timedelta(days=30)
AT_MOST = 200
LEADS = {Role.FACILITATOR, Role.CLINICIAN}


@dataclass(frozen=True)
class Row:
    """One person to get in touch with."""

    name: str
    why: str
    details: str
    chip: Chip
    url: str
    is_mine: bool


@dataclass(frozen=True)
class Switch:
    """A link to one's own, or to everybody's."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class OutreachPage:
    """Everything the list's template reads."""

    program: Program
    switches: tuple[Switch, ...]
    is_all: bool
    open_rows: tuple[Row, ...]
    closed_rows: tuple[Row, ...]
    has_more: bool
    problems: list[str]


@dataclass(frozen=True)
class Reader:
    """Who reads about which program, and when."""

    access: Access
    program: Program
    now: datetime

    @property
    def may_read_notes(self) -> bool:
        return self.access.scope("notes.read", self.program) is not None


def outreach_page(
    *, program: Program, form: ListForm, access: Access, now: datetime
) -> OutreachPage:
    """Return the list as `access` may see it at this moment."""
    form.is_valid()
    reader = Reader(access, program, now)
    is_all = _is_all(form.wanted(), access, program)
    rows = outreach_of(access, program)
    if not is_all:
        rows = rows.filter(owned_by=access.user)
    open_rows = list(_ready(rows.open())[: AT_MOST + 1])
    closed = rows.filter(closed_at__gte=now - STILL_SHOWN).order_by("-closed_at", "-pk")
    closed_rows = list(_ready(closed)[:AT_MOST])
    shown = open_rows[:AT_MOST]
    names = names_of([*shown, *closed_rows])
    return OutreachPage(
        program=program,
        switches=_switches(access, program, is_all=is_all),
        is_all=is_all,
        open_rows=tuple(row_of(each, names, reader) for each in shown),
        closed_rows=tuple(row_of(each, names, reader) for each in closed_rows),
        has_more=len(open_rows) > AT_MOST,
        problems=form.problems(),
    )


def names_of(rows: Iterable[Outreach]) -> dict[str, str]:
    """Return the short name of everybody the rows are about, by chart number."""
    return roster_names(each.enrollment.participant for each in rows)


def row_of(outreach: Outreach, names: dict[str, str], reader: Reader) -> Row:
    """Return the line of one; it was read `with_facts` and with the number of its attempts."""
    zone = reader.program.zone
    is_mine = outreach.owned_by_id == reader.access.user.pk
    owner = _("yours") if is_mine else outreach.owned_by.display_name
    tries = tries_words(outreach.tries)  # type: ignore[attr-defined]
    details = [missed_words(outreach, reader.now, zone), owner, tries]
    return Row(
        name=names[outreach.enrollment.participant.chart_number],
        why=why_words(outreach, may_read_notes=reader.may_read_notes),
        details=" · ".join(details),
        chip=due_chip(outreach, reader.now, zone),
        url=reverse("outreach:one", args=[reader.program.public_id, outreach.public_id]),
        is_mine=is_mine,
    )


def _ready(rows: OutreachQuerySet) -> OutreachQuerySet:
    return with_facts(rows).annotate(tries=Count("attempts"))


def _is_all(wanted: Whose | None, access: Access, program: Program) -> bool:
    """Say whose are shown: as asked for, else one's own for those who lead sessions."""
    if wanted is not None:
        return wanted is Whose.ALL
    only_own = access.scope("outreach.manage", program) is Scope.OWN
    return not only_own and not LEADS & set(access.roles_in(program))


def _switches(access: Access, program: Program, *, is_all: bool) -> tuple[Switch, ...]:
    is_own = access.scope("outreach.manage", program) is Scope.OWN
    everybody = _("From my sessions") if is_own else _("Everybody’s")
    return (
        Switch(_("Mine"), f"?whose={Whose.MINE}", not is_all),
        Switch(everybody, f"?whose={Whose.ALL}", is_all),
    )
