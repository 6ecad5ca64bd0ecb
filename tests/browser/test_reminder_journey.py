"""One reminder all the way: sent, seen in the outbox, answered on a phone, decided on the sheet."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from attendance.beforehand import AnswerHistory
from attendance.models import AttendanceRecord
from groups.models import GroupSession
from programs.models import Participant, Program, Role
from programs.weeks import local_date, whole_minute
from reminders.models import Answer, Reminder
from reminders.planning.actions import plan_reminders
from reminders.sending.actions import send_due
from tests import build
from tests.browser.looks import assert_looks_right
from tests.browser.sheet_room import url_of
from tests.build_reminders import a_reminder_rule
from tests.reminders.conftest import smtp

__all__ = ["smtp"]  # the fixture, for this file
AFTERNOON = 14
REVEALING = re.compile("Ben|Okoye|Process|IOP|group", re.IGNORECASE)


def where_it_is_afternoon(now: datetime) -> str:
    """Return a time zone in which it is two o'clock now: outside of quiet hours, on any day."""
    ahead = (AFTERNOON - now.astimezone(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"


@pytest.fixture
def program(clinic) -> Program:
    site = build.a_site(
        timezone=where_it_is_afternoon(timezone.now()),
        reminder_sender="Appointment desk",
        callback_phone="+14025550100",
    )
    program = build.a_program(site, code="evening-iop", name="Evening IOP")
    a_reminder_rule(program, minutes_before=60)
    return program


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    """A session that starts in three quarters of an hour."""
    starts_at = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=45)
    session = GroupSession.objects.create(
        group=build.a_group(program, name="Process A"),
        held_on=local_date(starts_at, program.zone),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
    )
    build.a_facilitation(session, facilitator)
    return session


@pytest.fixture
def person(session) -> Participant:
    """Ben Okoye, who agreed to reminders by email."""
    person = build.a_participant(first_name="Ben", last_name="Okoye", email="someone@mail.example")
    build.a_consent(person, channel="email")
    enrollment = build.an_enrollment(session.group.program, person, admitted_on="2020-01-01")
    build.a_membership(session.group, enrollment)
    return person


@pytest.fixture
def link(live_server, settings, smtp, person) -> str:
    """The link in the message, once it was planned and sent through a real mail server."""
    settings.LINK_URL = live_server.url
    now = timezone.now()
    plan_reminders(now=now, by=None)
    assert send_due(channel="email", clock=timezone.now, until=now + timedelta(seconds=30)) == 1
    [message] = smtp.messages
    assert message["To"] == "someone@mail.example"
    text = message.get_body(("plain",)).get_content()
    [link] = re.findall(rf"{live_server.url}/a/\S+", text)
    # A token may spell anything.
    assert not REVEALING.search(f"{message['Subject']} {text.replace(link, '')}")
    return link


def signed_in(open_context, sign_in_to, user: User, width: int = 820) -> Page:
    context = open_context(width=width)
    sign_in_to(context, user)
    return context.new_page()


def answer_on_a_phone(open_context, link: str) -> None:
    """Say on a phone, without signing in, that one is ill."""
    page = open_context(width=390, height=844).new_page()
    page.goto(link)
    expect(page.locator("body")).not_to_contain_text(REVEALING)
    assert_looks_right(page, "answer, 390 px")
    page.get_by_role("button", name="I cannot come").click()
    page.get_by_label("Ill").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Why: Ill.")
    assert page.context.cookies() == []


def test_from_the_outbox_to_the_sheet(
    open_context, sign_in_to, link, program, session, person, facilitator
):
    desk = signed_in(open_context, sign_in_to, build.a_colleague(program, Role.ADMISSIONS))
    desk.goto(f"/reminders/{program.public_id}/")
    expect(desk.get_by_role("listitem").filter(has_text="Ben O.")).to_contain_text("Sent")
    assert Reminder.objects.get().status == "sent"

    answer_on_a_phone(open_context, link)
    said = Answer.objects.get()
    assert (said.word, said.reason, said.came_by) == ("not_coming", "ill", "link")
    assert (said.participant, said.for_on) == (person, session.held_on)
    assert not AttendanceRecord.objects.exists()

    page = signed_in(open_context, sign_in_to, facilitator)
    page.goto(f"/today/{program.public_id}/")
    card = page.locator("#now")
    expect(card).to_contain_text("1 expected · 1 cannot come")
    expect(card).to_contain_text("Ben O. Cannot come · Ill")
    card.get_by_role("link", name="Open sheet").click()
    page.wait_for_url(re.compile(re.escape(url_of(session))), wait_until="load")
    row = page.locator("[data-row]")
    expect(row).to_contain_text("Said they cannot come: ill")
    row.locator(".is-suggested").click()
    expect(row.locator(".roster-state .chip")).to_contain_text("Excused")
    expect(row.locator(".roster-state")).to_contain_text("notice")
    expect(page.locator("#taps")).to_have_attribute("data-count", "0")
    record = AttendanceRecord.objects.get()
    assert (record.absence, record.reason, record.recorded_by) == ("excused", "Ill", facilitator)
    first_said = AnswerHistory.objects.earliest("pgh_id").answered_at
    assert record.notice_at == whole_minute(first_said)
