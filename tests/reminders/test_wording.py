"""A message could be read over a shoulder: what it says, of which day, in whose language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from programs.models import Channel, Language, Site
from reminders.models import MessageTemplate, ResponseWords, TextKind
from reminders.wording.gsm7 import segments
from reminders.wording.guard import Reveals
from reminders.wording.kinds import text_kind
from reminders.wording.letters import Facts, Letter, letter_for, response_letter
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder

pytestmark = pytest.mark.django_db

TODAY, TUESDAY = MONDAY, MONDAY + timedelta(days=1)
LINK = "https://desk.example/a/" + "x" * 38
KINDS = list(TextKind)


def said(site: Site, start: str | None = "17:30", day: date = TUESDAY, **facts: Any) -> Letter:
    """The evening's text in English of one day, or what is asked for."""
    template = facts.pop("template", None)
    told = {day: moment(day, start, site.zone) if start else None}
    given = {"kind": TextKind.EVENING, "channel": "sms", "language": "en", "told": told}
    return letter_for(Facts(site=site, **{"today": TODAY, **given, **facts}), template)


def own(body: str, **fields: Any) -> MessageTemplate:
    given = {"kind": "evening", "channel": "sms", "language": "en", **fields}
    return MessageTemplate(body=body, **given)


@pytest.mark.parametrize(
    ("kind", "language", "start", "body"),
    [
        ("evening", "en", "17:30", "You have an appointment tomorrow at 5:30 PM."),
        ("evening", "es", "17:30", "Tiene una cita mañana a las 5:30 PM."),
        ("evening", "es", "13:00", "Tiene una cita mañana a la 1:00 PM."),
        ("evening", "es", "01:15", "Tiene una cita mañana a la 1:15 AM."),
        ("soon", "en", "17:30", "Your appointment is tomorrow at 5:30 PM."),
        ("changed", "en", "16:00", "New time tomorrow: 4:00 PM."),
        ("changed", "es", "13:30", "Hora nueva mañana: a la 1:30 PM."),
        ("called_off", "en", None, "You have no appointment tomorrow after all."),
        ("called_off", "es", None, "Al final no tiene cita mañana."),
    ],
)
def test_a_text_at_the_sites_time(site, kind, language, start, body):
    letter = said(site, start, kind=TextKind(kind), language=language)
    assert letter.body.startswith(f"Appointment desk: {body} ")
    assert "(402) 555-0100" in letter.body
    assert "STOP" in letter.body
    assert (letter.sender, letter.subject) == ("Appointment desk", "")


def test_a_text_asks_for_an_answer(site):
    assert said(site).body == (
        "Appointment desk: You have an appointment tomorrow at 5:30 PM. Reply 1 if you are coming,"
        " 2 if not. Call (402) 555-0100. STOP ends messages."
    )
    assert "Responda 1 si viene, 2 si no." in said(site, language="es").body


def test_an_email(site):
    letter = said(site, channel="email", link=LINK)
    assert letter.subject == "Your appointment tomorrow, Tuesday"
    assert letter.body == (
        "You have an appointment tomorrow, Tuesday, at 5:30 PM at our office.\n\n"
        f"Please tell us whether you are coming: {LINK}\n\n"
        "Call (402) 555-0100 with questions."
    )
    spanish = said(site, "13:00", channel="email", language="es")
    assert spanish.subject == "Su cita mañana, martes"
    assert spanish.body == (
        "Tiene una cita mañana, martes, a la 1:00 PM, en nuestra oficina.\n\n"
        "Si tiene preguntas, llame al (402) 555-0100."
    )


@pytest.mark.parametrize(
    ("ahead", "channel", "language", "words"),
    [
        (0, "sms", "en", "today"),
        (0, "email", "es", "hoy, lunes"),
        (1, "sms", "es", "mañana"),
        (2, "sms", "en", "on Wed Nov 25"),
        (2, "sms", "es", "el mié 25 nov"),
        # Phones have no á.
        (5, "sms", "es", "el sab 28 nov"),
        (5, "email", "es", "el sábado, 28 de noviembre"),
        (2, "email", "en", "on Wednesday, November 25"),
        (-1, "sms", "en", "on Sun Nov 22"),
    ],
)
def test_days_as_one_says_them(site, ahead, channel, language, words):
    letter = said(
        site,
        None,
        TODAY + timedelta(ahead),
        kind=TextKind.CALLED_OFF,
        channel=channel,
        language=language,
    )
    assert f" {words.replace('sábado,', 'sábado')}" in letter.body


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_the_days_the_clocks_change(site, day, language):
    on = date.fromisoformat(day)
    assert "5:30 PM" in said(site, day=on, today=on, language=language).body


def test_another_zone():
    phoenix = build.a_site(timezone="America/Phoenix")
    told = {date(2026, 6, 30): datetime(2026, 7, 1, 0, 30, tzinfo=UTC)}
    letter = letter_for(Facts(TextKind.SOON, "sms", "en", phoenix, date(2026, 6, 30), told))
    # No name, no phone: the sentence with the phone is left out.
    assert letter.body == (
        "Reminder: Your appointment is today at 5:30 PM. Reply 1 if you are coming, 2 if not."
        " STOP ends messages."
    )
    assert letter.sender == ""


