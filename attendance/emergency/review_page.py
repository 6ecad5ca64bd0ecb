"""What was opened in an emergency: who, whom, why, how often it was read, and the review."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AuditEvent, User
from attendance.check_ins.wording import day_and_clock
from attendance.emergency.elsewhere import Elsewhere, elsewhere_of
from attendance.emergency.forms import ReviewForm
from programs.models import EmergencyAccess, Program
from programs.models.emergency import EmergencyAccessQuerySet
from programs.named import note_named

A_PAGE = 25
READ = "emergency.read"


@dataclass(frozen=True)
class Row:
    """One opening. `form` is the review's, where this director may review it now."""

    key: uuid.UUID
    who: str
    whom: str
    person_id: uuid.UUID
    reason: str
    opened: str
    closed: str
    reads: str
    form: ReviewForm | None
    wait: str
    reviewed: str
    note: str

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed)


@dataclass(frozen=True)
class ReviewPage:
    """One page of the list; `before` and `after` are the queries of the pages beside it."""

    program: Program
    rows: tuple[Row, ...]
    waiting: int
    found: int
    number: int
    pages: int
    before: str
    after: str
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True)
class Reading:
    """Who reads the list, where, when; and the review that was refused, by its row."""

    program: Program
    reader: User
    now: datetime
    refused: Mapping[int, ReviewForm]


def review_page(
    *,
    program: Program,
    accesses: EmergencyAccessQuerySet,
    reader: User,
    now: datetime,
    page: str,
    refused: Mapping[int, ReviewForm],
) -> ReviewPage:
    """Return the page asked for, or the nearest; `accesses` are those the reader may see."""
    ordered = accesses.order_by(F("reviewed_at").desc(nulls_first=True), "-started_at", "pk")
    related = ordered.select_related("participant", "user", "reviewed_by")
    shown = Paginator(related, A_PAGE).get_page(page)
    rows = list(shown)
    reads, reading = _reads(rows), Reading(program, reader, now, refused)
    return ReviewPage(
        program=program,
        rows=tuple(_row(each, reads[each.public_id], reading) for each in rows),
        waiting=accesses.unreviewed().count(),
        found=shown.paginator.count,
        number=shown.number,
        pages=shown.paginator.num_pages,
        before=f"?page={shown.number - 1}" if shown.has_previous() else "",
        after=f"?page={shown.number + 1}" if shown.has_next() else "",
        elsewhere=elsewhere_of(program) if shown.number == 1 else (),
    )


def _reads(rows: Sequence[EmergencyAccess]) -> Counter[uuid.UUID]:
    """Return how often each record was read; one statement, by the index of participants."""
    lines = AuditEvent.objects.filter(
        participant_id__in={each.participant.public_id for each in rows},
        subject_id__in=[each.public_id for each in rows],
        verb=READ,
    )
    return Counter(key for key in lines.values_list("subject_id", flat=True) if key)


def _row(access: EmergencyAccess, reads: int, reading: Reading) -> Row:
    person, program = access.participant, reading.program
    wait = _wait(access, reading.reader, reading.now)
    whom = f"{person.preferred_name or person.first_name} {person.last_name}"
    note_named([(person, whom)])
    form = reading.refused.get(access.pk) or ReviewForm(auto_id=f"{access.public_id}-%s")
    return Row(
        key=access.public_id,
        who=access.user.display_name,
        whom=whom,
        person_id=person.public_id,
        reason=access.reason,
        opened=day_and_clock(access.started_at, program.zone),
        closed=_closed(access, program, reading.now),
        reads=ngettext("read %(count)s time", "read %(count)s times", reads) % {"count": reads},
        form=None if wait or access.reviewed_at else form,
        wait=wait,
        reviewed=_reviewed(access, program),
        note=access.review_note,
    )


def _wait(access: EmergencyAccess, reader: User, now: datetime) -> str:
    """Return why this director does not review it now, or nothing."""
    if access.reviewed_at:
        return ""
    if access.user_id == reader.pk:
        return _("You opened it: another director reviews it.")
    if access.ended_at is None and access.ends_at > now:
        return _("Review it once it is closed.")
    return ""


def _closed(access: EmergencyAccess, program: Program, now: datetime) -> str:
    if access.ended_at:
        return _("closed by hand %(time)s") % {"time": day_and_clock(access.ended_at, program.zone)}
    time = {"time": day_and_clock(access.ends_at, program.zone)}
    return (_("open until %(time)s") if access.ends_at > now else _("closed %(time)s")) % time


def _reviewed(access: EmergencyAccess, program: Program) -> str:
    if access.reviewed_at is None or access.reviewed_by is None:
        return ""
    return _("Reviewed by %(name)s, %(time)s") % {
        "name": access.reviewed_by.display_name,
        "time": day_and_clock(access.reviewed_at, program.zone),
    }
