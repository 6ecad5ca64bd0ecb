"""One person's notes over time: their own part, and the group part of the sessions they were at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.models import (
    AttendanceRecord,
    GroupNote,
    NoteAddendum,
    ParticipantNote,
    Presence,
)
from attendance.notes.cards import Added, added_words
from attendance.notes.fields import group_in_words, in_words
from attendance.notes.page import when
from attendance.notes.words import late_by, moment, time_on
from attendance.teaching.told import taught_in_words, with_taught
from groups.models import Facilitation, GroupMembership, GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.access import Access
from programs.models import Participant, Program
from programs.who_may import Scope

A_PAGE = 20
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """What the chart holds of one session."""

    group: str
    when: str
    url: str
    paper_url: str
    own: Fields
    shared: Fields
    byline: str
    late: str
    cosigned: str
    added: tuple[Added, ...]

    @property
    def is_signed(self) -> bool:
        return bool(self.byline)


@dataclass(frozen=True)
class OverTime:
    """One page of the entries, the newest first; `before` and `after` are the pages beside it."""

    entries: tuple[Entry, ...]
    found: int
    number: int
    pages: int
    before: str
    after: str


def over_time(person: Participant, program: Program, access: Access, *, page: str) -> OverTime:
    """Return the page asked for, or the nearest there is."""
    sessions = _whole(noted_sessions(person, program, access))
    shown = Paginator(sessions, A_PAGE).get_page(page)
    return OverTime(
        entries=_entries(list(shown), person),
        found=shown.paginator.count,
        number=shown.number,
        pages=shown.paginator.num_pages,
        before=f"?page={shown.number - 1}" if shown.has_previous() else "",
        after=f"?page={shown.number + 1}" if shown.has_next() else "",
    )


def noted_sessions(person: Participant, program: Program, access: Access) -> GroupSessionQuerySet:
    """Return the sessions of the program with something in this person's chart.

    Who reads notes of their own sessions alone sees those they lead or have led.
    """
    note = ParticipantNote.objects.filter(_theirs(person), session=OuterRef("pk"))
    came = Presence.objects.filter(_theirs(person), session=OuterRef("pk"))
    sessions = GroupSession.objects.visible_to(access.user).filter(
        Exists(note) | (Q(group_note__isnull=False) & Exists(came)), group__program=program
    )
    return _readable(sessions, program, access)


def is_known_to(person: Participant, program: Program, access: Access) -> bool:
    """Say whether the reader may know of the person: everybody's, or somebody of their sessions."""
    if access.scope("notes.read", program) is not Scope.OWN:
        return True
    note = ParticipantNote.objects.filter(_theirs(person), session=OuterRef("pk"))
    record = AttendanceRecord.objects.filter(_theirs(person), session=OuterRef("pk"))
    place = GroupMembership.objects.filter(
        Q(enrollment__participant=person) | Q(enrollment__participant__merged_into=person),
        group=OuterRef("group"),
    )
    sessions = GroupSession.objects.visible_to(access.user).filter(
        Exists(note) | Exists(record) | Exists(place), group__program=program
    )
    return _readable(sessions, program, access).exists()


def _readable(
    sessions: GroupSessionQuerySet, program: Program, access: Access
) -> GroupSessionQuerySet:
    if access.scope("notes.read", program) is not Scope.OWN:
        return sessions
    led = Facilitation.objects.filter(session=OuterRef("pk"), user=access.user)
    return sessions.filter(Exists(led))


def _theirs(person: Participant) -> Q:
    """Accept rows of the person, under this record or under a duplicate of it."""
    return Q(participant=person) | Q(participant__merged_into=person)


def _whole(sessions: GroupSessionQuerySet) -> GroupSessionQuerySet:
    related = (
        "group__program__site",
        "group_note__lesson",
        "notes_sign_off__signed_by",
        "notes_sign_off__cosignature__signed_by",
    )
    found = sessions.select_related(*related).order_by("-starts_at", "-pk")
    return with_taught(found)


def _entries(sessions: Sequence[GroupSession], person: Participant) -> tuple[Entry, ...]:
    ids = [each.pk for each in sessions]
    notes = ParticipantNote.objects.filter(_theirs(person), session__in=ids)
    own = {each.session_id: each for each in notes.select_related("goal")}
    came = Presence.objects.filter(_theirs(person), session__in=ids)
    present = set(came.values_list("session", flat=True))
    added: dict[int, list[NoteAddendum]] = defaultdict(list)
    mine = NoteAddendum.objects.filter(_theirs(person) | Q(participant=None), session__in=ids)
    for each in mine.select_related("written_by"):
        if each.participant_id or each.session_id in present:
            added[each.session_id].append(each)
    return tuple(
        _entry(each, person, own.get(each.pk), each.pk in present, added[each.pk])
        for each in sessions
    )


def _entry(
    session: GroupSession,
    person: Participant,
    note: ParticipantNote | None,
    was_there: bool,
    added: Sequence[NoteAddendum],
) -> Entry:
    program = session.group.program
    ids = [program.public_id, session.public_id]
    signed = getattr(session, "notes_sign_off", None)
    cosigned = getattr(signed, "cosignature", None)
    shared = getattr(session, "group_note", None)
    by, also = _("Signed by %(name)s, %(time)s"), _("Co-signed by %(name)s, %(time)s")
    return Entry(
        group=session.group.name,
        when=when(session),
        url=reverse("notes:notes", args=ids),
        paper_url=reverse("papers:person", args=[*ids, person.public_id]),
        own=tuple(in_words(note)) if note else (),
        shared=_shared(session, shared) if was_there else (),
        byline=by % _who(signed.signed_by, signed.signed_at, program) if signed else "",
        late=late_by(signed.signed_at, signed.due_at) if signed else "",
        cosigned=also % _who(cosigned.signed_by, cosigned.signed_at, program) if cosigned else "",
        added=tuple(added_words(each, signed, program.zone) for each in added),
    )


def _shared(session: GroupSession, note: GroupNote | None) -> Fields:
    """Return what goes into the chart of everybody who was there: taught, and written."""
    zone = session.group.program.zone
    written = group_in_words(note, time_on(zone)) if note else []
    return (*taught_in_words(session, zone), *written)


def _who(user, at: datetime, program: Program) -> dict[str, str]:
    return {"name": user.display_name, "time": moment(at, program.zone)}
