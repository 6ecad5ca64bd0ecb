"""Versions of a lesson: a draft is begun, written, dropped, or published."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from curriculum.library.holding import draft_of, hold_lesson
from curriculum.library.words import LessonWords, put_words, words_of
from curriculum.models import Lesson, LessonVersion, VersionHandout


class DraftMoved(Exception):
    """Somebody else has saved the draft since it was read; `stored` is what they saved."""

    def __init__(self, stored: LessonVersion) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def start_draft(*, lesson: Lesson, by: User | None, now: datetime) -> LessonVersion:
    """Return the lesson's draft; where there is none, one that says what the latest version does.

    Its handouts come along.
    """
    held = hold_lesson(lesson)
    if draft := draft_of(held):
        return draft
    latest = held.versions.order_by("-number")[0]
    draft = LessonVersion(lesson=held, number=latest.number + 1, written_by=by, written_at=now)
    put_words(draft, words_of(latest))
    keep(draft)
    VersionHandout.objects.bulk_create(
        VersionHandout(version=draft, handout_id=each.handout_id, position=each.position)
        for each in latest.handouts.all()
    )
    _audit("draft.started", draft, held, by)
    return draft


@transaction.atomic
def change_draft(
    *, version: LessonVersion, words: LessonWords, seen: datetime, by: User | None, now: datetime
) -> LessonVersion:
    """Have the draft say these words. `seen` is when it was last saved as far as `by` knows.

    Raises DraftMoved where it was saved since, and NotKept.
    """
    held, draft = _hold_draft(version)
    if draft.written_at != seen:
        raise DraftMoved(draft)
    if words_of(draft) == words:
        return draft
    put_words(draft, words)
    draft.written_by, draft.written_at = by, now
    keep(draft, otherwise="minutes")
    _audit("draft.changed", draft, held, by)
    return draft


@transaction.atomic
def drop_draft(*, version: LessonVersion, by: User | None) -> None:
    """Throw the draft away. Raises NotKept for the only version of its lesson."""
    held, draft = _hold_draft(version)
    if not held.versions.exclude(pk=draft.pk).exists():
        _refuse(_("This draft is all there is of the lesson. Publish it, or retire the lesson."))
    _audit("draft.dropped", draft, held, by)
    draft.handouts.all().delete()
    draft.delete()


@transaction.atomic
def publish(
    *,
    version: LessonVersion,
    note: str,
    by: User | None,
    now: datetime,
    seen: datetime | None = None,
) -> None:
    """Publish the draft: from now on it is what is taught, and it never changes again.

    Its minutes become the lesson's. `note` says what is new in it. Raises DraftMoved where it was
    saved after `seen`, and NotKept where it says the same as the version before.
    """
    held, draft = _hold_draft(version)
    if seen is not None and draft.written_at != seen:
        raise DraftMoved(draft)
    before = held.versions.published().order_by("number").last()
    if before and _says(before) == _says(draft):
        words = _("This draft says the same as version %(number)s. Change it, or drop it.")
        _refuse(words % {"number": before.number})
    draft.change_note, draft.published_at, draft.published_by = note, now, by
    keep(draft, otherwise="change_note")
    held.minutes = draft.minutes
    held.save(update_fields=["minutes"])
    _audit("lesson.published", draft, held, by)


def _hold_draft(version: LessonVersion) -> tuple[Lesson, LessonVersion]:
    """Return the lesson and its draft as they are stored now. Raises NotKept where it is none."""
    held = hold_lesson(version.lesson)
    draft = draft_of(held)
    if draft is None or draft.pk != version.pk:
        _refuse(_("This is no draft any more: somebody has published or dropped it."))
    return held, draft  # type: ignore[return-value]


def _says(version: LessonVersion) -> tuple[LessonWords, list[int]]:
    handouts = version.handouts.order_by("position", "pk")
    return words_of(version), list(handouts.values_list("handout_id", flat=True))


def _refuse(words: str) -> None:
    raise NotKept({NON_FIELD_ERRORS: [words]})


def _audit(verb: str, version: LessonVersion, lesson: Lesson, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=version,
        program_id=lesson.module.track.program.public_id,
        lesson=str(lesson.public_id),
        number=version.number,
    )
