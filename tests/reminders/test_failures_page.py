"""The page of what did not go out: what is on it, whom to call, and what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.access import access_of
from programs.models import Program
from programs.weeks import local_date
from reminders.failures.asked import FailuresForm
from reminders.failures.page import FailuresPage, failures_page
from reminders.failures.which import did_not_go_out, is_failure
from reminders.models import FAILURES, SKIPS, Reminder
from reminders.tabs import counts_of
from tests import build
from tests.build import MONDAY, NOW, moment
from tests.build_reminders import a_reminder, a_reply
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db

SUNDAY = MONDAY - timedelta(days=1)
SIX, LATER = moment(SUNDAY, "18:00"), moment(MONDAY, "08:00")
REFUSED = {"status": "failed", "reason": "address_refused"}


def url(program: Program) -> str:
    return reverse("reminders:failures", args=[program.public_id])


def page_of(program: Program, user, *, now: datetime = LATER, number="", **asked) -> FailuresPage:
    return failures_page(
        access=access_of(user), program=program, form=FailuresForm(asked), page=number, now=now
    )


def names(page: FailuresPage) -> list[str]:
    return [row.name.split()[0] for day in page.days for row in day.rows]


def failed(program: Program, name: str = "Ann", **fields: Any) -> Reminder:
    """Somebody's reminder of the Monday, which an address refused unless said otherwise."""
    about_whom = {key: fields.pop(key) for key in ("phone", "safe_contact") if key in fields}
    person = build.a_participant(first_name=name, **about_whom)
    build.an_enrollment(program, person)
    return a_reminder(person, program, **{"due_at": SIX, **REFUSED, **fields})


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


def test_it_only_shows(client, client_of, program, director):
    assert client.get(url(program)).status_code == 302
    assert client_of(director).post(url(program)).status_code == 405


def test_where_nothing_failed(client_of, program, director):
    page = client_of(director).get(url(program)).content.decode()
    assert "Everything went out." in page


def test_the_page(client_of, program, director):
    today = local_date(timezone.now(), program.zone)
    soon = {"for_on": today + timedelta(days=1), "due_at": timezone.now() - timedelta(hours=1)}
    row = failed(
        program, "Odalys", phone="+13125550123", safe_contact="Leave no voicemail.", **soon
    )
    said = client_of(director).get(url(program)).content.decode()
    for words in (
        "Odalys N.",
        "The address was refused",
        "Call them:",
        '<a href="tel:+13125550123">',
        "(312) 555-0123",
        "Leave no voicemail.",
        "Check the address",
        f'id="m-{row.public_id}"',
        '<span class="count">1</span>',
    ):
        assert words in said, words
    title = said[said.index("<title>") : said.index("</title>")]
    assert "Odalys" not in title


def test_what_is_a_failure_and_what_is_not(program, director):
    claimed, sent = {"claimed_at": SIX}, {"claimed_at": SIX, "sent_at": SIX}
    states: dict[str, dict[str, Any]] = {
        "Failed": REFUSED,
        "Bounced": {"status": "failed", "reason": "bounced", **sent},
        "Late": {"status": "expired", "reason": ""},
        "Unknown": {"status": "unknown", "reason": "", **claimed},
        "Nowhere": {"status": "skipped", "reason": "no_address"},
        "Barred": {"status": "skipped", "reason": "reveals"},
        "Many": {"status": "skipped", "reason": "too_many"},
        "gone": {"status": "sent", "reason": "", **sent},
        "known": {"status": "unknown", "reason": "", **claimed, "delivered_at": SIX},
        "away": {"status": "skipped", "reason": "not_expected"},
        "no": {"status": "skipped", "reason": "no_consent"},
        "again": {"status": "planned", "attempts": 1, "reason": "no_answer"},
        "sending": {"status": "claimed", "reason": "", **claimed},
    }
    for name, state in states.items():
        failed(program, name, **state)
    shown = names(page_of(program, director))
    assert shown == ["Failed", "Bounced", "Late", "Unknown", "Nowhere", "Barred", "Many"]
    assert counts_of(program, director, LATER).failures == 7
    by_why = {
        why: names(page_of(program, director, why=why))
        for why in ("late", "unknown", "no_address", "address_refused", "bounced")
    }
    assert by_why == {
        "late": ["Late"],
        "unknown": ["Unknown"],
        "no_address": ["Nowhere"],
        "address_refused": ["Failed"],
        "bounced": ["Bounced"],
    }
    page = page_of(program, director, why="because")
    assert page.problems == ["Messages do not fail for that reason."]
    assert len(names(page)) == 7


