"""What Today says of what is owed: one's own first few, and a line about the whole program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.owed.forms import MINE
from attendance.owed.rows import Row, row_of
from attendance.owed.rule import OwedKind
from attendance.owed.waiting import owed_by, waiting_for
from attendance.today.desk import Desk
from groups.week_switch import query
from programs.who_may import Scope

# As many as one can take in at a glance; the list has the others.
A_GLANCE = 8


@dataclass(frozen=True)
class MyDebts:
    """What the person at the desk owes: the oldest lines, how many in all, where the list is."""

    rows: tuple[Row, ...]
    count: int
    overdue: int
    url: str

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True)
class OwedLine:
    """One sentence about what waits in the program, and where the list is."""

    words: str
    is_overdue: bool
    url: str


def my_debts(desk: Desk) -> MyDebts:
    """Return what the person at the desk owes; two queries at most."""
    found = owed_by(desk.access.user, waiting_for(desk.access, desk.program, now=desk.now))
    shown = found[:A_GLANCE]
    is_own = desk.access.scope("attendance.mark", desk.program) is Scope.OWN
    return MyDebts(
        rows=tuple(row_of(each, desk.program, now=desk.now) for each in shown),
        count=len(found),
        overdue=sum(each.debt.is_overdue for each in found),
        url=_list_url(desk) + ("" if is_own else query(whose=MINE)),
    )


def owed_line(desk: Desk) -> OwedLine | None:
    """Return what waits in the program, for who may act on it; None where nothing does."""
    if desk.access.scope("attendance.mark", desk.program) is not Scope.PROGRAM:
        return None
    found = waiting_for(desk.access, desk.program, now=desk.now)
    if not found:
        return None
    counts = Counter(each.kind for each in found)
    return OwedLine(
        words=get_text_list(list(_counted(counts)), _("and")),
        is_overdue=any(each.debt.is_overdue for each in found),
        url=_list_url(desk),
    )


def _counted(counts: Counter[OwedKind]) -> Iterator[str]:
    unsigned = counts[OwedKind.RECORD] + counts[OwedKind.SIGN]
    if unsigned:
        words = ngettext(
            "%(n)s session waits for a signature", "%(n)s sessions wait for a signature", unsigned
        )
        yield words % {"n": unsigned}
    if notes := counts[OwedKind.NOTES]:
        words = ngettext(
            "%(n)s session waits for its notes", "%(n)s sessions wait for their notes", notes
        )
        yield words % {"n": notes}
    if cosign := counts[OwedKind.COSIGN]:
        words = ngettext(
            "%(n)s session waits for a co-signature",
            "%(n)s sessions wait for a co-signature",
            cosign,
        )
        yield words % {"n": cosign}


def _list_url(desk: Desk) -> str:
    return reverse("owed:owed", args=[desk.program.public_id])
