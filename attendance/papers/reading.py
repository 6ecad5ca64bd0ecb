"""Reads what is on record of one session: of everybody, or of one person and nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from attendance.models import Amendment, AttendanceRecord, NoteAddendum, ParticipantNote
from attendance.sheet.people import Person, people_of
from attendance.sheet.session import moment_of
from attendance.sheet.states import Moment
from attendance.teaching.told import with_taught
from groups.models import Facilitation, GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import Participant
from programs.names import roster_names


@dataclass(frozen=True)
class OnSheet:
    """A session's sheet: who stands on it, what they are called, who leads, who was amended."""

    session: GroupSession
    moment: Moment
    people: tuple[Person, ...]
    names: dict[str, str]
    leaders: tuple[Facilitation, ...]
    amended: frozenset[int]

    @property
    def has_records(self) -> bool:
        return any(person.state.has_record for person in self.people)


@dataclass(frozen=True)
class Told:
    """What was written besides: notes, reasons of absence, amendments, addenda."""

    notes: tuple[ParticipantNote, ...]
    records: dict[int, AttendanceRecord]
    amendments: tuple[Amendment, ...]
    addenda: tuple[NoteAddendum, ...]
    # Of one person's: everybody else of the session, whose names are to be kept out.
    others: tuple[Participant, ...] = ()


def whole(sessions: GroupSessionQuerySet) -> GroupSessionQuerySet:
    """Return the sessions with the part for every chart and all signatures."""
    found = sessions.in_calendar().select_related(
        "group_note__lesson",
        "group_note__written_by",
        "notes_sign_off__signed_by",
        "notes_sign_off__cosignature__signed_by",
    )
    return with_taught(found)


def sheet_of(session: GroupSession, now: datetime) -> OnSheet:
    """Return the session's sheet, people by name."""
    people = people_of(session)
    names = roster_names(person.participant for person in people)
    leaders = session.facilitations.filter(is_former=False)
    return OnSheet(
        session=session,
        moment=moment_of(session, now),
        people=tuple(
            sorted(people, key=lambda each: names[each.participant.chart_number].casefold())
        ),
        names=names,
        leaders=tuple(leaders.select_related("user", "instead_of__user").order_by("pk")),
        amended=frozenset(session.amendments.values_list("participant", flat=True)),
    )


def told_of(sheet: OnSheet, *, only: Collection[int] | None = None) -> Told:
    """Return what was written; of `only` these participants (primary keys), where given.

    Of others not even the ciphertext is read then. What was added to the part for every chart
    belongs to everybody.
    """
    session = sheet.session
    mine = Q() if only is None else Q(participant__in=only)
    mine_or_all = mine if only is None else mine | Q(participant=None)
    notes = session.participant_notes.filter(mine).select_related(
        "goal", "written_by", "participant__merged_into"
    )
    amendments = session.amendments.filter(mine).select_related(
        "amended_by", "participant__merged_into"
    )
    addenda = session.addenda.filter(mine_or_all).select_related(
        "written_by", "participant__merged_into"
    )
    records = session.records.filter(mine).exclude(absence="").order_by()
    return Told(
        notes=tuple(notes.order_by("pk")),
        records={record.participant_id: record for record in records},
        amendments=tuple(amendments),
        addenda=tuple(addenda),
        others=() if only is None else _others(sheet, only),
    )


def _others(sheet: OnSheet, own: Collection[int]) -> tuple[Participant, ...]:
    """Return everybody else of the session: on its sheet, or with a note in it."""
    found = {person.participant.pk: person.participant for person in sheet.people}
    noted = Participant.objects.filter(notes__session=sheet.session)
    found |= {each.pk: each for each in noted.select_related("merged_into")}
    return tuple(each for key, each in found.items() if key not in own)


def records_of_person(participant_id: uuid.UUID) -> frozenset[int]:
    """Return the primary keys of a person's records: the one kept and its duplicates."""
    kept = Participant.objects.filter(public_id=participant_id).values(
        kept_pk=Coalesce("merged_into", "pk")
    )
    found = Participant.objects.filter(Q(pk__in=kept) | Q(merged_into__in=kept))
    return frozenset(found.values_list("pk", flat=True))


def person_in(sheet: OnSheet, told: Told, participant_id: uuid.UUID) -> Participant | None:
    """Return whose paper it is, or None where nothing of the session is theirs.

    The id may be that of the record on the sheet, or of the one that is kept.
    """
    people = [person.participant for person in sheet.people]
    people += [note.participant for note in told.notes]
    for each in people:
        if participant_id in (each.public_id, each.kept.public_id):
            return each
    return None
