"""Outreach opens where somebody was missed, and closes where it was explained after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from attendance.models import Outreach, OutreachAttempt, OutreachKind, OutreachOutcome
from attendance.outreach.history import Judged, closed_itself, judged_of
from attendance.outreach.missed import Finding, findings_of, still_holds
from attendance.outreach.notices import tell_owners, withdraw_notices
from attendance.outreach.owners import owners_of
from programs.models import Enrollment, Program, record_rule_on
from programs.weeks import local_date


def open_outreach(*, now: datetime, by: User | None) -> None:
    """Bring every program's outreach up to date, one program after the other."""
    for program in Program.objects.select_related("site").order_by("pk"):
        sweep_program(program=program, now=now, by=by)


@transaction.atomic
def sweep_program(*, program: Program, now: datetime, by: User | None) -> None:
    """Open what is called for, and close what was explained. Run twice, it changes nothing.

    The unique constraints hold any number of workers to one row each; the lock lets the second
    one find everything done.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    open_ones = list(
        Outreach.objects.open()
        .filter(enrollment__program=program)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    judged = judged_of(program, now)
    gone = _close(open_ones, judged, program, now, by)
    wanted = [
        (each.enrollment, found)
        for each in judged
        for found in findings_of(each.episode.without(gone))
    ]
    if wanted:
        _open(wanted, program, now, by)


def _close(
    open_ones: Sequence[Outreach],
    judged: Iterable[Judged],
    program: Program,
    now: datetime,
    by: User | None,
) -> set[int]:
    """Close what is explained and what nobody has worked on; return their keys."""
    tried = set(
        OutreachAttempt.objects.filter(outreach__in=open_ones).values_list("outreach", flat=True)
    )
    gone = {
        known.key: each.enrollment
        for each in judged
        for known in each.episode.known
        if known.is_open and known.key not in tried and not still_holds(known, each.episode)
    }
    closed = [each for each in open_ones if each.pk in gone]
    for each in closed:
        each.closed_at, each.outcome = now, OutreachOutcome.EXPLAINED
        _audit("outreach.explained", each, gone[each.pk], program, by)
    Outreach.objects.bulk_update(closed, ["closed_at", "outcome"])
    withdraw_notices(closed)
    return set(gone)


def _open(
    wanted: Sequence[tuple[Enrollment, Finding]], program: Program, now: datetime, by: User | None
) -> None:
    """Open them, each with an owner who is told; one that had closed by itself is taken up."""
    owners = owners_of(program, {found.session for _enrollment, found in wanted})
    hours = record_rule_on(program, local_date(now, program.zone)).outreach_due_hours
    facts = {"opened_at": now, "due_at": now + timedelta(hours=hours)}
    closed = _closed_themselves([enrollment for enrollment, _found in wanted])
    opened: list[Outreach] = []
    for enrollment, found in wanted:
        if found.session not in owners:
            continue
        row = closed.get(_key(enrollment.pk, found.kind, found.session)) or Outreach()
        said = {"enrollment": enrollment, "session_id": found.session, "kind": found.kind}
        _fill(row, **said, **facts, owned_by_id=owners[found.session])
        verb = "outreach.reopened" if row.pk else "outreach.opened"
        _audit(verb, row, enrollment, program, by)
        opened.append(row)
    _keep(opened)
    tell_owners(opened, program=program, now=now)


def _fill(row: Outreach, **facts: Any) -> None:
    for name, value in {**facts, "closed_at": None, "outcome": ""}.items():
        setattr(row, name, value)


def _keep(rows: Sequence[Outreach]) -> None:
    fresh = [row for row in rows if row.pk is None]
    taken_up = [row for row in rows if row.pk is not None]
    fields = ["session", "owned_by", "opened_at", "due_at", "closed_at", "outcome"]
    Outreach.objects.bulk_update(taken_up, fields)
    Outreach.objects.bulk_create(fresh)


def _closed_themselves(enrollments: Sequence[Enrollment]) -> dict[tuple, Outreach]:
    """Return what had closed by itself, by what it would be opened for again."""
    rows = Outreach.objects.filter(
        enrollment__in=enrollments, outcome=OutreachOutcome.EXPLAINED, closed_by=None
    )
    return {
        _key(row.enrollment_id, OutreachKind(row.kind), row.session_id): row
        for row in rows
        if closed_itself(row)
    }


def _key(enrollment: int, kind: OutreachKind, session: int) -> tuple[int, str, int | None]:
    """A first absence is one for the whole episode, the others one for a session."""
    return enrollment, str(kind), None if kind == OutreachKind.FIRST_ABSENCE else session


def _audit(
    verb: str, outreach: Outreach, enrollment: Enrollment, program: Program, by: User | None
) -> None:
    write_audit(
        verb,
        by=by,
        subject=outreach,
        participant_id=enrollment.participant.public_id,
        program_id=program.public_id,
        kind=outreach.kind,
    )
