"""Pictures of every page at three widths, in light and dark, of a demo that is running.

    python -m tests.screenshots [OUTDIR] [--url http://127.0.0.1:8000] [--only board] [--readme]

Signs in by the demo's own sign-ins. `--readme` also writes docs/images/board.png.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import MISSING, chromium_path, launch
from tests.browser.looks import SCHEMES, WIDTHS

README_PICTURE = Path(__file__).parent.parent / "docs" / "images" / "board.png"
HEIGHTS = {390: 844, 820: 1180, 1440: 900}


@dataclass(frozen=True)
class Picture:
    """A page to take, the role to be in (none: a stranger), and how to get there from `path`.

    `follow` are links to go along, by their selector; `press` is a button pressed last.
    """

    name: str
    path: str
    role: str = ""
    press: str = ""
    follow: tuple[str, ...] = ()


def _place(name: str, role: str, *steps: str) -> Picture:
    """A page of the sidebar, or one that is reached from it by further links."""
    return Picture(name, "/", role, follow=(f".nav-list a[href^='/{steps[0]}/']", *steps[1:]))


# The ways to a session that is still to come, to a group and to a person; links on the last.
SESSION = ("calendar", "#week-after", ".main .block a[href^='/sessions/']")
GROUP = ("groups", ".main .g-name a")
PERSON = ("people", ".main .p-who a")
EPISODE = ".person-tabs a[href^='/episodes/']"
CALLS = ".main a[href^='/referrals/']"
# A session that is over long enough to be signed, among a group's last ones.
SIGNED = (*GROUP, ":nth-match(#last-sessions a[href^='/sheet/'], 4)")
# Of the board's links to make-up seats those of one person, and the one of everybody.
BOOK, PROPOSE = ".main .brow a[href^='/rescue/']", ".main .group-head a[href^='/rescue/']"
WORDS = ".page-tabs a[href$='/words/']"

PICTURES = [
    Picture("sign-in", "/sign-in/"),
    Picture("by-invitation", "/sign-up/"),
    Picture("link-closed", "/welcome/no-such-link/"),
    Picture("not-found", "/no-such-page/", "Program director"),
    Picture("sign-in-refused", "/sign-in/", press="#sign-in"),
    Picture("board", "/hours/", "Program director"),
    _place("today", "Facilitator", "today"),
    _place("sheet", "Facilitator", "today", "a[href^='/sheet/']"),
    _place("sheet-signed", "Program director", *SIGNED),
    _place("amend", "Program director", *SIGNED, ".roster-amend"),
    _place(
        "check-in", "Facilitator", "today", "a[href^='/sheet/']", ".main a[href^='/check-ins/']"
    ),
    _place(
        "notes", "Facilitator", "today", "a[href^='/sheet/']", ".page-actions a[href^='/notes/']"
    ),
    _place("notes-signed", "Program director", *SIGNED, ".page-actions a[href^='/notes/']"),
    _place("owed", "Facilitator", "today", ".main a[href^='/owed/']"),
    _place("owed-program", "Program director", "today", ".main a[href^='/owed/']"),
    _place("safety-answer", "Clinician", "today", ".main a[href^='/check-ins/']"),
    _place("outreach", "Clinician", "outreach"),
    _place("outreach-one", "Facilitator", "outreach", "#main li a[href^='/outreach/']"),
    _place("clinics-day", "Admissions", "today"),
    _place("calendar", "Clinician", "calendar"),
    _place("calendar-day", "Clinician", "calendar", ".main a[href*='view=day']"),
    _place("calendar-rooms", "Clinician", "calendar", ".main a[href*='view=rooms']"),
    _place("session", "Clinician", "calendar", ".main .block a[href^='/sessions/']"),
    _place("move", "Clinician", *SESSION, ".main a[href$='/move/']"),
    _place("combine", "Clinician", *SESSION, ".main a[href$='/combine/']"),
    _place("substitute", "Clinician", *SESSION, ".main a[href^='/staff/']"),
    _place("add-session", "Clinician", "calendar", ".main a[href^='/sessions/'][href*='/add/']"),
    _place("closures", "Clinician", "calendar", ".main a[href^='/closures/']"),
    _place("groups", "Clinician", "groups"),
    _place("group", "Clinician", "groups", ".main .g-name a"),
    _place("new-group", "Clinician", "groups", ".main a[href$='/groups/new/']"),
    _place("change-slot", "Clinician", *GROUP, ".main a[href*='/slots/']"),
    _place("members", "Clinician", *GROUP, ".main a[href^='/members/']"),
    _place("staff", "Program director", "staff"),
    _place("person", "Program director", "staff", ".main a[href^='/staff/'][href$='/']"),
    _place("exceptions", "Program director", "exceptions"),
    _place("settings", "Program director", "clinic"),
    _place("record-rule", "Program director", "clinic", ".main a[href*='/record-rules/']"),
    _place("days", "Program director", "hours", ".main a[href^='/days/']"),
    _place("last-week", "Program director", "hours", "#week-before"),
    _place("why", "Program director", "hours", ".main a[href*='why=']"),
    _place("make-up", "Admissions", "hours", BOOK),
    _place("proposal", "Program director", "hours", PROPOSE),
    _place("rules", "Program director", "hours", ".main a[href^='/rules/']"),
    _place(
        "new-rule",
        "Program director",
        "hours",
        ".main a[href^='/rules/']",
        ".main a[href$='/new/']",
    ),
    _place("trends", "Program director", "hours", ".main a[href^='/trends/']"),
    _place("alerts", "Clinician", "alerts"),
    _place("digest", "Program director", "alerts", ".main a[href$='/digest/']"),
    _place("fuel", "Billing", "fuel"),
    _place("packet", "Clinician", "fuel", ".main a[href*='/packet/']"),
    Picture("calendar-address", "/calendar-address/", "Clinician"),
    _place("people", "Admissions", "people"),
    _place("participant", "Admissions", *PERSON),
    _place("profile", "Admissions", *PERSON, ".person-tabs a[href^='/person/']"),
    _place("check-ins", "Clinician", *PERSON, ".person-tabs a[href^='/check-ins/']"),
    _place("notes-of-person", "Clinician", *PERSON, ".person-tabs a[href^='/notes/']"),
    _place("plan", "Clinician", *PERSON, ".person-tabs a[href^='/plan/']"),
    _place("authorizations", "Admissions", *PERSON, ".person-tabs a[href^='/authorizations/']"),
    _place("consents", "Admissions", *PERSON, ".person-tabs a[href^='/agreements/']"),
    _place("episode", "Admissions", *PERSON, EPISODE),
    _place("discharge", "Admissions", *PERSON, EPISODE, ".main a[href$='/discharge/']"),
    _place("enroll", "Admissions", "people", ".main a[href^='/enroll/']"),
    _place("referrals", "Admissions", "people", CALLS),
    _place("new-call", "Admissions", "people", CALLS, ".main a[href$='/new/']"),
    _place("follow-ups", "Admissions", "people", ".main a[href$='/follow-ups/']"),
    _place("census", "Admissions", "census"),
    _place("duplicates", "Program director", "duplicates"),
    _place("import", "Program director", "import"),
    _place("outbox", "Admissions", "reminders"),
    _place("failures", "Admissions", "reminders", ".page-tabs a[href$='/failures/']"),
    _place("replies", "Admissions", "reminders", ".page-tabs a[href$='/replies/']"),
    _place("reminder-rule", "Program director", "reminders", ".page-tabs a[href$='/rule/']"),
    _place("words", "Program director", "reminders", WORDS),
    _place("template", "Program director", "reminders", WORDS, ".main a[href*='/words/evening/']"),
    _place("answer", "Admissions", "reminders", ".outbox-said a[href*='/a/']"),
    Picture("notices", "/notices/", "Facilitator"),
    _place("health", "Program director", "health"),
    Picture("account", "/hours/", "Program director", press="[popovertarget=account]:visible"),
]


def main() -> None:
    """Take the pictures asked for."""
    asked = _arguments()
    asked.outdir.mkdir(parents=True, exist_ok=True)
    if not chromium_path():
        raise SystemExit(MISSING)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width in WIDTHS:
            for scheme in SCHEMES:
                for name, page in _pages(browser, asked, width, scheme):
                    file = asked.outdir / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    print(file)
        if asked.readme:
            _readme_picture(browser, asked)
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path, nargs="?", default=Path("var/screenshots"))
    parser.add_argument("--url", default=os.environ.get("IOP_URL", "http://127.0.0.1:8000"))
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    parser.add_argument("--readme", action="store_true")
    return parser.parse_args()


def _pages(
    browser: Browser, asked: argparse.Namespace, width: int, scheme: str
) -> Iterator[tuple[str, Page]]:
    """Yield each picture's page, opened; one browser profile per role."""
    wanted = [each for each in PICTURES if not asked.only or each.name in asked.only]
    for role in sorted({each.role for each in wanted}):
        context = browser.new_context(
            base_url=asked.url,
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="en-US",
        )
        page = context.new_page()
        if role:
            _sign_in(page, role)
        for each in wanted:
            if each.role == role:
                _go_to(page, each)
                yield each.name, page
        context.close()


def _go_to(page: Page, picture: Picture) -> None:
    page.goto(picture.path)
    for link in picture.follow:
        # The address is enough: on a phone some links stand behind More.
        page.goto(urljoin(page.url, page.locator(link).first.get_attribute("href")))
    if picture.press:
        page.locator(picture.press).click()
    page.wait_for_load_state("networkidle")


def _sign_in(page: Page, role: str) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Fill in as {role}", exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def _readme_picture(browser: Browser, asked: argparse.Namespace) -> None:
    """Write the picture the README shows: the board, light, on a wide screen, at double density."""
    context = browser.new_context(
        base_url=asked.url,
        viewport={"width": 1440, "height": 1000},
        device_scale_factor=2,
        color_scheme="light",
        locale="en-US",
    )
    page = context.new_page()
    _sign_in(page, "Program director")
    page.goto("/hours/")
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=README_PICTURE)
    print(README_PICTURE)


if __name__ == "__main__":
    main()
