"""What a part's state line says: saved when and by whom, what to look at, or why not saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import GroupNote, ParticipantNote
from attendance.notes.cautions import Caution
from attendance.notes.fields import group_in_words, in_words
from attendance.notes.words import moment, time_on
from programs.weeks import local_date


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved meanwhile."""

    words: str
    fields: tuple[tuple[str, str], ...]
    version: int


@dataclass(frozen=True)
class Said:
    """One state line."""

    saved: str = ""
    cautions: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    theirs: Theirs | None = None
    addendum_url: str = ""


def saved(
    note: GroupNote | ParticipantNote | None,
    cautions: Iterable[Caution],
    *,
    zone: ZoneInfo,
    reader: User,
    now: datetime,
) -> Said:
    """Return when it was saved, by whom where it was another than who reads, and the cautions."""
    words = ""
    if note is not None:
        is_today = local_date(note.written_at, zone) == local_date(now, zone)
        at = time_on(zone)(note.written_at) if is_today else moment(note.written_at, zone)
        facts = {"time": at, "name": note.written_by.name}
        is_mine = note.written_by_id == reader.pk
        words = (_("Saved %(time)s") if is_mine else _("Saved %(time)s by %(name)s")) % facts
    return Said(saved=words, cautions=tuple(each.words for each in cautions))


def newer(note: GroupNote | ParticipantNote | None, *, zone: ZoneInfo) -> Said:
    """Return what somebody else saved meanwhile, to be read beside what was typed."""
    if note is None:
        return Said(theirs=Theirs(_("The note was not saved before."), (), 0))
    clock = time_on(zone)
    fields = in_words(note) if isinstance(note, ParticipantNote) else group_in_words(note, clock)
    facts = {"name": note.written_by.name, "time": clock(note.written_at)}
    words = _("%(name)s saved this at %(time)s, while you wrote. Yours is not saved yet.") % facts
    return Said(theirs=Theirs(words, tuple(fields), note.version))
