"""A reminder could be read over a shoulder."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from programs.models import Language
from reminders.wording import letter_for
from tests import build
from tests.build import moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "clock", "body"),
    [
        (
            "en",
            "17:30",
            "You have an appointment tomorrow at 5:30 PM. Questions? Call (402) 555-0100.",
        ),
        (
            "es",
            "17:30",
            "Tiene una cita mañana a las 5:30 PM. ¿Preguntas? Llame al (402) 555-0100.",
        ),
        (
            "es",
            "13:00",
            "Tiene una cita mañana a la 1:00 PM. ¿Preguntas? Llame al (402) 555-0100.",
        ),
    ],
)
def test_in_the_participants_language_at_the_sites_time(site, language, clock, body):
    letter = letter_for(moment("2026-11-24", clock), site=site, language=language)
    assert letter.body == body
    assert letter.sender == "Appointment desk"


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_the_days_the_clocks_change(site, day, language):
    letter = letter_for(moment(day, "17:30"), site=site, language=language)
    assert "5:30 PM" in letter.body


def test_another_zone():
    phoenix = build.a_site(timezone="America/Phoenix")
    letter = letter_for(datetime(2026, 7, 1, 0, 30, tzinfo=UTC), site=phoenix, language="en")
    assert letter.body == "You have an appointment tomorrow at 5:30 PM."
    assert letter.sender == ""


REVEALING = ("iop", "program", "group", "therapy", "treatment", "recovery", "health", "clinic")


@pytest.mark.parametrize("language", Language.values)
def test_it_reveals_nothing(site, language):
    letter = letter_for(moment("2026-11-24", "09:00"), site=site, language=language)
    said = f"{letter.sender} {letter.subject} {letter.body}".lower()
    assert not [word for word in (*REVEALING, "http", site.name.lower()) if word in said]
