"""An enrollment half filled in is kept until it is made, so that a closed tab loses nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.audit import write_audit
from accounts.models import User
from programs.models import Enrollment, EnrollmentDraft, Program

KEPT_FOR = timedelta(days=30)

Answers = Mapping[str, Sequence[str]]


class NotYours(Exception):
    """Somebody else keeps a draft of this id."""


def keep_draft(
    *, public_id: uuid.UUID, program: Program, answers: Answers, now: datetime, by: User
) -> EnrollmentDraft | None:
    """Keep what is filled in so far, of the id that the enrollment will have.

    What is enrolled already is no draft any more: then nothing is kept, and None comes back.
    Raises NotYours.
    """
    if Enrollment.objects.filter(public_id=public_id).exists():
        return None
    facts = {"program": program, "kept_at": now, "answers": json.dumps(answers)}
    try:
        with transaction.atomic():
            draft, is_new = EnrollmentDraft.objects.update_or_create(
                public_id=public_id, kept_by=by, defaults=facts
            )
            if is_new:
                _audit("draft.kept", draft, by)
    except IntegrityError as refused:
        raise NotYours from refused
    return draft


@transaction.atomic
def discard_draft(*, draft: EnrollmentDraft, by: User | None) -> None:
    """Throw the draft away."""
    _audit("draft.discarded", draft, by)
    draft.delete()


@transaction.atomic
def sweep_drafts(*, now: datetime, by: User | None) -> int:
    """Throw away what nobody has gone on with for thirty days; return how many."""
    old = EnrollmentDraft.objects.filter(kept_at__lt=now - KEPT_FOR)
    count, _each = old.delete()
    if count:
        write_audit("drafts.swept", by=by, count=count)
    return count


def _audit(verb: str, draft: EnrollmentDraft, by: User | None) -> None:
    write_audit(verb, by=by, subject=draft, program_id=draft.program.public_id)
