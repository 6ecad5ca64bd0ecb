"""One part as the page shows it: a form while it is written, text and addenda once it is signed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.marks import MARK_LOOKS, MarkLook
from attendance.models import NoteAddendum, NotesSignOff
from attendance.notes.boxes import Box, Typed, group_boxes, person_boxes
from attendance.notes.cautions import Caution, group_cautions, part_cautions
from attendance.notes.fields import group_in_words, in_words
from attendance.notes.readings import Choices, addenda_of, choices_of
from attendance.notes.said import Said, saved
from attendance.notes.words import entered_late, moment, time_on
from attendance.notes.written import Part, Written
from attendance.sheet.session import moment_of
from attendance.sheet.states import Moment
from attendance.teaching.told import taught_in_words
from groups.models import GroupSession


@dataclass(frozen=True)
class Added:
    """An addendum below a part."""

    text: str
    reason: str
    byline: str
    late: str


@dataclass(frozen=True)
class Card:
    """One part. `boxes` while it can be written, `fields` of what it says once it cannot."""

    id: str
    name: str
    look: MarkLook | None
    url: str
    version: int
    boxes: tuple[Box, ...]
    fields: tuple[tuple[str, str], ...]
    said: Said
    addenda: tuple[Added, ...]
    addendum_url: str

    @property
    def fragment_url(self) -> str:
        return f"{self.url}?as=form"


@dataclass(frozen=True)
class Desk:
    """Where and for whom cards are made: the notes, who reads them, when; what was refused.

    `closed` says why they cannot be written, and nothing where they can.
    """

    written: Written
    reader: User
    now: datetime
    closed: str
    typed: Mapping[str, Typed] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def session(self) -> GroupSession:
        return self.written.session

    @cached_property
    def cautions(self) -> dict[uuid.UUID, tuple[Caution, ...]]:
        """What to look at in the parts whose cards were made."""
        return {}

    @property
    def is_open(self) -> bool:
        return not self.closed

    @cached_property
    def moment(self) -> Moment:
        return moment_of(self.session, self.now)

    @cached_property
    def addenda(self) -> Mapping[int | None, Sequence[NoteAddendum]]:
        return addenda_of(self.session)

    @property
    def zone(self) -> ZoneInfo:
        return self.session.group.program.zone

    @property
    def taught(self) -> tuple[tuple[str, str], ...]:
        """What the session confirmed as taught."""
        return tuple(taught_in_words(self.session, self.zone))

    def url(self, view: str, *more: object) -> str:
        session = self.session
        return reverse(view, args=[session.group.program.public_id, session.public_id, *more])


GROUP = "group"


def group_card(desk: Desk) -> Card:
    """Return the part for every chart."""
    session, note, clock = desk.session, desk.written.group, time_on(desk.zone)
    planned = _("Planned: %(time)s")
    hints = {
        "began": planned % {"time": clock(session.starts_at)},
        "ended": planned % {"time": clock(session.ends_at)},
    }
    cautions = group_cautions(desk.written) if desk.is_open else ()
    typed, said = desk.typed.get(GROUP), desk.said.get(GROUP)
    boxes = group_boxes(note, desk.zone, hints, typed)
    return Card(
        id=GROUP,
        name=_("Note for the group"),
        look=None,
        url=desk.url("notes:group"),
        version=_version(note.version if note else 0, said),
        boxes=boxes if desk.is_open else (),
        fields=(*desk.taught, *(group_in_words(note, clock) if note else ())),
        said=said or saved(note, cautions, zone=desk.zone, reader=desk.reader, now=desk.now),
        addenda=_added(desk, None),
        addendum_url=desk.url("notes:addendum"),
    )


def person_cards(desk: Desk, parts: Sequence[Part]) -> tuple[Card, ...]:
    """Return the cards of these people, in a fixed number of statements."""
    choices = choices_of(desk.session, parts) if desk.is_open else Choices()
    if desk.is_open:
        desk.cautions.update((each.id, tuple(part_cautions(desk.written, each))) for each in parts)
    return tuple(_person_card(desk, part, choices) for part in parts)


def _person_card(desk: Desk, part: Part, choices: Choices) -> Card:
    key, pk = str(part.id), part.person.participant.pk
    cautions = desk.cautions.get(part.id, ())
    typed, said = desk.typed.get(key), desk.said.get(key)
    goals = choices.goals.get(pk, ())
    return Card(
        id=key,
        name=part.name,
        look=MARK_LOOKS[part.person.state.mark(desk.moment)],
        url=desk.url("notes:person", part.id),
        version=_version(part.version, said),
        boxes=person_boxes(part, goals, typed) if desk.is_open else (),
        fields=tuple(in_words(part.note)) if part.note else (),
        said=said or saved(part.note, cautions, zone=desk.zone, reader=desk.reader, now=desk.now),
        addenda=_added(desk, pk),
        addendum_url=f"{desk.url('notes:addendum')}?of={part.id}",
    )


def _version(stored: int, said: Said | None) -> int:
    """Return over which version the next save is made: theirs, once it has been shown."""
    return said.theirs.version if said and said.theirs else stored


def _added(desk: Desk, whose: int | None) -> tuple[Added, ...]:
    signed = getattr(desk.session, "notes_sign_off", None)
    return tuple(added_words(each, signed, desk.zone) for each in desk.addenda.get(whose, ()))


def added_words(addendum: NoteAddendum, signed: NotesSignOff | None, zone: ZoneInfo) -> Added:
    """Return an addendum in words; a late one says how late."""
    at = addendum.written_at
    return Added(
        text=addendum.text,
        reason=addendum.reason,
        byline=f"{addendum.written_by.display_name} · {moment(at, zone)}",
        late=entered_late(at, signed.due_at) if signed else "",
    )
