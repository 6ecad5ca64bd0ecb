"""The clinic's settings and the list of exceptions in a real browser, with and without scripts."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import ScheduleException
from programs.models import Program, ScheduleRule, Site
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right


@pytest.fixture
def settled(program: Program) -> Program:
    """A site with rooms; a rule before, one in force and one to come; exceptions of each state."""
    today = local_date(timezone.now(), program.zone)
    Site.objects.filter(pk=program.site_id).update(state="NE", callback_phone="+14025550100")
    build.a_room(program.site, name="Maple room", capacity=12, turnover_minutes=15)
    build.a_room(program.site, name="Garden room on the second floor", capacity=8)
    build.a_schedule_rule(program, effective_from="2020-01-01")
    rule = build.a_schedule_rule(
        program, effective_from=today, max_gap_days=3, max_per_facilitator=12
    )
    for credential in ("LCSW", "LPC", "LMFT"):
        rule.credentials.create(kind="process", credential=credential)
    build.a_schedule_rule(program, effective_from="2098-01-04", min_minutes_per_day=150)
    return program


@pytest.fixture
def overridden(program: Program, director, clinician) -> None:
    """Two to review, one with a note, one of a change that was undone; more than fit a page."""
    session = build.a_session(build.a_group(program, name="Skills A"))
    amara = build.an_enrollment(
        program, build.a_participant(first_name="Amara", last_name="Okoye")
    ).participant
    build.a_schedule_exception(
        program,
        session=session,
        detail={"expected": 2, "least": 4},
        made_by=clinician,
        reason="Two are ill, and the others asked for it.",
    )
    build.a_schedule_exception(
        program,
        kind="week_days",
        participant=amara,
        first_on=build.MONDAY,
        last_on=build.MONDAY + timedelta(weeks=9),
        times=10,
        detail={"days": 2, "least": 3, "most": 5},
        made_by=clinician,
        reason="Works on Wednesdays until spring; steps down soon.",
    )
    undone = build.a_schedule_change(program, undone_at=build.NOW)
    for number in range(26):
        build.a_schedule_exception(
            program,
            change=undone if number == 0 else None,
            kind="ratio",
            session=session,
            detail={"expected": 14, "leaders": 1, "most": 12},
            made_by=clinician,
            made_at=build.NOW - timedelta(days=number + 1),
            reason="The second facilitator comes half an hour later.",
            reviewed_at=build.NOW,
            reviewed_by=director,
            review_note="Find a second one for good." if number == 1 else "",
        )


@pytest.fixture
def office(open_context, sign_in_to, director, settled):
    """Return a function that opens a page as the director."""

    def open_page(path: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(path.format(program=settled.public_id))
        return page

    return open_page


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_rule_is_added_and_taken_back(office, program, width, javascript):
    page = office("/clinic/{program}/", width=width, java_script_enabled=javascript)
    page.get_by_role("link", name="New rule").click()
    page.get_by_label("Hours a day, at most").fill("2:75")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("link", name="Enter hours like 2, 2.5 or 2:30").click()
    expect(page.get_by_label("Hours a day, at most")).to_be_focused()
    page.get_by_label("Hours a day, at most").fill("3:30")
    page.get_by_label("Process").fill("LCSW, LPC")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rule is added.")).to_be_visible()
    added = ScheduleRule.objects.get(max_minutes_per_day=210)
    card = page.get_by_role("article").filter(has_text=str(added.effective_from.year)).first
    expect(card).to_contain_text("Still to come")
    newest = page.get_by_role("article").first
    newest.get_by_text("Delete", exact=True).click()
    newest.get_by_role("button", name="Yes, delete the rule").click()
    expect(page.get_by_text("The rule is deleted.")).to_be_visible()
    assert not ScheduleRule.objects.filter(pk=added.pk).exists()


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_an_exception_is_reviewed(office, overridden, width, javascript):
    page = office("/exceptions/{program}/?state=open", width=width, java_script_enabled=javascript)
    expect(page.get_by_role("heading", name="2 to review")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="Amara O.")
    row.get_by_text("Review", exact=True).click()
    row.get_by_label("Note").fill("Agreed until March.")
    row.get_by_role("button", name="Mark as reviewed").click()
    expect(page.get_by_text("It is marked as reviewed.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 to review")).to_be_visible()
    assert page.url.endswith("?state=open")
    assert ScheduleException.objects.filter(reviewed_by__name="Dina Osei").count() == 27


ADDRESSES = [
    "/clinic/{program}/",
    "/clinic/{program}/site/",
    "/clinic/{program}/rooms/new/",
    "/clinic/{program}/rules/new/",
    "/exceptions/{program}/?state=open",
    "/exceptions/{program}/?page=2",
    "/exceptions/{program}/?kind=gap",
]


def test_every_width_in_light_and_dark(office, overridden, program):
    page = office(ADDRESSES[0])
    for width, scheme in itertools.product((360, *WIDTHS[1:]), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in ADDRESSES:
            page.goto(address.format(program=program.public_id))
            for fold in page.locator("details.fold > summary").all()[:2]:
                fold.click()
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
