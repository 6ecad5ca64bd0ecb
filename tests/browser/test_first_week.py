"""One day of a clinic, role by role: enrolled, reminded, marked, signed; and the board moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import GroupSession, TherapyGroup
from programs.models import Participant, Program
from programs.weeks import local_date
from reminders.planning.actions import plan_reminders
from tests import build
from tests.browser.looks import WAYS

HOUR = timedelta(hours=1)
PRESENT = ["Amara", "Ben", "Carla"]


@dataclass(frozen=True)
class Day:
    """A group with a session that has just ended, and one tomorrow; three people in it."""

    program: Program
    group: TherapyGroup
    ended: GroupSession


@pytest.fixture
def day(program: Program, facilitator) -> Day:
    now = timezone.now()
    today = local_date(now, program.zone)
    # Today is the week's second day, so that tomorrow's session can still be attended.
    program.week_starts_on = (today.weekday() - 1) % 7
    program.save(update_fields=["week_starts_on"])
    build.a_rule(program, effective_from="2020-01-01", min_days_per_week=0)
    group = build.a_group(program, name="Evening core")
    midnight = datetime.combine(today, time(), tzinfo=program.zone)
    starts = max(midnight, now.replace(second=0, microsecond=0) - 3 * HOUR)
    ended = GroupSession.objects.create(
        group=group,
        held_on=today,
        starts_at=starts,
        ends_at=min(starts + 2 * HOUR, now.replace(second=0, microsecond=0)),
    )
    build.a_facilitation(ended, facilitator)
    tomorrow = today + timedelta(days=1)
    build.a_pattern(group, "10:00", "13:00", weekday=tomorrow.weekday(), first_on=tomorrow)
    build.a_session(group, tomorrow, "10:00", "13:00", facilitators=[facilitator])
    for name in PRESENT:
        person = build.a_participant(first_name=name, last_name="Okoye")
        build.a_membership(group, build.an_enrollment(program, person, admitted_on="2020-01-01"))
    return Day(program, group, ended)


@pytest.fixture
def as_(open_context, sign_in_to, request):
    """Return a function that opens a page as one of the standing people."""

    def open_as(who: str, path: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, request.getfixturevalue(who))
        page = context.new_page()
        page.goto(path)
        return page

    return open_as


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_day_of_the_clinic(as_, day, width, javascript):
    look = {"width": width, "java_script_enabled": javascript}
    board = f"/hours/{day.program.public_id}/"
    length = int((day.ended.ends_at - day.ended.starts_at).total_seconds()) // 60

    enroll_leila(as_("administrator", f"/enroll/{day.program.public_id}/", **look))
    evening = datetime.combine(day.ended.held_on, time(12), tzinfo=day.program.zone)
    plan_reminders(now=evening, by=None)
    outbox = as_("administrator", f"/reminders/{day.program.public_id}/", **look)
    expect(outbox.get_by_text("Leila F.").first).to_be_visible()

    before = as_("director", board, **look)
    expect(before.get_by_label(f"unrecorded {said(length)}").first).to_be_visible()

    mark_and_sign(as_("facilitator", f"/today/{day.program.public_id}/", **look), day)

    after = as_("director", board, **look)
    for name, minutes in (("Amara", length - 20), ("Ben", 0), ("Carla", length - 30)):
        row = after.locator("tr.brow").filter(has_text=f"{name} O.")
        expect(row.get_by_role("img")).to_have_attribute(
            "aria-label",
            f"Attended {said(minutes)}, remaining 3\N{NO-BREAK SPACE}h; required"
            " 9\N{NO-BREAK SPACE}h.",
        )
    after.get_by_role("link", name="Why: Ben O.").click()
    expect(after.get_by_role("region", name="Ledger of Ben O.")).to_contain_text("Unexcused")


def enroll_leila(page: Page) -> None:
    page.get_by_label("First name").fill("Leila")
    page.get_by_label("Last name").fill("Farah")
    born = page.get_by_role("group", name="Birth date")
    for label, value in (("Month", "3"), ("Day", "9"), ("Year", "1990")):
        born.get_by_label(label).fill(value)
    page.get_by_label("Email", exact=True).fill("leila@example.org")
    page.get_by_role("checkbox", name="Evening core").check()
    for question, answer in (("by email", "Yes"), ("by text", "No")):
        asked = page.get_by_role("group", name=f"Do they agree to reminders {question}?")
        asked.get_by_text(answer, exact=True).click()
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_role("heading", name="Leila F.", level=1)).to_be_visible()
    # The first day may lie ahead; for tomorrow's reminder it is today.
    leila = Participant.objects.get(last_name="Farah")
    today = local_date(timezone.now(), leila.enrollments.get().program.zone)
    leila.enrollments.update(admitted_on=today)
    leila.enrollments.get().memberships.update(first_on=today)


def mark_and_sign(page: Page, day: Day) -> None:
    page.get_by_role("link", name="Evening core").first.click()
    starts, ends = day.ended.starts_at, day.ended.ends_at
    type_times(page, day, "Amara O.", starts + timedelta(minutes=20), ends)
    type_times(page, day, "Carla O.", starts, ends - timedelta(minutes=30))
    choose(page, "Ben", "Absent")
    page.get_by_role("button", name="Rest present").click()
    expect(page.get_by_text("4 of 4 marked")).to_be_visible()
    page.get_by_role("button", name="Sign attendance").click()
    expect(page.get_by_text("Signed by Fay Marlow")).to_be_visible()


def type_times(page: Page, day: Day, name: str, arrived: datetime, left: datetime) -> None:
    page.get_by_role("checkbox", name=f"Exact times of {name}").press("Space")
    times = page.get_by_role("group", name=f"Exact times of {name}")
    for label, moment in (("Arrived", arrived), ("Left", left)):
        times.get_by_label(label).fill(f"{moment.astimezone(day.program.zone):%H:%M}")
    page.get_by_role("button", name=f"Save the times of {name}").click()
    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row.locator(".chip").first).not_to_contain_text("Not marked")


def choose(page: Page, name: str, mark: str) -> None:
    row = page.get_by_role("listitem").filter(has_text=f"{name} O.")
    row.locator(".seg label").filter(has_text=mark).click()


def said(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    if not rest:
        return f"{whole}\N{NO-BREAK SPACE}h"
    if not whole:
        return f"{rest}\N{NO-BREAK SPACE}min"
    return f"{whole}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{rest:02}\N{NO-BREAK SPACE}min"
