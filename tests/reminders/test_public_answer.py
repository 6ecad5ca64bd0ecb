"""The page behind the link of a reminder: a day, a time, two buttons, and nothing about anybody."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format, time_format

from accounts.models import AuditEvent
from programs.weeks import local_date
from reminders.links import answer_url, stop_url
from reminders.models import Answer, AnswerReason
from tests import build
from tests.build_reminders import an_answer
from tests.reminders.coming_back import a_reader, answers, was_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(clinic):
    site = build.a_site(callback_phone="+14025550100")
    return build.a_program(site, name="Evening recovery group")


@pytest.fixture
def person(program):
    return a_reader(program, first_name="Maximiliana", last_name="Nolan")


def asked_of(person, program, *, hours: float = 20, **fields):
    """A reminder that went out just now, of a day that begins in so many hours."""
    now = timezone.now()
    starts_at = (now + timedelta(hours=hours)).replace(second=0, microsecond=0)
    day = local_date(starts_at, program.zone)
    told = {"for_on": day, "starts_at": starts_at, "due_at": now - timedelta(hours=1)}
    return was_told(person, program, **{**told, **fields})


@pytest.fixture
def reminder(person, program):
    return asked_of(person, program)


@pytest.fixture
def url(reminder) -> str:
    return path(answer_url(reminder))


@pytest.fixture
def phone() -> Client:
    """Somebody's browser: without a cookie, and as strict about CSRF as any."""
    return Client(enforce_csrf_checks=True)


def path(url: str) -> str:
    return urlsplit(url).path


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_it_shows_the_day_the_time_and_two_buttons(phone, url, reminder, program):
    response = phone.get(url)
    assert response.status_code == 200
    page = words(response)
    assert "Your appointment" in page
    with timezone.override(program.zone):
        local = timezone.localtime(reminder_starts(reminder))
        assert date_format(reminder.for_on, "l, F j") in page
        assert time_format(local.time(), "TIME_FORMAT") in page
    assert "I am coming" in page
    assert "I cannot come" in page
    assert "Call (402) 555-0100" in page
    assert 'href="tel:+14025550100"' in response.content.decode()


def reminder_starts(reminder):
    return datetime.fromisoformat(reminder.told[reminder.for_on.isoformat()])


def test_it_says_nothing_of_anybody(phone, url, clinic, person, program):
    for response in (phone.get(url), phone.post(url, {"word": "not_coming"}, follow=True)):
        html = response.content.decode()
        secrets = ("Maximiliana", "Nolan", person.chart_number, clinic.name, program.name)
        for secret in (*secrets, program.site.name, "recovery", "555-0123"):
            assert secret not in html
        assert "<title>Your appointment</title>" in html


