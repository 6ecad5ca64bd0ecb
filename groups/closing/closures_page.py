"""The page of a program's closed days: coming, past and removed ones, and holidays to close on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.closing.public_holidays import Proposed, proposed_closures
from groups.closing.wording import scope_words, sessions_words, span_words
from groups.week_switch import ProgramLink, program_links, query
from programs.access import Access
from programs.models import Closure, Program
from programs.weeks import local_date


@dataclass(frozen=True)
class ClosureRow:
    """One closure; `url` leads to its removal where it can be removed by this person."""

    days: str
    reason: str
    facts: str
    is_now: bool = False
    url: str = ""


@dataclass(frozen=True)
class HolidayRow:
    """A public holiday that could be closed."""

    day: str
    name: str
    is_federal: bool
    sessions: str
    url: str


@dataclass(frozen=True)
class ClosuresPage:
    """Everything the template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    coming: tuple[ClosureRow, ...]
    past: tuple[ClosureRow, ...]
    removed: tuple[ClosureRow, ...]
    holidays: tuple[HolidayRow, ...]
    state: str
    may_edit_site: bool


def closures_page(*, program: Program, access: Access, now: datetime) -> ClosuresPage:
    """Return the page at this moment."""
    today = local_date(now, program.zone)
    may_edit_site = access.scope("programs.edit", program) is not None
    found = list(with_fallen(closures_of(program), program).select_related("removed_by"))
    standing = [each for each in found if each.removed_at is None]
    coming = sorted((each for each in standing if each.last_on >= today), key=_by_first_day)
    past = [each for each in standing if each.last_on < today]
    return ClosuresPage(
        program=program,
        programs=program_links("closures:closures", access, program, action="closures.edit"),
        coming=tuple(_coming(each, program, today, may_edit_site) for each in coming),
        past=tuple(_past(each, today) for each in past),
        removed=tuple(_removed(each, program, today) for each in found if each.removed_at),
        holidays=tuple(_holidays(proposed_closures(program, now), program, today)),
        state=program.site.state,
        may_edit_site=may_edit_site,
    )


def closures_of(program: Program) -> QuerySet[Closure]:
    """Return the closures of the program and of its whole site, removed ones too; latest first."""
    scope = Q(program=None) | Q(program=program)
    return Closure.objects.filter(scope, site=program.site_id).order_by("-first_on", "-pk")


def with_fallen(closures: QuerySet[Closure], program: Program) -> QuerySet[Closure]:
    """Annotate each closure with `fallen`: how many of the program's sessions it cancelled."""
    ours = Q(cancelled_sessions__group__program=program)
    return closures.annotate(fallen=Count("cancelled_sessions", filter=ours))


def may_remove(closure: Closure, access: Access, program: Program) -> bool:
    """Return whether this person may remove it: a whole site's is the directors' to remove."""
    return bool(closure.program_id) or access.scope("programs.edit", program) is not None


def _fallen(closure: Closure) -> int:
    return closure.fallen  # type: ignore[attr-defined]


def _by_first_day(closure: Closure) -> tuple[date, int]:
    return (closure.first_on, closure.pk)


def _coming(closure: Closure, program: Program, today: date, may_edit_site: bool) -> ClosureRow:
    url = reverse("closures:remove", args=[program.public_id, closure.public_id])
    is_theirs = bool(closure.program_id) or may_edit_site
    count = _fallen(closure)
    words = ngettext("%(n)s session falls away", "%(n)s sessions fall away", count)
    return ClosureRow(
        days=span_words(closure.first_on, closure.last_on, today),
        reason=closure.reason,
        facts=_facts([scope_words(closure), words % {"n": count} if count else _("no session")]),
        is_now=closure.first_on <= today,
        url=url if is_theirs else "",
    )


def _past(closure: Closure, today: date) -> ClosureRow:
    count = _fallen(closure)
    words = ngettext("%(n)s session fell away", "%(n)s sessions fell away", count)
    return ClosureRow(
        days=span_words(closure.first_on, closure.last_on, today),
        reason=closure.reason,
        facts=_facts([scope_words(closure), words % {"n": count} if count else _("no session")]),
    )


def _removed(closure: Closure, program: Program, today: date) -> ClosureRow:
    day = local_date(closure.removed_at, program.zone) if closure.removed_at else today
    said = {"day": span_words(day, day, today)}
    words = _("removed %(day)s") % said
    if closure.removed_by:
        said["name"] = closure.removed_by.display_name
        words = _("removed %(day)s by %(name)s") % said
    return ClosureRow(
        days=span_words(closure.first_on, closure.last_on, today),
        reason=closure.reason,
        facts=_facts([scope_words(closure), words]),
    )


def _facts(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))


def _holidays(proposed: Iterable[Proposed], program: Program, today: date) -> Iterable[HolidayRow]:
    url = reverse("closures:new", args=[program.public_id])
    for each in proposed:
        day, name = each.holiday.day, each.holiday.name
        yield HolidayRow(
            day=span_words(day, day, today),
            name=name,
            is_federal=each.holiday.is_federal,
            sessions=sessions_words(each.sessions),
            url=url + query(first_on=day.isoformat(), reason=name),
        )
