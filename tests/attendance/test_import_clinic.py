"""A clinic folder becomes a clinic: the right rows, once, and the same rows on every import."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.models import AuditEvent, User
from attendance.models import AttendanceRecord, Presence
from curriculum.models import Lesson
from groups.models import (
    Facilitation,
    GroupMembership,
    GroupSession,
    MeetingPattern,
    SessionLesson,
)
from programs.models import (
    Clinic,
    ContactConsent,
    Enrollment,
    HoursRule,
    Leave,
    Order,
    Participant,
    StaffAssignment,
)
from tests.attendance.prairie import (
    DATA,
    FILES,
    NOW,
    bring,
    edit,
    everything,
    held,
    on_the_wall,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def prairie(tmp_path: Path) -> Path:
    """The small folder, imported."""
    folder = write(tmp_path / "prairie")
    bring(folder)
    return folder


def test_the_clinic_its_rules_and_its_staff(prairie: Path):
    assert Clinic.objects.get().name == "Prairie"
    rule = HoursRule.objects.get()
    assert (rule.min_minutes_per_week, rule.counts) == (540, ["process", "skills"])
    assert (rule.partial_weeks, rule.closures, rule.leave) == ("exempt", "exempt", "exempt")
    lead = User.objects.get(email="lead@example.org")
    assert (lead.name, lead.credential, lead.has_usable_password()) == ("Lee Marsh", "LPC", False)
    roles = StaffAssignment.objects.values_list("user__email", "program__code", "role")
    assert set(roles) == {
        ("lead@example.org", "evening", "facilitator"),
        ("lead@example.org", "day", "facilitator"),
        ("second@example.org", "evening", "clinician"),
    }


def test_participants_and_how_they_agreed_to_be_reached(prairie: Path):
    ada, cy = Participant.objects.get(chart_number="P1"), Participant.objects.get(chart_number="P3")
    assert (ada.first_name, ada.phone.as_e164, ada.birth_date) == (
        "Ada",
        "+12125550201",
        date(1985, 2, 11),
    )
    assert (cy.language, cy.phone, cy.birth_date) == ("en", "", None)
    given = ContactConsent.objects.filter(withdrawn_at=None, given_at=NOW)
    assert set(given.values_list("participant__chart_number", "channel")) == {
        ("P1", "email"),
        ("P1", "sms"),
    }


def test_episodes_orders_and_leaves(prairie: Path):
    first = Enrollment.objects.get(participant__chart_number="P2", program__code="evening")
    assert (first.discharged_on, first.discharge_reason) == (date(2026, 11, 6), "stepped_down")
    order = Order.objects.get()
    assert (order.minutes_per_week, order.effective_from) == (600, date(2026, 10, 19))
    leave = Leave.objects.get()
    assert (leave.first_on, leave.last_on, leave.reason) == (
        date(2026, 11, 12),
        date(2026, 11, 13),
        "family",
    )
    third = Enrollment.objects.get(participant__chart_number="P3")
    assert (third.admission, third.planned_discharge_on) == ("direct", None)


def test_memberships_lie_in_their_enrollment(prairie: Path):
    found = GroupMembership.objects.values_list(
        "group__name", "enrollment__participant__chart_number", "first_on", "last_on"
    )
    assert set(found) == {
        ("Core", "P1", date(2026, 10, 19), None),
        # From 10-01, before the admission, to the discharge; not on into the next episode.
        ("Core", "P2", date(2026, 10, 19), date(2026, 11, 6)),
        ("Skills", "P1", date(2026, 10, 19), date(2026, 11, 20)),
        ("Noon", "P3", date(2026, 11, 2), None),
        ("Solo", "P3", date(2026, 11, 2), None),
    }


def test_sessions_stand_to_the_horizon_with_who_leads_them(prairie: Path):
    skills = held("Skills")
    assert skills[0].held_on == date(2026, 10, 19)
    assert skills[-1].held_on == date(2027, 2, 22) > (NOW + timedelta(weeks=12)).date()
    assert {on_the_wall(each.starts_at, each.ends_at) for each in skills} == {("20:45", "21:30")}
    leaders = Facilitation.objects.filter(session=skills[0]).values_list("user__email", flat=True)
    assert set(leaders) == {"lead@example.org", "second@example.org"}
    assert held("Solo")[-1].held_on == date(2026, 12, 15)


def test_past_sessions_are_closed_and_closed_days_cancel(prairie: Path):
    past = GroupSession.objects.ended_by(NOW)
    assert past.exists()
    assert not past.exclude(closed_at=NOW).exists()
    assert not GroupSession.objects.filter(ends_at__gt=NOW, closed_at__isnull=False).exists()
    cancelled = GroupSession.objects.filter(status="cancelled")
    assert list(cancelled.values_list("held_on", "cancelled_for__reason")) == [
        (date(2026, 11, 26), "Thanksgiving")
    ]


def test_attendance_in_stretches_and_absences(prairie: Path):
    pulled_out = AttendanceRecord.objects.get(
        session__held_on=date(2026, 11, 2), participant__chart_number="P1"
    )
    stretches = [on_the_wall(each.arrived_at, each.left_at) for each in pulled_out.presences.all()]
    assert stretches == [("17:30", "18:05"), ("18:30", "")]
    absences = AttendanceRecord.objects.filter(presences=None).order_by("session__held_on")
    assert [each.absence for each in absences] == ["excused", ""]
    assert Presence.objects.count() == 5


def test_what_was_taught(prairie: Path):
    review = Lesson.objects.get(module__name="Mindfulness")
    assert (review.minutes, review.is_core, review.position) == (None, False, 0)
    tipp = Lesson.objects.get(name="TIPP")
    assert (tipp.minutes, tipp.is_core, tipp.module.track.name) == (45, True, "DBT")
    taught = SessionLesson.objects.values_list("session__held_on", "lesson__module__name")
    assert set(taught) == {
        (date(2026, 10, 26), "Distress tolerance"),
        (date(2026, 11, 2), "Mindfulness"),
        (date(2026, 11, 8), "Cravings"),
    }


def test_the_trail_has_counts_and_no_names(prairie: Path):
    event = AuditEvent.objects.get(verb="clinic.imported")
    assert event.by is None
    assert event.detail["tables"]["participants"] == {"created": 3, "updated": 0}
    assert "Ada" not in str(event.detail)
    history = Participant.pgh_event_model.objects.all()
    assert {each.pgh_context["command"] for each in history} == {"import_clinic"}


@pytest.mark.parametrize("name", ["prairie", "platte", "edges"])
def test_the_same_folder_again_changes_nothing(name: str, tmp_path: Path):
    folder = write(tmp_path / "prairie") if name == "prairie" else DATA / name
    first = bring(folder)
    before = everything()
    again = bring(folder)
    assert first.has_changes
    assert not again.has_changes
    assert everything() == before


def test_a_day_later_only_the_horizon_moves(prairie: Path):
    records = set(GroupSession.objects.values_list("pk", "closed_at"))
    again = bring(prairie, NOW + timedelta(days=7))
    assert set(again.as_detail()) == {"sessions"}
    assert again.tables["sessions"]["updated"] == 0
    assert records < set(GroupSession.objects.values_list("pk", "closed_at"))


@pytest.mark.parametrize("name", ["platte", "edges"])
def test_the_examples_are_whole(name: str):
    bring(DATA / name)
    lines = {path.stem: path.read_text().count("\n") - 1 for path in (DATA / name).glob("*.csv")}
    assert Participant.objects.count() == lines["participants"]
    assert Enrollment.objects.count() == lines["enrollments"]
    assert MeetingPattern.objects.count() == lines["schedule"]
    assert GroupMembership.objects.count() == lines["memberships"]
    absent = AttendanceRecord.objects.filter(presences=None).count()
    assert Presence.objects.count() + absent == lines["attendance"]


def test_wall_clock_times_stay_when_the_clocks_change(tmp_path: Path):
    # Back on 2026-11-01, forward on 2027-03-14, both Sundays, as these sessions are.
    bring(write(tmp_path / "prairie"), NOW + timedelta(weeks=12))
    noons = held("Noon")
    assert date(2027, 3, 14) in {each.held_on for each in noons}
    assert {on_the_wall(each.starts_at, each.ends_at) for each in noons} == {("12:00", "13:30")}
    hours = {each.held_on: each.starts_at.hour for each in noons}
    assert (hours[date(2026, 10, 25)], hours[date(2026, 11, 1)]) == (16, 17)
    assert (hours[date(2027, 3, 7)], hours[date(2027, 3, 14)]) == (17, 16)


def test_attendance_after_today_is_taken_and_sessions_reach_past_it(tmp_path: Path):
    late = edit("attendance.csv", "Noon,2026-11-08,12:00,P3,12:00,13:30,\n", "")
    late["attendance.csv"] += "Noon,2027-04-04,12:00,P3,12:00,13:30,\n"
    late["lessons.csv"] = FILES["lessons.csv"].replace("Noon,2026-11-08", "Noon,2027-04-04")
    bring(write(tmp_path / "prairie", late))
    record = AttendanceRecord.objects.get(participant__chart_number="P3")
    assert record.session.held_on == date(2027, 4, 4)
    assert record.session.closed_at is None
    assert held("Noon")[-1].held_on > date(2027, 4, 4)


def test_files_may_be_missing_and_keys_refer_to_what_is_on_record(prairie: Path):
    for file in FILES:
        if file not in {"clinic.toml", "attendance.csv"}:
            (prairie / file).unlink()
    (prairie / "clinic.toml").write_text('[clinic]\nname = "Prairie"\n')
    (prairie / "attendance.csv").write_text(
        "group,date,starts,chart_number\nCore,2026-11-09,17:30,P1\n"
    )
    counts = bring(prairie)
    assert counts.as_detail() == {"attendance": {"created": 1, "updated": 0}}
    assert Participant.objects.count() == 3
