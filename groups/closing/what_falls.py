"""What a closure does, as its page tells it: what falls, what stays, whose offered hours drop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.closing.closing_plan import ClosingPlan, ProgramPlan, Staying
from groups.closing.wording import DayLines, by_day, session_line, span_words
from groups.models import GroupSession
from groups.rotation.lessons_after import GroupLessons, lessons_after
from groups.schedule.offered_change import OfferedChange
from groups.schedule.preview import Preview
from groups.schedule.preview_page import OfferedLine, preview_page
from groups.wording import short_day
from programs.access import Access
from programs.models import Closure, Program
from programs.who_may import Scope


@dataclass(frozen=True)
class WhatFalls:
    """Sessions by day, and people below what they need; of programs unseen only how many."""

    facts: tuple[str, ...]
    days: tuple[DayLines, ...]
    staying: tuple[DayLines, ...]
    short: tuple[OfferedLine, ...]
    short_elsewhere: str
    treatment: str
    lessons: tuple[GroupLessons, ...] = ()

    @property
    def keeps_hours(self) -> bool:
        """Whether nobody drops below what they need."""
        return not self.short and not self.short_elsewhere


def sees(access: Access, program: Program) -> bool:
    """Return whether this person may read the program's calendar."""
    return access.scope("groups.read", program) is Scope.PROGRAM


def what_falls(plan: ClosingPlan, access: Access, program: Program, today: date) -> WhatFalls:
    """Return what the closure does, as this person may know it."""
    seen = [each for each in plan.programs if sees(access, each.program)]
    unseen = [each for each in plan.programs if each not in seen]
    of_site = plan.closure.program is None
    falling = sorted(_all(each.falling for each in seen), key=_when)
    staying = sorted(_all(each.staying for each in seen), key=lambda each: _when(each.session))
    return WhatFalls(
        facts=tuple(_facts(plan, falling, unseen, program, today)),
        days=by_day((each.held_on, session_line(each, of_site=of_site)) for each in falling),
        staying=by_day(_staying(each, of_site=of_site) for each in staying),
        short=short_lines(((each.program, each.short) for each in seen), access),
        short_elsewhere=short_elsewhere(_all(each.short for each in unseen)),
        treatment=_treatment(seen) if any(each.short for each in seen) else "",
    )


def lessons_of_falling(
    plan: ClosingPlan, access: Access, now: datetime
) -> tuple[GroupLessons, ...]:
    """Return what the closure does to lessons, in the programs that this person may read."""
    seen = [each.edit for each in plan.programs if sees(access, each.program)]
    return lessons_after((edit for each in seen for edit in each.sessions), now=now)


def short_lines(
    short: Iterable[tuple[Program, Sequence[OfferedChange]]], access: Access
) -> tuple[OfferedLine, ...]:
    """Return the weeks of people, program by program, as lines."""
    lines: list[OfferedLine] = []
    for program, changes in short:
        preview = Preview(ProgramPlan(program, (), ()).edit, (), changes)
        lines += preview_page(preview, access=access, program=program).offered
    return tuple(lines)


def short_elsewhere(short: Iterable[OfferedChange]) -> str:
    """Return how many people of programs one may not see drop below; nothing for none."""
    count = len({each.enrollment.participant_id for each in short})
    words = ngettext(
        "In other programs of the site, %(n)s person drops below what they need.",
        "In other programs of the site, %(n)s people drop below what they need.",
        count,
    )
    return words % {"n": count} if count else ""


def _all(lists: Iterable[Sequence]) -> list:
    return [each for found in lists for each in found]


def _when(session: GroupSession) -> tuple:
    return (session.held_on, session.starts_at, session.group.name)


def _staying(staying: Staying, *, of_site: bool) -> tuple:
    session = staying.session
    return session.held_on, session_line(session, of_site=of_site, note=str(staying.why.label))


def _facts(
    plan: ClosingPlan,
    falling: Sequence[GroupSession],
    unseen: Sequence[ProgramPlan],
    program: Program,
    today: date,
) -> Iterable[str]:
    count = len(falling)
    yield (
        ngettext("%(n)s session falls away.", "%(n)s sessions fall away.", count) % {"n": count}
        if count
        else _("No session of yours falls away.")
    )
    if elsewhere := len(_all(each.falling for each in unseen)):
        words = ngettext(
            "In other programs of the site, %(n)s session does too.",
            "In other programs of the site, %(n)s sessions do too.",
            elsewhere,
        )
        yield words % {"n": elsewhere}
    closed = Closure.objects.of_program(program)
    for closure in closed.touching(plan.closure.first_on, plan.closure.last_on):
        days = span_words(closure.first_on, closure.last_on, today)
        yield _("Closed already: %(days)s, %(reason)s.") % {"days": days, "reason": closure.reason}


def _treatment(plans: Sequence[ProgramPlan]) -> str:
    """Say whether the rule holds people to the minimum in weeks with a closure."""
    weeks = sorted({day for each in plans for day in each.exempt_weeks})
    if not weeks:
        return _("The rule counts weeks with a closure: the minimum stands.")
    words = ngettext(
        "The rule exempts weeks with a closure: in the week of %(weeks)s nobody is held to the"
        " minimum.",
        "The rule exempts weeks with a closure: in the weeks of %(weeks)s nobody is held to the"
        " minimum.",
        len(weeks),
    )
    return words % {"weeks": get_text_list([short_day(day) for day in weeks], _("and"))}
