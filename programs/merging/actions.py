"""What changes when two records are of one person: a report, its answer, a merge, its undoing."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.models import User
from programs.merging.likely import facts_of, split_likely
from programs.merging.refusals import why_not
from programs.models import DuplicateOutcome, DuplicateReport, Participant, Program


@transaction.atomic
def report_duplicates(
    *, entered: Participant, now: datetime, by: User | None, program: Program
) -> int:
    """Report whom the person just entered may be and whom `by` may not see, each pair once.

    Return how many reports are new. The trail counts them and names nobody but the person entered.
    """
    hidden = split_likely(facts_of(entered), user=by, entered=entered).hidden
    pair = Q(entered=entered, known__in=hidden) | Q(known=entered, entered__in=hidden)
    reported = set(DuplicateReport.objects.filter(pair).values_list("entered", "known"))
    known = {key for each in reported for key in each}
    new = [
        DuplicateReport(
            entered=entered, known=each, program=program, reported_at=now, reported_by=by
        )
        for each in hidden
        if each.pk not in known
    ]
    DuplicateReport.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        write_audit(
            "duplicates.reported",
            by=by,
            participant_id=entered.public_id,
            program_id=program.public_id,
            reports=len(new),
        )
    return len(new)


@transaction.atomic
def merge_records(
    *, duplicate: Participant, kept: Participant, now: datetime, by: User | None, program: Program
) -> None:
    """Let the duplicate point at the record that is kept; nothing moves.

    Both rows are locked in the order of their keys, and reports about the two are settled. Raises
    NotKept with words where the two cannot be one.
    """
    stored = _lock(duplicate, kept)
    gone, stays = stored[duplicate.pk], stored[kept.pk]
    if words := why_not(gone, stays):
        raise NotKept({NON_FIELD_ERRORS: words})
    gone.merged_into, gone.merged_at, gone.merged_by = stays, now, by
    gone.save(update_fields=["merged_into", "merged_at", "merged_by"])
    _settle_those_about(stays, now, by)
    _audit("participant.merged", gone, stays, program, by)


@transaction.atomic
def unmerge_record(
    *, record: Participant, now: datetime, by: User | None, program: Program
) -> None:
    """Take a merged record apart again: it stands on its own as before. Raises NotKept.

    When it was merged and by whom stays in the row's history.
    """
    target = Participant.objects.filter(duplicates=record).first()
    stored = _lock(record, target or record)[record.pk]
    if target is None or stored.merged_into_id != target.pk:
        words = _("This record stands on its own already. Somebody else was quicker.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    stored.merged_into = stored.merged_at = stored.merged_by = None
    stored.save(update_fields=["merged_into", "merged_at", "merged_by"])
    _audit("participant.unmerged", stored, target, program, by, at=now.isoformat())


@transaction.atomic
def settle_report(
    *,
    report: DuplicateReport,
    outcome: DuplicateOutcome,
    kept: Participant | None = None,
    now: datetime,
    by: User | None,
    program: Program,
) -> None:
    """Say of a report that it is one person, or two people.

    Of one person the record that was known before is kept, unless `kept` is another of the two.
    Raises NotKept where somebody answered before, or the records cannot be merged.
    """
    stored, one, other = _lock_report(report)
    if outcome == DuplicateOutcome.MERGED:
        kept = kept or other
        duplicate = other if kept.pk == one.pk else one
        merge_records(duplicate=duplicate, kept=kept, now=now, by=by, program=program)
    stored.settled_at, stored.settled_by, stored.outcome = now, by, outcome
    stored.save(update_fields=["settled_at", "settled_by", "outcome"])
    _audit_answer(stored, program, by)


def _lock_report(report: DuplicateReport) -> tuple[DuplicateReport, Participant, Participant]:
    """Return the open report and the records its two lead to, locked. Raises NotKept.

    The people before the report, as in a merge: two who answer at once do not block each other.
    """
    reports = DuplicateReport.objects.select_related("entered__merged_into", "known__merged_into")
    found = reports.get(pk=report.pk)
    one, other = found.entered.kept, found.known.kept
    _lock(one, other)
    stored = DuplicateReport.objects.select_for_update().get(pk=report.pk)
    if stored.settled_at:
        words = _("Somebody else has answered this already.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    return stored, one, other


def _audit_answer(report: DuplicateReport, program: Program, by: User | None) -> None:
    write_audit(
        "duplicates.settled",
        by=by,
        subject=report,
        participant_id=report.entered.public_id,
        program_id=program.public_id,
        outcome=report.outcome,
    )


def _lock(*records: Participant) -> dict[int, Participant]:
    """Wait for whoever else merges one of the records, and return them as they are then."""
    keys = {record.pk for record in records}
    locked = Participant.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {each.pk: each for each in locked}


def _settle_those_about(kept: Participant, now: datetime, by: User | None) -> None:
    """Settle the open reports whose two records are one person now."""
    about = DuplicateReport.objects.open().alias(
        one=Coalesce("entered__merged_into", F("entered")),
        other=Coalesce("known__merged_into", F("known")),
    )
    keys = list(about.filter(one=kept.pk, other=kept.pk).values_list("pk", flat=True))
    DuplicateReport.objects.open().filter(pk__in=keys).update(
        settled_at=now, settled_by=by, outcome=DuplicateOutcome.MERGED
    )


def _audit(
    verb: str,
    record: Participant,
    kept: Participant,
    program: Program,
    by: User | None,
    **detail: str,
) -> None:
    """Write a line for each of the two records, which names the other by its id."""
    for one, other, part in ((record, kept, "duplicate"), (kept, record, "kept")):
        write_audit(
            verb,
            by=by,
            subject=one,
            participant_id=one.public_id,
            program_id=program.public_id,
            other=str(other.public_id),
            this_is=part,
            **detail,
        )
