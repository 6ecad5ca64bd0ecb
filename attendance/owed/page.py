"""The list of what is owed: counts by kind, then every session that waits, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.owed.forms import MINE, OwedForm
from attendance.owed.reading import LOOK_BACK
from attendance.owed.rows import ICONS, Row, row_of
from attendance.owed.rule import OwedKind
from attendance.owed.waiting import Waiting, owed_by, waiting_for
from groups.week_switch import ProgramLink, program_links, query
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope

# Beside the other kinds a few say enough; on its own a kind is shown as far as one can read.
A_FEW, A_LOT = 25, 200


@dataclass(frozen=True)
class Tile:
    """The count of one kind, as the tile component takes it; it narrows the list to its kind."""

    tone: str
    icon: str
    label: str
    note: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Choice:
    """One whose debts may be shown alone."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Pile:
    """What waits of one kind; `more` leads to the rest of it where it does not fit."""

    key: str
    heading: str
    count: str
    rows: tuple[Row, ...]
    more: str
    more_words: str


@dataclass(frozen=True)
class OwedPage:
    """Everything the template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    days_back: int
    tiles: tuple[Tile, ...]
    piles: tuple[Pile, ...]
    choices: tuple[Choice, ...]
    kind: str
    is_filtered: bool
    is_own: bool
    problems: list[str]


def owed_page(*, program: Program, form: OwedForm, access: Access, now: datetime) -> OwedPage:
    """Return the list as `access` may see it at this moment; three queries at most."""
    form.is_valid()
    everything = waiting_for(access, program, now=now)
    is_own = access.scope("attendance.mark", program) is Scope.OWN
    whose = "" if is_own else form.chosen("whose")
    kind, problems = form.chosen("kind"), form.problems()
    if (narrowed := _narrowed(everything, whose, access)) is None:
        whose, narrowed = "", everything
        problems.append(_("Whoever this address names owes nothing here."))
    return OwedPage(
        program=program,
        programs=program_links("owed:owed", access, program, action="attendance.mark"),
        days_back=LOOK_BACK.days,
        tiles=tuple(_tile(each, narrowed, whose, kind) for each in _kinds(access, program)),
        piles=_piles(narrowed, whose, kind, program, now),
        choices=() if is_own else _choices(everything, whose),
        kind=kind,
        is_filtered=bool(whose or kind),
        is_own=is_own,
        problems=problems,
    )


def _kinds(access: Access, program: Program) -> list[OwedKind]:
    may_cosign = access.scope("notes.cosign", program) is not None
    return [each for each in OwedKind if may_cosign or each is not OwedKind.COSIGN]


def _narrowed(found: list[Waiting], whose: str, access: Access) -> list[Waiting] | None:
    """Return what is owed by whom the address names; None where it names nobody who owes."""
    if not whose:
        return found
    if whose == MINE:
        return owed_by(access.user, found)
    return [each for each in found if each.is_owed_by(whose)] or None


def _tile(kind: OwedKind, found: Sequence[Waiting], whose: str, chosen: str) -> Tile:
    of_kind = [each for each in found if each.kind is kind]
    late = sum(each.debt.is_overdue for each in of_kind)
    is_chosen = chosen == kind
    overdue = ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}
    return Tile(
        tone="lost" if late else "warn",
        icon=ICONS[kind],
        label=str(kind.label),
        note=overdue if late else _("none overdue"),
        count=len(of_kind),
        url=query(whose=whose, kind="" if is_chosen else kind),
        is_current=is_chosen,
    )


def _piles(
    found: Sequence[Waiting], whose: str, chosen: str, program: Program, now: datetime
) -> tuple[Pile, ...]:
    most = A_LOT if chosen else A_FEW
    kinds = [kind for kind in OwedKind if chosen in {"", kind}]
    piles = [(kind, [each for each in found if each.kind is kind]) for kind in kinds]
    return tuple(
        Pile(
            key=kind.value,
            heading=str(kind.label),
            count=_count(len(of_kind)),
            rows=tuple(row_of(each, program, now=now) for each in of_kind[:most]),
            more="" if chosen else query(whose=whose, kind=kind),
            more_words=_rest(len(of_kind) - most),
        )
        for kind, of_kind in piles
        if of_kind
    )


def _count(number: int) -> str:
    return ngettext("%(n)s session", "%(n)s sessions", number) % {"n": number}


def _rest(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext("%(n)s more", "%(n)s more", number) % {"n": number}


def _choices(found: Sequence[Waiting], whose: str) -> tuple[Choice, ...]:
    """Return everybody, oneself, and each who owes something, by name."""
    names = {ower.key: ower.name for each in found for ower in each.owers}
    people = sorted(names.items(), key=lambda each: each[1].casefold())
    listed = [("", _("Everybody")), (MINE, _("Mine")), *people]
    return tuple(Choice(value, label, value == whose) for value, label in listed)
