"""The feed's doorway: who is let in, what the answer carries, what is written down of it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.feeds.actions import note_reading
from groups.models import CalendarFeed, GroupSession
from programs.models import Role, StaffAssignment
from tests import build
from tests.groups.calendars import an_address, read, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return build.a_session(build.a_group(program), tomorrow, facilitators=[facilitator])


@pytest.fixture
def address(session, facilitator) -> str:
    return an_address(facilitator)


def feed() -> CalendarFeed:
    return CalendarFeed.objects.get()


def get(address: str, **headers: str):
    return Client().get(address, headers=headers)


def test_a_calendar_program_reads_it_without_signing_in(address, session):
    answer = get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Disposition"] == 'inline; filename="sessions.ics"'
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in answer
    assert [start for start, *_rest in told(answer.content)] == [session.starts_at]


def test_what_it_has_is_not_sent_again(address, session):
    tag = get(address)["ETag"]
    again = get(address, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == "private, no-cache"
    GroupSession.objects.update(status="cancelled")
    changed = get(address, if_none_match=tag)
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_it_is_only_read(address):
    assert Client().head(address).status_code == 200
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize(
    "wrong",
    ["/feed/x.ics", "/feed/{}x.ics", "/feed/%00.ics", "/feed/é.ics", "/feed/.ics", "/feed/"],
)
def test_another_secret_opens_nothing(address, wrong):
    secret = address.removeprefix("/feed/").removesuffix(".ics")
    assert get(wrong.format(secret)).status_code == 404


def test_the_hash_is_not_the_key(address):
    assert get(f"/feed/{feed().secret_hash}.ics").status_code == 404


def test_a_revoked_address_answers_nothing(address):
    CalendarFeed.objects.update(revoked_at=timezone.now())
    assert get(address).status_code == 404


def test_who_may_not_sign_in_any_more_reads_nothing(address, facilitator):
    User.objects.filter(pk=facilitator.pk).update(is_active=False)
    assert get(address).status_code == 404


def test_former_staff_read_nothing(address, session, program, director):
    of_program = an_address(director, program)
    assert get(of_program).status_code == 200
    StaffAssignment.objects.update(ended_at=timezone.now())
    assert get(address).status_code == 404
    assert get(of_program).status_code == 404


def test_one_needs_to_read_the_whole_program_for_its_feed(session, program, director):
    address = an_address(director, program)
    StaffAssignment.objects.filter(user=director).update(role=Role.FACILITATOR)
    assert get(address).status_code == 404
    assert get(an_address(director)).status_code == 200
    elsewhere = build.a_program()
    build.an_assignment(director, elsewhere, Role.DIRECTOR)
    assert get(address).status_code == 404


def test_reading_is_noted_once_a_day(address, facilitator):
    for _ in range(3):
        get(address)
    line = AuditEvent.objects.get(verb="feed.read")
    assert (line.by, line.subject_id, line.program_id) == (facilitator, feed().public_id, None)
    assert (line.subject_kind, line.detail, line.address) == ("calendarfeed", {}, "127.0.0.1")
    note_reading(feed=feed(), now=line.at + timedelta(hours=23), by=facilitator)
    assert AuditEvent.objects.filter(verb="feed.read").count() == 1
    note_reading(feed=feed(), now=line.at + timedelta(hours=25), by=facilitator)
    assert AuditEvent.objects.filter(verb="feed.read").count() == 2


def test_a_programs_feed_is_noted_as_the_programs(session, program, director):
    get(an_address(director, program))
    assert AuditEvent.objects.get(verb="feed.read").program_id == program.public_id


def test_a_guess_is_not_noted(address):
    get("/feed/x.ics")
    assert not AuditEvent.objects.filter(verb="feed.read").exists()


def test_what_cannot_be_noted_is_not_read(address, facilitator, audit_fails):
    with pytest.raises(IntegrityError):
        get(address)


class Lines(logging.Handler):
    """Keeps what the log would say, in its own format."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


@pytest.fixture
def log():
    """The root's lines, as its own handler writes them."""
    root, lines = logging.getLogger(), Lines()
    lines.setFormatter(next(each.formatter for each in root.handlers if _is_json(each)))
    root.addHandler(lines)
    yield lines.kept
    root.removeHandler(lines)


def _is_json(handler: logging.Handler) -> bool:
    return type(handler.formatter).__name__ == "ProcessorFormatter"


def test_the_secret_is_in_no_log_line_and_no_row(address, log, director, request):
    other = an_address(director)
    get(address)
    get(f"{address}?again")
    CalendarFeed.objects.update(revoked_at=timezone.now())
    get(address)
    CalendarFeed.objects.update(revoked_at=None)
    request.getfixturevalue("audit_fails")
    assert Client(raise_request_exception=False).get(other).status_code == 500
    said = "\n".join([*log, str(AuditEvent.objects.values()), str(CalendarFeed.objects.values())])
    for words in ("GET", "Not Found:", "Internal Server Error:"):
        assert rf"{words} /feed/\u2026" in said
    for secret in (address, other):
        assert secret.removeprefix("/feed/").removesuffix(".ics") not in said


def count(address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        read(address)
    return len(found)


def test_it_costs_the_same_for_one_session_and_for_many(program, facilitator, director):
    own, whole = an_address(facilitator), an_address(director, program)
    start = timezone.localdate()

    def add(first: int, last: int) -> None:
        room = build.a_room(program.site)
        pattern = build.a_pattern(
            build.a_group(program), weekday=start.weekday(), first_on=start, room=room
        )
        for n in range(first, last):
            day = start + timedelta(weeks=n)
            build.a_session(pattern.group, day, pattern=pattern, facilitators=[facilitator])
        build.a_session(pattern.group, start + timedelta(weeks=last, days=1))

    add(0, 1)
    noted = (count(own), count(whole))
    few = (count(own), count(whole))
    add(1, 4)
    add(4, 8)
    assert (count(own), count(whole)) == few
    assert max(few) <= 15
    assert max(noted) <= 20
