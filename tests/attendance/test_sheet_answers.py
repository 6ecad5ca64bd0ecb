"""The sheet says what people answered beforehand and suggests a mark; it writes nothing of it."""

from __future__ import annotations

import html
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import AttendanceRecord, SignOff
from attendance.sheet.actions import NotRecorded, explain_absence
from attendance.sheet.people import Details, people_of
from attendance.sheet.states import Ask, absent
from attendance.sheet.versions import version_of
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from programs.models import Role
from programs.weeks import whole_minute
from reminders.models import Answer
from tests import build
from tests.attendance.kiosk import HERE, amara, in_kiosk
from tests.attendance.sheet import (
    AT_TEN,
    AT_THE_END,
    a_member,
    a_running_session,
    on_sheet,
    record,
    row,
    rows,
    said,
)
from tests.build import MONDAY, moment
from tests.build_reminders import an_answer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SAID = moment(MONDAY, "07:12").replace(second=41)
ILL = Details(moment(MONDAY, "07:12"), "Ill")
NO: dict[str, Any] = {"word": "not_coming", "reason": "ill", "answered_at": SAID}
MARKS = [Ask.PRESENT, Ask.LATE, Ask.EXCUSED, Ask.UNEXCUSED, Ask.NO_CALL, Ask.VIDEO, Ask.LEFT]


@pytest.fixture
def session(program) -> GroupSession:
    """From nine to twelve on Monday."""
    return build.a_session(build.a_group(program))


@pytest.fixture
def person(session):
    """Somebody who said at twelve past seven that they are ill."""
    person = a_member(session)
    an_answer(person, **NO)
    return person


@pytest.fixture
def live(program, facilitator) -> GroupSession:
    """A session that runs now."""
    return a_running_session(program, timezone.now(), facilitator)


def who_said(live, name="Ben", **answer):
    """Somebody on the sheet who said so an hour ago."""
    person = a_member(live, first_name=name, last_name="Okoye")
    fields = {**NO, "answered_at": timezone.now() - timedelta(hours=1), **answer}
    an_answer(person, live.held_on, **fields)
    return person


def mark(session, person, by, act, **fields) -> None:
    seen = on_sheet(session, person).state
    fields = {"mark_id": uuid.uuid4(), **fields}
    record(session, by, RowMarks(person.public_id, seen, Ask(act), **fields))


def stored(session, person) -> Details:
    return on_sheet(session, person).details


def url_of(session, view="sheet:sheet") -> str:
    return reverse(view, args=[session.group.program.public_id, session.public_id])


