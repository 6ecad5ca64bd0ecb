"""The demo clinic in the database: alive whenever it is opened, and each day after."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef

from accounts.models import User
from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionLesson
from hours.models import Alert
from hours.program_week import current_week, program_week
from hours.weekly_hours import weekly_hours_of
from iop.demo.clinic import make_demo_clinic
from iop.demo.folder import ZONE
from iop.demo.timetable import LEADS
from programs.models import Clinic, Enrollment, Leave, Participant, Program, Role
from reminders.models import Reminder
from tests import build

pytestmark = pytest.mark.django_db

RECORDED = Exists(AttendanceRecord.objects.filter(session=OuterRef("pk")))
STANDINGS = {"met", "on_track", "tight", "recoverable", "unreachable", "exempt"}


def make(now: datetime):
    return make_demo_clinic(say=lambda line: None, now=now)


def standings(now: datetime) -> set[str]:
    """Return what the two boards show; tight is a standing of its own there."""
    found = set()
    for program in Program.objects.all():
        week = current_week(program, now)
        assert (now.astimezone(ZONE).date() - week.first_on).days == 2
        facts = program_week(program, week=week, as_of=now)
        assert facts is not None
        rows = [weekly_hours_of(person, facts) for person in facts.people]
        found |= {"tight" if "tight" in row.flags else str(row.verdict) for row in rows}
    return found


@pytest.mark.parametrize(
    "now",
    [
        # The clocks go forward on this Sunday at 02:00, and back on the other.
        datetime(2026, 3, 8, 3, 0, tzinfo=ZONE),
        datetime(2026, 11, 1, 12, 0, tzinfo=ZONE),
        datetime(2026, 11, 23, 22, 0, tzinfo=ZONE),
    ],
    ids=["Sunday 03:00, clocks forward", "Sunday noon, clocks back", "Monday 22:00"],
)
def test_it_is_alive_whenever_it_is_opened(now: datetime):
    make(now)
    assert standings(now) == STANDINGS
    yesterday = now.astimezone(ZONE).date() - timedelta(days=1)
    running = GroupSession.objects.filter(starts_at__lte=now, ends_at__gt=now)
    assert running.filter(facilitations__user__email=LEADS).exists() is (6 <= now.hour < 22)
    if running:
        assert Presence.objects.filter(session__in=running, left_at=None).exists()
        assert running.exclude(lessons=None).exists()
    ended = GroupSession.objects.filter(ends_at__lte=now, status="scheduled")
    owed = ended.filter(closed_at=None, held_on__gte=yesterday)
    assert owed.filter(records=None, group__format="closed").count() <= 1
    assert owed.filter(sign_off=None).filter(RECORDED).exists()
    older = ended.filter(held_on__lt=yesterday).filter(RECORDED)
    assert not older.filter(sign_off=None).exists()
    check_the_rest(now)


def check_the_rest(now: datetime) -> None:
    assert Clinic.objects.get().is_demo
    assert 35 <= Participant.objects.exclude(enrollments=None).count() <= 40
    assert Program.objects.count() == 2
    assert GroupSession.objects.exclude(cancelled_for=None).exists()
    assert Leave.objects.on(now.astimezone(ZONE).date()).count() == 1
    reasons = set(Enrollment.objects.values_list("discharge_reason", flat=True))
    assert reasons == {"", "completed", "transferred"}
    assert MakeUpSeat.objects.count() == 2
    assert Alert.objects.exists()
    assert set(AttendanceRecord.objects.values_list("absence", flat=True)) == {
        "",
        "excused",
        "unexcused",
        "no_call",
    }
    assert set(Reminder.objects.values_list("status", flat=True)) >= {"sent", "failed"}
    taught = SessionLesson.objects.filter(session__starts_at__gt=now)
    assert taught.exists()


def test_each_role_can_sign_in():
    sign_ins = make(datetime(2026, 3, 10, 12, 0, tzinfo=ZONE))
    for each in sign_ins:
        user = User.objects.get(email=each.email)
        assert user.check_password(each.password)
        assert len(each.password) >= 12
        roles = set(user.assignments.values_list("role", "program__code"))
        assert roles == {(Role(roles_of(each.role)), code) for code in ("mh-day", "sud-evening")}


def roles_of(label: str) -> str:
    return "director" if label == "Program director" else label.lower()


def snapshot() -> dict[str, list]:
    """Everything that a later start must leave as it is, once it is signed."""
    signed = AttendanceRecord.objects.filter(session__sign_off__isnull=False)
    return {
        "records": list(signed.order_by("pk").values_list("pk", "absence", "recorded_at")),
        "presences": list(
            Presence.objects.filter(record__in=signed)
            .order_by("pk")
            .values_list("pk", "arrived_at", "left_at")
        ),
        "signatures": list(SignOff.objects.order_by("pk").values_list("pk", "signed_at")),
    }


def test_a_later_start_records_the_days_since():
    now = datetime(2026, 11, 20, 12, 10, tzinfo=ZONE)
    make(now)
    before, sessions = snapshot(), GroupSession.objects.count()
    mine = record_by_hand(now)
    later = now + timedelta(days=3)
    make(later)
    after = snapshot()
    for kind, rows in before.items():
        assert set(rows) < set(after[kind]), kind
    mine.refresh_from_db()
    assert (mine.absence, mine.presences.count()) == ("excused", 0)
    days = AttendanceRecord.objects.filter(session__starts_at__range=(now, later))
    assert len(set(days.values_list("session__held_on", flat=True))) == 4
    # Who was still in the room has left.
    assert not Presence.objects.filter(left_at=None, session__ends_at__lte=later).exclude(
        session=mine.session
    )
    assert GroupSession.objects.count() >= sessions
    again, events = snapshot(), Presence.events.field.model.objects.count()
    make(later)
    assert snapshot() == again
    assert Presence.events.field.model.objects.count() == events


def record_by_hand(now: datetime) -> AttendanceRecord:
    """Somebody tries the sheet: they change one record of the session in progress."""
    record = AttendanceRecord.objects.filter(
        session__starts_at__lte=now, session__ends_at__gt=now
    ).first()
    assert record is not None
    record.presences.all().delete()
    record.absence, record.recorded_by = "excused", User.objects.get(email=LEADS)
    record.save()
    return record


def test_changes_that_stand_in_the_way_do_not_keep_the_demo_shut():
    now = datetime(2026, 3, 10, 12, 0, tzinfo=ZONE)
    make(now)
    coming = GroupSession.objects.filter(group__name="Midday CBT", starts_at__gt=now)
    coming.update(status="cancelled")
    today = date(2026, 3, 10)
    left = Enrollment.objects.filter(participant__chart_number="HS1007")
    GroupMembership.objects.filter(enrollment__in=left).update(last_on=today)
    left.update(discharged_on=today, discharge_reason="moved")
    make(now + timedelta(days=2))
    assert left.get().discharge_reason == "moved"
    since = AttendanceRecord.objects.filter(session__held_on__gt=today)
    assert since.exists()
    assert not since.filter(session__in=coming).exists()
    assert not since.filter(participant__chart_number="HS1007").exists()


def test_it_refuses_another_clinic():
    build.a_clinic()
    with pytest.raises(ImproperlyConfigured, match="refuses this database"):
        make(datetime(2026, 3, 10, 12, 0, tzinfo=ZONE))
