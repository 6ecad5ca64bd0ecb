"""The outbox's section of notices to staff: what it says, in which order, and what it costs."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.models import Program, Role
from reminders.models import StaffNotice
from reminders.notices.section import notice_section
from tests import build
from tests.build import NOW, moment
from tests.build_records import a_staff_notice

pytestmark = pytest.mark.django_db


def said(program: Program, now=NOW) -> list[tuple[str, str, str]]:
    section = notice_section(program=program, now=now)
    return [(line.kind, line.label, line.note) for line in section.lines]


def test_what_needs_a_look_comes_first(program, clinician):
    def put(kind: str, **fields: Any) -> StaffNotice:
        return a_staff_notice(program, user=clinician, kind=kind, **fields)

    ago = NOW - timedelta(minutes=20)
    put("record", status="sent", claimed_at=ago, sent_at=ago)
    put("sign", status="skipped", reason="not_needed")
    put("alert", status="skipped", reason="not_wanted")
    put("notes")
    put("cosign", status="unknown", claimed_at=ago)
    put("digest", status="planned", attempts=2, reason="no_answer", channel="sms")
    put("safety", status="failed", reason="address_refused")
    put("outreach", status="claimed", claimed_at=NOW)
    cut_off = "Sending began and was cut off. It may have arrived; it is not sent again."
    assert said(program) == [
        ("A safety answer", "Failed", "The address was refused"),
        ("A co-signature waits", "Outcome unknown", cut_off),
        (
            "The week in numbers",
            "Trying again",
            "The server took nothing. Tried 2 times; again at 12:00 PM",
        ),
        ("Somebody to get in touch with", "Being sent", ""),
        ("Notes overdue", "Planned", ""),
        ("Attendance not recorded", "Sent", ""),
        ("Attendance not signed", "Not sent", "Done before it went out"),
        ("An alert was given to them", "Not sent", "They have turned it off"),
    ]
    section = notice_section(program=program, now=NOW)
    assert (section.trouble, section.left_out) == (2, 0)
    assert {line.name for line in section.lines} == {"Cleo Ortiz, LCSW"}
    assert section.lines[5].moment == ago
    assert [line.channel for line in section.lines].count("Text message") == 1


def test_yesterday_and_today_and_whatever_still_waits(program):
    midnight = moment("2026-11-24", "00:00")
    just_before = midnight - timedelta(seconds=1)
    sent = {"status": "sent", "claimed_at": just_before, "sent_at": just_before}
    a_staff_notice(program, due_at=just_before, **sent)
    assert said(program) == []
    late = NOW - timedelta(hours=1)
    a_staff_notice(program, due_at=just_before, status="sent", claimed_at=late, sent_at=late)
    a_staff_notice(program, due_at=midnight, status="skipped", reason="not_needed")
    a_staff_notice(program, due_at=just_before)
    a_staff_notice(build.a_program())
    assert [label for _, label, _ in said(program)] == ["Planned", "Sent", "Not sent"]


def test_a_long_list_is_cut_and_says_so(program, director):
    for minutes in range(42):
        due_at = NOW - timedelta(minutes=minutes)
        a_staff_notice(program, user=director, about=uuid.uuid4(), due_at=due_at)
    section = notice_section(program=program, now=NOW)
    assert (len(section.lines), section.left_out) == (40, 2)


def test_what_would_read_the_same_is_one_line_with_its_number(program, director, clinician):
    for seconds in (0, 20, 59):
        due_at = NOW + timedelta(seconds=seconds)
        a_staff_notice(program, user=director, kind="sign", about=uuid.uuid4(), due_at=due_at)
    for due_at in (NOW, NOW + timedelta(minutes=1)):
        a_staff_notice(program, user=clinician, kind="sign", about=uuid.uuid4(), due_at=due_at)
    lines = notice_section(program=program, now=NOW).lines
    assert [(line.name, line.times, line.moment) for line in lines] == [
        (clinician.display_name, 1, NOW + timedelta(minutes=1)),
        (director.display_name, 3, NOW),
        (clinician.display_name, 1, NOW),
    ]


@pytest.mark.parametrize("who", ["administrator", "director"])
def test_the_page(request, client_of, program, who):
    client = client_of(request.getfixturevalue(who))
    url = f"/reminders/{program.public_id}/"
    empty = client.get(url).content.decode()
    assert "Nobody had to be told of anything." in empty
    user = build.a_colleague(program, Role.CLINICIAN, name="Nora Oduya", credential="LPC")
    a_staff_notice(program, user=user, kind="safety", due_at=timezone.now(),
                   status="failed", reason="message_refused")  # fmt: skip
    page = client.get(url).content.decode()
    for words in ("Notices to staff", "Nora Oduya, LPC", "A safety answer", "1 needs a look",
                  "The message was refused"):  # fmt: skip
        assert words in page, words
    assert user.email not in page


def test_its_queries_do_not_grow(client_of, program, director):
    client, costs = client_of(director), []
    for _ in range(3):
        a_staff_notice(program, due_at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/reminders/{program.public_id}/").status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs
