"""What every paper about a session says: which session, who led it, who signed, who printed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from attendance.models import SignOff
from attendance.papers.content import Content, Fact, Section
from attendance.papers.reading import OnSheet
from attendance.papers.wording import stamp, time_of
from groups.models import Facilitation, GroupSession, SessionStatus
from programs.disclosing.notice import notice_words
from programs.models import Clinic
from programs.weeks import local_date


@dataclass(frozen=True)
class Printing:
    """By whom a paper is made, and when."""

    by: User
    now: datetime


def content_of(
    sheet: OnSheet,
    printing: Printing,
    *,
    title: str,
    loud: str,
    sections: list[Section],
    name: str = "",
) -> Content:
    """Return the whole paper, with what stands on every page of any."""
    session = sheet.session
    program = session.group.program
    return Content(
        title=title,
        clinic=Clinic.objects.values_list("name", flat=True).first() or "",
        program=f"{program.name} · {program.site.name}",
        about=about(session, program.zone),
        name=name,
        loud=_("Cancelled") if session.status == SessionStatus.CANCELLED else loud,
        facts=_facts(sheet),
        sections=tuple(sections),
        made=_("Printed by %(name)s, %(moment)s")
        % {"name": printing.by.display_name, "moment": stamp(printing.now, program.zone)},
        made_at=printing.now,
        notice=notice_words(),
    )


def about(session: GroupSession, zone: ZoneInfo) -> str:
    """Return the group, the date and the times in one line."""
    day = date_format(session.held_on, pgettext("date format: Mon, Nov 23, 2026", "D, M j, Y"))
    times = f"{time_of(session.starts_at, zone)} – {time_of(session.ends_at, zone)}"
    return f"{session.group.name} · {day} · {times}"


def attendance_signature(session: GroupSession, zone: ZoneInfo) -> tuple[Fact, ...]:
    """Return who signed the attendance, when, and whether that was late; nothing where nobody."""
    if not hasattr(session, "sign_off"):
        return ()
    sign_off: SignOff = session.sign_off
    said = [signed_by(sign_off.signed_by, sign_off.signed_at, zone)]
    if local_date(sign_off.signed_at, zone) > session.held_on:
        said.append(_("Late entry: signed after the day of the session."))
    return (Fact(_("Attendance signed"), " ".join(said)),)


def signed_by(user: User, at: datetime, zone: ZoneInfo) -> str:
    """Return `Fay Marlow, LPC, Nov 23, 2026, 12:05 PM CST.`"""
    return _("%(name)s, %(moment)s.") % {"name": user.display_name, "moment": stamp(at, zone)}


def _facts(sheet: OnSheet) -> tuple[Fact, ...]:
    session, zone = sheet.session, sheet.session.group.program.zone
    leaders = "; ".join(_leader(each) for each in sheet.leaders)
    facts = [
        Fact(_("Room"), session.room.name if session.room else _("none on record")),
        Fact(_("Led by"), leaders or _("nobody on record")),
        Fact(_("Time zone"), str(zone)),
    ]
    if session.cancelled_reason:
        facts.append(Fact(_("Cancelled"), session.cancelled_reason))
    return tuple(facts)


def _leader(leads: Facilitation) -> str:
    name = leads.user.display_name
    if leads.instead_of is None:
        return name
    return _("%(name)s (in place of %(other)s)") % {
        "name": name,
        "other": leads.instead_of.user.display_name,
    }
