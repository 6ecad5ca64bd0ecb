"""Notes in a real browser: saved as typed, without a network, by two at once, signed."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Dialog, Page, expect

from attendance.models import NotesSignOff, ParticipantNote
from groups.models import GroupSession
from tests import build
from tests.attendance.notes import a_noted_session, days_ago, note_of, someone, url_of
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.build_records import a_cosignature, a_group_note, a_participant_note, an_addendum

WORDS = "Named two early signs and practised the wave exercise with a partner."


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_noted_session(program, facilitator, day=days_ago(program, 2))


@pytest.fixture
def ben(session):
    return someone(session, "Ben", "Tran")


def opened(open_context, sign_in_to, user, session, **options) -> Page:
    context = open_context(**options)
    sign_in_to(context, user)
    page = context.new_page()
    page.goto(url_of(session))
    return page


def expected(faults: list[str]) -> None:
    """Forget what the browser says of a request that failed, or was refused, on purpose."""
    assert all(each.startswith("Failed to load resource") for each in faults)
    faults.clear()


def card(page: Page, name: str):
    return page.get_by_role("region", name=name)


def test_what_is_typed_is_saved(open_context, sign_in_to, facilitator, session, ben):
    someone(session, "Hugo", "Santos")
    page = opened(open_context, sign_in_to, facilitator, session)
    mine = card(page, "Ben T.")
    mine.get_by_label("Response").press_sequentially("Calm.")
    expect(mine.get_by_text("Saved")).to_be_visible()
    mine.get_by_label("Participation").select_option("Active")
    mine.get_by_label("Plan").fill("Check with Hugo on Thursday.")
    expect(mine.get_by_text("names another person on the roster: “Hugo”")).to_be_visible()
    note = note_of(session, ben)
    assert (note.response, note.participation) == ("Calm.", "active")
    page.reload()
    expect(mine.get_by_label("Response")).to_have_value("Calm.")


def test_the_last_letters_are_saved_before_the_page_is_left(
    open_context, sign_in_to, facilitator, session, ben
):
    build.a_sign_off(session, facilitator)
    page = opened(open_context, sign_in_to, facilitator, session)
    card(page, "Ben T.").get_by_label("Response").press_sequentially(WORDS)
    page.get_by_role("link", name="Check and sign").click()
    page.get_by_text("Read what you sign").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert note_of(session, ben).response == WORDS


def test_without_a_network_nothing_is_lost(
    open_context, sign_in_to, facilitator, session, ben, faults
):
    page = opened(open_context, sign_in_to, facilitator, session)
    mine = card(page, "Ben T.")
    mine.get_by_label("Response").fill("First.")
    expect(mine.get_by_text("Saved")).to_be_visible()
    page.context.set_offline(True)
    mine.get_by_label("Response").fill("First. Second.")
    expect(mine.get_by_text("Not saved yet: no network. Keep this page open.")).to_be_visible()
    mine.get_by_label("Plan").fill("Third.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    stored = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "Second" not in stored
    assert "Third" not in stored
    page.context.set_offline(False)
    expect(mine.get_by_text("Saved")).to_be_visible(timeout=30_000)
    expect(mine.locator("[data-part-is=saved]")).to_have_count(1, timeout=30_000)
    note = note_of(session, ben)
    assert (note.response, note.plan) == ("First. Second.", "Third.")
    expected(faults)


def test_an_answer_that_never_came_is_no_conflict(
    open_context, sign_in_to, facilitator, session, ben, faults
):
    """The first save arrives, its answer is lost, and more is typed meanwhile."""
    page = opened(open_context, sign_in_to, facilitator, session)
    mine, url = card(page, "Ben T."), f"**{url_of(session, 'person', ben)}"

    def lose_answer(route) -> None:
        route.fetch()
        route.abort()

    page.route(url, lose_answer, times=1)
    mine.get_by_label("Response").fill("One.")
    expect(mine.get_by_text("Not saved yet")).to_be_visible()
    assert note_of(session, ben).version == 1
    mine.get_by_label("Response").fill("One. Two.")
    expect(mine.locator("[data-part-is=saved]")).to_have_count(1, timeout=30_000)
    assert note_of(session, ben).response == "One. Two."
    expected(faults)


def test_signed_out_meanwhile(open_context, sign_in_to, facilitator, session, ben, faults):
    page = opened(open_context, sign_in_to, facilitator, session)
    mine = card(page, "Ben T.")
    page.context.clear_cookies()
    mine.get_by_label("Response").fill(WORDS)
    expect(mine.locator("[data-part-state]")).to_contain_text("Not saved")
    expect(mine.get_by_label("Response")).to_have_value(WORDS)
    assert not ParticipantNote.objects.exists()
    sign_in_to(page.context, facilitator)
    other = page.context.new_page()
    other.goto(url_of(session))
    mine.get_by_label("Response").fill(f"{WORDS} More.")
    expect(mine.locator("[data-part-is=saved]")).to_have_count(1, timeout=30_000)
    assert note_of(session, ben).response == f"{WORDS} More."
    expected(faults)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_on_one_note(
    open_context, sign_in_to, facilitator, clinician, session, ben, faults, choice
):
    first = opened(open_context, sign_in_to, facilitator, session)
    second = opened(open_context, sign_in_to, clinician, session)
    card(first, "Ben T.").get_by_label("Response").fill("Said by Fay.")
    expect(card(first, "Ben T.").get_by_text("Saved")).to_be_visible()
    mine = card(second, "Ben T.")
    mine.get_by_label("Response").fill("Said by Cleo.")
    expect(mine.get_by_text("Fay Marlow saved this at")).to_be_visible()
    expect(mine.get_by_text("Said by Fay.")).to_be_visible()
    expect(mine.get_by_label("Response")).to_have_value("Said by Cleo.")
    assert note_of(session, ben).response == "Said by Fay."
    if choice == "mine":
        mine.get_by_role("button", name="Save mine in its place").click()
        expect(mine.locator("[data-part-is=saved]")).to_have_count(1)
        assert note_of(session, ben).response == "Said by Cleo."
    else:
        mine.get_by_role("button", name="Take theirs, drop mine").click()
        expect(mine.get_by_label("Response")).to_have_value("Said by Fay.")
        mine.get_by_label("Response").fill("Said by both.")
        expect(mine.locator("[data-part-is=saved]")).to_have_count(1)
        assert note_of(session, ben).response == "Said by both."
    expected(faults)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_sign_with_a_warning(open_context, sign_in_to, facilitator, session, ben, javascript):
    someone(session, "Hugo", "Santos")
    build.a_sign_off(session, facilitator)
    page = opened(
        open_context, sign_in_to, facilitator, session, java_script_enabled=javascript, width=390
    )
    mine = card(page, "Ben T.")
    mine.get_by_label("Participation").select_option("Some")
    mine.get_by_label("Response").fill("Argued with Hugo.")
    if not javascript:
        page.get_by_role("button", name="Save the note: Ben T.").click()
        expect(page.get_by_text("The note is saved.")).to_be_visible()
    page.get_by_role("link", name="Check and sign").click()
    expect(page.get_by_text("names another person on the roster: “Hugo”")).to_be_visible()
    page.get_by_role("button", name="Sign all the same").click()
    expect(page.get_by_text("Say why you sign in spite of what is listed.")).to_be_visible()
    page.get_by_label("Why you sign in spite of what is listed").fill("Hugo is his brother.")
    page.get_by_role("button", name="Sign all the same").click()
    expect(page.get_by_text("Signed by Fay Marlow, LPC")).to_be_visible()
    page.get_by_role("link", name="Add to the note: Ben T.").click()
    page.get_by_label("What is added").fill("He called in the evening.")
    page.get_by_label("Why it is added now").fill("Learned later.")
    page.get_by_role("button", name="Add it").click()
    expect(card(page, "Ben T.").get_by_text("He called in the evening.")).to_be_visible()


def test_every_width_in_light_and_dark(
    open_context, sign_in_to, facilitator, clinician, session, ben
):
    someone(session, "Hugo", "Santos", absence="no_call")
    a_group_note(session, intervention="The wave exercise in pairs.")
    a_participant_note(session, ben, response=f"{WORDS} Hugo left early.")
    program = session.group.program
    signed = a_noted_session(program, facilitator, group=session.group, day=days_ago(program, 9))
    build.a_record(signed, ben, "09:00-12:00")
    a_group_note(signed)
    a_participant_note(signed, ben)
    build.a_sign_off(session, facilitator)
    build.a_sign_off(signed, facilitator)
    notes = NotesSignOff.objects.create(
        session=signed,
        signed_by=facilitator,
        signed_at=signed.ends_at,
        due_at=signed.starts_at,
        is_cosignature_needed=True,
    )
    a_cosignature(notes, signed_by=clinician)
    an_addendum(signed, participant=ben)
    page = opened(open_context, sign_in_to, facilitator, session)
    over_time = f"/notes/person/{program.public_id}/{ben.public_id}/"
    paths = [url_of(session), url_of(session, "sign"), url_of(signed), over_time]
    paths += [url_of(signed, "addendum"), url_of(session, "person", ben)]
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in paths:
            page.goto(path)
            assert_looks_right(page, f"notes, {path}, {width} px, {scheme}")
