"""Today says what people answered beforehand: how many come, who cannot, and nothing else."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.beforehand import Beforehand
from attendance.models import AttendanceRecord
from attendance.today.forms import TodayForm
from attendance.today.said import Answers, answers_of, in_words
from attendance.today.today_page import today_page
from groups.day_roster import Expected
from groups.models import GroupSession
from programs.access import access_of
from programs.models import Participant
from programs.weeks import local_date
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import an_answer

pytestmark = pytest.mark.django_db
BEFORE, DURING, AFTER = (moment(MONDAY, at) for at in ("08:00", "09:20", "10:31"))
SAID = moment(MONDAY, "07:12")


def page_of(user, program, now=BEFORE, **query):
    return today_page(program=program, form=TodayForm(query), access=access_of(user), now=now)


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    """Process A, from 9:00 to 10:30 on Monday."""
    group = build.a_group(program, name="Process A", kind="process")
    return build.a_session(group, starts="09:00", ends="10:30", facilitators=[facilitator])


def member(session: GroupSession, name: str, **fields) -> Participant:
    person = build.a_participant(first_name=name, last_name="Okoye", **fields)
    build.a_membership(session.group, build.an_enrollment(session.group.program, person))
    return person


def says_no(person: Participant, day=MONDAY, reason: str = "ill", at=SAID) -> None:
    an_answer(person, day, word="not_coming", reason=reason, answered_at=at)


@pytest.fixture
def people(session) -> list[Participant]:
    """Ana comes, Ben and Cid cannot, Dee has not answered; nor did anybody for another day."""
    ana, ben, cid, dee = (member(session, name) for name in ("Ana", "Ben", "Cid", "Dee"))
    an_answer(ana)
    says_no(ben)
    says_no(cid, reason="")
    says_no(dee, MONDAY + timedelta(days=1))
    return [ana, ben, cid, dee]


def chips(said) -> list[tuple[str, str, str]]:
    return [(row.name, row.look.icon, str(row.look.label)) for row in said.rows]


NAMED = [
    ("Ben O.", "calendar-x", "Cannot come · Ill"),
    ("Cid O.", "calendar-x", "Cannot come"),
]


def test_my_next_session(program, facilitator, session, people):
    card = page_of(facilitator, program).mine.card
    assert card.details == "4 expected · 1 confirmed · 2 cannot come · 1 no answer"
    assert chips(card.said) == NAMED


def test_the_rest_of_my_day(program, facilitator, session, people):
    early = build.a_session(
        build.a_group(program), starts="08:10", ends="08:50", facilitators=[facilitator]
    )
    page = page_of(facilitator, program)
    assert str(early.public_id) in page.mine.card.url
    [row] = page.mine.rest
    assert row.details == "4 of 12 expected · 1 confirmed · 2 cannot come · 1 no answer"
    assert chips(row.said) == NAMED


@pytest.mark.parametrize("role", ["director", "administrator", "clinician"])
def test_the_clinics_day(request, role, program, session, people):
    [row] = page_of(request.getfixturevalue(role), program, day_of="clinic").clinic.rows
    assert row.details.endswith("4 of 12 expected · 1 confirmed · 2 cannot come · 1 no answer")
    assert chips(row.said) == NAMED


def test_why_is_no_business_of_billing(client_of, program, billing, session, people):
    [row] = page_of(billing, program).clinic.rows
    assert {label for _name, _icon, label in chips(row.said)} == {"Cannot come"}


def test_nobody_has_answered(program, facilitator, session):
    member(session, "Ana")
    card = page_of(facilitator, program).mine.card
    assert (card.details, card.said.rows) == ("1 expected", ())


def test_once_marks_are_made_the_missing_carry_what_they_said(
    program, facilitator, session, people
):
    build.a_record(session, people[2], absence="excused")  # marked before it begins
    assert chips(page_of(facilitator, program).mine.card.said) == NAMED
    AttendanceRecord.objects.all().delete()
    untouched = page_of(facilitator, program, DURING).mine
    assert untouched.card.details.endswith("4 expected · 1 confirmed · 2 cannot come · 1 no answer")
    assert chips(untouched.card.said) == NAMED
    build.a_record(session, people[1], absence="excused")
    build.a_record(session, people[3], "09:00-")
    day = page_of(facilitator, program, DURING).mine
    assert (day.card.details, day.card.said.rows) == ("4 expected", ())
    said = {row.name: str(row.said.label) if row.said else "" for row in day.missing}
    assert said == {"Ana O.": "Confirmed", "Cid O.": "Cannot come", "Ben O.": "Cannot come · Ill"}


def test_once_it_is_over_the_marks_say_what_was(program, director, session, people):
    day = page_of(director, program, AFTER).clinic
    assert day.rows[0].details.endswith("4 of 12 expected")
    assert day.rows[0].said.rows == ()


def test_the_last_word_counts_whichever_record_it_was_said_under(program, facilitator, session):
    kept = build.a_participant(first_name="Ana", last_name="Okoye")
    doubled = member(session, "Anna", merged_into=kept, merged_at=SAID)
    an_answer(doubled, answered_at=SAID - timedelta(hours=1))
    says_no(kept)
    card = page_of(facilitator, program).mine.card
    assert chips(card.said) == [("Ana O.", "calendar-x", "Cannot come · Ill")]
    assert card.details == "1 expected · 1 cannot come"


def test_six_names_and_how_many_more(program, facilitator, session):
    for number in range(8):
        says_no(member(session, f"Ana{number}"))
    said = page_of(facilitator, program).mine.card.said
    assert (len(said.rows), said.more) == (6, "and 2 more on the sheet")


def test_the_page_says_it_in_words(client_of, program, facilitator):
    today = local_date(timezone.now(), program.zone)
    session = build.a_session(
        build.a_group(program), today, "00:00", "23:59", facilitators=[facilitator]
    )
    person = build.a_participant(first_name="Ben", last_name="Okoye")
    enrollment = build.an_enrollment(program, person, admitted_on="2020-01-01")
    build.a_membership(session.group, enrollment)
    says_no(person, today, at=timezone.now())
    page = client_of(facilitator).get(f"/today/{program.public_id}/").content.decode()
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "1 expected · 1 cannot come" in text
    assert "Ben O. Cannot come · Ill" in text


@pytest.mark.parametrize("role", ["facilitator", "director"])
def test_one_statement_more_however_many(request, role, client_of, program, facilitator):
    today = local_date(timezone.now(), program.zone)
    session = build.a_session(
        build.a_group(program), today, "00:00", "23:59", facilitators=[facilitator]
    )
    client, costs = client_of(request.getfixturevalue(role)), {}
    for people in (1, 39):
        for number in range(people):
            person = build.a_participant(merged_into=build.a_participant(), merged_at=SAID)
            enrollment = build.an_enrollment(program, person, admitted_on="2020-01-01")
            build.a_membership(session.group, enrollment)
            if number % 3:
                an_answer(person.kept, today)
            else:
                says_no(person.kept, today)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/today/{program.public_id}/").status_code == 200
        costs[people] = len(queries)
        asked = [each["sql"] for each in queries if "reminders_answer" in each["sql"]]
        assert len(asked) == 1
    assert costs[1] == costs[39]
    assert costs[1] <= 14


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["coming", "not_coming", ""]), max_size=9))
def test_everybody_expected_is_counted_once(words):
    """Counted one by one, against what the page says."""
    everybody = [
        Expected(Participant(pk=pk, chart_number=str(pk), first_name="A", last_name="B"), False)
        for pk in range(1, len(words) + 1)
    ]
    said = {pk: Beforehand(word, "", SAID) for pk, word in enumerate(words, 1) if word}
    found = Answers.of(everybody, said)
    counts = Counter(words)
    assert (found.coming, found.silent, len(found.no)) == (
        counts["coming"], counts[""], counts["not_coming"]
    )  # fmt: skip
    shown = [int(each.split()[0]) for each in in_words(found)]
    assert sum(shown) == (len(words) if counts["coming"] + counts["not_coming"] else 0)


def test_nobody_expected_is_nobody_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert answers_of({7: ()}, MONDAY) == ({7: Answers()}, {})
