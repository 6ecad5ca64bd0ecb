"""Why somebody is a good choice to lead a session, or not, in words.

A session of another program is told only to who may read it there; to others they are busy. Why
somebody is on leave is told to nobody here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.enrolling.wording import hours
from groups.leading.candidates import Candidate
from groups.leading.led_hours import LedSession
from groups.leading.license_states import LicenseState, held_credentials, license_chip, state_of
from groups.leading.wording import Chip, near_date
from groups.models import ClashKind, GroupSession
from groups.wording import times
from programs.access import Access
from programs.who_may import Scope


@dataclass(frozen=True)
class CandidateLine:
    """One candidate to choose; the chips say whether they are free and credentialed, and why."""

    key: str
    name: str
    initials: str
    free: Chip
    credential: Chip
    why: str
    week: str
    is_free: bool
    is_busy: bool

    @property
    def label(self) -> str:
        """The name, with what keeps them from it, for a list of names."""
        if self.is_free:
            return self.name
        return f"{self.name} · {self.free.label}"


def candidate_lines(
    candidates: Iterable[Candidate], session: GroupSession, access: Access
) -> tuple[CandidateLine, ...]:
    """Return the candidates in their order, as `access` may read of them."""
    return tuple(_line(each, session, access) for each in candidates)


def _line(candidate: Candidate, session: GroupSession, access: Access) -> CandidateLine:
    return CandidateLine(
        key=str(candidate.user.public_id),
        name=candidate.user.display_name,
        initials=candidate.user.initials,
        free=_free(candidate, session),
        credential=_credential(candidate, session),
        why="; ".join(_busy(each, session, access) for each in candidate.busy),
        week=_("%(hours)s led that week") % {"hours": hours(candidate.minutes)},
        is_free=candidate.is_free,
        is_busy=bool(candidate.busy),
    )


def _free(candidate: Candidate, session: GroupSession) -> Chip:
    if candidate.busy:
        return Chip("lost", "calendar-x", _("Busy"))
    if candidate.leave:
        return Chip("warn", "tree-palm", _leave(candidate, session))
    if ClashKind.UNAVAILABLE in candidate.warnings:
        return Chip("warn", "clock-alert", _("Outside their hours"))
    return Chip("ok", "circle-check", _("Free"))


def _leave(candidate: Candidate, session: GroupSession) -> str:
    last_on = candidate.leave.last_on if candidate.leave else None
    if last_on is None:
        return _("On leave")
    return _("On leave until %(day)s") % {"day": near_date(last_on, session.held_on)}


def _credential(candidate: Candidate, session: GroupSession) -> Chip:
    """Say the license that lets them lead, or what is missing of what is asked for."""
    day, needs = session.held_on, {name.casefold() for name in candidate.needs}
    if not needs:
        return Chip("calm", "badge-check", _("No credential needed"))
    fitting = [each for each in candidate.licenses if each.credential.casefold() in needs]
    held = held_credentials(fitting, day)
    in_force = [each for each in held if each.covers(day)]
    if in_force:
        return license_chip(in_force[0], day)
    over = [each for each in held if state_of(each, day) is LicenseState.EXPIRED]
    if held:
        return license_chip((over or held)[0], day)
    words = _("No %(credentials)s") % {"credentials": " / ".join(candidate.needs)}
    return Chip("lost", "badge-x", words)


def _busy(led: LedSession, session: GroupSession, access: Access) -> str:
    """Return `Process B, 9:00 AM to 10:30 AM`, or only when, where it is not theirs to see."""
    when = times(led.starts_at, led.ends_at, session.group.program.zone)
    if not _may_know(led, access):
        return _("busy %(times)s") % {"times": when}
    return _("leads %(group)s, %(times)s") % {"group": led.group, "times": when}


def _may_know(led: LedSession, access: Access) -> bool:
    programs = {each.pk: each for each in access.programs}
    program = programs.get(led.program)
    return program is not None and access.scope("groups.read", program) is Scope.PROGRAM
