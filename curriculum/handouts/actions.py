"""What changes about the handouts of a draft: a file or a page is added, moved, or taken off."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

import structlog
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from curriculum.library.holding import draft_of, hold_lesson, moved_by_one, put_in_order
from curriculum.models import Handout, HandoutKind, Lesson, LessonVersion, VersionHandout
from programs.agreements.files import none_left_behind, write_file
from programs.agreements.paper_field import Scan

log = structlog.get_logger(__name__)


def add_file(
    *,
    version: LessonVersion,
    scan: Scan,
    name: str,
    public_id: uuid.UUID,
    by: User | None,
    now: datetime,
) -> Handout:
    """Keep the file and add it to the draft, or neither. Sent twice, it is one handout.

    The bytes lie encrypted and whole before the row is written. Raises NotKept.
    """
    with none_left_behind() as written, transaction.atomic():
        lesson = _hold(version)
        if known := Handout.objects.filter(lesson=lesson, public_id=public_id).first():
            return known
        written.append(_written(scan.content))
        handout = _file(scan, stored_name=written[0])
        handout.public_id, handout.lesson, handout.name = public_id, lesson, name
        handout.added_by, handout.added_at = by, now
        keep(handout, otherwise="paper")
        _add(version, handout)
        _audit("handout.added", lesson, handout, by)
    return handout


@transaction.atomic
def add_page(
    *,
    version: LessonVersion,
    name: str,
    text: str,
    by: User | None,
    now: datetime,
    instead_of: Handout | None = None,
) -> Handout:
    """Add a page to the draft, in the place of another one where that is said. Raises NotKept."""
    lesson = _hold(version)
    page = Handout(lesson=lesson, name=name, kind=HandoutKind.PAGE, text=text)
    page.added_by, page.added_at = by, now
    keep(page, otherwise="text")
    place = version.handouts.filter(handout=instead_of).first() if instead_of else None
    if place:
        place.handout = page
        place.save(update_fields=["handout"])
    else:
        _add(version, page)
    _audit("handout.replaced" if place else "handout.added", lesson, page, by)
    return page


@transaction.atomic
def put_back(*, version: LessonVersion, handout: Handout, by: User | None) -> None:
    """Add a handout that the lesson had before to the draft; one it has stays. Raises NotKept."""
    lesson = _hold(version)
    if version.handouts.filter(handout=handout).exists():
        return
    _add(version, Handout.objects.get(pk=handout.pk, lesson=lesson))
    _audit("handout.put_back", lesson, handout, by)


@transaction.atomic
def take_off(*, version: LessonVersion, handout: Handout, by: User | None) -> None:
    """Take the handout off the draft; published versions keep it. Raises NotKept."""
    lesson = _hold(version)
    taken, _rows = version.handouts.filter(handout=handout).delete()
    if taken:
        _audit("handout.taken_off", lesson, handout, by)


@transaction.atomic
def move_handout(*, version: LessonVersion, handout: Handout, is_up: bool, by: User | None) -> None:
    """Move the handout one place up or down; the first and the last stay. Raises NotKept."""
    lesson = _hold(version)
    rows = _rows_of(version)
    row = next((each for each in rows if each.handout_id == handout.pk), None)
    if row is None:
        return
    put_in_order(moved_by_one(rows, row, is_up=is_up))
    _audit("handout.moved", lesson, handout, by)


def _hold(version: LessonVersion) -> Lesson:
    """Return the lesson of a draft, once its handouts are ours to change. Raises NotKept."""
    lesson = hold_lesson(version.lesson)
    draft = draft_of(lesson)
    if draft is None or draft.pk != version.pk:
        words = _("This is no draft any more: somebody has published or dropped it.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    return lesson


def _rows_of(version: LessonVersion) -> Sequence[VersionHandout]:
    return list(version.handouts.order_by("position", "pk"))


def _add(version: LessonVersion, handout: Handout) -> None:
    rows = _rows_of(version)
    position = rows[-1].position + 1 if rows else 0
    keep(VersionHandout(version=version, handout=handout, position=position))


def _file(scan: Scan, *, stored_name: str) -> Handout:
    return Handout(
        kind=HandoutKind.FILE,
        stored_name=stored_name,
        content_type=scan.content_type,
        size_bytes=len(scan.content),
        sha256=hashlib.sha256(scan.content).hexdigest(),
    )


def _written(content: bytes) -> str:
    """Write the bytes; where the disk does not take them, say so in words."""
    try:
        return write_file(content)
    except OSError as failed:
        log.error("handout_not_written", errno=failed.errno)
        words = _("The server could not keep the file. Tell whoever looks after it.")
        raise NotKept({"paper": [words]}) from failed


def _audit(verb: str, lesson: Lesson, handout: Handout, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=handout,
        program_id=lesson.module.track.program.public_id,
        lesson=str(lesson.public_id),
        kind=handout.kind,
        size_bytes=handout.size_bytes,
    )
