"""What the demo's sessions leave behind: check-ins, notes, and the signatures under them.

The same on every day it is asked: chance is drawn from the session and the person alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.models import User
from attendance.models import (
    AbsentContact,
    AttendanceRecord,
    CheckIn,
    Cosignature,
    GroupNote,
    Homework,
    NotesSignOff,
    ParticipantNote,
    Participation,
    SafetyAlert,
    YesNo,
)
from groups.models import GroupSession, SessionStatus
from iop.demo.folder import ZONE
from iop.demo.record_words import INTERVENTIONS, PLANS, RESPONSES, SETBACKS, SKILLS, WENT_WELL
from iop.demo.timetable import CLINICIAN, LEADS, TOMAS
from programs.models import Goal, Program, RecordRule
from programs.weeks import local_date

# How far back there are check-ins, and notes; whose notes are signed by the co-leader.
CHECK_INS_DAYS, NOTES_DAYS = 42, 21
UNSIGNED_DAYS = 2
COSIGNED_GROUP, COSIGNED_CREDENTIAL = "Evening core", "LADC"
DUE = timedelta(hours=24)
CITATION = "Example policy; verify with your license and payer contract"


def set_record_rules(now: datetime) -> None:
    """Give both programs a rule for their records; whose notes wait goes to the clinician."""
    clinician = User.objects.get(email=CLINICIAN)
    since = local_date(now, ZONE).replace(month=1, day=1) - timedelta(days=365)
    RecordRule.objects.bulk_create(
        RecordRule(
            program=program,
            effective_from=since,
            cosigned_credentials=[COSIGNED_CREDENTIAL],
            cosigned_by=clinician,
            citation=CITATION,
        )
        for program in Program.objects.order_by("pk")
    )


def write_records(now: datetime) -> None:
    """Write check-ins and notes of what was recorded and is not signed yet."""
    today = local_date(now, ZONE)
    leads = User.objects.get(email=LEADS)
    sessions = list(_recorded(now).filter(held_on__gt=today - timedelta(days=CHECK_INS_DAYS)))
    noted = [each for each in sessions if each.held_on > today - timedelta(days=NOTES_DAYS)]
    goals = {each.enrollment.participant_id: each for each in _open_goals()}
    CheckIn.objects.bulk_create(
        (each for session in sessions for each in _check_ins(session, leads, now)),
        ignore_conflicts=True,
    )
    over = [each for each in noted if each.ends_at <= now]
    GroupNote.objects.bulk_create(
        (_group_note(each, leads) for each in over), ignore_conflicts=True
    )
    ParticipantNote.objects.bulk_create(
        (each for session in over for each in _notes(session, goals, leads)),
        ignore_conflicts=True,
    )


def sign_notes(now: datetime) -> None:
    """Sign the notes of older sessions; of one group the co-leader, who needs a co-signature."""
    today = local_date(now, ZONE)
    noted = GroupNote.objects.filter(session=OuterRef("pk"))
    sessions = GroupSession.objects.filter(
        Exists(noted),
        sign_off__isnull=False,
        notes_sign_off=None,
        held_on__lte=today - timedelta(days=UNSIGNED_DAYS),
    ).select_related("group")
    leads, tomas = (User.objects.get(email=each) for each in (LEADS, TOMAS))
    NotesSignOff.objects.bulk_create(
        NotesSignOff(
            session=session,
            signed_by=tomas if session.group.name == COSIGNED_GROUP else leads,
            signed_at=min(now, session.ends_at + timedelta(hours=_hours_until_signed(session))),
            due_at=session.ends_at + DUE,
            is_cosignature_needed=session.group.name == COSIGNED_GROUP,
        )
        for session in sessions
    )


def cosign_older_notes(now: datetime) -> None:
    """Co-sign what was signed before this week; the rest waits for somebody."""
    clinician = User.objects.get(email=CLINICIAN)
    waiting = NotesSignOff.objects.waiting().filter(signed_at__lt=now - timedelta(days=6))
    Cosignature.objects.bulk_create(
        Cosignature(notes=each, signed_by=clinician, signed_at=each.signed_at + timedelta(hours=20))
        for each in waiting
    )


def raise_safety_alerts(now: datetime) -> None:
    """Two people answered the safety question with yes: one last week, one most lately."""
    asked = CheckIn.objects.filter(safety=YesNo.YES, safety_alert=None).order_by("taken_at")
    clinician = User.objects.get(email=CLINICIAN)
    for check_in in asked.select_related("session"):
        is_lately = check_in.session.held_on > local_date(now, ZONE) - timedelta(days=UNSIGNED_DAYS)
        SafetyAlert.objects.create(
            check_in=check_in,
            raised_at=check_in.taken_at,
            **({} if is_lately else _acknowledged(check_in, clinician)),
        )


def _acknowledged(check_in: CheckIn, clinician: User) -> dict:
    return {
        "acknowledged_at": check_in.taken_at + timedelta(minutes=14),
        "acknowledged_by": clinician,
        "what_was_done": "Talked alone for fifteen minutes. No plan and no means. Wrote a safety"
        " plan together; the sister picks them up. Call tomorrow at nine.",
    }


def ask_for_safety(now: datetime) -> None:
    """Turn the safety answer of two check-ins to yes, before anything is signed."""
    today = local_date(now, ZONE)
    unsigned = CheckIn.objects.filter(session__sign_off=None).order_by("-taken_at", "pk")
    last_week = unsigned.filter(session__held_on__lte=today - timedelta(days=6))
    for found in (
        last_week,
        unsigned.filter(session__held_on__gt=today - timedelta(days=UNSIGNED_DAYS)),
    ):
        CheckIn.objects.filter(pk__in=[each.pk for each in found[:1]]).update(
            safety=YesNo.YES, mood=2
        )


def _recorded(now: datetime) -> QuerySet[GroupSession]:
    records = AttendanceRecord.objects.select_related("participant").order_by("pk")
    return (
        GroupSession.objects.filter(
            Exists(AttendanceRecord.objects.filter(session=OuterRef("pk"))),
            status=SessionStatus.SCHEDULED,
            sign_off=None,
            starts_at__lte=now,
        )
        .select_related("group")
        .prefetch_related(Prefetch("records", records), "records__presences", "lessons__lesson")
        .order_by("starts_at", "pk")
    )


def _open_goals() -> QuerySet[Goal]:
    return Goal.objects.filter(ended_on=None).select_related("enrollment").order_by("-pk")


def _chance(session: GroupSession, person: str) -> Random:
    return Random(f"{session.held_on} {session.starts_at:%H} {person}")  # noqa: S311


def _check_ins(session: GroupSession, by: User, now: datetime) -> Iterator[CheckIn]:
    for record in session.records.all():
        stays = list(record.presences.all())
        chance = _chance(session, record.participant.chart_number)
        # Somebody now and then comes too late to be asked.
        if stays and chance.random() < 0.94:
            asked = _check_in(session, record, chance, by)
            asked.taken_at = min(asked.taken_at, now)
            yield asked


def _check_in(session: GroupSession, record: AttendanceRecord, chance: Random, by: User) -> CheckIn:
    week = session.held_on.isocalendar().week % 8
    used = chance.random() < 0.06
    return CheckIn(
        session=session,
        participant=record.participant,
        mood=min(10, max(1, 3 + week // 2 + chance.randint(-2, 3))),
        craving=min(10, max(0, 6 - week // 2 + chance.randint(-2, 2) + 3 * used)),
        used_since=YesNo.YES if used else YesNo.NO,
        setback=chance.choice(SETBACKS),
        went_well=chance.choice(WENT_WELL),
        skill=chance.choice(SKILLS),
        homework=chance.choice(Homework.values),
        safety=YesNo.NO,
        is_by_participant=chance.random() < 0.5,
        entered_by=by,
        taken_at=session.starts_at + timedelta(minutes=chance.randint(1, 9)),
    )


def _group_note(session: GroupSession, by: User) -> GroupNote:
    chance = _chance(session, "group")
    taught = [each.lesson for each in session.lessons.all()]
    return GroupNote(
        session=session,
        topic=taught[0].name if taught else "Open round",
        lesson=taught[0] if taught else None,
        intervention=chance.choice(INTERVENTIONS),
        began_at=session.starts_at,
        ended_at=session.ends_at,
        written_by=by,
        written_at=session.ends_at + timedelta(minutes=20),
    )


def _notes(session: GroupSession, goals: dict[int, Goal], by: User) -> Iterator[ParticipantNote]:
    for record in session.records.all():
        chance = _chance(session, f"note {record.participant.chart_number}")
        note = ParticipantNote(
            session=session,
            participant=record.participant,
            written_by=by,
            written_at=session.ends_at + timedelta(minutes=25),
        )
        if not list(record.presences.all()):
            note.contact = chance.choice(AbsentContact.values[:3])
            note.response = "Missed the session; tried to reach them the same evening."
            yield note
        else:
            yield _about_somebody_there(note, goals.get(record.participant_id), chance)


def _about_somebody_there(
    note: ParticipantNote, goal: Goal | None, chance: Random
) -> ParticipantNote:
    note.participation = chance.choice(
        (Participation.ACTIVE, Participation.ACTIVE, Participation.SOME)
    )
    note.response = " ".join(chance.sample(RESPONSES, 3))
    note.plan = " ".join(chance.sample(PLANS, 2))
    if goal is not None and goal.set_on <= note.session.held_on:
        note.goal, note.goal_progress = goal, chance.choice(("forward", "forward", "same"))
    return note


def _hours_until_signed(session: GroupSession) -> int:
    """Return after how long the notes were signed: once in a while a day too late."""
    return 27 if _chance(session, "signature").random() < 0.08 else 2
