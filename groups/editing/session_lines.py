"""What a change does to the sessions, beyond how many: on which days, and what of them changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import SessionStatus
from groups.schedule.edit import Edit, SessionEdit
from groups.schedule.proposal import Proposal, proposals_of
from groups.wording import short_day
from programs.models import Weekday

DAYS_AT_MOST = 8


@dataclass(frozen=True)
class Sorted:
    """The sessions of an edit by what happens to them; those that stay exactly so are left out."""

    added: Sequence[SessionEdit]
    closed: Sequence[SessionEdit]
    gone: Sequence[SessionEdit]
    moved: Sequence[SessionEdit]
    altered: Sequence[SessionEdit]

    def without_unmoved(self, edit: Edit) -> Edit:
        """Return the edit with the sessions that move, come or go, and no others."""
        return replace(edit, sessions=[*self.added, *self.closed, *self.gone, *self.moved])


def sorted_sessions(edit: Edit) -> Sorted:
    """Return the sessions by what happens to them; one query."""
    before = {each.key: each for each in proposals_of(edit.touched)}
    held = [each for each in edit.sessions if each.status == SessionStatus.SCHEDULED]
    stored = [each for each in held if each.proposal.key is not None]
    moved = [each for each in stored if not _at_the_same_time(each, before)]
    return Sorted(
        added=[each for each in held if each.proposal.key is None],
        closed=[each for each in edit.sessions if each.status == SessionStatus.CANCELLED],
        gone=[each for each in edit.sessions if each.status == SessionStatus.WITHDRAWN],
        moved=moved,
        altered=[
            each
            for each in stored
            if _at_the_same_time(each, before) and each.proposal != before[each.proposal.key]
        ],
    )


def _at_the_same_time(edit: SessionEdit, before: Mapping[int | None, Proposal]) -> bool:
    new, old = edit.proposal, before[edit.proposal.key]
    return (new.starts_at, new.ends_at) == (old.starts_at, old.ends_at)


def lines_of(found: Sorted) -> Iterator[str]:
    """Yield a line on each thing that happens, as far as it does."""
    if found.added:
        yield _added(_days(found.added))
    if found.altered:
        yield _altered(len(found.altered))
    if found.gone:
        yield _("Taken out: %(days)s.") % {"days": _listed(_days(found.gone))}
    if found.closed:
        yield _("Not held, because closed: %(days)s.") % {"days": _listed(_days(found.closed))}


def _days(edits: Iterable[SessionEdit]) -> list[date]:
    return sorted(each.proposal.held_on for each in edits)


def _added(days: Sequence[date]) -> str:
    """Return `New: 12 on Monday and 12 on Wednesday, from Mon Nov 30 to Wed Feb 17.`"""
    by_weekday = Counter(day.weekday() for day in days)
    parts = [
        _("%(n)s on %(day)s") % {"n": by_weekday[day], "day": Weekday(day).label}
        for day in sorted(by_weekday)
    ]
    return _("New: %(days)s, from %(first)s to %(last)s.") % {
        "days": get_text_list(parts, _("and")),
        "first": short_day(days[0]),
        "last": short_day(days[-1]),
    }


def _altered(count: int) -> str:
    words = ngettext(
        "%(n)s session stays at its time and changes room, breaks or facilitators.",
        "%(n)s sessions stay at their time and change room, breaks or facilitators.",
        count,
    )
    return words % {"n": count}


def _listed(days: Sequence[date]) -> str:
    """Return the days, the first few of many and the last."""
    if len(days) <= DAYS_AT_MOST:
        return get_text_list([short_day(day) for day in days], _("and"))
    first = ", ".join(short_day(day) for day in days[: DAYS_AT_MOST - 1])
    more = len(days) - DAYS_AT_MOST + 1
    return _("%(days)s and %(n)s more, to %(last)s") % {
        "days": first,
        "n": more,
        "last": short_day(days[-1]),
    }
