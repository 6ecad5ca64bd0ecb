"""What is written of a session: the part for every chart, and one part for each person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.db.models import F, Q, QuerySet

from attendance.models import GroupNote, ParticipantNote
from attendance.notes.likeness import Compared, compared, percent_same
from attendance.notes.missing import There
from attendance.notes.naming import Named
from attendance.sheet.people import Person, people_of
from groups.models import GroupSession
from programs.models import Participant
from programs.models.consent import IsFilled
from programs.names import roster_names


@dataclass(frozen=True)
class Part:
    """One person on the sheet: what is written of them, and what was the last time."""

    person: Person
    name: str
    named: Named
    there: There
    note: ParticipantNote | None = None
    last: ParticipantNote | None = None

    @property
    def id(self) -> uuid.UUID:
        return self.person.id

    @property
    def version(self) -> int:
        return self.note.version if self.note else 0

    @cached_property
    def compared(self) -> Compared:
        """This note's words, ready to compare."""
        return compared(texts_of(self.note), self.named)

    @cached_property
    def compared_last(self) -> Compared:
        """The last note's words, ready to compare."""
        return compared(texts_of(self.last), self.named)


@dataclass(frozen=True)
class Written:
    """The notes of a session as they are stored."""

    session: GroupSession
    group: GroupNote | None
    parts: tuple[Part, ...]

    def of(self, participant_id: uuid.UUID) -> Part | None:
        return next((part for part in self.parts if part.id == participant_id), None)

    @property
    def fingerprint(self) -> str:
        """What tells this reading of the notes from another: who is there, and every version."""
        group = self.group.version if self.group else 0
        said = [f"{part.id} {part.there} {part.version}" for part in self.parts]
        return sha256("\n".join([str(group), *sorted(said)]).encode()).hexdigest()[:16]

    @cached_property
    def _percents(self) -> dict[frozenset[uuid.UUID], int | None]:
        return {}

    def percent(self, one: Part, other: Part) -> int | None:
        """Return how many percent two notes are the same, worked out once for both."""
        pair = frozenset((one.id, other.id))
        if pair not in self._percents:
            self._percents[pair] = percent_same(one.compared, other.compared)
        return self._percents[pair]

    def beside(self, part: Part | None) -> tuple[Part, ...]:
        """Everybody else on the roster; everybody, seen from the group part."""
        return tuple(each for each in self.parts if part is None or each.id != part.id)


def written_of(session: GroupSession, *, only: uuid.UUID | None = None) -> Written:
    """Return what is written, in two statements; the last notes of `only` one where it is given.

    `session` comes with its group note.
    """
    people = people_of(session)
    asked = [each.participant for each in people if only in (None, each.id)]
    notes, last = _notes_of(session, asked)
    names = roster_names(each.participant for each in people)
    parts = [
        Part(
            person=each,
            name=names[each.participant.chart_number],
            named=named(each.participant),
            there=there(each),
            note=notes.get(each.participant.pk),
            last=last.get(each.participant.pk),
        )
        for each in people
    ]
    parts.sort(key=lambda part: (part.there is There.ABSENT, part.name.casefold()))
    return Written(session, getattr(session, "group_note", None), tuple(parts))


def named(participant: Participant) -> Named:
    return Named(participant.first_name, participant.last_name, participant.preferred_name)


def there(person: Person) -> There:
    """Return what the sheet says of the person."""
    if not person.state.has_record:
        return There.UNMARKED
    return There.PRESENT if person.state.stretches else There.ABSENT


def texts_of(note: ParticipantNote | None) -> tuple[str, ...]:
    """Return the words of a note that are compared, and looked through for names."""
    return (note.response, note.plan) if note else ()


def _notes_of(
    session: GroupSession, asked: list[Participant]
) -> tuple[dict[int, ParticipantNote], dict[int, ParticipantNote]]:
    """Return everybody's note of the session, and the last notes of those asked for."""
    notes = _with_facts(ParticipantNote.objects.filter(session=session))
    found = notes.union(_with_facts(_last_before(session, asked)), all=True)
    here: dict[int, ParticipantNote] = {}
    last: dict[int, ParticipantNote] = {}
    for note in found:
        (here if note.session_id == session.pk else last)[note.participant_id] = note
    return here, last


def _with_facts(notes: QuerySet[ParticipantNote]) -> QuerySet[ParticipantNote]:
    return notes.select_related("session", "goal", "written_by")


def _last_before(session: GroupSession, asked: list[Participant]) -> QuerySet[ParticipantNote]:
    """Return each one's latest note with words, from an earlier session of the program."""
    return (
        ParticipantNote.objects.filter(
            Q(IsFilled(F("response"))) | Q(IsFilled(F("plan"))),
            participant__in=[each.pk for each in asked],
            session__group__program=session.group.program_id,
            session__starts_at__lt=session.starts_at,
        )
        .order_by("participant", "-session__starts_at", "-pk")
        .distinct("participant")
    )
