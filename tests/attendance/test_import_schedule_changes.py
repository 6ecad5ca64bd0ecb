"""A changed line of the schedule: its sessions follow, except what was signed or set by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.models import User
from groups.models import Facilitation, GroupSession, PatternFacilitator
from programs.models import Room
from tests import build
from tests.attendance.prairie import (
    FILES,
    NOW,
    bring,
    edit,
    everything,
    held,
    on_the_wall,
    problems_of,
    write,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
MONDAY = "Core,monday,17:30,20:40,19:00-19:10,One,lead@example.org,2026-10-19,"
THURSDAY = MONDAY.replace("monday", "thursday")


@pytest.fixture
def prairie(tmp_path: Path) -> Path:
    """The small folder, imported."""
    folder = write(tmp_path / "prairie")
    bring(folder)
    return folder


def again(folder: Path, old: str, new: str) -> dict[str, dict[str, int]]:
    return bring(write(folder, edit("schedule.csv", old, new)), LATER).as_detail()


def mondays() -> list[GroupSession]:
    return held("Core", pattern__weekday=0)


def thursdays(status: str) -> list[date]:
    return [each.held_on for each in held("Core", pattern__weekday=3, status=status)]


def room_of(session: GroupSession) -> str:
    return session.room.name if session.room else ""


def leaders(session: GroupSession) -> set[tuple[str, bool]]:
    return set(session.facilitations.values_list("user__email", "is_former"))


def test_times_breaks_and_rooms_follow(prairie: Path):
    new = "Core,monday,17:30,20:30,18:30-18:40;19:30-19:35,Two,lead@example.org,2026-10-19,"
    assert again(prairie, MONDAY, new) == {
        "schedule": {"created": 0, "updated": 1},
        "sessions": {"created": 0, "updated": 19},
    }
    assert {on_the_wall(each.ends_at) for each in mondays()} == {("20:30",)}
    assert {room_of(each) for each in mondays()} == {"Two"}
    starts = {on_the_wall(*(start for start, _end in each.breaks)) for each in mondays()}
    assert starts == {("18:30", "19:30")}
    before = everything()
    assert not bring(prairie, LATER).has_changes
    assert everything() == before


def test_facilitators_come_and_go_and_stay_on_record(prairie: Path):
    again(prairie, MONDAY, MONDAY.replace("lead@", "second@"))
    both = {("lead@example.org", True), ("second@example.org", False)}
    assert all(leaders(each) == both for each in mondays())
    assert PatternFacilitator.objects.filter(is_former=True).count() == 1
    bring(write(prairie), LATER)
    back = {("lead@example.org", False), ("second@example.org", True)}
    assert all(leaders(each) == back for each in mondays())
    assert not bring(prairie, LATER).has_changes


def test_two_lines_swap_their_rooms_and_people(prairie: Path):
    files = edit("schedule.csv", MONDAY, MONDAY.replace("lead@", "second@"))
    files["schedule.csv"] = files["schedule.csv"].replace(
        "Noon,sunday,12:00,13:30,,Two,,2026-10-25,",
        "Noon,sunday,12:00,13:30,,Two,,2026-10-25,\n"
        "Noon,monday,18:00,19:00,,Two,second@example.org,2026-10-26,",
    )
    files["schedule.csv"] = files["schedule.csv"].replace(
        MONDAY.replace("lead@", "second@"), MONDAY
    )
    bring(write(prairie, files), LATER)
    files["schedule.csv"] = (
        files["schedule.csv"]
        .replace(MONDAY, MONDAY.replace("One,lead@", "Two,second@"))
        .replace("19:00,,Two,second@", "19:00,,One,lead@")
    )
    bring(write(prairie, files), LATER)
    assert {room_of(each) for each in mondays()} == {"Two"}
    noon = GroupSession.objects.filter(group__name="Noon", pattern__weekday=0)
    assert set(noon.values_list("room__name", flat=True)) == {"One"}


def test_what_was_set_for_one_session_stays(prairie: Path):
    one = mondays()[-1]
    other_room = Room.objects.get(name="Two")
    GroupSession.objects.filter(pk=one.pk).update(room=other_room)
    Facilitation.objects.filter(session=one).update(is_former=True)
    build.a_facilitation(one, User.objects.get(email="second@example.org"))
    again(prairie, MONDAY, MONDAY.replace("20:40", "20:35").replace("One", ""))
    one.refresh_from_db()
    assert (one.room, on_the_wall(one.ends_at)) == (other_room, ("20:35",))
    assert leaders(one) == {("lead@example.org", True), ("second@example.org", False)}
    assert mondays()[0].room is None


def test_a_signed_session_stays_as_it_was_signed(prairie: Path):
    signed = mondays()[1]
    build.a_sign_off(signed)
    again(prairie, MONDAY, MONDAY.replace("20:40", "20:30").replace("lead@", "second@"))
    found = {each.held_on: on_the_wall(each.ends_at) for each in mondays()}
    assert found.pop(signed.held_on) == ("20:40",)
    assert set(found.values()) == {("20:30",)}
    assert leaders(signed) == {("lead@example.org", False)}


def test_an_earlier_last_day_cancels_what_comes_after_it(prairie: Path):
    again(prairie, THURSDAY, f"{THURSDAY}2026-12-03")
    assert thursdays("scheduled")[-1] == date(2026, 12, 3)
    assert len(thursdays("cancelled")) == 1 + 11  # Thanksgiving, and the weeks to the horizon
    # A later last day brings them back, and no further.
    again(prairie, THURSDAY, f"{THURSDAY}2026-12-17")
    assert thursdays("scheduled")[-1] == date(2026, 12, 17)
    bring(write(prairie), LATER)
    assert len(thursdays("cancelled")) == 1


def test_an_earlier_last_day_does_not_cancel_attendance(prairie: Path):
    (problem,) = problems_of(write(prairie, edit("schedule.csv", MONDAY, f"{MONDAY}2026-10-26")))
    assert (problem.place.line, problem.column, problem.value) == (2, "last_on", "2026-10-26")
    assert "2026-11-02" in problem.words


def test_a_slot_that_goes_on_with_another_line_keeps_its_sessions(prairie: Path):
    """A new room from a date on: the old line ends, a new one begins, and nothing is cancelled."""
    before = {each.pk for each in mondays()}
    later = MONDAY.replace("One", "Two").replace("2026-10-19", "2026-11-30")
    again(prairie, MONDAY, f"{MONDAY}2026-11-29\n{later}")
    assert {each.pk for each in mondays()} == before
    assert {each.status for each in mondays()} == {"scheduled"}
    rooms = {each.held_on: room_of(each) for each in mondays()}
    assert (rooms[date(2026, 11, 23)], rooms[date(2026, 11, 30)]) == ("One", "Two")
    assert not bring(prairie, LATER).has_changes


def closing(first_on: str, last_on: str, program: str = "") -> str:
    named = f'program = "{program}"\n' if program else ""
    return f"""