def test_it_is_kept_by_nobody_on_the_way(phone, url):
    for response in (
        phone.get(url),
        phone.post(url, {"word": "coming"}),
        phone.get("/a/owl/"),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies


def test_looking_changes_nothing(phone, url):
    for look in (phone.get, phone.head):
        look(url)
        look(url + "?word=coming")
    assert answers() == []
    assert not AuditEvent.objects.exists()
    assert phone.put(url).status_code == 405


def test_coming_is_kept_and_thanked_for(phone, url, person, reminder):
    response = phone.post(url, {"word": "coming"})
    assert (response.status_code, response["Location"]) == (302, url)
    answer = Answer.objects.get()
    assert (answer.participant, answer.for_on) == (person, reminder.for_on)
    assert (answer.word, answer.came_by, answer.reminder) == ("coming", "link", reminder)
    page = words(phone.get(url))
    assert "Thank you. You told us that you are coming." in page
    assert "I am coming" not in page
    assert "I cannot come" in page


def test_who_cannot_come_is_asked_why_and_may_change_their_mind(phone, url):
    page = words(phone.post(url, {"word": "not_coming"}, follow=True))
    assert "You told us that you cannot come." in page
    assert "Why can you not come?" in page
    assert [str(each.label) in page for each in AnswerReason] == [True] * 6
    page = words(phone.post(url, {"reason": "ride", "why": "1"}, follow=True))
    assert "You told us that you cannot come. Why: No way to get there." in page
    assert "Why can you not come?" not in page
    assert answers()[0][1:] == ("not_coming", "ride")
    page = words(phone.post(url, {"word": "coming"}, follow=True))
    assert "You told us that you are coming." in page
    assert answers()[0][1:] == ("coming", "")


@pytest.mark.parametrize(
    "form", [{"why": "1"}, {"why": "1", "reason": "owl"}, {"word": "owl"}, {"word": ""}, {}]
)
def test_what_cannot_be_read_is_said_and_changes_nothing(phone, url, form):
    phone.post(url, {"word": "not_coming"})
    response = phone.post(url, form)
    assert response.status_code == 200
    assert "Choose one of the answers" in words(response)
    assert "<title>Error: Your appointment</title>" in response.content.decode()
    assert answers()[0][1:] == ("not_coming", "")


def test_it_shows_what_was_said_by_text(phone, url, person, reminder):
    an_answer(person, reminder.for_on, came_by="reply")
    assert "You told us that you are coming." in words(phone.get(url))


def test_a_later_message_about_the_day_changes_the_time(phone, url, person, program, reminder):
    moved = reminder_starts(reminder) + timedelta(minutes=30)
    was_told(
        person,
        program,
        kind="change",
        round=1,
        for_on=reminder.for_on,
        starts_at=moved,
        due_at=timezone.now(),
    )
    local = moved.astimezone(program.zone)
    assert time_format(local.time(), "TIME_FORMAT") in words(phone.get(url))


def test_from_the_moment_it_begins_there_is_nothing_to_answer(phone, person, program):
    begun = asked_of(person, program, hours=-0.01)
    url = path(answer_url(begun))
    for response in (phone.get(url), phone.post(url, {"word": "coming"})):
        assert response.status_code == 410
        assert "There is nothing to answer here any more." in words(response)
        assert "Call (402) 555-0100" in words(response)
        assert "no-store" in response["Cache-Control"]
    assert answers() == []


def test_nor_once_it_was_called_off(phone, url, person, program, reminder):
    gone = {"for_on": reminder.for_on, "starts_at": None, "due_at": timezone.now()}
    was_told(person, program, kind="change", round=1, **gone)
    assert phone.get(url).status_code == 410
    assert phone.post(url, {"word": "coming"}).status_code == 410
    assert answers() == []


@pytest.mark.parametrize("kind", ["weekly"])
def test_a_message_that_asks_nothing_has_no_such_page(phone, person, program, kind):
    reminder = asked_of(person, program, kind=kind)
    assert phone.get(answer_url(reminder)).status_code == 404


def test_what_is_no_token_of_ours_opens_nothing(phone, url, reminder):
    wrong = [
        "/a/owl/",
        "/a/%C3%A9/",
        url[:-2] + "/",
        url.replace("/a/", "/a/A"),
        path(stop_url(reminder)).replace("/u/", "/a/"),
    ]
    for address in wrong:
        for response in (phone.get(address), phone.post(address, {"word": "coming"})):
            assert response.status_code == 404
            assert "This link does not work" in words(response)
    assert answers() == []


def test_a_token_for_another_reminder_is_about_that_one_only(phone, url, program):
    other = a_reader(program, "+13125550177")
    theirs = asked_of(other, program)
    phone.post(answer_url(theirs), {"word": "not_coming"})
    assert Answer.objects.get().participant == other
    assert "You told us" not in words(phone.get(url))


def test_it_speaks_the_language_of_its_reader(phone, person, program, reminder, url):
    person.language = "es"
    person.save()
    response = phone.get(url, headers={"Accept-Language": "en"})
    assert '<html lang="es"' in response.content.decode()
    month = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"]
    month += ["septiembre", "octubre", "noviembre", "diciembre"]
    assert month[reminder.for_on.month - 1] in words(response).lower()


def test_as_many_statements_for_one_message_as_for_many(
    phone, url, person, program, reminder, django_assert_num_queries
):
    with django_assert_num_queries(3):
        phone.get(url)
    for number in range(1, 6):
        now = timezone.now()
        starts_at = now + timedelta(hours=20)
        told = {"for_on": reminder.for_on, "starts_at": starts_at, "due_at": now}
        was_told(person, program, kind="change", round=number, **told)
    with django_assert_num_queries(3):
        phone.get(url)
