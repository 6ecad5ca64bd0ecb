"""Seats of a proposal are booked all or none, also when two directors book at the same moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import AuditEvent
from groups.making_up.refusals import Wish
from groups.models import MakeUpSeat
from hours.actions import check_weekly_hours
from hours.models import Alert
from hours.rescue.actions import NotBooked, book_seats
from tests import build
from tests.at_once import at_once
from tests.build import MONDAY, NOW, moment
from tests.groups.making_up import take
from tests.hours.rescuing import SATURDAY, ShortWeek, a_short_week


@pytest.fixture
def week() -> ShortWeek:
    return a_short_week(build.a_program())


def book(week: ShortWeek, *wishes: Wish) -> tuple[MakeUpSeat, ...]:
    return book_seats(program=week.program, wishes=wishes, now=NOW, by=None)


@pytest.mark.django_db(transaction=True)
def test_two_directors_book_overlapping_proposals(week):
    """Each wants two seats, one of which is the same: one gets both, the other reads words."""
    last, *own = (
        week.seats(free=1),
        week.seats(SATURDAY, "09:00", "10:00", name="A"),
        week.seats(SATURDAY, "11:00", "12:00", name="B"),
    )
    people = [week.somebody(name) for name in ("Amara", "Ben")]
    acts = [
        lambda person=person, session=session: book(week, Wish(session, person), Wish(last, person))
        for person, session in zip(people, own, strict=True)
    ]
    results = at_once(*acts, words=(NotBooked,))
    (refused,) = [each for each in results if isinstance(each, NotBooked)]
    ((wish, why),) = refused.refused
    assert wish.session == last
    assert "The last seat has been taken" in why
    held = list(MakeUpSeat.objects.held())
    assert len(held) == 2
    assert len({seat.enrollment_id for seat in held}) == 1


@pytest.mark.django_db(transaction=True)
def test_a_check_beside_a_booking_leaves_no_alert_open(week):
    amara, session = week.somebody(), week.seats()
    check_weekly_hours(now=NOW, by=None)
    assert Alert.objects.open().filter(week_on=MONDAY, kind="recoverable").exists()
    at_once(
        lambda: book(week, Wish(session, amara)),
        lambda: check_weekly_hours(now=NOW, by=None),
        words=(),
    )
    check_weekly_hours(now=NOW, by=None)
    assert not Alert.objects.open().filter(week_on=MONDAY, kind="recoverable").exists()


@pytest.mark.django_db
def test_nothing_is_booked_when_the_trail_cannot_be_written(week, audit_fails):
    with pytest.raises(NotBooked):
        book(week, Wish(week.seats(), week.somebody()))
    assert not MakeUpSeat.objects.exists()


@pytest.mark.django_db
def test_seats_of_two_weeks_bring_both_up_to_date(week):
    amara = week.somebody()
    build.a_session(week.core, "2026-12-01")
    later = week.seats("2026-12-02", name="Later")
    seats = book(week, Wish(week.seats(), amara), Wish(later, amara))
    assert len(seats) == 2
    line = AuditEvent.objects.get(verb="weekly_hours.seats_booked")
    assert line.detail["weeks"] == ["2026-11-23", "2026-11-30"]
    assert date(2026, 11, 30) in Alert.objects.open().values_list("week_on", flat=True)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_on_the_days_the_clocks_change_a_seat_is_there_up_to_its_start(week, day):
    amara = week.somebody(admitted_on="2026-01-05")
    session = week.seats(day, "03:30", "05:00", name="Early")
    start = moment(day, "03:30")
    assert start == session.starts_at
    assert take(session, amara, now=start - timedelta(minutes=1)).pk
    with pytest.raises(NotBooked):
        book_seats(
            program=week.program, wishes=[Wish(session, week.somebody("Ben"))], now=start, by=None
        )
