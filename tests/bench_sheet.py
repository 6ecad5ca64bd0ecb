"""The attendance sheet and the qualifying days beside an empty page of the same server.

A server of this process answers over loopback, so that both bear the same middleware, sign-in and
sockets. What is stored stays until the scratch database is dropped.
"""

from __future__ import annotations

import http.client
import itertools
import logging
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from attendance.sheet.people import people_of
from groups.models import GroupSession
from programs.models import Program, Role
from tests import build
from tests.attendance.sheet import a_member

SIZES = (1, 12, 30)
DAYS_OF = 30
WEEKS = 4
SECONDS = 30
Median = Callable[[Callable[[], object]], float]


def bench_sheet(median: Median) -> None:
    """Print one line per number of people on a sheet, then one for four weeks of days."""
    now = datetime.now(UTC)
    logging.disable(logging.INFO)
    with override_settings(ROOT_URLCONF="tests.bench_urls"):
        server = LiveServer("127.0.0.1")
        try:
            _bench(server.url, now, median)
        finally:
            server.stop()
            logging.disable(logging.NOTSET)


def _bench(url: str, now: datetime, median: Median) -> None:
    print(
        f"\n{'on a sheet':>10}  {'show':>9}  {'one tap':>9}  {'whole form':>10}  {'empty':>8}"
        "  show, tap and form in empty pages"
    )
    for people in SIZES:
        program = _a_program(now)
        browser = Browser(url, build.a_colleague(program, Role.DIRECTOR))
        _one_size(browser, program, people, now, median)
    program = _a_program(now)
    browser = Browser(url, build.a_colleague(program, Role.DIRECTOR))
    _days(browser, program, now, median)


def _one_size(
    browser: Browser, program: Program, people: int, now: datetime, median: Median
) -> None:
    session = _a_running_session(program, now)
    members = [str(a_member(session).public_id) for _number in range(people)]
    sheet = Sheet(browser, session, members)
    empty = median(lambda: browser.get("/empty/"))
    shows = median(lambda: browser.get(sheet.path))
    taps = median(sheet.tap)
    forms = median(sheet.send_all)
    _assert_recorded(session, sheet)
    print(
        f"{people:>10}  {shows * 1000:>6.1f} ms  {taps * 1000:>6.1f} ms  {forms * 1000:>7.1f} ms"
        f"  {empty * 1000:>5.1f} ms  {shows / empty:.1f}, {taps / empty:.1f}, {forms / empty:.1f}"
    )


def _days(browser: Browser, program: Program, now: datetime, median: Median) -> None:
    last_on = now.astimezone(program.zone).date() - timedelta(days=1)
    first_on = last_on - timedelta(weeks=WEEKS) + timedelta(days=1)
    _four_weeks(program, first_on)
    path = f"/days/{program.public_id}/?first_on={first_on}&last_on={last_on}"
    assert "qualify" in browser.get(path)
    empty = median(lambda: browser.get("/empty/"))
    takes = median(lambda: browser.get(path))
    print(
        f"The days of {DAYS_OF} people in {WEEKS} weeks take {takes * 1000:.1f} ms,"
        f" {takes / empty:.1f} empty pages."
    )


def _a_program(now: datetime) -> Program:
    """A program where it is about noon, so that a session of now lies on one date."""
    hours = 12 - now.hour
    # In these zones' names the sign is the other way round.
    program = build.a_program(build.a_site(timezone=f"Etc/GMT{-hours:+d}"))
    build.a_rule(program, effective_from="2020-01-01", min_minutes_per_day=180)
    return program


def _a_running_session(program: Program, now: datetime) -> GroupSession:
    """A session of three hours that began an hour ago."""
    start = now.replace(second=0, microsecond=0) - timedelta(hours=1)
    return GroupSession.objects.create(
        group=build.a_group(program, capacity=max(SIZES)),
        held_on=start.astimezone(program.zone).date(),
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )


def _four_weeks(program: Program, first_on: date) -> None:
    group = build.a_group(program, capacity=DAYS_OF)
    days = [first_on + timedelta(days=number) for number in range(7 * WEEKS)]
    sessions = [build.a_session(group, day) for day in days if day.weekday() in (0, 1, 3, 4)]
    for number in range(DAYS_OF):
        enrollment = build.an_enrollment(program, admitted_on="2020-01-06")
        build.a_membership(group, enrollment)
        for session in sessions:
            times = ("09:00-12:00",) if number % 3 else ("09:20-10:05", "10:40-11:45")
            build.a_record(session, enrollment.participant, *times)


def _assert_recorded(session: GroupSession, sheet: Sheet) -> None:
    """Make sure that what was measured was also done."""
    found = {str(each.id): str(each.state) for each in people_of(session)}
    assert found == sheet.seen, f"{found} is not {sheet.seen}"


class Browser:
    """A client that keeps its connection, signed in as somebody."""

    def __init__(self, url: str, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.cookies = {name: client.cookies[name].value}
        address = urlsplit(url)
        self.connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=SECONDS
        )

    def get(self, path: str) -> str:
        """Return a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, data: Iterable[tuple[str, str]], **headers: str) -> str:
        """Return what a form is answered with."""
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._ask("POST", path, urlencode(list(data)), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {**headers, "Cookie": cookie})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status in (200, 302), f"{path}: {answer.status}"
        for line in answer.msg.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return text


class Sheet:
    """A sheet in a browser: what each row was shown with, and which mark comes next."""

    def __init__(self, browser: Browser, session: GroupSession, members: list[str]) -> None:
        program = session.group.program
        self.browser, self.members = browser, members
        self.path = f"/sheet/{program.public_id}/{session.public_id}/"
        self.seen = dict.fromkeys(members, "-")
        begun = int(session.starts_at.timestamp()) // 60
        # What a row says after each mark.
        self.marks = itertools.cycle([("present", f"p:{begun}-"), ("excused", "a:excused")])

    def tap(self) -> None:
        """Mark the first row, once present and once excused, as the page's script does."""
        who, mark = self.members[0], next(self.marks)
        data = [("only", who), ("mark_id", str(uuid.uuid4())), ("age", "0"), *self._row(who, mark)]
        self.browser.post(self.path, [self._token, *data], **{"HX-Request": "true"})

    def send_all(self) -> None:
        """Send the whole form, as without a script."""
        mark = next(self.marks)
        rows = [pair for who in self.members for pair in self._row(who, mark)]
        self.browser.post(self.path, [self._token, *rows])

    def _row(self, who: str, mark: tuple[str, str]) -> list[tuple[str, str]]:
        seen, self.seen[who] = self.seen[who], mark[1]
        return [("row", who), (f"seen-{who}", seen), (f"mark-{who}", mark[0])]

    @property
    def _token(self) -> tuple[str, str]:
        return "csrfmiddlewaretoken", self.browser.cookies[settings.CSRF_COOKIE_NAME]
