"""The kiosk in a real browser: from sheet to sheet, and no way to see what another answered."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession
from tests.attendance.kiosk import HERE, LEAVE, amara, sheet_of, start_of
from tests.attendance.sheet import a_member, a_running_session
from tests.browser.looks import LOOKS, assert_looks_right
from tests.build import PASSWORD

START = """(address) => {
  const form = document.createElement("form");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  form.append(token.cloneNode());
  form.method = "post";
  form.action = address;
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    session = a_running_session(program, timezone.now(), facilitator)
    amara(session)
    a_member(session, first_name="Ben", last_name="Vega", birth_date="1990-01-02")
    return session


def started(context: BrowserContext, session: GroupSession) -> Page:
    """Return a page that has become a kiosk, begun from the sheet."""
    page = context.new_page()
    page.goto(sheet_of(session))
    with page.expect_navigation():
        page.evaluate(START, start_of(session))
    expect(page.get_by_role("heading", name="Welcome. Check in here.")).to_be_visible()
    return page


def say_who(page: Page, name: str = "Mara", month: str = "April", day: str = "17") -> None:
    page.get_by_label("Your first name").fill(name)
    page.get_by_label("Month").select_option(month)
    page.get_by_label("Day").select_option(day)
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_the_sheet_to_the_sheet(open_context, sign_in_to, facilitator, session, javascript):
    context = open_context(width=820, java_script_enabled=javascript)
    sign_in_to(context, facilitator)
    if javascript:
        page = started(context, session)
    else:
        page = context.new_page()
        page.goto(sheet_of(session))
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        context.request.post(
            start_of(session),
            form={"csrfmiddlewaretoken": token},
            headers={"Referer": page.url, "Sec-Fetch-Mode": "navigate"},
        )
        page.goto(HERE)
    say_who(page)
    expect(page.get_by_role("heading", name="Hello Mara")).to_be_visible()
    page.get_by_role("group", name="How is your mood").get_by_role("radio", name="7").check()
    page.get_by_label("What went well?").fill("Called a friend.")
    page.get_by_role("group", name="Are you having thoughts").get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    row = CheckIn.objects.get()
    assert (row.mood, row.went_well, row.safety) == (7, "Called a friend.", "no")
    page.get_by_role("link", name="Next person").click()
    expect(page.get_by_label("Your first name")).to_have_value("")
    page.get_by_role("link", name="For the facilitator").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Close the check-in").click()
    expect(page.get_by_role("heading", name="Process A")).to_be_visible()


def test_back_and_other_tabs_lead_to_the_kiosk(open_context, sign_in_to, facilitator, session):
    context = open_context(width=820)
    sign_in_to(context, facilitator)
    page = started(context, session)
    page.go_back()
    expect(page.get_by_role("heading", name="Welcome. Check in here.")).to_be_visible()
    expect(page.get_by_text("Ben V.")).to_have_count(0)
    other = context.new_page()
    for address in ("/", sheet_of(session), "/sign-in/", "/nowhere/"):
        other.goto(address)
        expect(other.get_by_role("heading", name="Welcome. Check in here.")).to_be_visible()


def test_a_tab_that_was_open_shows_nothing_new(open_context, sign_in_to, facilitator, session):
    context = open_context(width=820)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(sheet_of(session))
    started(context, session)
    answers = page.evaluate(
        """async (address) => {
             const seen = [];
             for (const method of ["GET", "POST"])
               for (const headers of [{}, {"HX-Request": "true"}]) {
                 const answer = await fetch(address, {method, headers});
                 seen.push([answer.status, (await answer.text()).length]);
               }
             return seen;
           }""",
        sheet_of(session),
    )
    assert answers == [[503, 0], [200, 0], [503, 0], [503, 0]]


def test_nobody_sees_what_another_answered(open_context, sign_in_to, facilitator, session):
    context = open_context(width=820)
    sign_in_to(context, facilitator)
    page = started(context, session)
    say_who(page)
    page.get_by_label("What went well?").fill("Called a friend.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    for _step in range(3):
        page.go_back()
        expect(page.get_by_role("heading", name="Welcome. Check in here.")).to_be_visible()
        expect(page.get_by_text("Called a friend.")).to_have_count(0)
        expect(page.get_by_text("Mara")).to_have_count(0)
    # who walks away in the middle leaves nothing behind either
    say_who(page, "Ben", "January", "2")
    page.get_by_label("What went well?").fill("My own words.")
    page.get_by_role("link", name="This is not me").click()
    page.go_back()
    expect(page.get_by_text("My own words.")).to_have_count(0)
    expect(page.get_by_label("What went well?")).to_have_count(0)


def test_it_goes_on_by_itself(open_context, sign_in_to, facilitator, session):
    context = open_context(width=820)
    sign_in_to(context, facilitator)
    page = started(context, session)
    page.clock.install()
    say_who(page)
    page.get_by_label("What went well?").fill("Called a friend.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("goes on by itself")).to_be_visible()
    page.clock.run_for(14_000)
    page.keyboard.press("Shift")
    page.clock.run_for(14_000)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.clock.run_for(2_000)
    expect(page.get_by_label("Your first name")).to_be_visible()
    say_who(page, "Ben", "January", "2")
    expect(page.get_by_role("heading", name="Hello Ben")).to_be_visible()
    page.clock.run_for(5 * 60 * 1000)
    expect(page.get_by_label("Your first name")).to_be_visible()


def test_without_a_network_nothing_is_lost(open_context, sign_in_to, facilitator, session, faults):
    context = open_context(width=820)
    sign_in_to(context, facilitator)
    page = started(context, session)
    say_who(page)
    page.get_by_label("What went well?").fill("Called a friend.")
    context.set_offline(True)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Not saved yet: there is no network.")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Done").dblclick()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert CheckIn.objects.get().went_well == "Called a friend."
    faults[:] = [each for each in faults if "ERR_INTERNET_DISCONNECTED" not in each]


def test_by_keys_alone(open_context, sign_in_to, facilitator, session):
    context = open_context(width=1440)
    sign_in_to(context, facilitator)
    page = started(context, session)
    page.get_by_label("Your first name").focus()
    page.keyboard.type("mara")
    for typed in ("Apr", "17"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hello Mara")).to_be_visible()
    page.get_by_role("radio", name="0").first.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Done").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert CheckIn.objects.get().mood == 1


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_looks(open_context, sign_in_to, facilitator, session, width, scheme):
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, facilitator)
    page = started(context, session)
    assert_looks_right(page, "who")
    say_who(page, "Nobody")
    expect(page.get_by_text("Please ask the facilitator")).to_be_visible()
    assert_looks_right(page, "nobody")
    say_who(page)
    assert_looks_right(page, "questions")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert_looks_right(page, "nothing answered")
    page.get_by_role("group", name="Are you having thoughts").get_by_text("Yes", exact=True).click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    assert_looks_right(page, "thanks")
    assert SafetyAlert.objects.count() == 1
    page.goto(LEAVE)
    page.get_by_label("Your password").fill("wrong")
    page.get_by_role("button", name="Close the check-in").click()
    expect(page.get_by_text("This is not your password").first).to_be_visible()
    assert_looks_right(page, "leaving")
