"""The signatures under a session in words: who, when, due when, late or not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.models import NotesSignOff
from attendance.papers.common import attendance_signature, signed_by
from attendance.papers.content import Fact, Section
from attendance.papers.reading import OnSheet
from attendance.papers.wording import stamp


def signatures(sheet: OnSheet, *, with_reasons: bool) -> Section:
    """Return all signatures; a reason may name somebody, so one may leave them out."""
    session, zone = sheet.session, sheet.session.group.program.zone
    facts = [*attendance_signature(session, zone)]
    if facts and with_reasons and session.sign_off.reason:
        facts.append(Fact(_("Reason"), session.sign_off.reason))
    if hasattr(session, "notes_sign_off"):
        facts += _of_notes(session.notes_sign_off, zone, with_reasons=with_reasons)
    empty = "" if facts else _("Nobody has signed.")
    return Section(_("Signatures"), facts=tuple(facts), empty=empty)


def _of_notes(notes: NotesSignOff, zone: ZoneInfo, *, with_reasons: bool) -> list[Fact]:
    said = signed_by(notes.signed_by, notes.signed_at, zone)
    due = _("Due %(moment)s.") % {"moment": stamp(notes.due_at, zone)}
    late = [_("Late entry: signed after it was due.")] if notes.is_late else []
    facts = [Fact(_("Notes signed"), " ".join([said, due, *late]))]
    if with_reasons and notes.reason:
        facts.append(Fact(_("Reason"), notes.reason))
    if hasattr(notes, "cosignature"):
        second = notes.cosignature
        facts.append(Fact(_("Co-signed"), signed_by(second.signed_by, second.signed_at, zone)))
    elif notes.is_cosignature_needed:
        facts.append(Fact(_("Co-signed"), _("not yet; a co-signature is needed")))
    return facts