STORIES = st.one_of(
    st.tuples(st.just("failed"), st.sampled_from([*FAILURES])),
    st.tuples(st.just("skipped"), st.sampled_from(SKIPS)),
    st.tuples(st.just("unknown"), st.sampled_from(["", *FAILURES])),
    st.tuples(st.just("expired"), st.sampled_from(["", *FAILURES])),
    st.tuples(st.sampled_from(["planned", "sent", "claimed"]), st.just("")),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=STORIES, is_delivered=st.booleans())
def test_said_of_a_row_and_in_sql_it_is_the_same(program, story, is_delivered):
    status, reason = story
    was_claimed = status in ("sent", "claimed", "unknown")
    moments: dict[str, Any] = {"claimed_at": SIX} if was_claimed else {}
    moments |= {"sent_at": SIX} if status == "sent" else {}
    moments |= {"delivered_at": SIX} if is_delivered and status in ("sent", "unknown") else {}
    row = failed(program, status=status, reason=reason, **moments)
    row.refresh_from_db()
    assert is_failure(row) == Reminder.objects.filter(did_not_go_out(), pk=row.pk).exists()


def test_two_weeks_back_as_the_site_counts_days(program, director):
    first = moment(MONDAY - timedelta(days=14), "00:00")
    failed(program, "Just", due_at=first, for_on=local_date(first, program.zone))
    before = first - timedelta(seconds=1)
    failed(program, "Before", due_at=before, for_on=local_date(before, program.zone))
    failed(build.a_program(program.site), "Elsewhere")
    assert names(page_of(program, director)) == ["Just"]


def test_what_it_would_have_told_and_what_to_do(program, director):
    person = expect_someone(program, first_name="Ann").participant
    a_reminder(person, program, due_at=SIX, **REFUSED)
    failed(
        program, "Bob", status="unknown", reason="", claimed_at=SIX, phone="+13125550114",
        told={"2026-11-23": "2026-11-23T22:00:00+00:00"},
    )  # fmt: skip
    failed(program, "Cid", kind="change", round=1, told={"2026-11-23": None})
    failed(program, "Dot", for_on=SUNDAY, status="skipped", reason="reveals")
    failed(program, "Eve", for_on=SUNDAY, kind="weekly", phone="+13125550115")
    page = page_of(program, director)
    assert [(str(each.day), each.sub) for each in page.days] == [
        ("2026-11-23", "today"),
        ("2026-11-22", "yesterday"),
    ]
    told = {row.name[:3]: row.tells for day in page.days for row in day.rows}
    assert told == {
        "Ann": "Mon Nov 23, 5:30 PM",
        "Bob": "Mon Nov 23, 4:00 PM",
        "Cid": "Mon Nov 23, nothing after all",
        "Dot": "",
        "Eve": "",
    }
    to_do = {row.name[:3]: row.to_do for day in page.days for row in day.rows}
    assert to_do["Ann"].words == "No phone number is on record."
    assert to_do["Bob"].words == "Where it matters, call them:"
    assert to_do["Bob"].phone is not None
    assert to_do["Bob"].phone.dialled == "+13125550114"
    assert to_do["Dot"].mend is not None
    assert (to_do["Dot"].words, to_do["Dot"].mend.label) == ("Its day is over.", "Change the words")
    # The week that it told of has only begun.
    assert to_do["Eve"].words == "Call them:"


def test_the_numbers_on_the_tabs(program, director):
    failed(program)
    failed(program, for_on=SUNDAY)
    a_reply(build.a_participant(), program)
    a_reply(None, None)
    a_reply(build.a_participant(), build.a_program(program.site))
    a_reply(None, None, handled_at=NOW, handled_by=director, handled_how="Called.")
    counts = counts_of(program, director, LATER)
    assert (counts.failures, counts.replies) == (1, 2)


def test_its_queries_do_not_grow(client_of, program, director):
    client, costs = client_of(director), []
    for people in (1, 40):
        for _ in range(people):
            failed(program, due_at=timezone.now(), for_on=local_date(timezone.now(), program.zone))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(program)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1], costs
    assert costs[0] <= 14, costs
