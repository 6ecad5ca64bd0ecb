"""Which sessions of a program still owe something, read in one statement."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from attendance.models import AttendanceRecord, Cosignature, NotesSignOff
from attendance.owed.rule import Facts
from groups.models import GroupSession, SessionStatus
from groups.readable import with_leaders
from groups.roster import expected_at_outer_session, people_in
from programs.models import Program, RecordRule
from programs.models.record_rule import NOTES_DUE_HOURS
from programs.weeks import local_date

# The same for whoever owes it and for the director, so that both count the same. What is older
# can no longer be written from memory; but signed notes wait for their co-signature for ever.
LOOK_BACK = timedelta(days=60)


def open_sessions(program: Program, *, now: datetime) -> QuerySet[GroupSession]:
    """Return the program's sessions that are over and may owe something, the oldest first."""
    first_on = local_date(now, program.zone) - LOOK_BACK
    signed = NotesSignOff.objects.filter(session=OuterRef("pk"))
    unsigned = Q(held_on__gte=first_on, closed_at=None) & ~Q(Exists(signed))
    waiting = Q(pk__in=NotesSignOff.objects.waiting().values("session"))
    return (
        GroupSession.objects.filter(unsigned | waiting, group__program=program)
        .filter(status=SessionStatus.SCHEDULED)
        .ended_by(now)
        .order_by("ends_at", "pk")
    )


def with_facts(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate what `facts_of` and `Waiting` read: counts, signatures, the rule of the day."""
    expected = expected_at_outer_session()
    record = AttendanceRecord.objects.filter(
        session=OuterRef(OuterRef("pk")), participant=OuterRef("participant")
    )
    cosigned = Cosignature.objects.filter(notes__session=OuterRef("pk"))
    return (
        with_leaders(sessions)
        .annotate(
            expected=people_in(expected),
            # Asked only where it matters; most of what waits is signed.
            unmarked=Case(
                When(sign_off=None, then=people_in(expected.exclude(Exists(record)))), default=0
            ),
            recorded=_recorded(),
            attendance_signed_at=F("sign_off__signed_at"),
            notes_signed_at=F("notes_sign_off__signed_at"),
            notes_signer=F("notes_sign_off__signed_by__public_id"),
            notes_signer_name=F("notes_sign_off__signed_by__name"),
            needs_cosignature=F("notes_sign_off__is_cosignature_needed"),
            is_cosigned=Exists(cosigned),
            rule_facts=_rule_facts(),
        )
        .select_related("group")
    )


def _recorded() -> Coalesce:
    records = AttendanceRecord.objects.filter(session=OuterRef("pk")).order_by()
    counted = records.values("session").annotate(people=Count("pk")).values("people")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _rule_facts() -> Subquery:
    """What the record rule in effect on the session's date says of notes; nothing without one."""
    rules = RecordRule.objects.filter(
        program=OuterRef("group__program"), effective_from__lte=OuterRef("held_on")
    )
    said = JSONObject(hours="notes_due_hours", cosigner="cosigned_by__public_id")
    return Subquery(rules.order_by("-effective_from").values(json=said)[:1])


def facts_of(session: Any) -> Facts:
    """Return what the rule asks about the session; it was read `with_facts`."""
    return Facts(
        held_on=session.held_on,
        ends_at=session.ends_at,
        is_closed=session.closed_at is not None,
        expected=session.expected,
        unmarked=session.unmarked,
        recorded=session.recorded,
        signed_at=session.attendance_signed_at,
        notes_due_hours=(session.rule_facts or {}).get("hours", NOTES_DUE_HOURS),
        notes_signed_at=session.notes_signed_at,
        needs_cosignature=bool(session.needs_cosignature),
        is_cosigned=session.is_cosigned,
    )
