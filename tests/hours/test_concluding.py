"""Closing a week: what is kept, when it is refused, and what the clock closes by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import AuditEvent, User
from hours.concluding.actions import close_weeks
from hours.concluding.due import WEEKS_BACK, due_weeks
from hours.concluding.refusals import NotClosed
from hours.models import Conclusion, WeekClose
from hours.tasks import close_weeks as task
from iop.celery import app
from programs.models import Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.at_once import at_once
from tests.build import MONDAY, moment
from tests.build_hours import an_alert_rule
from tests.hours.closing import NEXT_MONDAY, WEEK, a_week_of_sessions, close, somebody_in

ClientOf = Callable[[User], Client]


@pytest.mark.django_db
def test_what_the_week_says_is_kept(program: Program, director: User) -> None:
    rule = build.a_rule(program)
    monday, tuesday, _thursday = sessions = a_week_of_sessions(program)
    person = somebody_in(sessions)
    build.a_record(monday, person, "09:00-12:00")
    build.a_record(tuesday, person, absence="no_call")
    made = close(program, by=director)
    assert (made.rule, made.closed_at, made.closed_by) == (rule, NEXT_MONDAY, director)
    kept = Conclusion.objects.get(close=made)
    assert (kept.tag, kept.required, kept.offered) == ("full", 540, 510)
    assert (kept.attended, kept.unrecorded, kept.qualifying_days) == (170, 170, 1)
    assert (kept.verdict, kept.flags) == ("not_met", ["days_short", "unrecorded"])
    assert kept.lines == [
        {
            "session": str(session.public_id),
            "net": 170,
            "credited": credited,
            "is_expected": True,
            "has_record": has_record,
            "absence": absence,
        }
        for session, credited, has_record, absence in zip(
            sessions, (170, 0, 0), (True, True, False), ("", "no_call", ""), strict=True
        )
    ]
    event = AuditEvent.objects.get(verb="week.closed")
    assert (event.by, event.subject_id, event.program_id) == (
        director,
        made.public_id,
        program.public_id,
    )
    assert event.detail == {"week": "2026-11-23", "not_met": 1}


@pytest.mark.django_db
def test_a_week_is_closed_when_it_is_over_once_and_under_a_rule(program: Program) -> None:
    with pytest.raises(NotClosed, match="No rule covers this week"):
        close(program)
    build.a_rule(program)
    last_minute = WEEK.ends_at - timedelta(minutes=1)
    with pytest.raises(NotClosed, match="not over yet"):
        close(program, now=last_minute)
    close(program, now=WEEK.ends_at)
    with pytest.raises(NotClosed, match="closed already"):
        close(program)
    assert WeekClose.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_kept_without_a_line_on_the_trail(program: Program, audit_fails: None) -> None:
    build.a_rule(program)
    with pytest.raises(IntegrityError), transaction.atomic():
        close(program)
    assert not WeekClose.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "newest"),
    [
        # Two days after its end: from the third midnight on.
        (moment("2026-12-01", "23:59"), date(2026, 11, 16)),
        (moment("2026-12-02", "00:00"), MONDAY),
    ],
)
def test_the_clock_waits_as_long_as_the_program_says(
    program: Program, now: datetime, newest: date
) -> None:
    build.a_rule(program)
    an_alert_rule(program, close_days=2)
    due = due_weeks(program, now)
    assert due[-1].first_on == newest
    assert len(due) == WEEKS_BACK
    assert due == sorted(due, key=lambda week: week.first_on)


@pytest.mark.django_db
def test_a_wait_of_no_days_ends_at_midnight(program: Program) -> None:
    build.a_rule(program)
    an_alert_rule(program, close_days=0)
    assert due_weeks(program, WEEK.ends_at)[-1] == WEEK
    assert due_weeks(program, WEEK.ends_at - timedelta(minutes=1))[-1] != WEEK


@pytest.mark.django_db
def test_the_clock_closes_what_a_rule_covers_whole_and_nothing_twice(program: Program) -> None:
    build.a_rule(program, effective_from=date(2026, 11, 11))
    build.a_program()  # without a rule
    somebody_in(a_week_of_sessions(program))
    now = moment("2026-12-02", "05:00")
    for _night in range(2):
        close_weeks(now=now, by=None)
        closed = WeekClose.objects.order_by("week_on").values_list("week_on", "closed_by")
        assert list(closed) == [(date(2026, 11, 16), None), (MONDAY, None)]
        assert AuditEvent.objects.filter(verb="week.closed", by=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_clock_leaves_a_locked_program_to_the_next_night(program: Program) -> None:
    build.a_rule(program, effective_from=MONDAY)
    other = build.a_program()
    build.a_rule(other, effective_from=MONDAY)
    now = moment("2026-12-02", "05:00")
    with transaction.atomic():
        Program.objects.select_for_update(no_key=True).get(pk=program.pk)
        at_once(lambda: close_weeks(now=now, by=None), words=())
    assert list(WeekClose.objects.values_list("program", flat=True)) == [other.pk]
    close_weeks(now=now, by=None)
    assert WeekClose.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_close_once(program: Program, director: User) -> None:
    build.a_rule(program, effective_from=MONDAY)
    somebody_in(a_week_of_sessions(program))
    now = moment("2026-12-02", "05:00")
    acts = [lambda: close(program, by=director, now=now) for _ in range(3)]
    came = at_once(*acts, lambda: close_weeks(now=now, by=None), words=(NotClosed,))
    assert WeekClose.objects.count() == Conclusion.objects.count() == 1
    assert sum(isinstance(each, NotClosed) for each in came[:3]) >= 2
    assert AuditEvent.objects.filter(verb="week.closed").count() == 1


@pytest.mark.django_db
def test_a_close_takes_few_statements_however_many_people(
    program: Program, django_assert_max_num_queries: Callable
) -> None:
    build.a_rule(program)
    sessions = a_week_of_sessions(program)
    for _ in range(20):
        somebody_in(sessions)
    with django_assert_max_num_queries(15):
        close(program)
    assert Conclusion.objects.count() == 20


@pytest.mark.django_db
def test_the_directors_hear_of_a_close(program: Program, director: User) -> None:
    build.a_rule(program)
    somebody_in(a_week_of_sessions(program))
    made = close(program)
    notice = StaffNotice.objects.get(kind="closed")
    assert (notice.user, notice.about, notice.week_on) == (director, made.public_id, MONDAY)
    assert notice.counts == {"not_met": 1}


@pytest.mark.django_db
def test_the_clock_has_its_doorway(program: Program) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    task()
    assert WeekClose.objects.count() == WEEKS_BACK
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "hours.close_weeks" in named


@pytest.fixture
def url(program: Program) -> str:
    return f"/concluding/{program.public_id}/2026-11-23/close/"


@pytest.mark.django_db
def test_a_director_closes_by_hand(
    client_of: ClientOf, director: User, program: Program, url: str, past: str
) -> None:
    client = client_of(director)
    board = client.get(past).content.decode()
    assert "This week is over and not closed yet." in board
    assert "Yes, close it" in board
    action = board.split('method="post" action="/concluding')[1].split('"')[0]
    answer = client.post(f"/concluding{action}", follow=True)
    assert "The week is closed." in answer.content.decode()
    assert "not closed yet" not in answer.content.decode()
    assert WeekClose.objects.get().closed_by == director
    again = client.post(f"/concluding{action}", follow=True).content.decode()
    assert "This week is closed already." in again


@pytest.fixture
def past(program: Program) -> str:
    """The board of a week long over, which a rule covers."""
    build.a_rule(program, effective_from="2020-01-01")
    return f"/hours/{program.public_id}/?week=2021-03-08"


@pytest.mark.django_db
@pytest.mark.parametrize("week_on", ["2021-03-09", "2021-13-01", "monday", "1815-06-18"])
def test_only_the_first_day_of_a_week_names_it(
    client_of: ClientOf, director: User, program: Program, past: str, week_on: str
) -> None:
    answer = client_of(director).post(f"/concluding/{program.public_id}/{week_on}/close/")
    assert answer.status_code == 404
    assert not WeekClose.objects.exists()


@pytest.mark.django_db
def test_who_may_close(
    client_of: ClientOf, director: User, stranger: User, program: Program, past: str
) -> None:
    url = f"/concluding/{program.public_id}/2021-03-08/close/"
    for role in (Role.FACILITATOR, Role.CLINICIAN, Role.ADMISSIONS, Role.BILLING):
        client = client_of(build.a_colleague(program, role))
        assert client.post(url).status_code == 403
        assert "close/" not in client.get(past).content.decode()
    assert client_of(stranger).post(url).status_code == 404
    assert client_of(director).get(url).status_code == 405
    assert not WeekClose.objects.exists()


@pytest.mark.django_db
def test_a_running_week_offers_no_close(
    client_of: ClientOf, director: User, program: Program, past: str
) -> None:
    page = client_of(director).get(f"/hours/{program.public_id}/").content.decode()
    assert "close/" not in page
    connection.check_constraints()
