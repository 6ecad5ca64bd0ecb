"""A changed line updates what its key names; a missing line deletes nothing; signatures hold."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pghistory
import pytest
from django.db.models import F

from accounts.models import User
from attendance.models import AttendanceRecord, Presence
from groups.models import GroupMembership, GroupSession
from programs.models import (
    Clinic,
    ContactConsent,
    Enrollment,
    HoursRule,
    Order,
    Participant,
    StaffAssignment,
)
from tests import build
from tests.attendance.prairie import (
    FILES,
    NOW,
    bring,
    edit,
    everything,
    on_the_wall,
    problems_of,
    write,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def prairie(tmp_path: Path) -> Path:
    """The small folder, imported."""
    folder = write(tmp_path / "prairie")
    bring(folder)
    return folder


def again(folder: Path, file: str, old: str, new: str) -> dict[str, dict[str, int]]:
    """Import the folder with one passage changed; return what was added and changed."""
    return bring(write(folder, edit(file, old, new)), LATER).as_detail()


def changed(**tables: int) -> dict[str, dict[str, int]]:
    return {table: {"created": 0, "updated": count} for table, count in tables.items()}


def test_a_changed_line_updates_its_row(prairie: Path):
    assert again(prairie, "participants.csv", "Benny,", "Benji,") == changed(participants=1)
    assert Participant.objects.get(chart_number="P2").preferred_name == "Benji"
    assert Participant.objects.count() == 3


def test_a_missing_line_deletes_nothing(prairie: Path):
    headers = {file: text.splitlines()[0] + "\n" for file, text in FILES.items()}
    before = everything()
    assert not bring(write(prairie, {**headers, "clinic.toml": FILES["clinic.toml"]})).has_changes
    assert everything() == before


def test_another_clinic_name_renames_the_one_clinic(prairie: Path):
    again(prairie, "clinic.toml", '"Prairie"', '"Prairie West"')
    assert Clinic.objects.get().name == "Prairie West"


def test_a_rule_and_an_order_change(prairie: Path):
    again(prairie, "clinic.toml", "min_minutes_per_week = 540", "min_minutes_per_week = 600")
    assert HoursRule.objects.get().min_minutes_per_week == 600
    assert again(prairie, "enrollments.csv", ",600", ",720") == changed(rules=1, orders=1)
    assert Order.objects.get().minutes_per_week == 720
    again(prairie, "enrollments.csv", ",600", ",")
    assert Order.objects.get().minutes_per_week == 720  # a blank takes no order back


def test_a_changed_role_ends_the_old_one_and_opens_another(prairie: Path):
    old, new = 'evening = "clinician"', 'evening = "director"'
    assert again(prairie, "clinic.toml", old, new) == changed(roles=1)
    held = StaffAssignment.objects.filter(user__email="second@example.org").order_by("pk")
    assert [(each.role, each.started_at, each.ended_at) for each in held] == [
        ("clinician", NOW, LATER),
        ("director", LATER, None),
    ]


def test_reminders_given_and_withdrawn(prairie: Path):
    assert again(prairie, "participants.csv", "email sms", "email") == changed(consents=1)
    sms = ContactConsent.objects.get(channel="sms")
    assert (sms.given_at, sms.withdrawn_at) == (NOW, LATER)
    bring(write(prairie), LATER)  # the file takes its own word back
    assert ContactConsent.objects.filter(channel="sms", withdrawn_at=None).count() == 1


def test_who_opted_out_since_is_not_opted_in_again(prairie: Path):
    with pghistory.context(reply="STOP"):
        ContactConsent.objects.filter(channel="sms").update(withdrawn_at=LATER)
    assert not bring(prairie, LATER).has_changes
    assert not ContactConsent.objects.filter(channel="sms", withdrawn_at=None).exists()


def test_a_transfer_takes_the_day_that_the_first_episode_gives_up(prairie: Path):
    files = edit("enrollments.csv", "2026-11-06,stepped_down,", "2026-11-05,stepped_down,")
    files["enrollments.csv"] += "P2,evening,2026-11-06,,,2026-11-08,completed,\n"
    bring(write(prairie, files), LATER)
    found = Enrollment.objects.filter(participant__chart_number="P2").order_by("admitted_on")
    assert [each.discharged_on for each in found] == [
        date(2026, 11, 5),
        date(2026, 11, 8),
        None,
    ]


def test_a_discharge_clips_memberships_that_no_line_names(prairie: Path):
    (prairie / "memberships.csv").unlink()
    files = edit("enrollments.csv", "2027-01-15,,,600", "2027-01-15,2026-11-10,moved,600")
    del files["memberships.csv"]
    assert bring(write(prairie, files), LATER).as_detail() == changed(enrollments=1, memberships=2)
    ada = GroupMembership.objects.filter(enrollment__participant__chart_number="P1")
    assert set(ada.values_list("last_on", flat=True)) == {date(2026, 11, 10)}


def test_a_discharge_gives_make_up_seats_after_it_back(prairie: Path):
    ada = Enrollment.objects.get(participant__chart_number="P1")
    early, late = GroupSession.objects.filter(group__name="Noon")[4:6]
    seats = [build.a_make_up_seat(session, ada) for session in (early, late)]
    again(prairie, "enrollments.csv", "2027-01-15,,,600", f"2027-01-15,{early.held_on},moved,600")
    for seat in seats:
        seat.refresh_from_db()
    assert [seat.released_at for seat in seats] == [None, LATER]


def test_a_discharge_before_a_membership_begins_is_refused(prairie: Path):
    files = edit(
        "enrollments.csv", "P3,day,2026-11-02,,,,,", "P3,day,2026-11-02,,,2026-11-03,moved,"
    )
    files["memberships.csv"] = FILES["memberships.csv"].splitlines()[0] + "\n"
    GroupMembership.objects.filter(group__name="Noon").update(first_on=date(2026, 11, 8))
    (problem,) = problems_of(write(prairie, files))
    assert (problem.place.line, problem.column, problem.value) == (
        5,
        "discharged_on",
        "2026-11-03",
    )


def test_a_lifted_discharge_opens_the_memberships_of_the_folder(prairie: Path):
    files = edit("enrollments.csv", "2026-11-06,stepped_down,", ",,")
    files["enrollments.csv"] = files["enrollments.csv"].replace(
        "P2,day,2026-11-09,step_down,,,,\n", ""
    )
    problems = problems_of(write(prairie, files))
    assert [each.column for each in problems] == ["admitted_on"]  # the later episode is on record
    assert "what is on record already" in problems[0].words


# --- attendance sets ---------------------------------------------------------------------------


def stretches(day: str, chart_number: str) -> list[tuple[str, ...]]:
    found = Presence.objects.filter(
        record__session__held_on=day, record__participant__chart_number=chart_number
    )
    return [on_the_wall(each.arrived_at, each.left_at) for each in found]


def test_the_lines_of_a_session_and_person_replace_each_other_as_a_set(prairie: Path):
    old = "Core,2026-11-02,17:30,P1,18:30,,\n"
    assert again(prairie, "attendance.csv", old, "") == changed(attendance=1)
    assert stretches("2026-11-02", "P1") == [("17:30", "18:05")]
    new = "Core,2026-11-02,17:30,P1,18:30,19:00,\nCore,2026-11-02,17:30,P1,19:20,,\n"
    again(prairie, "attendance.csv", old, new)
    assert stretches("2026-11-02", "P1") == [("17:30", "18:05"), ("18:30", "19:00"), ("19:20", "")]
    assert AttendanceRecord.objects.count() == 6


def test_present_becomes_absent_and_back(prairie: Path):
    records = set(AttendanceRecord.objects.values_list("pk", flat=True))
    again(prairie, "attendance.csv", "P1,17:25,20:40,", "P1,,,unexcused")
    record = AttendanceRecord.objects.get(
        session__held_on="2026-10-26", participant__chart_number="P1", session__group__name="Core"
    )
    assert (record.absence, record.presences.count(), record.recorded_at) == ("unexcused", 0, LATER)
    bring(write(prairie), LATER)
    record.refresh_from_db()
    assert (record.absence, record.presences.count()) == ("", 1)
    assert set(AttendanceRecord.objects.values_list("pk", flat=True)) == records


def test_two_people_swap_a_session_with_another_without_being_in_both(prairie: Path):
    """Stretches that make room for each other are never both there for a moment."""
    files = edit("attendance.csv", "Skills,2026-10-26,20:45,P1,20:45,21:30,", "")
    files["schedule.csv"] += "Noon,monday,20:00,21:00,,Two,,2026-10-26,2026-10-26\n"
    files["attendance.csv"] = (
        files["attendance.csv"].replace("P1,17:25,20:40,", "P1,17:25,20:00,")
        + "Noon,2026-10-26,20:00,P1,20:00,21:00,\nSkills,2026-10-26,20:45,P1,,,excused\n"
    )
    assert bring(write(prairie, files), LATER).as_detail()["attendance"] == {
        "created": 1,
        "updated": 2,
    }


@pytest.fixture
def signed(prairie: Path) -> GroupSession:
    """The Core session of 2026-10-26, signed."""
    session = GroupSession.objects.get(group__name="Core", held_on="2026-10-26")
    build.a_sign_off(session, User.objects.get(email="lead@example.org"))
    return session


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "value"),
    [
        ("attendance.csv", "P1,17:25,", "P1,17:26,", 2, "arrived", "17:26"),
        ("attendance.csv", "P1,17:25,20:40,", "P1,17:25,20:00,", 2, "arrived", "17:25"),
        ("attendance.csv", "P2,,,excused", "P2,,,no_call", 3, "absence", "no_call"),
        (
            "attendance.csv",
            "P2,,,\n",
            "P2,,,\nCore,2026-10-26,17:30,P3,17:30,,\n",
            7,
            "arrived",
            "17:30",
        ),
        (
            "lessons.csv",
            ",TIPP",
            ",TIPP\nCore,2026-10-26,17:30,Mindfulness,Review",
            3,
            "lesson",
            "Review",
        ),
    ],
)
def test_a_changed_line_of_a_signed_session_names_the_amendment_page(
    file: str, old: str, new: str, line: int, column: str, value: str, signed, prairie: Path
):
    (problem,) = problems_of(write(prairie, edit(file, old, new)))
    assert (problem.place.file, problem.place.line) == (file, line)
    assert (problem.column, problem.value) == (column, value)
    assert f"/sessions/{signed.public_id}/amend/" in problem.words


def test_a_signed_session_unchanged_is_no_obstacle(signed, prairie: Path):
    assert again(prairie, "attendance.csv", "P3,12:00,13:30,", "P3,12:05,13:30,") == changed(
        attendance=1
    )


def test_attendance_closes_the_past_session_it_is_recorded_in(prairie: Path):
    GroupSession.objects.update(closed_at=None)
    again(prairie, "attendance.csv", "P3,12:00,13:30,", "P3,12:05,13:30,")
    closed = GroupSession.objects.get(closed_at__isnull=False)
    assert (closed.group.name, closed.held_on, closed.closed_at) == (
        "Noon",
        date(2026, 11, 8),
        LATER,
    )
    assert not GroupSession.objects.filter(closed_at__lt=F("ends_at")).exists()
