"""The list of what is owed: who may see it, what it says, where it leads, what it costs."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.owed.forms import OwedForm
from attendance.owed.page import OwedPage, owed_page
from programs.access import access_of
from programs.models import Program, Role
from programs.weeks import local_date
from tests import build
from tests.attendance.owing import a_past_session, signed, to_cosign
from tests.build import NOW
from tests.build_records import a_record_rule

pytestmark = pytest.mark.django_db
Fields = dict[str, Any]


def page_of(user, program: Program, now=NOW, **query: str) -> OwedPage:
    return owed_page(program=program, form=OwedForm(query), access=access_of(user), now=now)


def titles(page: OwedPage) -> list[str]:
    return [row.title for pile in page.piles for row in pile.rows]


@pytest.fixture
def everything(program, facilitator, clinician):
    """One session in each state; the second is led by the clinician."""
    day: Fields = {"day": "2026-11-24"}
    late: Fields = {"starts": "10:30", "ends": "11:30"}
    return [
        a_past_session(program, facilitator, name="Process A"),
        a_past_session(program, clinician, name="Skills B", recorded=1, **day),
        signed(a_past_session(program, facilitator, name="Family C", recorded=1, **day)),
        to_cosign(
            a_past_session(program, facilitator, name="Relapse D", recorded=1, **day, **late),
            facilitator,
        ),
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("facilitator", 200),
        ("clinician", 200),
        ("director", 200),
        ("administrator", 403),
        ("billing", 403),
        ("stranger", 404),
    ],
)
def test_who_may(request, client_of, program, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(f"/owed/{program.public_id}/").status_code == status


def test_it_only_shows_and_not_to_a_passer_by(client_of, program, director):
    url = f"/owed/{program.public_id}/"
    assert client_of(director).post(url).status_code == 405
    assert Client().get(url).status_code == 302


def test_everything_by_kind_with_its_due_time(program, director, everything):
    page = page_of(director, program)
    assert [(pile.heading, pile.count) for pile in page.piles] == [
        ("Attendance to record", "1 session"),
        ("Attendance to sign", "1 session"),
        ("Notes to sign", "1 session"),
        ("Notes to co-sign", "1 session"),
    ]
    rows = [row for pile in page.piles for row in pile.rows]
    assert [(row.title, row.details, row.owers, row.due) for row in rows] == [
        ("Record Process A", "Mon Nov 23, ended 10:30 AM", "Fay Marlow", "Was due Mon Nov 23"),
        ("Sign Skills B", "Yesterday, ended 10:30 AM", "Cleo Ortiz", "Was due yesterday"),
        (
            "Write and sign the notes of Family C",
            "Yesterday, ended 10:30 AM",
            "Fay Marlow",
            "Was due today at 10:30 AM",
        ),
        (
            "Co-sign the notes of Relapse D",
            "Yesterday, ended 11:30 AM · signed by Fay Marlow",
            "for Dina Osei",
            "Waits since yesterday",
        ),
    ]
    assert [(tile.count, tile.note) for tile in page.tiles] == [
        (1, "1 overdue"), (1, "1 overdue"), (1, "1 overdue"), (1, "none overdue")
    ]  # fmt: skip


def test_each_line_leads_to_where_it_is_done(program, director, everything):
    rows = [row for pile in page_of(director, program).piles for row in pile.rows]
    ids = [str(each.public_id) for each in everything]
    assert all(key in row.url for key, row in zip(ids, rows, strict=True))
    places = [row.url.split("/")[1] for row in rows]
    assert places == ["sheet", "sheet", "notes", "notes"]


def test_before_it_is_due_it_says_until_when(program, facilitator):
    signed(a_past_session(program, facilitator, day="2026-11-25", recorded=1))
    later: Fields = {"day": "2026-11-25", "starts": "10:30", "ends": "11:30"}
    a_past_session(program, facilitator, people=3, recorded=1, name="Process A", **later)
    rows = [row for pile in page_of(facilitator, program).piles for row in pile.rows]
    assert [row.due for row in rows] == ["Due today", "Due tomorrow at 10:30 AM"]
    assert rows[0].title == "Finish Process A"
    assert rows[0].details == "Today, ended 11:30 AM · 1 of 3 recorded"


def test_the_oldest_comes_first(program, facilitator):
    for day in ("2026-11-20", "2026-11-09", "2026-11-24"):
        a_past_session(program, facilitator, day=day, name=day)
    names = [title.removeprefix("Record ") for title in titles(page_of(facilitator, program))]
    assert names == ["2026-11-09", "2026-11-20", "2026-11-24"]


def test_a_facilitator_sees_their_own_and_no_filter(program, facilitator, everything):
    page = page_of(facilitator, program, whose=str(uuid.uuid4()))
    assert titles(page) == ["Record Process A", "Write and sign the notes of Family C"]
    assert (page.is_own, page.choices, page.problems) == (True, (), [])
    assert len(page.tiles) == 3


def test_mine_and_one_persons(program, clinician, director, facilitator, everything):
    assert titles(page_of(clinician, program, whose="mine")) == ["Sign Skills B"]
    assert titles(page_of(director, program, whose="mine")) == ["Co-sign the notes of Relapse D"]
    page = page_of(director, program, whose=str(facilitator.public_id))
    assert titles(page) == ["Record Process A", "Write and sign the notes of Family C"]
    assert [(each.label, each.is_chosen) for each in page.choices] == [
        ("Everybody", False),
        ("Mine", False),
        ("Cleo Ortiz", False),
        ("Dina Osei", False),
        ("Fay Marlow", True),
    ]


def test_one_kind(program, director, everything):
    page = page_of(director, program, kind="notes", whose="")
    assert titles(page) == ["Write and sign the notes of Family C"]
    assert [(tile.count, tile.is_current) for tile in page.tiles] == [
        (1, False), (1, False), (1, True), (1, False)
    ]  # fmt: skip
    assert [tile.url for tile in page.tiles] == [
        "?kind=record", "?kind=sign", "?", "?kind=cosign"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"kind": "owls"}, "Nothing of that kind is ever owed."),
        ({"whose": str(uuid.uuid4())}, "Whoever this address names owes nothing here."),
        ({"whose": "<b>nobody</b>"}, "Whoever this address names owes nothing here."),
        ({"whose": "x" * 5000}, "There is nobody of that name on this list."),
        ({"whose": "x\x00"}, "Null characters are not allowed."),
    ],
)
def test_an_address_that_cannot_be_read_filters_nothing(
    client_of, program, director, everything, query, words
):
    page = page_of(director, program, **query)
    assert page.problems == [words]
    assert len(titles(page)) == 4
    answer = client_of(director).get(f"/owed/{program.public_id}/", query)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "<b>nobody</b>" not in answer.content.decode()


def test_a_long_pile_leads_to_the_rest_of_it(program, facilitator, director):
    group = build.a_group(program)
    build.a_membership(group, build.an_enrollment(program, admitted_on="2020-01-01"))
    for number in range(27):
        build.a_session(group, NOW.date() - timedelta(days=number + 1), facilitators=[facilitator])
    pile = page_of(director, program).piles[0]
    assert (len(pile.rows), pile.count) == (25, "27 sessions")
    assert (pile.more, pile.more_words) == ("?kind=record", "2 more")
    assert len(page_of(director, program, kind="record").piles[0].rows) == 27


@pytest.mark.parametrize(
    ("who", "query", "words"),
    [
        ("facilitator", "", "You owe nothing."),
        ("director", "", "Nothing is owed."),
        ("director", "?whose=mine", "None of these."),
    ],
)
def test_nothing_is_said_in_words(request, client_of, program, who, query, words):
    client = client_of(request.getfixturevalue(who))
    page = client.get(f"/owed/{program.public_id}/{query}").content.decode()
    assert words in page
    assert "<title>What is owed · Prairie Clinic</title>" in page


def test_no_participant_is_named(client_of, program, director, facilitator):
    today = local_date(timezone.now(), program.zone)
    group = build.a_group(program)
    person = build.a_participant(first_name="Odalys", last_name="Prim")
    enrollment = build.an_enrollment(program, person, admitted_on="2020-01-01")
    build.a_membership(group, enrollment)
    session = build.a_session(group, today - timedelta(days=2), facilitators=[facilitator])
    page = client_of(director).get(f"/owed/{program.public_id}/").content.decode()
    assert str(session.public_id) in page
    assert not [word for word in ("Odalys", "Prim", person.chart_number) if word in page]
    assert 'aria-current="page"' in page  # Today stays marked in the frame


@pytest.mark.parametrize("who", ["facilitator", "director"])
def test_twelve_queries_at_most_with_one_and_with_thirty(request, client_of, program, who):
    user = request.getfixturevalue(who)
    leader = request.getfixturevalue("facilitator")
    a_record_rule(program)
    today = local_date(timezone.now(), program.zone)
    client = client_of(user)

    def add(number: int) -> None:
        day: Fields = {"day": today - timedelta(days=number + 2)}
        other = build.a_colleague(program, Role.CLINICIAN)
        a_past_session(program, leader, people=2, recorded=1, **day)
        signed(a_past_session(program, other, recorded=1, **day))
        later: Fields = {"starts": "11:00", "ends": "12:00", **day}
        to_cosign(a_past_session(program, leader, recorded=1, **later), leader)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/owed/{program.public_id}/").status_code == 200
        return len(queries)

    add(0)
    one = cost()
    for number in range(1, 10):
        add(number)
    assert cost() == one
    assert one <= 12, one
