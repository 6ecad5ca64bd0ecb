"""The page of trends: who may see it, which weeks it shows, what it says of them, what it costs."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from hours.program_week import current_week
from programs.models import Enrollment, Program, Role
from programs.weeks import Week
from tests import build
from tests.build_hours import a_conclusion, a_week_close

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def last(program: Program) -> Week:
    """The last week that is over."""
    build.a_rule(program, effective_from="2020-01-01")
    return current_week(program, timezone.now()).moved(-1)


@pytest.fixture
def url(program: Program, last: Week) -> str:
    return f"/trends/{program.public_id}/"


def people_in(program: Program, first_on: date, count: int) -> list[Enrollment]:
    """So many members of the group Core, from a date on."""
    group = program.groups.filter(name="Core").first() or build.a_group(program, name="Core")
    found = []
    for _number in range(count):
        found.append(build.an_enrollment(program, admitted_on=first_on))
        build.a_membership(group, found[-1])
    return found


def nine_hours(program: Program, day: date, *attended: Enrollment) -> None:
    """One session of nine hours in Core, and who was there."""
    group = program.groups.get(name="Core")
    session = build.a_session(group, day, "08:00", "17:00")
    for each in attended:
        build.a_record(session, each.participant, "08:00-17:00")


def words_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def rows_of(page: str, title: str) -> list[list[str]]:
    """The rows of a table, by its title."""
    table = re.search(rf'<caption class="visually-hidden">{title}</caption>(.*?)</table>', page)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[1].split("<tbody>")[1])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_each_week_says_who_met_their_hours(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str
) -> None:
    one, two, three = people_in(program, last.first_on - timedelta(days=30), 3)
    build.an_order(three, 60)
    nine_hours(program, last.first_on, one, three)
    build.a_record(
        build.a_session(program.groups.get(), last.dates[1]), two.participant, absence="excused"
    )
    build.an_enrollment(program, admitted_on=last.dates[3])
    page = words_of(client_of(director), f"{url}?weeks=4")
    assert "<title>Trends · Prairie Clinic</title>" in page
    met = rows_of(page, "People who met their hours")
    assert len(met) == 4
    # One has no record of Monday, which could still bring them there; one came on Thursday.
    assert met[-1][1:] == ["4", "2", "0", "1", "1", "66%", "Not closed"]
    assert "2 of 3" in page
    hours = rows_of(page, "Hours required, offered and attended")
    assert hours[-1][1:] == ["3", "19 h", "36 h", "18 h", "15 h", "94%", "0 h"]


def test_attendance_by_group_and_weekday(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str
) -> None:
    one, two, three = people_in(program, last.first_on, 3)
    nine_hours(program, last.first_on, one, two)
    session = build.a_session(program.groups.get(), last.dates[0], "18:00", "20:00")
    build.a_record(session, one.participant, "18:00-20:00")
    build.a_record(session, two.participant, absence="excused")
    build.a_record(session, three.participant, absence="no_call")
    page = words_of(client_of(director), url)
    (row,) = rows_of(page, "Attendance by group and weekday")
    # Of six places one is not recorded; three of the others were taken.
    assert row == ["Core", "Monday", "6", "3", "60%", "1", "0", "1", "0", "1"]
    assert '<div class="heat-box heat-1"><b>60%</b> <small>3 of 5</small></div>' in page
    assert "1 excused, 1 not excused, 1 not recorded" in page
    absences = rows_of(page, "Absences by kind")
    assert absences[-1][1:] == ["6", "3", "60%", "1", "0", "1", "0", "1"]
    assert [len(absences), absences[0][1]] == [12, "0"]


def test_a_closed_week_that_differs_is_marked(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str
) -> None:
    one, two = people_in(program, last.first_on, 2)
    nine_hours(program, last.first_on, one, two)
    nine_hours(program, last.moved(-1).first_on)
    as_then = {"verdict": "met", "attended": 540}
    close = a_week_close(program, week_on=last.first_on)
    a_conclusion(close, one, **as_then)
    a_conclusion(close, two)
    page = words_of(client_of(director), url)
    assert rows_of(page, "People who met their hours")[-1][-1] == "1 met as concluded, 2 now"
    assert f"Week of {date_words(last)}: 1 met as concluded, 2 now." in page
    assert page.count('class="mark" d="M0 2') == 1


def date_words(week: Week) -> str:
    day = week.first_on
    return f"{day:%b} {day.day}, {day.year}"


def test_a_closed_week_that_still_holds_is_not_marked(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str
) -> None:
    (one,) = people_in(program, last.first_on, 1)
    nine_hours(program, last.first_on, one)
    a_conclusion(a_week_close(program, week_on=last.first_on), one, verdict="met", attended=540)
    page = words_of(client_of(director), url)
    assert rows_of(page, "People who met their hours")[-1][-1] == "As now"
    assert 'd="M0 2' not in page


def test_as_many_met_and_yet_somebody_differs(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str
) -> None:
    one, two = people_in(program, last.first_on, 2)
    nine_hours(program, last.first_on, one)
    build.a_record(program.groups.get().sessions.get(), two.participant, "08:00-09:00")
    close = a_week_close(program, week_on=last.first_on)
    a_conclusion(close, one)
    a_conclusion(close, two, verdict="met", attended=540)
    page = words_of(client_of(director), url)
    assert "2 people stand differently than concluded" in page


def test_a_program_without_weeks_says_what_to_do(
    client_of: ClientOf, director: User, url: str, program: Program
) -> None:
    page = words_of(client_of(director), url)
    assert "Nothing to show yet." in page
    assert f'<a href="/hours/{program.public_id}/">To the running week</a>' in page
    assert "trends.pdf" not in page


def test_weeks_that_no_rule_covers_are_left_out(
    client_of: ClientOf, director: User, program: Program
) -> None:
    over = current_week(program, timezone.now()).moved(-1)
    build.a_rule(program, effective_from=over.moved(-2).first_on)
    people_in(program, over.moved(-6).first_on, 1)
    page = words_of(client_of(director), f"/trends/{program.public_id}/?weeks=4")
    assert "No rule covers 1 of these weeks; it is left out." in page
    assert len(rows_of(page, "People who met their hours")) == 3


@pytest.mark.parametrize(("asked", "count"), [("", 12), ("?weeks=4", 4), ("?weeks=26", 26)])
def test_the_last_weeks_end_with_the_last_one_over(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str, asked: str, count
) -> None:
    people_in(program, date(2026, 1, 5), 1)
    met = rows_of(words_of(client_of(director), url + asked), "People who met their hours")
    assert len(met) == count
    assert met[-1][0] == date_words(last)


def test_from_one_date_to_another(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str
) -> None:
    people_in(program, date(2026, 1, 5), 1)
    first = last.moved(-2)
    asked = f"?first_on={first.dates[3]}&last_on={last.moved(2).dates[2]}"
    page = words_of(client_of(director), url + asked)
    met = rows_of(page, "People who met their hours")
    assert [row[0] for row in met] == [date_words(last.moved(back)) for back in (-2, -1, 0)]
    assert "Weeks that are not over yet are left out." in page
    assert 'aria-current="true"' not in page
    one_side = words_of(client_of(director), f"{url}?last_on={first.first_on}&weeks=4")
    assert len(rows_of(one_side, "People who met their hours")) == 4


def test_weeks_to_come_have_nothing_to_show(
    client_of: ClientOf, director: User, last: Week, url: str
) -> None:
    asked = f"?first_on={last.moved(2).first_on}&last_on={last.moved(3).first_on}"
    page = words_of(client_of(director), url + asked)
    assert "Weeks that are not over yet are left out." in page
    assert "Nothing to show yet." in page
    answer = client_of(director).get(f"{url}met.csv{asked}")
    assert (answer.status_code, answer["Location"]) == (302, url + asked)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("weeks=13", "Choose the last 4, 12 or 26 weeks, or two dates."),
        ("weeks=%00", "Choose the last 4, 12 or 26 weeks, or two dates."),
        ("first_on=2026-13-40", "This is not a date"),
        ("last_on=1880-01-01", "Weeks begin in 2000 here."),
        ("first_on=2026-11-23&last_on=2026-11-22", "The last day is before the first one"),
        ("first_on=2024-01-01&last_on=2026-04-03", "more than 53 weeks"),
    ],
)
def test_what_cannot_be_read_is_named(
    client_of: ClientOf, director: User, program: Program, url: str, asked: str, words: str
) -> None:
    people_in(program, date(2026, 1, 5), 1)
    page = words_of(client_of(director), f"{url}?{asked}")
    assert words in page
    assert len(rows_of(page, "People who met their hours")) == 12


@pytest.mark.parametrize("role", list(Role))
def test_roles(client_of: ClientOf, program: Program, url: str, role: Role) -> None:
    expected = 403 if role is Role.FACILITATOR else 200
    assert client_of(build.a_colleague(program, role)).get(url).status_code == expected


def test_strangers_find_nothing(
    client_of: ClientOf, stranger: User, director: User, url: str
) -> None:
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(director).get(f"/trends/{uuid.uuid4()}/").status_code == 404
    assert client_of(director).post(url).status_code == 405
    assert Client().get(url).status_code == 302


def test_only_programs_of_which_one_sees_everybody_are_offered(
    client_of: ClientOf, program: Program, url: str
) -> None:
    other, own = (build.a_program(name=name) for name in ("Day IOP", "Youth IOP"))
    user = build.a_colleague(program, Role.DIRECTOR)
    build.an_assignment(user, other, Role.BILLING)
    build.an_assignment(user, own, Role.FACILITATOR)
    page = words_of(client_of(user), f"{url}?weeks=4")
    assert f"/trends/{other.public_id}/?weeks=4" in page
    assert f"/trends/{own.public_id}/" not in page


@pytest.mark.parametrize("weeks", [4, 26])
@pytest.mark.parametrize("people", [1, 8])
def test_twelve_statements_however_many_weeks_and_people(
    client_of: ClientOf, director: User, program: Program, last: Week, url: str, weeks, people
) -> None:
    found = people_in(program, last.first_on - timedelta(weeks=30), people)
    for back in range(4):
        nine_hours(program, last.moved(-back).first_on, *found)
        close = a_week_close(program, week_on=last.moved(-back).first_on)
        a_conclusion(close, found[0], verdict="met", attended=540)
    client = client_of(director)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(f"{url}?weeks={weeks}").status_code == 200
    assert len(queries) <= 12
