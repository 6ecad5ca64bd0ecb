"""One person to get in touch with: what was missed, how they may be reached, who has tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from attendance.marks import MARK_LOOKS, mark_of
from attendance.models import AttemptOutcome, AttendanceRecord, ContactWay, Outreach
from attendance.outreach.contact import Contact, contact_of
from attendance.outreach.forms import AttemptForm, CloseForm, HandOverForm
from attendance.outreach.owners import staff_of
from attendance.outreach.page import Reader
from attendance.outreach.wording import (
    TRIED,
    WAYS,
    Chip,
    closed_words,
    due_chip,
    moment_words,
    why_words,
)
from groups.models import SessionStatus
from groups.wording import short_day
from programs.models import Participant, Program, record_rule_on
from programs.person_frame import PersonFrame, person_frame
from programs.plan.boxes import RecordForm

# How many sessions on record stand on the page, up to the missed one and after it.
LATELY = 3


@dataclass(frozen=True)
class Session:
    """One session on record, and what its record says."""

    name: str
    day: str
    chip: Chip
    is_missed: bool


@dataclass(frozen=True)
class Attempt:
    """One attempt: when and how, what came of it, by whom."""

    when: str
    way: str
    icon: str
    chip: Chip
    note: str
    by: str


@dataclass(frozen=True)
class Forms:
    """What can be done with it; each form posts to an address of its own."""

    attempt: AttemptForm
    hand_over: HandOverForm
    close: CloseForm

    @property
    def wrong(self) -> RecordForm | None:
        """The form that was sent and is not right yet."""
        forms: tuple[RecordForm, ...] = (self.attempt, self.hand_over, self.close)
        return next((each for each in forms if each.errors), None)


@dataclass(frozen=True)
class OnePage:
    """Everything the page reads."""

    program: Program
    frame: PersonFrame
    why: str
    chip: Chip
    owner: str
    opened: str
    closed: str
    closing_note: str
    lately: tuple[Session, ...]
    contact: Contact | None
    attempts: tuple[Attempt, ...]
    forms: Forms
    urls: dict[str, str]


def forms_of(outreach: Outreach, *, now: datetime, sent: str = "", data=None) -> Forms:
    """Return the forms; the one called `sent` holds what was sent."""

    def of(name: str):
        return data if name == sent else None

    staff = staff_of(outreach.enrollment.program)
    return Forms(
        attempt=AttemptForm(of("attempt"), outreach=outreach, now=now),
        hand_over=HandOverForm(of("hand_over"), staff=staff, owner=outreach.owned_by),
        close=CloseForm(of("close")),
    )


def one_page(outreach: Outreach, reader: Reader, forms: Forms) -> OnePage:
    """Return the page; `outreach` was read `with_facts`."""
    person = outreach.enrollment.participant.kept
    program, zone, now = reader.program, reader.program.zone, reader.now
    may_read = reader.access.scope("participants.read", program) is not None
    return OnePage(
        program=program,
        frame=person_frame(reader.access, program, person, here=""),
        why=why_words(outreach, may_read_notes=reader.may_read_notes),
        chip=due_chip(outreach, now, zone),
        owner=outreach.owned_by.display_name,
        opened=moment_words(outreach.opened_at, now, zone),
        closed=closed_words(outreach) if outreach.closed_at else "",
        closing_note=outreach.note,
        lately=_lately(outreach, outreach.enrollment.participant),
        contact=contact_of(person, program, now) if may_read else None,
        attempts=_attempts(outreach, reader),
        forms=forms,
        urls=_urls(outreach, program),
    )


def _urls(outreach: Outreach, program: Program) -> dict[str, str]:
    ids = [program.public_id, outreach.public_id]
    names = ("attempt", "hand_over", "close")
    return {
        "list": reverse("outreach:outreach", args=[program.public_id]),
        **{name: reverse(f"outreach:{name}", args=ids) for name in names},
    }


def _lately(outreach: Outreach, person: Participant) -> tuple[Session, ...]:
    """Return what the records around the missed session say, the latest first."""
    program, missed = outreach.enrollment.program, outreach.session
    records = AttendanceRecord.objects.filter(
        participant=person,
        session__group__program=program,
        session__status=SessionStatus.SCHEDULED,
    )
    records = records.select_related("session__group").prefetch_related("presences")
    until = records.filter(session__starts_at__lte=missed.starts_at).order_by("-session__starts_at")
    since = records.filter(session__starts_at__gt=missed.starts_at).order_by("session__starts_at")
    grace = record_rule_on(program, missed.held_on).grace
    shown = [*reversed(since[:LATELY]), *until[:LATELY]]
    return tuple(_session(each, outreach, grace) for each in shown)


def _session(record: AttendanceRecord, outreach: Outreach, grace: timedelta) -> Session:
    session = record.session
    mark = mark_of(
        [(each.arrived_at, each.left_at) for each in record.presences.all()],
        absence=record.absence,
        has_record=True,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        grace=grace,
    )
    look = MARK_LOOKS[mark]
    return Session(
        name=session.group.name,
        day=short_day(session.held_on),
        chip=Chip(look.tone, look.icon, str(look.label)),
        is_missed=session.pk == outreach.session_id,
    )


def _attempts(outreach: Outreach, reader: Reader) -> tuple[Attempt, ...]:
    rows = outreach.attempts.select_related("entered_by").order_by("-tried_at", "-pk")
    return tuple(
        Attempt(
            when=moment_words(each.tried_at, reader.now, reader.program.zone),
            way=str(each.get_way_display()),
            icon=WAYS[ContactWay(each.way)],
            chip=Chip(*TRIED[AttemptOutcome(each.outcome)], str(each.get_outcome_display())),
            note=each.note,
            by=each.entered_by.display_name,
        )
        for each in rows
    )
