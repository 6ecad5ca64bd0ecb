"""The attendance sheet on paper: who came and when, or lines to sign before it begins."""

from __future__ import annotations

from django.utils.translation import gettext as _

from attendance.papers.common import Printing, attendance_signature, content_of
from attendance.papers.content import Column, Content, Section, Table
from attendance.papers.reading import OnSheet
from attendance.papers.wording import mark_in_words, minutes_of, stretches_in_words
from attendance.sheet.people import Person

# Lines on a sign-in sheet for whoever comes unexpected.
SPARE = 4


def sheet_paper(sheet: OnSheet, printing: Printing) -> Content:
    """Return the sheet as it stands; before it is over and while nobody is marked, a sign-in."""
    is_to_fill_in = not (sheet.has_records or sheet.moment.is_over or _is_signed(sheet))
    return content_of(
        sheet,
        printing,
        title=_("Sign-in sheet") if is_to_fill_in else _("Attendance sheet"),
        loud="" if _is_signed(sheet) else _("Not signed"),
        sections=[
            _sign_in(sheet) if is_to_fill_in else attendance(sheet),
            _signature(sheet),
        ],
    )


def attendance(sheet: OnSheet) -> Section:
    """Return everybody on the sheet: mark, when they were there, minutes inside the session."""
    columns = (
        Column(_("Name"), 52),
        Column(_("Mark"), 52),
        Column(_("Arrived – left"), 52),
        Column(_("Present"), 30),
    )
    rows = tuple(_row(sheet, person) for person in sheet.people)
    empty = "" if rows else _("Nobody is expected, and nobody is on record.")
    return Section(_("Attendance"), table=Table(columns, rows), empty=empty)


def _row(sheet: OnSheet, person: Person) -> tuple[str, ...]:
    zone, moment = sheet.session.group.program.zone, sheet.moment
    is_amended = person.participant.pk in sheet.amended
    return (
        sheet.names[person.participant.chart_number],
        mark_in_words(person, moment, zone, is_amended=is_amended),
        stretches_in_words(person.state.stretches, zone),
        minutes_of(person.state, moment),
    )


def _sign_in(sheet: OnSheet) -> Section:
    columns = (
        Column(_("Name"), 56),
        Column(_("Signature"), 70),
        Column(_("Arrived"), 30),
        Column(_("Left"), 30),
    )
    names = [sheet.names[person.participant.chart_number] for person in sheet.people]
    rows = tuple((name, "", "", "") for name in [*names, *[""] * SPARE])
    return Section(_("Please sign in"), table=Table(columns, rows, is_to_fill_in=True))


def _signature(sheet: OnSheet) -> Section:
    facts = attendance_signature(sheet.session, sheet.session.group.program.zone)
    lines = () if facts else (_("Signature of the facilitator, credential, date and time"),)
    return Section(_("Signature"), facts=facts, lines=lines)


def _is_signed(sheet: OnSheet) -> bool:
    return hasattr(sheet.session, "sign_off")
