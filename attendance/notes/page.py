"""The page of a session's notes: how they stand, the group part, and a card for each person."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.notes.cards import Card, Desk, group_card, person_cards
from attendance.notes.cautions import Caution, Kind, in_order
from attendance.notes.fields import label_of
from attendance.notes.missing import There
from attendance.notes.signing import due_at, needs_cosignature
from attendance.notes.words import elapsed, late_by, moment, time_on
from groups.models import Facilitation, GroupSession
from programs.access import Access
from programs.models import Program, RecordRule, record_rule_on


@dataclass(frozen=True)
class Signature:
    """Who signed, and what stands beside it."""

    byline: str
    late: str
    reason: str
    cosigned: str
    is_cosignature_open: bool
    can_cosign: bool
    why_not_cosign: str


@dataclass(frozen=True)
class State:
    """What stands on top: when due, what is missing, who signs."""

    due: str
    tone: str
    icon: str
    progress: str
    missing: tuple[Caution, ...]
    signs: str
    is_attendance_signed: bool


@dataclass(frozen=True)
class NotesPage:
    """Everything the template reads."""

    program: Program
    session: GroupSession
    when: str
    group: Card
    cards: tuple[Card, ...]
    absent: tuple[Card, ...]
    state: State | None
    signature: Signature | None
    closed: str
    sheet_url: str
    teaching_url: str
    taught: tuple[tuple[str, str], ...]
    sign_url: str
    cosign_url: str
    cautions: tuple[Caution, ...] = ()
    fingerprint: str = ""
    is_substitute: bool = False

    @property
    def is_open(self) -> bool:
        return self.state is not None


def notes_page(desk: Desk, access: Access) -> NotesPage:
    """Return the page as `access` may see it."""
    session, written = desk.session, desk.written
    cards = {card.id: card for card in person_cards(desk, written.parts)}
    absent = tuple(cards[str(each.id)] for each in written.parts if each.there is There.ABSENT)
    cautions = in_order(written, desk.cautions) if desk.is_open else ()
    return NotesPage(
        program=session.group.program,
        session=session,
        when=when(session),
        group=group_card(desk),
        cards=tuple(card for card in cards.values() if card not in absent),
        absent=absent,
        state=_state(desk, cautions) if desk.is_open else None,
        signature=_signature(desk, access),
        closed=desk.closed,
        sheet_url=desk.url("sheet:sheet"),
        teaching_url=desk.url("teaching:teaching"),
        taught=_taught(desk) if desk.is_open else (),
        sign_url=desk.url("notes:sign"),
        cosign_url=desk.url("notes:cosign"),
        cautions=cautions,
        fingerprint=written.fingerprint,
        is_substitute=not session.is_mine,  # type: ignore[attr-defined]
    )


def _taught(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return what was taught, and the lesson that an earlier note names."""
    note = desk.written.group
    noted = [(label_of("lesson"), note.lesson.name)] if note and note.lesson else []
    return (*desk.taught, *noted)


def when(session: GroupSession) -> str:
    """Return the session's date and times, such as `Mon, Nov 23, 2026, 9:00 AM to 12:00 PM`."""
    zone = session.group.program.zone
    clock = time_on(zone)
    facts = {
        "day": date_format(session.starts_at.astimezone(zone), "D, M j, Y"),
        "start": clock(session.starts_at),
        "end": clock(session.ends_at),
    }
    return _("%(day)s, %(start)s to %(end)s") % facts


def _state(desk: Desk, cautions: tuple[Caution, ...]) -> State:
    session, now = desk.session, desk.now
    rule = record_rule_on(session.group.program, session.held_on)
    due = due_at(session.ends_at, rule.notes_due_hours)
    at = moment(due, desk.zone)
    is_late = now > due
    words = _("Due %(time)s") % {"time": at}
    if is_late:
        words = _("Due since %(time)s: %(late)s late") % {"time": at, "late": elapsed(now - due)}
    return State(
        due=words,
        tone="lost" if is_late else "go",
        icon="clock-alert" if is_late else "clock",
        progress=_progress(desk),
        missing=tuple(each for each in cautions if each.kind is Kind.MISSING),
        signs=_signs(session, rule),
        is_attendance_signed=hasattr(session, "sign_off"),
    )


def _progress(desk: Desk) -> str:
    parts = desk.written.parts
    written = sum(part.note is not None for part in parts)
    words = ngettext(
        "%(all)s individual note, %(written)s begun",
        "%(all)s individual notes, %(written)s begun",
        len(parts),
    )
    return words % {"all": len(parts), "written": written}


def _signs(session: GroupSession, rule: RecordRule) -> str:
    """Say who signs: who leads the session, and whether somebody signs beneath."""
    leads = Facilitation.objects.filter(session=session, is_former=False).select_related("user")
    users = [each.user for each in leads.order_by("pk")]
    if not users:
        return _("Nobody leads this session: a clinician signs, and says why.")
    names = ", ".join(user.display_name for user in users)
    if any(needs_cosignature(user.credential, rule.cosigned_credentials) for user in users):
        return _("To be signed by %(names)s, then co-signed") % {"names": names}
    return _("To be signed by %(names)s") % {"names": names}


def _signature(desk: Desk, access: Access) -> Signature | None:
    signed = getattr(desk.session, "notes_sign_off", None)
    if signed is None:
        return None
    cosigned = getattr(signed, "cosignature", None)
    is_open = signed.is_cosignature_needed and cosigned is None
    is_own = signed.signed_by_id == desk.reader.pk
    may = access.scope("notes.cosign", desk.session.group.program) is not None
    return Signature(
        byline=_("Signed by %(name)s, %(time)s")
        % {"name": signed.signed_by.display_name, "time": moment(signed.signed_at, desk.zone)},
        late=late_by(signed.signed_at, signed.due_at),
        reason=signed.reason,
        cosigned=_("Co-signed by %(name)s, %(time)s")
        % {"name": cosigned.signed_by.display_name, "time": moment(cosigned.signed_at, desk.zone)}
        if cosigned
        else "",
        is_cosignature_open=is_open,
        can_cosign=is_open and may and not is_own,
        why_not_cosign=_("Somebody else co-signs your notes.") if is_open and is_own else "",
    )
