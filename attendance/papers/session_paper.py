"""The signed session on paper: of everybody, or for one person's chart with nobody else in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from attendance.papers.common import Printing, content_of
from attendance.papers.content import Content, Section
from attendance.papers.others import named, without_others
from attendance.papers.parts import Teller, addenda, amendments, group_part, own_attendance, part
from attendance.papers.reading import OnSheet, Told
from attendance.papers.sheet_paper import attendance
from attendance.papers.signatures import signatures
from programs.models import Participant
from programs.names import roster_names


def session_paper(sheet: OnSheet, told: Told, printing: Printing) -> Content:
    """Return everything on record of the session but the check-ins."""
    people = {person.participant.pk: person.participant for person in sheet.people}
    people |= {note.participant_id: note.participant for note in told.notes}
    names = roster_names(people.values())
    order = sorted(people.values(), key=lambda each: names[each.chart_number].casefold())
    teller = Teller(sheet, told, names)
    return content_of(
        sheet,
        printing,
        title=_("Session record"),
        loud=not_signed(sheet),
        sections=[
            attendance(sheet),
            group_part(teller),
            *(_part_of(each, teller) for each in order),
            signatures(sheet, with_reasons=True),
            *amendments(teller),
            *addenda(teller),
        ],
    )


def person_paper(
    sheet: OnSheet, told: Told, participant: Participant, printing: Printing
) -> Content:
    """Return the session as it belongs into one chart: `told` holds only this person's rows.

    Whatever was typed of others is left out: their names, and the reasons of signatures.
    """
    own = [each for each in sheet.people if each.participant.kept == participant.kept]
    others, own_names = [named(each) for each in told.others], named(participant)

    def clean(text: str) -> str:
        return without_others(text, others=others, own=own_names)

    teller = Teller(sheet, told, None, clean)
    return content_of(
        sheet,
        printing,
        title=_("Session record for one chart"),
        name=_name(participant.kept),
        loud=not_signed(sheet),
        sections=[
            *(own_attendance(each, teller) for each in own),
            group_part(teller),
            part(_("Individual part"), teller, told.notes),
            signatures(sheet, with_reasons=False),
            *amendments(teller),
            *addenda(teller),
        ],
    )


def not_signed(sheet: OnSheet) -> str:
    """Return what is still missing of the signatures; empty where nothing is."""
    if not hasattr(sheet.session, "sign_off"):
        return _("Not signed")
    if not hasattr(sheet.session, "notes_sign_off"):
        return _("Notes not signed")
    notes = sheet.session.notes_sign_off
    if notes.is_cosignature_needed and not hasattr(notes, "cosignature"):
        return _("Not co-signed")
    return ""


def _part_of(who: Participant, teller: Teller) -> Section:
    heading = f"{teller.name_of(who)} · {who.chart_number}"
    notes = [note for note in teller.told.notes if note.participant_id == who.pk]
    return part(heading, teller, notes, absent=who.pk)


def _name(person: Participant) -> str:
    name = f"{person.first_name} {person.last_name} · {person.chart_number}"
    if person.preferred_name in ("", person.first_name):
        return name
    return _("%(name)s · called %(preferred)s") % {
        "name": name,
        "preferred": person.preferred_name,
    }
