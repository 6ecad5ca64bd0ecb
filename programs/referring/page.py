"""The list of calls as plain values: who is open, who waits and how long, what became of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from programs.models import (
    STEPS,
    Participant,
    Program,
    Referral,
    ReferralStatus,
    Standing,
)
from programs.named import note_named
from programs.referring.actions import STATUS_OF
from programs.standing import standing_of_referral
from programs.weeks import local_date

RECENT_AT_MOST = 20

# What the buttons of a row say; a decline has a page of its own.
MOVES = {
    Standing.WAITLISTED: gettext_lazy("Put on the waiting list"),
    Standing.REFERRED: gettext_lazy("Take off the waiting list"),
    Standing.DECLINED: gettext_lazy("Decline"),
}
REOPEN = {
    Standing.WAITLISTED: gettext_lazy("Reopen on the waiting list"),
    Standing.REFERRED: gettext_lazy("Reopen"),
}


@dataclass(frozen=True)
class Move:
    """One step that the table allows from here."""

    to: str
    label: str
    asks_why: bool


@dataclass(frozen=True)
class CallRow:
    """Somebody who asked to come: how they are reached, since when, and what can be done."""

    public_id: str
    person_id: str
    name: str
    facts: tuple[str, ...]
    waits: str
    details: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]
    is_open: bool
    status: str
    icon: str
    tone: str


@dataclass(frozen=True)
class ReferralsPage:
    """Everything the template reads."""

    program: Program
    calls: tuple[CallRow, ...]
    waiting: tuple[CallRow, ...]
    past: tuple[CallRow, ...]
    may_edit: bool

    @property
    def count(self) -> int:
        return len(self.calls) + len(self.waiting) + len(self.past)


LOOKS = {
    ReferralStatus.REFERRED: ("phone-incoming", "calm"),
    ReferralStatus.WAITLISTED: ("hourglass", "warn"),
    ReferralStatus.ENROLLED: ("circle-check", "ok"),
    ReferralStatus.DECLINED: ("circle-slash", "calm"),
}


def referrals_page(program: Program, *, may_edit: bool, now: datetime) -> ReferralsPage:
    """Return the page: open calls by date, the waiting list in order, and the latest others."""
    of_program = Referral.objects.filter(program=program).select_related(
        "participant__merged_into", "enrollment", "program__site"
    )
    calls = of_program.filter(status=ReferralStatus.REFERRED).order_by("referred_on", "pk")
    waiting = of_program.waiting()
    past = of_program.exclude(pk__in=Referral.objects.open().values("pk"))
    past = past.annotate(settled_at=Max("steps__made_at"))
    latest = past.order_by(F("settled_at").desc(nulls_last=True), "-pk")[:RECENT_AT_MOST]
    return ReferralsPage(
        program=program,
        calls=_rows(calls, now),
        waiting=_rows(waiting, now),
        past=_rows(latest, now),
        may_edit=may_edit,
    )


def name_of(person: Participant) -> str:
    """Return the name one calls somebody by, with the last name."""
    name = f"{person.preferred_name or person.first_name} {person.last_name}"
    note_named([(person, name)])
    return name


def _rows(referrals: Iterable[Referral], now: datetime) -> tuple[CallRow, ...]:
    return tuple(_row(each, now) for each in referrals)


def _row(referral: Referral, now: datetime) -> CallRow:
    person, status = referral.participant.kept, ReferralStatus(referral.status)
    icon, tone = LOOKS[status]
    return CallRow(
        public_id=str(referral.public_id),
        person_id=str(person.public_id),
        name=name_of(person),
        facts=tuple(filter(None, _facts(referral, person))),
        waits=_waits(referral, now),
        details=tuple(_details(referral)),
        moves=_moves(referral),
        is_open=status in STATUS_OF.values() and status != ReferralStatus.DECLINED,
        status=str(status.label),
        icon=icon,
        tone=tone,
    )


def _facts(referral: Referral, person: Participant) -> Iterable[str]:
    """Yield what one looks for first; empty where it is not on record."""
    yield person.phone.as_national if person.phone else ""
    yield _("first call %(day)s") % {"day": _day(referral.referred_on)}
    if referral.wanted_on and not referral.enrollment:
        yield _("wants to start %(day)s") % {"day": _day(referral.wanted_on)}
    if referral.enrollment:
        yield _("first day %(day)s") % {"day": _day(referral.enrollment.admitted_on)}
    yield referral.get_decline_reason_display()


def _details(referral: Referral) -> Iterable[tuple[str, str]]:
    comes_in = referral.get_admission_display()
    if referral.came_from:
        care = referral.get_came_from_display()
        comes_in = _("%(how)s, from %(care)s") % {"how": comes_in, "care": care}
    by = referral.get_source_display()
    yield _("Referred by"), f"{by}: {referral.source_name}" if referral.source_name else by
    yield _("Comes in"), comes_in
    if referral.note:
        yield _("Note"), referral.note


def _waits(referral: Referral, now: datetime) -> str:
    """Return how long they have waited, in whole days of the site."""
    if referral.status != ReferralStatus.WAITLISTED or referral.waitlisted_at is None:
        return ""
    zone = referral.program.zone
    since = local_date(referral.waitlisted_at, zone)
    days = max(0, (local_date(now, zone) - since).days)
    if not days:
        return _("waits since today")
    words = ngettext("waits %(n)s day, since %(day)s", "waits %(n)s days, since %(day)s", days)
    return words % {"n": days, "day": _day(since)}


def _moves(referral: Referral) -> tuple[Move, ...]:
    if referral.status == ReferralStatus.ENROLLED:
        return ()
    standing = standing_of_referral(referral)
    labels = REOPEN if standing == Standing.DECLINED else MOVES
    return tuple(
        Move(str(to), str(labels[to]), asks_why=to == Standing.DECLINED)
        for to in STEPS[standing]
        if to in labels
    )


def _day(day: date) -> str:
    return date_format(day, pgettext("date format: Mon Nov 23", "D M j"))
