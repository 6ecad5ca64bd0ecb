"""The page that removes a closure: which sessions come back, with what, and which do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from groups.closing.closures_page import may_remove
from groups.closing.opening_plan import OpeningPlan, Returning, plan_opening
from groups.closing.what_falls import sees
from groups.closing.wording import DayLines, by_day, scope_words, session_line, span_words
from groups.models import GroupSession, SessionStatus
from groups.rotation.lessons_after import GroupLessons, lessons_after
from groups.schedule.edit import SessionEdit
from groups.schedule.proposal import as_proposal
from programs.access import Access
from programs.models import Closure, Program
from programs.weeks import local_date


@dataclass(frozen=True)
class Back:
    """What comes back and what does not, day by day."""

    facts: tuple[str, ...]
    returning: tuple[DayLines, ...]
    staying: tuple[DayLines, ...]
    lessons: tuple[GroupLessons, ...] = ()


@dataclass(frozen=True)
class RemovePage:
    """Everything the template reads; `refusal` says why it cannot be removed, if it cannot."""

    program: Program
    days: str
    reason: str
    scope: str
    refusal: str
    back: Back | None


def remove_page(*, closure: Closure, program: Program, access: Access, now: datetime) -> RemovePage:
    """Return the page at this moment."""
    today = local_date(now, program.zone)
    refusal = _refusal(closure, today, may=may_remove(closure, access, program))
    return RemovePage(
        program=program,
        days=span_words(closure.first_on, closure.last_on, today),
        reason=closure.reason,
        scope=scope_words(closure),
        refusal=refusal,
        back=None if refusal else _back(plan_opening(closure, now), access, now),
    )


def _refusal(closure: Closure, today: date, *, may: bool) -> str:
    if closure.removed_at is not None:
        return _("This closure is removed already.")
    if closure.last_on < today:
        return _("These days are over: what was closed stays closed.")
    return "" if may else _("A program director removes what closes the whole site.")


def _back(plan: OpeningPlan, access: Access, now: datetime) -> Back:
    seen = [each for each in plan.returning if sees(access, each.session.group.program)]
    of_site = plan.closure.program_id is None
    names = _names(seen)
    staying = [
        (session, note) for session, note in _staying(plan) if sees(access, session.group.program)
    ]
    return Back(
        facts=tuple(_facts(seen, len(plan.returning) - len(seen), len(plan.past))),
        returning=by_day(
            (
                each.session.held_on,
                session_line(each.session, of_site=of_site, note=_without(each, names)),
            )
            for each in seen
        ),
        staying=by_day(
            (session.held_on, session_line(session, of_site=of_site, note=note))
            for session, note in sorted(staying, key=lambda each: each[0].starts_at)
        ),
        lessons=lessons_after(map(_held, seen), now=now),
    )


def _held(returning: Returning) -> SessionEdit:
    return SessionEdit(as_proposal(returning.session), SessionStatus.SCHEDULED)


def _facts(seen: Sequence[Returning], elsewhere: int, past: int) -> Iterable[str]:
    if count := len(seen):
        yield ngettext("%(n)s session comes back.", "%(n)s sessions come back.", count) % {
            "n": count
        }
    else:
        yield _("No session of yours comes back.")
    if partial := sum(not each.is_whole for each in seen):
        words = ngettext(
            "%(n)s of them lacks its room or a facilitator.",
            "%(n)s of them lack their room or a facilitator.",
            partial,
        )
        yield words % {"n": partial}
    yield from _other_facts(elsewhere, past)


def _other_facts(elsewhere: int, past: int) -> Iterable[str]:
    if elsewhere:
        words = ngettext(
            "In other programs of the site, %(n)s session does too.",
            "In other programs of the site, %(n)s sessions do too.",
            elsewhere,
        )
        yield words % {"n": elsewhere}
    if past:
        words = ngettext(
            "%(n)s session that would be over stays cancelled.",
            "%(n)s sessions that would be over stay cancelled.",
            past,
        )
        yield words % {"n": past}


def _names(returning: Sequence[Returning]) -> Mapping[int, str]:
    keys = {user for each in returning for user in each.without}
    return {user.pk: user.name or user.email for user in User.objects.filter(pk__in=keys)}


def _without(returning: Returning, names: Mapping[int, str]) -> str:
    """Say what a session comes back without, since another one has it; nothing for a whole one."""
    room = returning.session.room
    missing = [room.name] if returning.is_without_room and room else []
    missing += sorted(names[user] for user in returning.without)
    if not missing:
        return ""
    return _("without %(what)s, taken meanwhile") % {"what": get_text_list(missing, _("and"))}


def _staying(plan: OpeningPlan) -> Iterable[tuple[GroupSession, str]]:
    for session in plan.doubled:
        yield session, _("the group meets at this time already")
    for session, other in plan.elsewhere:
        yield session, _("also closed for %(reason)s") % {"reason": other.reason}
