"""The week in numbers says how many of what, in both languages, and nothing about whom."""

from __future__ import annotations

import pytest

from programs.models import Language
from reminders.models import NoticeKind
from reminders.notices.counts import COUNTED, in_numbers
from reminders.notices.links import link_of
from reminders.notices.wording import notice_letter
from tests import build
from tests.build import MONDAY
from tests.build_records import a_staff_notice

COUNTS = {"met": 5, "recoverable": 2, "unreachable": 1, "exempt": 0, "alerts": 1}
# What a letter in somebody's mailbox never names.
REVEALING = (
    *("iop", "php", "program", "group", "therap", "treatment", "recovery", "health", "clinic"),
    *("addict", "substance", "participant", "patient", "attendance", "hours", "session"),
    *("tratamiento", "salud", "clínica", "paciente", "adicci", "programa", "sesión", "horas"),
)


def test_in_english():
    assert in_numbers(COUNTS, Language.ENGLISH) == (
        "5 met, 2 can still be saved, 1 out of reach, 1 alert open"
    )


def test_in_spanish():
    assert in_numbers(COUNTS, Language.SPANISH) == (
        "5 completas, 2 aún se pueden salvar, 1 fuera de alcance, 1 aviso abierto"
    )


@pytest.mark.parametrize(
    ("language", "said"), [("en", "nothing to count"), ("es", "nada que contar")]
)
def test_where_there_is_nobody(language, said):
    assert in_numbers({"met": 0}, Language(language)) == said


def test_both_languages_count_the_same():
    assert set(COUNTED) == set(Language)
    assert len({tuple(words) for words in COUNTED.values()}) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [NoticeKind.DIGEST, NoticeKind.CLOSED])
def test_the_letter_is_numbers_and_a_link(kind, settings):
    settings.SITE_URL = "https://desk.example"
    program = build.a_program(name="Opioid recovery")
    every = dict.fromkeys(COUNTED[Language.ENGLISH], 3)
    notice = a_staff_notice(program, kind=kind, counts=every, week_on=MONDAY)
    letter = notice_letter(kind, url=link_of(notice), site=program.site, counts=notice.counts)
    *said, _blank, link = letter.body.splitlines()
    assert link == f"https://desk.example/hours/{program.public_id}/?week=2026-11-23"
    words = " ".join([letter.subject, *said]).lower()
    assert not [word for word in REVEALING if word in words]
    for language in Language:
        assert in_numbers(every, language) in letter.body


@pytest.mark.django_db
def test_a_digest_says_what_it_is():
    program = build.a_program()
    letter = notice_letter(NoticeKind.DIGEST, url="https://x", site=program.site, counts=COUNTS)
    assert letter.subject == "The week in numbers / La semana en números"
    assert letter.body.splitlines()[0] == (
        "The week in numbers: 5 met, 2 can still be saved, 1 out of reach, 1 alert open."
    )
