"""The outbox: who may see it, what it says of each message, and what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.models import GroupSession
from programs.access import access_of
from programs.models import Participant, Program
from programs.weeks import local_date
from reminders.links import answer_url
from reminders.models import Reminder
from reminders.outbox_page.asked import OutboxForm
from reminders.outbox_page.page import OutboxPage, outbox_page
from reminders.outbox_page.said import parts_of
from reminders.planning.actions import plan_reminders
from reminders.sending.actions import send_due
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder, a_reminder_rule, a_reply, a_sent_reminder
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db

SUNDAY = MONDAY - timedelta(days=1)
NOON, SIX = moment(SUNDAY, "12:00"), moment(SUNDAY, "18:00")
WORDS = "You have an appointment on Monday at 5:30 PM."


def url(program: Program, **asked: str) -> str:
    address = reverse("reminders:outbox", args=[program.public_id])
    return address + OutboxForm(asked).address() if asked else address


def page_of(program: Program, user, *, now: datetime = NOON, number="", **asked) -> OutboxPage:
    return outbox_page(
        access=access_of(user), program=program, form=OutboxForm(asked), page=number, now=now
    )


def rows(page: OutboxPage) -> dict[str, list[str]]:
    return {each.heading: [row.name for row in each.rows] for each in page.sections}


def due_now(program: Program, **fields) -> Reminder:
    """A reminder that is due at noon today, of somebody who is expected tomorrow."""
    today = local_date(timezone.now(), program.zone)
    tomorrow = today + timedelta(days=1)
    names = {key: fields.pop(key) for key in ("first_name", "last_name") if key in fields}
    person = expect_someone(program, tomorrow, **names).participant
    due_at = moment(today, "12:00", program.zone)
    return a_reminder(person, program, **{"for_on": tomorrow, "due_at": due_at, **fields})


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("director", 200),
        ("facilitator", 403),
        ("clinician", 403),
        ("billing", 403),
        ("stranger", 404),
    ],
)
def test_who_may(request, client_of, program, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(url(program)).status_code == status


def test_a_stranger_to_the_clinic_signs_in_first(client, program):
    assert client.get(url(program)).status_code == 302


def test_it_only_shows(client_of, program, director):
    assert client_of(director).post(url(program)).status_code == 405


def test_an_empty_outbox_says_what_comes_next(client_of, program, director):
    page = client_of(director).get(url(program)).content.decode()
    assert "Nothing is due on this day." in page
    assert "Everyone can be reached." in page
    assert "This is the demo." not in page


def test_the_page(client_of, program, director):
    due_now(program, first_name="Odalys", last_name="Prim")
    gone = moment(local_date(timezone.now(), program.zone), "12:00", program.zone)
    sent = {"status": "sent", "claimed_at": gone, "sent_at": gone}
    due_now(program, first_name="Basil", last_name="Quill", **sent,
            subject="Reminder", body=WORDS)  # fmt: skip
    failed = {"status": "failed", "claimed_at": gone, "reason": "address_refused"}
    due_now(program, first_name="Rufus", last_name="Grey", **failed)
    said = client_of(director).get(url(program)).content.decode()
    for words in (
        "Odalys P.",
        "What it will say",
        "What it said",
        WORDS,
        "The address was refused",
        "sent 12:00 PM" if "12:00 PM" in said else "sent noon",
        "Needs a look",
        "The evening before",
    ):
        assert words in said, words
    for hidden in ("@mail.example", "Quill", "Prim", "Evening IOP</title>"):
        assert hidden not in said, hidden


def test_the_demo_says_that_nothing_is_sent_and_lets_links_be_opened(
    client_of, program, director, settings
):
    settings.IOP_DEMO = True
    gone = moment(local_date(timezone.now(), program.zone), "12:00", program.zone)
    reminder = due_now(program, status="sent", claimed_at=gone, sent_at=gone)
    link = answer_url(reminder)
    Reminder.objects.filter(pk=reminder.pk).update(body=f"{WORDS} {link}")
    page = client_of(director).get(url(program)).content.decode()
    assert "Nothing is sent: each message is one line on the terminal." in page
    assert f'<a href="{link}">' in page


def test_elsewhere_nobody_reads_the_address_by_which_somebody_answers(expected, program, settings):
    link = answer_url(a_reminder(expected.participant, program))
    parts = parts_of(f"Coming? {link} Call us.")
    assert [each.url for each in parts] == [""] * len(parts)
    assert "".join(each.text for each in parts) == f"Coming? {link.rsplit('/a/')[0]}/a/… Call us."
    settings.IOP_DEMO = True
    assert [each.url for each in parts_of(f"Coming? {link} Call us.")] == ["", link, ""]


def test_each_state_stands_in_its_pile_and_says_why(program, director):
    again = {"attempts": 2, "reason": "no_answer", "try_at": moment(SUNDAY, "18:20")}
    claimed, sent = {"claimed_at": SIX}, {"claimed_at": SIX, "sent_at": SIX}
    states: dict[str, dict[str, Any]] = {
        "Ann": {"status": "sent", **sent},
        "Bob": {"status": "failed", "reason": "message_refused", **claimed},
        "Cid": {"status": "skipped", "reason": "not_expected"},
        "Dot": {},
        "Eve": {"status": "unknown", **claimed},
        "Fay": {"status": "expired", "reason": "no_answer"},
        "Gus": again,
        "Hal": {"status": "sent", **sent, "delivered_at": SIX},
        "Ida": {"status": "skipped", "reason": "reveals"},
        "Jon": {"status": "unknown", **claimed, "delivered_at": SIX},
    }
    for name, state in states.items():
        person = expect_someone(program, first_name=name, last_name="Moe").participant
        a_reminder(person, program, due_at=SIX, **state)
    page = page_of(program, director)
    assert rows(page) == {
        "Needs a look": ["Bob M.", "Eve M.", "Fay M.", "Ida M."],
        "To go out": ["Gus M.", "Dot M."],
        "Went out": ["Ann M.", "Hal M.", "Jon M."],
        "Taken back": ["Cid M."],
    }
    said = {row.name[:3]: (row.state.label, row.state.why) for s in page.sections for row in s.rows}
    assert said["Eve"] == (
        "Outcome unknown",
        "Sending was cut off. It may have arrived; it is not sent again",
    )
    assert said["Fay"] == (
        "Too late", "The server took nothing. At 9:00 PM it was too late for it")  # fmt: skip
    assert said["Gus"] == (
        "Trying again",
        "The server took nothing. Tried 2 times; again at 6:20 PM, until 9:00 PM at the latest",
    )
    assert said["Hal"] == said["Jon"] == ("Delivered", "")
    assert [(tile.label, tile.count) for tile in page.tiles] == [
        ("Needs a look", 4), ("To go out", 2), ("Went out", 3), ("Taken back", 1)]  # fmt: skip


def test_a_day_at_a_time_as_the_site_counts_days(program, director):
    for name, due in (
        ("Ann", moment(SUNDAY, "00:00")),
        ("Bob", moment(MONDAY, "00:00") - timedelta(seconds=1)),
        ("Cid", moment(MONDAY, "00:00")),
    ):
        a_reminder(build.a_participant(first_name=name), program, due_at=due)
    a_reminder(build.a_participant(), build.a_program(program.site), due_at=NOON)
    assert [each[:3] for each in rows(page_of(program, director))["To go out"]] == ["Ann", "Bob"]
    tomorrow = page_of(program, director, day=MONDAY.isoformat())
    assert [each[:3] for each in rows(tomorrow)["To go out"]] == ["Cid"]
    assert [(each.label, each.is_current) for each in tomorrow.days] == [
        ("Yesterday", False), ("Today", False), ("Tomorrow", True)]  # fmt: skip
    assert page_of(program, director, day="2026-11-22").day == SUNDAY
    assert not page_of(program, director, day="2026-11-20").sections


def test_what_cannot_be_read_is_named_and_left_out(program, director):
    page = page_of(program, director, day="soon", state="late", kind="never", number="x")
    assert page.day == SUNDAY
    assert page.form.problems() == [
        "This is not a date; write it as 2026-11-23.",
        "Messages are not grouped by that word.",
        "There is no message of that kind.",
    ]


def test_by_state_and_kind(program, director):
    ann, bob = (build.a_participant(first_name=each) for each in ("Ann", "Bob"))
    a_reminder(ann, program, due_at=SIX)
    a_sent_reminder(ann, program, due_at=NOON, kind="soon", for_on=SUNDAY)
    a_reminder(bob, program, due_at=SIX, kind="weekly")
    a_sent_reminder(
        bob, program, due_at=NOON, kind="response", for_on=SUNDAY,
        response="thanks", response_to=a_reply(bob, program, meaning="coming"),
    )  # fmt: skip
    page = page_of(program, director, state="gone")
    assert list(rows(page)) == ["Went out"]
    assert len(page.sections[0].rows) == 2
    of_kind = page_of(program, director, kind="weekly")
    assert [row.about for each in of_kind.sections for row in each.rows] == [
        "The week ahead · from Mon Nov 23 on"
    ]
    assert [tile.count for tile in of_kind.tiles] == [0, 1, 0, 0]
    response = page_of(program, director, kind="response")
    assert response.sections[0].rows[0].about == "Response to a reply · Thank you"


def test_many_are_read_page_by_page(program, director):
    for number in range(52):
        person = build.a_participant(first_name=f"P{number:02}")
        a_reminder(person, program, due_at=SIX)
    first, second = (page_of(program, director, number=each) for each in ("1", "2"))
    assert [len(each.sections[0].rows) for each in (first, second)] == [50, 2]
    assert (first.steps.before, first.steps.after) == ("", "?page=2")
    assert (second.steps.before, second.steps.after) == ("?", "")
    assert second.tiles[1].count == 52


def test_who_hears_nothing_and_why(program, director, settings):
    people = {
        "Ann": ("a@mail.example", "", ["email"]),
        "Bob": ("", "", ["email"]),
        "Cid": ("c@mail.example", "", []),
        "Dot": ("", "+13125550114", ["sms"]),
        "Eve": ("", "", ["sms", "email"]),
    }
    for name, (email, phone, channels) in people.items():
        person = expect_someone(program, first_name=name, email=email, phone=phone).participant
        person.consents.update(withdrawn_at=F("given_at"))
        for channel in channels:
            build.a_consent(person, channel=channel)
    expect_someone(build.a_program(program.site), first_name="Elsewhere", email="")
    expect_someone(program, MONDAY + timedelta(days=1), first_name="Later", email="")
    settings.SMS_URL = ""
    page = page_of(program, director)
    assert page.expected_on == MONDAY
    assert [(each.name[:3], each.reason) for each in page.unreached] == [
        ("Bob", "Agreed to email, but no address is on record"),
        ("Cid", "Has not agreed to such messages, or no longer"),
        ("Dot", "Agreed to text messages, which are not set up here"),
        (
            "Eve",
            "Agreed to text messages, which are not set up here; "
            "Agreed to email, but no address is on record",
        ),
    ]
    assert page.unreached[0].url.startswith("/agreements/")
    settings.SMS_URL = "console://"
    page = page_of(program, director)
    assert [each.name[:3] for each in page.unreached] == ["Bob", "Cid", "Eve"]
    a_reminder_rule(program, evening_at=None)
    assert page_of(program, director).expected_on == SUNDAY


@pytest.mark.parametrize("state", [{}, {"status": "failed", "reason": "no_answer"}])
def test_its_queries_do_not_grow(client_of, program, director, state):
    client, costs = client_of(director), []
    for people in (1, 40):
        for _ in range(people):
            due_now(program, **state)
        expect_someone(
            program, local_date(timezone.now(), program.zone) + timedelta(days=1), email=""
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(program)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1], costs
    assert costs[0] <= 24, costs


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_shown_beforehand_is_what_goes_out(program, director, smtp, language):
    """The words of the page and those of the sender come from two places; here they meet."""
    person = expect_someone(program, first_name="Ann", language=language).participant
    build.a_consent(person, channel="email", purpose="named")
    plan_reminders(now=NOON, by=None)
    (row,) = page_of(program, director).sections[0].rows
    assert row.is_ahead
    send_due(channel="email", clock=lambda: SIX, until=SIX + timedelta(minutes=1))
    sent = Reminder.objects.get(status="sent")
    assert row.said is not None
    assert (row.said.subject, row.said.parts) == (sent.subject, parts_of(sent.body))


def test_what_would_not_go_out_says_why(program, director):
    ann, bob, cid = (expect_someone(program, first_name=each) for each in ("Ann", "Bob", "Cid"))
    ann.participant.consents.update(withdrawn_at=F("given_at"))
    GroupSession.objects.filter(pk=bob.session.pk).update(status="cancelled")
    Participant.objects.filter(pk=cid.participant.pk).update(email="")
    for each in (ann, bob, cid):
        a_reminder(each.participant, program, due_at=SIX)
    assert {row.name[:3]: row.warning for row in page_of(program, director).sections[0].rows} == {
        "Ann": "Has not agreed to such messages, or no longer",
        "Bob": "there is nothing to tell any more",
        "Cid": "Agreed to email, but no address is on record",
    }
