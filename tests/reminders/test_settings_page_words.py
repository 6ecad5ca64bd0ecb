"""The pages of the words: every message as it would be read, and a program's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from programs.models import Channel, Language, Program
from reminders.links import ANSWER, token_of
from reminders.models import MessageTemplate, TextKind
from reminders.settings_page import actions
from reminders.settings_page.checking import look_over
from reminders.settings_page.example import EXAMPLE
from reminders.settings_page.message import Message
from reminders.wording.usual import Words
from tests import build
from tests.build_reminders import a_reminder, a_template

pytestmark = pytest.mark.django_db

OURS = "See you {day} at {time}. Call {phone}. STOP ends messages."


@pytest.fixture
def office(director: User) -> Client:
    client = Client()
    client.force_login(director)
    return client


@pytest.fixture
def send(office: Client, program: Program) -> Callable:
    """Return a function that sends the form of a message, and gives the page that answers."""

    def send_form(step: str, path: str = "evening/sms/en", **typed: str):
        return office.post(address(program, path), {"step": step, **typed}, follow=True)

    return send_form


def address(program: Program, path: str) -> str:
    return f"/reminders/{program.public_id}/words/{path}/"


def evening(program: Program) -> Message:
    return Message(program, TextKind.EVENING, Channel.SMS, Language.ENGLISH)


def errors(answer) -> dict[str, list[str]]:
    return dict(answer.context["page"].form.errors)


# --- all of them ------------------------------------------------------------------------------


def test_every_message_is_there(office, program):
    answer = office.get(f"/reminders/{program.public_id}/words/")
    said = answer.content.decode()
    page = answer.context["page"]
    cards = [card for section in page.sections for card in section.cards]
    assert len(cards) == len(TextKind) * len(Channel) * len(Language)
    assert all(card.url in said for card in cards)
    assert "Appointment desk: You have an appointment tomorrow at 5:30 PM." in said
    assert "Tiene una cita mañana a las 5:30 PM." in said
    assert "3 ill 4 work or school" in said
    assert "In our own words" not in said
    assert page.problems == ()


def test_usual_texts_say_how_to_stop(office, program):
    said = office.get(address(program, "evening/sms/es")).content.decode()
    assert "It does not say that STOP" not in said
    assert "STOP termina mensajes." in said


def test_our_own_are_marked(office, program):
    a_template(program, body=OURS)
    a_template(program, kind="soon", is_own=False)
    a_template(build.a_program(program.site), language="es")
    said = office.get(f"/reminders/{program.public_id}/words/").content.decode()
    assert said.count("In our own words") == 1
    assert "See you tomorrow at 5:30 PM. Call (402) 555-0100." in said


@pytest.mark.parametrize("many", [1, 3])
def test_the_same_few_statements(office, program, many, django_assert_num_queries):
    for kind in ["evening", "soon", "changed"][:many]:
        a_template(program, kind=kind)
        build.a_group(program)
    office.get("/")
    with django_assert_num_queries(8):
        office.get(f"/reminders/{program.public_id}/words/")


def test_what_stands_in_the_way_at_the_site(office, program):
    program.site.reminder_sender, program.site.callback_phone = "Rehab desk", ""
    program.site.save()
    said = office.get(f"/reminders/{program.public_id}/words/").content.decode()
    assert "name for messages says too much, so nothing goes out: rehab." in said
    assert "The site has no call-back phone" in said
    assert "STOP ends messages." in said


# --- one of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TextKind)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("language", Language)
def test_each_has_its_page(office, program, kind, channel, language):
    answer = office.get(address(program, f"{kind}/{channel}/{language}"))
    assert answer.status_code == 200
    page = answer.context["page"]
    assert page.previews[0].letter.body
    assert ("subject" in page.form.fields) is (channel == Channel.EMAIL)


@pytest.mark.parametrize("path", ["owl/sms/en", "evening/owl/en", "evening/sms/fr"])
def test_a_message_there_is_not(office, program, path):
    assert office.get(address(program, path)).status_code == 404


def test_a_preview_changes_nothing(send):
    answer = send("preview", body="Hello.\r\n\r\n{sender}: {day}, {time}.")
    assert answer.context["page"].previews[0].letter.body == (
        "Hello.\n\nAppointment desk: tomorrow, 5:30 PM."
    )
    said = answer.content.decode()
    assert "44 of 160 characters," in said
    assert "1 text message" in said
    assert "It does not say that STOP ends messages." in said
    assert not MessageTemplate.objects.exists()


def test_a_preview_of_letters_that_phones_lack(send):
    said = send("preview", body="Mañana será {day} a las {time}, según lo acordado. " * 2)
    page = said.content.decode()
    assert "of 70 characters," in page
    assert "Phones have no á ú in their short alphabet" in page
    assert "2 text messages" in page


def test_a_preview_says_how_long_it_may_get(send):
    answer = send("preview", body="{day} {time} " + "x" * 142)
    assert answer.context["page"].previews[0].segments == 1
    assert "up to 2 where dates and times are long" in answer.content.decode()


def test_a_preview_for_who_agreed_to_the_name(send, clinic):
    answer = send("preview", body="{clinic}: {day} {time}")
    assert errors(answer) == {}
    plain, named = answer.context["page"].previews
    assert plain.letter.body == "Appointment desk: tomorrow 5:30 PM"
    assert named.letter.body == f"{clinic.name}: tomorrow 5:30 PM"
    assert "By who agreed that the clinic is named" in answer.content.decode()


def test_they_are_kept(send, program, director):
    said = send("save", "evening/email/es", subject="Su cita {day}", body="{day}, a las {time}.")
    assert "The words are saved." in said.content.decode()
    stored = MessageTemplate.objects.get()
    assert (stored.subject, stored.body, stored.is_own) == (
        "Su cita {day}",
        "{day}, a las {time}.",
        True,
    )
    event = AuditEvent.objects.get(verb="message_words.changed")
    assert (event.by, event.subject_id, event.program_id) == (
        director,
        stored.public_id,
        program.public_id,
    )
    assert event.detail == {"kind": "evening", "channel": "email", "language": "es"}


def test_again_and_back(send, program):
    send("save", body=OURS)
    send("save", body=OURS)
    send("save", body="{day} {time}")
    assert AuditEvent.objects.filter(verb="message_words.changed").count() == 2
    said = send("usual").content.decode()
    assert "The usual words hold again." in said
    stored = MessageTemplate.objects.get()
    assert (stored.is_own, stored.body) == (False, "{day} {time}")
    assert AuditEvent.objects.filter(verb="message_words.usual").count() == 1
    send("usual")
    assert AuditEvent.objects.filter(verb="message_words.usual").count() == 1
    send("save", body="{day} {time}")
    stored.refresh_from_db()
    assert stored.is_own
    assert stored.events.count() == 4


@pytest.mark.parametrize("step", ["preview", "save"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the text of the message"),
        ("x" * 1001, "Enter 1000 letters or fewer; these are 1001"),
        ("See you {day}", "The text needs {time}, in braces."),
        ("Hi", "The text needs {day}, {time}, in braces."),
        ("{day} {time} {name}", "{name} cannot be filled in here. What can be is {day}, {time},"),
        ("{day} {time} {week}", "{week} cannot be filled in here."),
        ("{day.year} {day} {time}", "{day.year} cannot be filled in here."),
        ("{day} {time} }", "} cannot be filled in here."),
        (
            "Group t h e r a p y {day} {time}",
            "reads along: “group”, “t h e r a p y”. Say it without.",
        ),
        ("{day} {time} Evening IOP", "“iop”"),
        ("{day} {time} at the tr\u0435atment", "“\u0435”"),
        ("{day} {time}, Amara Okoye", "“amara okoye”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(send, program, step, typed, words):
    build.an_enrollment(program, build.a_participant(first_name="Amara", last_name="Okoye"))
    answer = send(step, body=typed)
    assert words in " ".join(errors(answer)["body"])
    assert answer.context["page"].form["body"].value() == typed
    assert "Error:" in answer.content.decode()
    assert not MessageTemplate.objects.exists()


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("", "Enter a subject"),
        ("Your session {day}", "“session”"),
        ("{link}", "{link} cannot be filled in here."),
        ("x" * 121, "Enter 120 letters or fewer; these are 121"),
    ],
)
def test_a_subject_is_looked_at_too(send, subject, words):
    answer = send("save", "evening/email/en", subject=subject, body="{day} {time}")
    assert words in errors(answer)["subject"][0]
    assert not MessageTemplate.objects.exists()


def test_usual_words_pass(program):
    for kind in TextKind:
        for channel in Channel:
            for language in Language:
                message = Message(program, kind, channel, language)
                look_over(message, message.usual)


def test_the_action_looks_for_itself(program, director):
    with pytest.raises(NotKept):
        actions.keep_words(message=evening(program), words=Words("Group {day} {time}"), by=director)
    assert not MessageTemplate.objects.exists()
    assert not AuditEvent.objects.exists()


def test_nothing_is_kept_where_the_trail_cannot_be_written(program, director, monkeypatch):
    def no_trail(*_args, **_facts):
        raise RuntimeError

    monkeypatch.setattr(actions, "write_audit", no_trail)
    with pytest.raises(RuntimeError):
        actions.keep_words(message=evening(program), words=Words(OURS), by=director)
    assert not MessageTemplate.objects.exists()
    stored = a_template(program)
    with pytest.raises(RuntimeError):
        actions.use_usual_words(message=evening(program), by=director)
    stored.refresh_from_db()
    assert stored.is_own


def test_the_example_link_is_as_long_as_a_real_one(program):
    reminder = a_reminder(build.a_participant(), program)
    assert len(token_of(reminder, ANSWER)) == len(EXAMPLE)
    assert reverse("answers:answer", args=[EXAMPLE])
