"""That a director has looked the trail through, and signs for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from programs.models import Program, TrailReview
from programs.trail.reading import Span


@transaction.atomic
def sign_off_trail(
    *,
    program: Program,
    span: Span,
    lines: int,
    unusual: Mapping[str, int],
    note: str,
    now: datetime,
    by: User,
) -> TrailReview:
    """Record the review of these days: how many lines, how much stood out, never who.

    Raises NotKept where this director has signed the same days off already.
    """
    review = TrailReview(
        program=program,
        first_on=span.first_on,
        last_on=span.last_on,
        lines=lines,
        unusual=dict(unusual),
        note=note.strip(),
        reviewed_by=by,
        reviewed_at=now,
    )
    keep(review)
    _write(review, by)
    return review


def _write(review: TrailReview, by: User) -> None:
    write_audit(
        "trail.signed_off",
        by=by,
        subject=review,
        program_id=review.program.public_id,
        first_on=review.first_on.isoformat(),
        last_on=review.last_on.isoformat(),
        lines=review.lines,
        unusual=sum(review.unusual.values()),
    )