def test_the_week_ahead(site):
    days = [MONDAY + timedelta(days=ahead) for ahead in (2, 0)]
    told: dict[date, datetime | None] = {day: moment(day, "17:30") for day in days}
    told[MONDAY + timedelta(days=3)] = None
    facts = {"kind": TextKind.WEEKLY, "site": site, "today": MONDAY - timedelta(days=1)}
    text = letter_for(Facts(channel="sms", language="en", told=told, **facts))
    assert "Your appointments: Mon Nov 23 5:30 PM, Wed 5:30 PM. Call" in text.body
    email = letter_for(Facts(channel="email", language="es", told=told, **facts))
    assert "lunes 23 de noviembre, 5:30 PM\nmiércoles 25 de noviembre, 5:30 PM\n" in email.body
    nothing = letter_for(Facts(channel="sms", language="en", told={MONDAY: None}, **facts))
    assert "Your appointments: no appointments." in nothing.body


# --- one message each -------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("kind", KINDS)
def test_every_usual_text_is_one_message(kind, language):
    """With a long name, a phone, late at night, on whatever day of the year, however far."""
    site = build.a_site(reminder_sender="The appointment desk", callback_phone="+14025550100")
    for day in (MONDAY + timedelta(days=each) for each in range(0, 366, 5)):
        week = range(5) if kind == TextKind.WEEKLY else [0]
        days = [day + timedelta(days=each) for each in week]
        told = {
            each: None if kind == TextKind.CALLED_OFF else moment(each, "22:30") for each in days
        }
        facts = Facts(kind, Channel.SMS, language, site, TODAY, told, names=frozenset())
        letter = letter_for(facts)
        assert segments(letter.body) == 1, letter.body


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("words", ResponseWords)
def test_every_response_is_one_message(words, language):
    site = build.a_site(reminder_sender="The appointment desk", callback_phone="+14025550100")
    letter = response_letter(words, site=site, language=language, channel="sms")
    assert segments(letter.body) == 1
    assert letter.body.startswith("The appointment desk: ")
    assert letter.subject == ""
    assert response_letter(words, site=site, language=language, channel="email").subject


def test_what_responses_say(site):
    def answer(words: ResponseWords, language: str = "en") -> str:
        return response_letter(words, site=site, language=language, channel="sms").body

    assert "no more messages from us. START brings them back." in answer(ResponseWords.STOPPED)
    assert "Call (402) 555-0100" in answer(ResponseWords.HELP)
    assert "3 ill 4 work or school 5 no ride 6 children or family 7 another" in answer(
        ResponseWords.WHY
    )
    assert "3 enfermedad 4 trabajo" in answer(ResponseWords.WHY, "es")
    assert "START los trae" in answer(ResponseWords.STOPPED, "es")


# --- our own words ----------------------------------------------------------------------------


def test_our_own_words(site):
    letter = said(site, template=own("See you {day} at {time}. Call {phone}."))
    assert letter.body == "See you tomorrow at 5:30 PM. Call (402) 555-0100."
    assert said(site, template=own("{day} {time}", is_own=False)) == said(site)
    spanish = own("Le vemos a las {time}, {day}. Las {time} es la hora.", language="es")
    body = said(site, "13:00", template=spanish, language="es").body
    assert body == "Le vemos a la 1:00 PM, mañana. La 1:00 PM es la hora."


@pytest.mark.parametrize("body", ["No time {day}", "{day} {time} {name}", "{day} {time} {", "{}"])
def test_words_that_are_not_whole_are_not_used(site, body):
    assert said(site, template=own(body)) == said(site)


def test_the_clinic_is_named_to_who_agreed(site, clinic):
    words = own("{clinic}: {day} {time}.")
    assert said(site, template=words).body == "Appointment desk: tomorrow 5:30 PM."
    named = said(site, template=words, clinic=clinic.name)
    assert named.body == f"{clinic.name}: tomorrow 5:30 PM."


def test_a_link_gives_nothing_away_by_chance(site):
    words = own("{day} {time} {link}")
    assert said(site, template=words, link="https://x.example/a/-iop-").body.endswith("-iop-")


@pytest.mark.parametrize(
    "text", ["Group {day} {time}", "{day} {time} Evening IOP", "{day}{time} Río"]
)
def test_words_that_reveal_are_refused_at_the_last_moment(site, program, text):
    build.a_group(program, name="Rio")
    with pytest.raises(Reveals):
        said(site, template=own(text))


def test_nobody_reads_their_name(site):
    words = own("Hello Jo, {day} {time}")
    assert said(site, template=words, recipient=("Ann", "Lee"))
    with pytest.raises(Reveals):
        said(site, template=words, recipient=("Josephine", "Lee", "Jo"))


@pytest.mark.parametrize("sender", ["Your Therapy", "Rehab desk", "Prairie  recovery"])
def test_a_sender_that_reveals(sender):
    site = build.a_site(reminder_sender=sender)
    with pytest.raises(Reveals):
        said(site)
    with pytest.raises(Reveals):
        response_letter(ResponseWords.STOPPED, site=site, language="en", channel="sms")


def test_who_looks_the_names_up_once_needs_no_statement(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        said(site, names=frozenset())
    with django_assert_num_queries(1):
        said(site)


@pytest.mark.parametrize("told", [{}, {MONDAY: None}])
def test_nothing_to_say(site, told):
    with pytest.raises(ValueError, match="tells of nothing"):
        letter_for(Facts(TextKind.EVENING, "sms", "en", site, TODAY, told))


def test_which_words_a_reminder_has(program):
    person, day = build.a_participant(), MONDAY.isoformat()
    assert text_kind(a_reminder(person, program)) == TextKind.EVENING
    told = {day: "2026-11-23T23:30:00Z"}
    assert text_kind(a_reminder(person, program, kind="change", round=1, told=told)) == "changed"
    off = a_reminder(person, program, kind="change", round=2, told={day: None})
    assert text_kind(off) == TextKind.CALLED_OFF
