"""A week is saved in a real browser: booked from the board on Wednesday, met on Friday."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import GroupSession, MakeUpSeat, TherapyGroup
from programs.models import Enrollment, Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right

TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True)
class Wednesday:
    """Today, the third day of the program's week, early in the afternoon."""

    program: Program
    core: TherapyGroup
    skills: GroupSession
    amara: Enrollment

    @property
    def today(self) -> date:
        return local_date(timezone.now(), self.program.zone)

    def two_days_pass(self) -> None:
        """Let it be Friday, by moving all the sessions and the week two days back."""
        self.program.week_starts_on = (self.program.week_starts_on - TWO_DAYS.days) % 7
        self.program.save(update_fields=["week_starts_on"])
        for session in GroupSession.objects.order_by("starts_at"):
            session.held_on -= TWO_DAYS
            session.starts_at -= TWO_DAYS
            session.ends_at -= TWO_DAYS
            session.save(update_fields=["held_on", "starts_at", "ends_at"])


def where_it_is_one_in_the_afternoon() -> str:
    """Return a zone in which no test runs into midnight."""
    ahead = 13 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT"


@pytest.fixture
def wednesday(program: Program, facilitator) -> Wednesday:
    """Amara is ordered five hours; she missed three, and three and a half are still planned."""
    program.site.timezone = where_it_is_one_in_the_afternoon()
    program.site.save(update_fields=["timezone"])
    today = local_date(timezone.now(), program.zone)
    program.week_starts_on = (today.weekday() - 2) % 7
    program.save(update_fields=["week_starts_on"])
    build.a_rule(program, effective_from="2020-01-01", min_days_per_week=0)
    core = build.a_group(program, name="Core", format="closed")
    check_in = build.a_group(program, name="Check-in", format="closed")
    missed, _ahead = build.a_session(core, today - TWO_DAYS), build.a_session(core, tomorrow(today))
    build.a_session(check_in, tomorrow(today), "14:00", "14:30")
    skills = build.a_session(
        build.a_group(program, name="Skills", capacity=2),
        today + TWO_DAYS,
        room=build.a_room(program.site, name="Garden room"),
        facilitators=[facilitator],
    )
    amara = build.an_enrollment(
        program,
        build.a_participant(first_name="Amara", last_name="Okoye"),
        admitted_on="2020-01-01",
    )
    build.an_order(amara, 300)
    for group in (core, check_in):
        build.a_membership(group, amara)
    build.a_record(missed, amara.participant, absence="no_call")
    return Wednesday(program, core, skills, amara)


def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


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


def standing(page: Page, name: str):
    """Return the part of the board in which the person stands, with its heading."""
    return page.locator(".board tbody").filter(has_text=name)


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_booked_on_wednesday_met_on_friday(as_, wednesday, width, javascript):
    look = {"width": width, "java_script_enabled": javascript}
    board = f"/hours/{wednesday.program.public_id}/"

    page = as_("director", board, **look)
    expect(standing(page, "Amara O.")).to_contain_text("Recoverable")
    page.get_by_role("link", name="Book a make-up: Amara O.").click()
    expect(page.get_by_role("heading", name="Make-up seats for Amara O.")).to_be_visible()
    expect(page.get_by_text("1 h 30 min short. 1 seat is enough.")).to_be_visible()
    page.get_by_role("button", name="Book").click()
    expect(page.get_by_text("1 seat is booked.")).to_be_visible()
    expect(standing(page, "Amara O.")).to_contain_text("On track")

    wednesday.two_days_pass()
    thursday = GroupSession.objects.exclude(pk=wednesday.skills.pk)
    for session in thursday.filter(held_on=wednesday.today - timedelta(days=1)):
        local = [
            at.astimezone(wednesday.program.zone) for at in (session.starts_at, session.ends_at)
        ]
        build.a_record(
            session, wednesday.amara.participant, "-".join(f"{at:%H:%M}" for at in local)
        )
    sheet = f"/sheet/{wednesday.program.public_id}/{wednesday.skills.public_id}/"
    page = as_("facilitator", sheet, **look)
    guest = page.locator("[data-row]").filter(has_text="Amara O.")
    expect(guest).to_contain_text("Make-up")
    guest.locator(".seg label").filter(has_text="Present").click()
    if not javascript:
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 of 1 marked")).to_be_visible()
    if javascript:
        expect(page.locator("#taps")).to_have_attribute("data-count", "0")

    page = as_("director", board, **look)
    expect(standing(page, "Amara O.")).to_contain_text("Met")


def test_given_back_it_is_recoverable_again(as_, wednesday):
    build.a_make_up_seat(wednesday.skills, wednesday.amara, booked_at=timezone.now())
    page = as_("director", f"/rescue/{wednesday.program.public_id}/{wednesday.amara.public_id}/")
    page.get_by_role("button", name="Give back").click()
    expect(page.get_by_text("The seat is given back.")).to_be_visible()
    expect(page.locator("h1 + .chip")).to_contain_text("Recoverable")
    assert not MakeUpSeat.objects.held().exists()


def test_a_whole_program_in_one_press(as_, wednesday):
    page = as_("director", f"/hours/{wednesday.program.public_id}/")
    page.get_by_role("link", name="Propose seats").click()
    expect(page.get_by_text("Free seats bring 1 of 1 person to their hours")).to_be_visible()
    page.get_by_role("button", name="Book these seats").click()
    expect(page.get_by_text("1 seat is booked.")).to_be_visible()
    expect(standing(page, "Amara O.")).to_contain_text("On track")


def test_every_width_in_light_and_dark(as_, wednesday):
    other = build.a_group(wednesday.program, name="Relapse prevention", kind="relapse_prevention")
    build.a_session(other, wednesday.today + TWO_DAYS, "15:00", "16:00")
    held = build.a_session(other, tomorrow(wednesday.today), "16:00", "16:30")
    build.a_make_up_seat(held, wednesday.amara, booked_at=timezone.now())
    lost = build.an_enrollment(
        wednesday.program, build.a_participant(first_name="Dev"), admitted_on="2020-01-01"
    )
    build.an_order(lost, 2_000)
    base = f"/rescue/{wednesday.program.public_id}/"
    for path, name in ((f"{base}{wednesday.amara.public_id}/", "person"), (base, "program")):
        page = as_("director", path)
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert_looks_right(page, f"rescue {name}, {width} px, {scheme}")
