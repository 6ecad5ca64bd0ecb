"""A room with a tablet: a session that runs, its people, and what a hand does on the sheet."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from attendance.marks import Mark
from attendance.sheet.people import Person, people_of
from attendance.sheet.session import moment_of
from groups.models import GroupSession
from programs.models import Program
from tests.attendance.sheet import a_member, a_running_session

NAMES = ("Amara", "Ben", "Carla", "Dev", "Elena")
REST = re.compile("^(All|Rest) present")
KEPT = "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('iop.')))"


NO_NETWORK = re.compile(r"ERR_INTERNET_DISCONNECTED|^htmx:(sendError|afterRequest)\b")


class Faults(list[str]):
    """Notes what went wrong in a page, but not that there was no network: the test took it away."""

    def append(self, text: str) -> None:
        if not NO_NETWORK.search(text):
            super().append(text)


def a_room(program: Program, *leaders: User, names: tuple[str, ...] = NAMES) -> GroupSession:
    """A session with ten minutes to go, and people whom nobody has marked."""
    session = a_running_session(program, timezone.now(), *leaders)
    GroupSession.objects.filter(pk=session.pk).update(
        ends_at=session.ends_at - timedelta(minutes=10)
    )
    for name in names:
        a_member(session, first_name=name, last_name="Okoye")
    return GroupSession.objects.get(pk=session.pk)


def url_of(session: GroupSession) -> str:
    return reverse("sheet:sheet", args=[session.group.program.public_id, session.public_id])


def people(session: GroupSession) -> dict[str, Person]:
    return {each.participant.first_name: each for each in people_of(session)}


def marks(session: GroupSession) -> dict[str, Mark]:
    """Return the mark of everybody who has one."""
    moment = moment_of(session, timezone.now())
    found = {name: each.state.mark(moment) for name, each in people(session).items()}
    return {name: mark for name, mark in found.items() if mark is not Mark.UNMARKED}


def said(session: GroupSession, name: str) -> list[tuple[int, int | None]]:
    """Return the stretches of one person in whole minutes from the session's start."""

    def minute(at: datetime | None) -> int | None:
        return None if at is None else int((at - session.starts_at).total_seconds()) // 60

    stretches = people(session)[name].state.stretches
    return [(minute(arrived) or 0, minute(left)) for arrived, left in stretches]


def row(page: Page, name: str) -> Locator:
    return page.locator("[data-row]").filter(has_text=f"{name} O.")


def choose(page: Page, name: str, mark: str) -> None:
    row(page, name).locator(".seg label").filter(has_text=mark).click()


def press(page: Page, name: str, says: str) -> None:
    """Press the button of a row that is read aloud so, such as `Dev O. leaves now`."""
    page.get_by_role("button", name=f"{name} O. {says}").press("Enter")


def expect_mark(page: Page, name: str, mark: str) -> None:
    """Expect that the row shows this mark, and that nothing of it waits."""
    expect(row(page, name).locator(".roster-state .chip, .roster-who .chip").first).to_contain_text(
        mark
    )
    expect(row(page, name).locator(".wait-mark")).to_have_count(0)


def expect_sent(page: Page) -> None:
    """Expect that the server has answered every tap of this device."""
    expect(page.locator("#taps")).to_have_attribute("data-count", "0")


def kept(page: Page) -> list[dict]:
    """Return the taps that this device keeps, in order."""
    taps = [json.loads(text) for _key, text in json.loads(page.evaluate(KEPT))]
    return sorted(taps, key=lambda tap: tap["n"])


def at_minute(context: BrowserContext, session: GroupSession, minute: int) -> None:
    """Set the device's clock into the middle of one minute of the session."""
    context.clock.set_fixed_time(session.starts_at + timedelta(minutes=minute, seconds=30))


def at_present(context: BrowserContext) -> None:
    context.clock.set_fixed_time(timezone.now())


@pytest.fixture
def faults() -> list[str]:
    return Faults()