[[closures]]
site = "main"
{named}first_on = {first_on}
last_on = {last_on}
reason = "Storm"
"""


def test_an_added_closure_cancels_sessions_on_record(prairie: Path):
    write(prairie, clinic=FILES["clinic.toml"] + closing("2026-11-30", "2026-12-06", "evening"))
    assert bring(prairie, LATER).as_detail() == {
        "closures": {"created": 1, "updated": 0},
        "sessions": {"created": 0, "updated": 3},
    }
    storm = GroupSession.objects.filter(cancelled_for__reason="Storm")
    assert set(storm.values_list("group__name", flat=True)) == {"Core", "Skills"}
    # A shorter closure gives the days back that it no longer closes.
    write(prairie, clinic=FILES["clinic.toml"] + closing("2026-11-30", "2026-12-02", "evening"))
    assert bring(prairie, LATER).as_detail()["sessions"] == {"created": 0, "updated": 1}
    assert set(storm.values_list("held_on", flat=True)) == {date(2026, 11, 30)}


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_closure_does_not_cancel_what_was_attended(is_signed: bool, prairie: Path):
    if is_signed:
        build.a_sign_off(mondays()[1])
    write(prairie, clinic=FILES["clinic.toml"] + closing("2026-10-26", "2026-10-28", "evening"))
    found = [each for each in problems_of(prairie) if each.place.file == "clinic.toml"]
    assert {each.column for each in found} == {"first_on"}
    assert {each.value for each in found} == {"2026-10-26"}
    pages = [each for each in found if f"/sessions/{mondays()[1].public_id}/amend/" in each.words]
    assert len(pages) == is_signed


def test_the_time_zone_of_a_site_with_sessions_does_not_change(prairie: Path):
    (problem,) = problems_of(write(prairie, edit("clinic.toml", "New_York", "Chicago")))
    assert (problem.place.table, problem.column) == ('[[sites]] "main"', "timezone")
    assert "America/New_York" in problem.words
