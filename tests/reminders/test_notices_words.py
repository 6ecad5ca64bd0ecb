"""What notices say, by email and by text: in both languages, nothing about whom, one segment."""

from __future__ import annotations

import pytest

from programs.models import Language, Site
from reminders.models import NoticeKind
from reminders.notices.counts import day_in_numbers
from reminders.notices.links import OF_A_PROGRAM, OF_ONE, link_of
from reminders.notices.wording import WORDS, letter_of, notice_text
from reminders.wording.gsm7 import beyond_gsm7, segments
from tests import build
from tests.build import MONDAY
from tests.build_records import a_staff_notice
from tests.reminders.test_notices_counts import REVEALING

pytestmark = pytest.mark.django_db

OF_A_DAY = {"sessions": 3, "first": 540}
FAILED = {"failed": 3, "unknown": 1, "expired": 2, "skipped": 4}
# As long as an address may be without taking the words away.
ADDRESS = "https://iop.harbor.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = ADDRESS


def a_notice(kind: str, **fields):
    counts = {"today": OF_A_DAY, "failures": FAILED, "digest": {"met": 5}}.get(kind, {})
    program = build.a_program(name="Opioid recovery")
    return a_staff_notice(program, kind=kind, counts=counts, **fields)


@pytest.mark.parametrize(
    ("counts", "english", "spanish"),
    [
        (
            OF_A_DAY,
            "3 sessions today, the first at 9:00 AM",
            "3 sesiones hoy, la primera a las 9:00 AM",
        ),
        (
            {"sessions": 1, "first": 13 * 60},
            "1 session today, at 1:00 PM",
            "1 sesión hoy, a la 1:00 PM",
        ),
    ],
)
def test_the_day_in_numbers(counts, english, spanish):
    assert day_in_numbers(counts, Language.ENGLISH) == english
    assert day_in_numbers(counts, Language.SPANISH) == spanish


def test_today_by_email():
    notice = a_notice("today")
    letter = letter_of(notice)
    assert letter.subject == "Today / Hoy"
    assert letter.body.splitlines() == [
        "3 sessions today, the first at 9:00 AM.",
        "",
        "3 sesiones hoy, la primera a las 9:00 AM.",
        "",
        f"{ADDRESS}/today/{notice.program.public_id}/",
    ]


def test_failures_by_email():
    notice = a_notice("failures")
    letter = letter_of(notice)
    assert letter.subject == "Messages that did not go out / Mensajes que no salieron"
    english, _blank, spanish, _blank, link = letter.body.splitlines()
    assert english == (
        "Messages that did not go out: 3 failed, 1 may have arrived, 2 too late, 4 kept back."
    )
    assert spanish == (
        "Mensajes que no salieron: 3 fallidos, 1 quizá llegó, 2 llegaron tarde, 4 retenidos."
    )
    assert link == f"{ADDRESS}/reminders/{notice.program.public_id}/failures/"


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_every_kind_leads_somewhere_and_has_words(kind):
    assert (kind in OF_ONE) is not (kind in OF_A_PROGRAM)
    assert all(kind in words.kinds for words in WORDS.values())
    assert link_of(a_notice(kind)).startswith(ADDRESS)


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_a_text_is_one_segment_with_its_link(kind):
    notice = a_notice(kind, channel="sms", week_on=MONDAY if kind in ("digest", "closed") else None)
    letter = letter_of(notice)
    assert letter.subject == ""
    assert letter.body.endswith(f" {link_of(notice)}")
    assert (segments(letter.body), beyond_gsm7(letter.body)) == (1, ())
    words = letter.body.removesuffix(link_of(notice)).lower()
    assert " / " in words, "in both languages"
    assert not [word for word in REVEALING if word in words]


@pytest.mark.parametrize(
    ("sender", "url", "said"),
    [
        ("Desk", "https://x.example/", "Desk: Something waits for you / Algo le espera"),
        ("Désk ú", "https://x.example/".ljust(40, "a"), "Something waits for you / Algo le espera"),
        ("", "https://x.example/", "Something waits for you / Algo le espera"),
        ("Desk", "https://x.example/".ljust(115, "a"), "Something waits for you / Algo le espera"),
        ("Desk", "https://x.example/".ljust(130, "a"), "Something waits for you"),
        # Where not even that fits, it is two segments: better than words cut off.
        ("Desk", "https://x.example/".ljust(200, "a"), "Something waits for you"),
    ],
)
def test_as_much_as_fits(sender, url, said):
    site = Site(reminder_sender=sender)
    assert notice_text(NoticeKind.NOTES, url=url, site=site).body == f"{said} {url}"


def test_what_cannot_wait_says_so():
    letter = letter_of(a_notice("safety", channel="sms"))
    assert letter.body.startswith("Please look now / Mire ahora, por favor https://")
