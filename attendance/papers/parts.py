"""The parts of a session's record as sections: notes, attendance, amendments, addenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.models import GroupNote, ParticipantNote
from attendance.notes.fields import group_in_words, in_words
from attendance.papers.common import signed_by
from attendance.papers.content import Fact, Section
from attendance.papers.reading import OnSheet, Told
from attendance.papers.wording import (
    mark_in_words,
    minutes_of,
    stamp,
    state_in_words,
    stretches_in_words,
    time_of,
)
from attendance.sheet.people import Person
from attendance.teaching.told import taught_in_words
from programs.models import Participant


def as_written(text: str) -> str:
    """Return the text as it is."""
    return text


@dataclass(frozen=True)
class Teller:
    """What is told, of whom, and how: `names` by chart number, None where only one is meant.

    `clean` is what is done with everything that somebody typed.
    """

    sheet: OnSheet
    told: Told
    names: dict[str, str] | None
    clean: Callable[[str], str] = as_written

    @property
    def zone(self) -> ZoneInfo:
        return self.sheet.session.group.program.zone

    def name_of(self, who: Participant | None) -> str:
        """Return what somebody is called; blank where only one is meant."""
        if who is None or self.names is None:
            return ""
        return self.names.get(who.chart_number, who.chart_number)


def group_part(teller: Teller) -> Section:
    """Return the part of the notes that goes into every chart."""
    heading, session = _("Group part"), teller.sheet.session
    note, zone = getattr(session, "group_note", None), teller.zone
    said = taught_in_words(session, zone)
    if note:
        said += group_in_words(note, lambda at: time_of(at, zone))
    facts = [Fact(term, teller.clean(text)) for term, text in said]
    if note is None:
        return Section(heading, facts=tuple(facts), empty=_("Nothing is written."))
    return Section(heading, facts=(*facts, _written(note, teller)))


def part(
    heading: str, teller: Teller, notes: Iterable[ParticipantNote], *, absent: int | None = None
) -> Section:
    """Return one person's part; with why they were absent, where `absent` is their key."""
    facts = absence(absent, teller) if absent is not None else []
    is_empty = True
    for note in notes:
        facts += [Fact(term, teller.clean(text)) for term, text in in_words(note)]
        facts.append(_written(note, teller))
        is_empty = False
    return Section(heading, facts=tuple(facts), empty=_("Nothing is written.") if is_empty else "")


def own_attendance(person: Person, teller: Teller) -> Section:
    """Return one person's record by itself."""
    sheet, state = teller.sheet, person.state
    is_amended = person.participant.pk in sheet.amended
    said = {
        _("Mark"): mark_in_words(person, sheet.moment, teller.zone, is_amended=is_amended),
        _("Arrived – left"): stretches_in_words(state.stretches, teller.zone),
        _("Present"): minutes_of(state, sheet.moment),
    }
    facts = [Fact(term, text) for term, text in said.items() if text]
    facts += absence(person.participant.pk, teller)
    return Section(_("Attendance"), facts=tuple(facts))


def absence(who: int, teller: Teller) -> list[Fact]:
    """Return when somebody absent gave notice, and why, where that is on record."""
    record, facts = teller.told.records.get(who), []
    if record and record.notice_at:
        facts.append(Fact(_("Notice given"), stamp(record.notice_at, teller.zone)))
    if record and record.reason:
        facts.append(Fact(_("Reason"), teller.clean(record.reason)))
    return facts


def amendments(teller: Teller) -> list[Section]:
    """Return each correction with both versions; nothing where there is none."""
    moment, zone = teller.sheet.moment, teller.zone
    facts = []
    for each in teller.told.amendments:
        before = state_in_words(each.before, moment, zone)
        after = state_in_words(each.after, moment, zone)
        change = _of(teller.name_of(each.participant), f"{before} → {after}")
        signed = signed_by(each.amended_by, each.amended_at, zone)
        said = [change, _reason(teller.clean(each.reason)), signed]
        facts.append(Fact(_("Amended"), "\n".join(said)))
    return [Section(_("Amendments of attendance"), facts=tuple(facts))] if facts else []


def addenda(teller: Teller) -> list[Section]:
    """Return what was added to signed notes; nothing where nothing was."""
    facts = []
    for each in teller.told.addenda:
        text = _of(teller.name_of(each.participant), teller.clean(each.text))
        signed = signed_by(each.written_by, each.written_at, teller.zone)
        said = [text, _reason(teller.clean(each.reason)), signed]
        term = (
            _("Added to the individual part") if each.participant else _("Added to the group part")
        )
        facts.append(Fact(term, "\n".join(said)))
    return [Section(_("Addenda, written after signing"), facts=tuple(facts))] if facts else []


def _written(note: GroupNote | ParticipantNote, teller: Teller) -> Fact:
    return Fact(_("Written by"), signed_by(note.written_by, note.written_at, teller.zone))


def _of(name: str, text: str) -> str:
    return f"{name}: {text}" if name else text


def _reason(reason: str) -> str:
    return _("Why: %(reason)s") % {"reason": reason}
