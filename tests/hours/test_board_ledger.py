"""Why: the ledger names every session, break and seat, and where each number comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from programs.models import Enrollment, HoursRule, Program
from programs.weeks import Week, local_date
from tests import build

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def week(program: Program) -> Week:
    """The week before this one, under a rule of nine hours."""
    build.a_rule(program, effective_from="2020-01-01")
    return program.week_of(local_date(timezone.now(), program.zone)).moved(-1)


@pytest.fixture
def enrollment(program: Program, week: Week) -> Enrollment:
    """A break on the first day, nothing on the second, a guest on the third, a fourth that fell."""
    core, guest = build.a_group(program, name="Core"), build.a_group(program, name="Skills")
    enrollment = build.an_enrollment(program, admitted_on="2020-01-01")
    build.a_membership(core, enrollment)
    one, _two, _off = (
        build.a_session(core, week.first_on, breaks="10:30-10:40"),
        build.a_session(core, week.first_on + timedelta(days=1)),
        build.a_session(
            core,
            week.first_on + timedelta(days=3),
            status="cancelled",
            cancelled_reason="The heating failed.",
        ),
    )
    seat = build.a_session(guest, week.first_on + timedelta(days=2))
    build.a_session(  # of a group that they do not belong to
        guest, week.first_on + timedelta(days=4), status="cancelled", cancelled_reason="A storm."
    )
    build.a_make_up_seat(seat, enrollment)
    build.a_record(one, enrollment.participant, "09:00-12:00")
    build.a_record(seat, enrollment.participant, "09:00-12:00")
    return enrollment


@pytest.fixture
def ledger(
    client_of: ClientOf, director: User, program: Program, week: Week, enrollment: Enrollment
) -> Callable[[], str]:
    """Open the ledger and read it, its spaces made plain."""

    def read() -> str:
        url = f"/hours/{program.public_id}/?week={week.first_on}&why={enrollment.public_id}"
        page = client_of(director).get(url).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        return " ".join(page.split('class="ledger"')[1].split("</tr><tr")[0].split())

    return read


def test_each_session_says_what_was_left_out_and_why(ledger: Callable[[], str]) -> None:
    words = ledger()
    assert "9:00 AM to 12:00 PM" in words
    assert "less 10 min break" in words
    assert "make-up seat" in words
    assert "Not held" in words
    assert "cancelled: The heating failed." in words
    assert "A storm." not in words


def test_a_session_closed_for_a_holiday_says_so(
    program: Program, week: Week, enrollment: Enrollment, ledger: Callable[[], str]
) -> None:
    day = week.first_on + timedelta(days=5)
    closure = build.a_closure(program, first_on=day, last_on=day)
    core = enrollment.memberships.get().group
    build.a_session(core, day, status="cancelled", cancelled_for=closure)
    assert "closed: Holiday" in ledger()


def test_hours_of_fifty_minutes_are_explained(ledger: Callable[[], str]) -> None:
    HoursRule.objects.update(count="clinical_hours")
    assert "less 10 min break, 170 min in 50-minute hours: 204" in ledger()


def test_a_span_with_breaks_leaves_nothing_out(ledger: Callable[[], str]) -> None:
    HoursRule.objects.update(count="scheduled_span")
    assert "min break" not in ledger()


def test_each_number_says_where_it_comes_from(ledger: Callable[[], str]) -> None:
    words = ledger()
    for label, amount, because in [
        ("Attended", "5 h 50 min", "credited in 2 sessions"),
        ("Unrecorded", "3 h", "over, and no record yet: "),
        ("Possible", "8 h 50 min", "5 h 50 min + 3 h"),
        ("Required", "9 h", "the rule’s minimum a week"),
        ("Short", "10 min", "8 h 50 min − 9 h"),
        ("Qualifying days", "2 of 3", "dates with 1 h or more"),
    ]:
        assert f"<dt>{label}</dt><dd><b>{amount}</b> {because}" in words
    assert "<dt>Remaining</dt>" not in words
    assert "<dt>Make-up</dt>" not in words


def test_an_order_sets_what_is_required_from_its_date(
    enrollment: Enrollment, ledger: Callable[[], str]
) -> None:
    build.an_order(enrollment, 600, effective_from="2021-01-04")
    assert "ordered in the plan of care, from Jan. 4, 2021" in ledger().replace("Jan 4", "Jan. 4")


def test_the_rule_says_since_when_and_who_verified_it(
    ledger: Callable[[], str], director: User
) -> None:
    words = ledger()
    assert "Example rule 1.2" in words
    assert "In effect since" in words
    assert "Nobody has verified this rule yet." in words
    HoursRule.objects.update(verified_by=director, verified_on=date(2026, 3, 2))
    assert "Verified by Dina Osei on Mar" in ledger()


def test_a_ledger_costs_the_same_for_few_and_many(
    client_of: ClientOf, director: User, program: Program, week: Week, enrollment: Enrollment
) -> None:
    url = f"/hours/{program.public_id}/?week={week.first_on}&why={enrollment.public_id}"
    client = client_of(director)
    core = enrollment.memberships.get().group
    # Two people at least: of a list the trail has a line more than of one person.
    build.a_membership(core, build.an_enrollment(program, admitted_on="2020-01-01"))
    client.get(url)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
        for _more in range(10):
            build.a_membership(core, build.an_enrollment(program, admitted_on="2020-01-01"))
    assert counts[0] == counts[1]
    assert counts[0] <= 18