def words_of(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def suggested(response) -> list[str]:
    """Return the radios that are suggested."""
    return re.findall(r'<label class="tone-\w+ is-suggested">.*?value="(\w+)"', words(response))


def words(response) -> str:
    return " ".join(response.content.decode().split())


# --- excused takes over what was said --------------------------------------------------------


def test_excused_takes_the_reason_and_the_notice(session, person, facilitator):
    mark(session, person, facilitator, "excused")
    assert said(session, person) == "excused"
    assert stored(session, person) == ILL


def test_so_does_the_radio_of_a_whole_form(client_of, live, facilitator):
    person = who_said(live)
    client_of(facilitator).post(url_of(live), rows(live, "excused"))
    answered_at = Answer.objects.get().answered_at
    assert stored(live, person) == Details(whole_minute(answered_at), "Ill")


def test_without_a_reason_it_is_the_notice_alone(session, facilitator):
    person = a_member(session)
    an_answer(person, **{**NO, "reason": ""})
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == Details(ILL.notice_at)


@pytest.mark.parametrize("act", ["unexcused", "no_call"])
def test_other_absences_take_nothing_over(session, person, facilitator, act):
    mark(session, person, facilitator, act)
    assert stored(session, person) == Details()
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == ILL


def test_what_somebody_wrote_stays(session, person, facilitator):
    own = Details(reason="Called the front desk")
    mark(session, person, facilitator, "unexcused")
    explain(session, person, facilitator, own, Details())
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == own


def test_it_can_be_written_anew_or_taken_out(session, person, facilitator):
    mark(session, person, facilitator, "excused")
    explain(session, person, facilitator, Details(), ILL)
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == Details()


def explain(session, person, by, details, seen) -> None:
    explain_absence(
        session=GroupSession.objects.filter(pk=session.pk),
        participant_id=person.public_id,
        details=details,
        version=version_of(seen),
        by=by,
        now=AT_TEN,
    )


def test_undo_and_back_bring_the_same(session, person, facilitator):
    mark(session, person, facilitator, "excused")
    mark(session, person, facilitator, "clear")
    assert not AttendanceRecord.objects.exists()
    seen = on_sheet(session, person).state
    again = RowMarks(person.public_id, seen, use=absent("excused"))
    record(session, facilitator, again)
    assert stored(session, person) == ILL


def test_a_tap_from_before_the_answer_takes_nothing_over(session, facilitator):
    """It waited on the device while the answer came: whoever tapped had not seen it."""
    person = a_member(session)
    an_answer(person, **{**NO, "answered_at": AT_TEN - timedelta(minutes=5)})
    mark(session, person, facilitator, "excused", age=timedelta(minutes=6))
    assert stored(session, person) == Details()


def test_an_answer_about_another_day_or_by_another_person(session, facilitator):
    person = a_member(session)
    an_answer(person, MONDAY + timedelta(days=1), **NO)
    an_answer(a_member(session), **NO)
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == Details()


def test_notice_was_given_when_it_was_first_said(session, facilitator):
    """The reason came half an hour later, by the next reply."""
    person = a_member(session)
    answer = an_answer(person, **{**NO, "reason": ""})
    answer.reason, answer.answered_at = "ill", SAID + timedelta(minutes=30)
    answer.save()
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == ILL


def test_what_was_taken_back_meanwhile_was_no_notice(session, facilitator):
    person = a_member(session)
    answer = an_answer(person, **{**NO, "answered_at": SAID - timedelta(hours=2)})
    for word, reason, hours in (("coming", "", 1), ("not_coming", "ill", 0)):
        answer.word, answer.reason = word, reason
        answer.answered_at = SAID - timedelta(hours=hours)
        answer.save()
    mark(session, person, facilitator, "excused")
    assert stored(session, person) == ILL


def test_it_is_theirs_under_either_record(session, facilitator):
    kept = build.a_participant()
    doubled = a_member(session, merged_into=kept, merged_at=SAID)
    an_answer(doubled, answered_at=SAID - timedelta(hours=1))
    an_answer(kept, **NO)
    assert str(on_sheet(session, doubled).said) == "not_coming:ill"
    mark(session, doubled, facilitator, "excused")
    assert stored(session, doubled) == ILL


class TestAnAnswerIsNoMark(TestCase):
    """Whatever is tapped makes the same record with an answer as without one."""

    def setUp(self) -> None:
        program = build.a_program()
        self.by = build.a_colleague(program, Role.FACILITATOR)
        self.session = build.a_session(build.a_group(program))

    @settings(max_examples=40)
    @given(
        acts=st.lists(st.sampled_from(MARKS), min_size=1, max_size=3),
        word=st.sampled_from(["coming", "not_coming"]),
    )
    def test_the_record_is_the_same(self, acts, word):
        silent, answering = a_member(self.session), a_member(self.session)
        an_answer(answering, word=word, answered_at=SAID)
        for act in acts:
            for person in (silent, answering):
                try:
                    mark(self.session, person, self.by, act)
                except NotRecorded:
                    continue
        assert said(self.session, silent) == said(self.session, answering)


# --- everybody at once -----------------------------------------------------------------------


def test_the_rest_is_not_who_said_no(client_of, live, facilitator):
    ben, ann = who_said(live), a_member(live, first_name="Ann")
    who_said(live, "Cid", word="coming", reason="")
    page = client_of(facilitator).get(url_of(live))
    assert "Rest present : 2 people" in words_of(page)
    answer = client_of(facilitator).post(url_of(live), {**rows(live, ""), "rest": "1"}, follow=True)
    assert "2 marks saved." in words_of(answer)
    assert (said(live, ben), said(live, ann)[-1]) == ("-", "-")
    assert on_sheet(live, ann).state.is_here
    assert not on_sheet(live, ben).state.has_record
    assert re.search(r'id="rest"[^>]* hidden', words(answer))
    assert "1 person to mark before you sign Ben O." in words_of(answer)


def test_the_rest_of_before_the_answer_is_everybody(session, facilitator):
    person = a_member(session)
    an_answer(person, **{**NO, "answered_at": AT_TEN - timedelta(minutes=5)})
    mark(session, person, facilitator, "rest", age=timedelta(minutes=6))
    assert said(session, person) == "09:00-"


def test_all_present_is_said_only_where_it_is_all(client_of, live, facilitator):
    who_said(live, word="coming", reason="")
    assert "All present : 1 person" in words_of(client_of(facilitator).get(url_of(live)))


# --- what the sheet shows --------------------------------------------------------------------


def test_said_and_suggested_but_not_on_record(client_of, live, facilitator):
    person = who_said(live)
    page = client_of(facilitator).get(url_of(live))
    assert "Said they cannot come: ill" in words_of(page)
    assert suggested(page) == ["excused"]
    assert f'aria-describedby="said-{person.public_id}"' in words(page)
    assert " checked" not in words(page)
    assert "1 person to mark before you sign Ben O." in words_of(page)
    assert not AttendanceRecord.objects.exists()


def test_signing_does_not_take_it_for_a_record(client_of, live, facilitator):
    who_said(live)
    GroupSession.objects.filter(pk=live.pk).update(ends_at=timezone.now())
    answer = client_of(facilitator).post(url_of(live), {**rows(live, ""), "sign": "1"})
    assert answer.status_code == 422
    assert "Mark everyone before you sign." in words_of(answer)
    assert not SignOff.objects.exists()
    assert not AttendanceRecord.objects.exists()


@pytest.mark.parametrize("act", ["excused", "present"])
def test_once_recorded_it_stays_quietly(client_of, live, facilitator, act):
    person = who_said(live)
    data = row(person) | {"only": str(person.public_id), "act": f"{act}:{person.public_id}"}
    answer = client_of(facilitator).post(url_of(live), data, headers=HTMX)
    said_chip = words(answer).partition(f'id="said-{person.public_id}">')[2]
    assert said_chip.startswith('<span class="chip chip-line">')
    assert "Said they cannot come: ill" in words_of(answer)
    assert suggested(answer) == []


def test_confirmed_until_they_are_here(client_of, live, facilitator):
    person = who_said(live, word="coming", reason="")
    client = client_of(facilitator)
    page = client.get(url_of(live))
    assert "Confirmed" in words_of(page)
    assert suggested(page) == []
    client.post(url_of(live), row(person) | {"act": f"unexcused:{person.public_id}"})
    assert "Confirmed" in words_of(client.get(url_of(live)))
    seen = str(on_sheet(live, person).state)
    client.post(url_of(live), row(person, seen) | {"act": f"present:{person.public_id}"})
    assert "Confirmed" not in words_of(client.get(url_of(live)))


def test_excused_without_a_reason_leads_to_it(client_of, live, facilitator):
    client, ann = client_of(facilitator), a_member(live, first_name="Ann")
    for person, leads in ((ann, True), (who_said(live), False)):
        data = row(person) | {"only": str(person.public_id)}
        data |= {"act": f"excused:{person.public_id}"}
        answer = client.post(url_of(live), data, headers=HTMX)
        assert ("Add the reason" in words_of(answer)) is leads
        assert ("notice" in words_of(answer)) is not leads


def test_an_answer_that_comes_meanwhile_is_news(client_of, live, facilitator):
    person, client = a_member(live, first_name="Ben"), client_of(facilitator)
    who = str(person.public_id)

    def ask(said: str):
        data = {"row": who, f"seen-{who}": "-", f"said-{who}": said}
        return client.post(url_of(live, "sheet:news"), data, headers=HTMX)

    assert ask("").status_code == 204
    an_answer(person, live.held_on, **{**NO, "answered_at": timezone.now()})
    news = ask("")
    assert "Said they cannot come: ill" in words_of(news)
    assert f'name="said-{who}" value="not_coming:ill"' in words(news)
    assert ask("not_coming:ill").status_code == 204
    assert ask("coming").status_code == 200


def test_a_page_that_says_nothing_of_answers_is_not_told_again_and_again(
    client_of, live, facilitator
):
    who = str(who_said(live).public_id)
    data = {"row": who, f"seen-{who}": "-"}
    news = client_of(facilitator).post(url_of(live, "sheet:news"), data, headers=HTMX)
    assert news.status_code == 204


def test_the_kiosk_says_nothing_of_it(client_of, live, facilitator):
    person = amara(live)
    an_answer(person, live.held_on, **NO)
    page = words_of(in_kiosk(client_of(facilitator), live).get(HERE))
    assert not re.search("cannot come|ill\\b|Confirmed", page)


def test_the_whole_sheet_is_still_one_statement(session, django_assert_num_queries):
    for number in range(6):
        an_answer(a_member(session), **({"word": "coming"} if number % 2 else NO))
    with django_assert_num_queries(1):
        people = people_of(session)
    assert sum(person.no is not None for person in people) == 3
    assert {person.no.at for person in people if person.no} == {SAID}


def test_it_says_so_on_the_signed_sheet_too(client_of, session, person, director, facilitator):
    build.a_facilitation(session, facilitator)
    mark(session, person, facilitator, "excused")
    build.a_sign_off(session, facilitator, signed_at=AT_THE_END)
    page = client_of(director).get(url_of(session))
    assert "Said they cannot come: ill" in words_of(page)
