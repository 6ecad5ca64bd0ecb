"""Somebody checks in by themselves: who they are, what they answer, what they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.kiosk.limits import TRIES
from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession
from programs.models import Participant, Program
from reminders.models import StaffNotice
from tests import build
from tests.attendance.kiosk import (
    ANSWERS,
    ASK,
    HERE,
    THANKS,
    amara,
    forward,
    in_kiosk,
    who,
    words,
)
from tests.attendance.sheet import a_member, a_running_session
from tests.build_records import a_check_in

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
CALM = {
    "mood": "7",
    "craving": "2",
    "used_since": "no",
    "setback": "A bad night.",
    "went_well": "Called a friend.",
    "skill": "Breathing",
    "homework": "done",
    "safety": "no",
}


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def kiosk(client_of: ClientOf, session: GroupSession, facilitator: User) -> Client:
    return in_kiosk(client_of(facilitator), session)


@pytest.fixture
def mara(session: GroupSession) -> Participant:
    return amara(session)


def test_from_the_name_to_thank_you(
    kiosk: Client, session: GroupSession, mara: Participant, facilitator: User
):
    assert kiosk.post(HERE, who()).headers["Location"] == ANSWERS
    page = words(kiosk.get(ANSWERS))
    assert "Hello Mara" in page
    assert kiosk.post(ANSWERS, CALM).headers["Location"] == THANKS
    assert "Your check-in is with your facilitator." in words(kiosk.get(THANKS))
    row = CheckIn.objects.get()
    assert (row.session, row.participant, row.is_by_participant) == (session, mara, True)
    assert (row.mood, row.craving, row.homework, row.safety) == (7, 2, "done", "no")
    assert (row.setback, row.went_well, row.skill) == (
        "A bad night.",
        "Called a friend.",
        "Breathing",
    )
    assert row.entered_by == facilitator
    event = AuditEvent.objects.get(verb="check_in.saved")
    assert event.participant_id == mara.public_id
    assert event.detail["is_by_participant"] is True
    assert kiosk.get(ANSWERS).headers["Location"] == HERE


def test_nobody_learns_who_is_on_the_sheet(kiosk: Client, session: GroupSession, program: Program):
    """One word for all: not there, wrong day, no birthday on record, twins, checked in already."""
    amara(session)
    a_member(session, first_name="Ben", last_name="Vega", birth_date=None)
    for last in ("Lund", "Lundgren"):
        a_member(session, first_name="Cyd", last_name=last, birth_date="1990-01-02")
    dev = a_member(session, first_name="Dev", last_name="Rao", birth_date="1990-01-03")
    a_check_in(session, dev)
    elsewhere = build.a_participant(first_name="Eve", birth_date="1990-01-04")
    build.an_enrollment(program, elsewhere)
    pages = set()
    for typed in (
        who("Nobody", 1, 1),
        who("Mara", 4, 18),
        who("Ben", 1, 1),
        who("Cyd", 1, 2),
        who("Dev", 1, 3),
        who("Eve", 1, 4),
    ):
        answer = kiosk.post(HERE, typed)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert ASK in page
        for part in ("Nobody", "Mara", "Ben", "Cyd", "Dev", "Eve"):
            page = page.replace(part, "")
        pages.add(
            "".join(each for each in page if not each.isdigit() and each != "\n").split("csrf")[0]
        )
        assert "kiosk_answering" not in kiosk.session
    assert len(pages) == 1


def test_no_page_says_who_is_expected(kiosk: Client, session: GroupSession, mara: Participant):
    a_member(session, first_name="Zephyrine", last_name="Quill", birth_date="1990-01-02")
    kiosk.post(HERE, who())
    for address in (ANSWERS, HERE, "/kiosk/leave/"):
        page = words(kiosk.get(address))
        for name in ("Zephyrine", "Quill", "Okoye", "Amara", session.group.name):
            assert name not in page, address
        title = page[page.index("<title>") : page.index("</title>")]
        assert "Mara" not in title


def test_somebody_recorded_who_was_not_expected(kiosk: Client, session: GroupSession):
    walked_in = build.a_participant(first_name="Wim", birth_date="1990-05-06")
    build.a_record(session, walked_in)
    assert kiosk.post(HERE, who("wim", 5, 6)).headers["Location"] == ANSWERS


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (who(""), "Type your first name"),
        (who("   "), "Type your first name"),
        (who("a" * 1_000_000), "Type your first name only"),
        (who("nul\0"), "Null characters are not allowed"),
        (who(month=""), "Choose the month you were born in"),
        (who(month=13), "Choose the month you were born in"),
        (who(day="x"), "Choose the day you were born on"),
        ({}, "Type your first name"),
    ],
    ids=["blank", "spaces", "megabyte", "nul", "no-month", "month-13", "day-x", "nothing"],
)
def test_what_is_missing_is_said(kiosk: Client, mara: Participant, typed: dict, said: str):
    answer = kiosk.post(HERE, typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "There is a problem" in words(answer)


def test_ten_tries_a_minute(kiosk: Client, client_of: ClientOf, session, mara, facilitator):
    for _try in range(TRIES):
        assert kiosk.post(HERE, who("Nobody")).status_code == 422
    answer = kiosk.post(HERE, who())
    assert answer.status_code == 429
    assert "Please wait a minute" in words(answer)
    assert "kiosk_answering" not in kiosk.session
    # another kiosk of the same person counts for itself
    other = in_kiosk(client_of(facilitator), session)
    assert other.post(HERE, who()).headers["Location"] == ANSWERS


def test_after_five_minutes_nobody_answers(kiosk: Client, mara: Participant):
    kiosk.post(HERE, who())
    forward(kiosk, timezone.now() - timedelta(seconds=1))
    assert kiosk.post(ANSWERS, CALM).headers["Location"] == HERE
    assert not CheckIn.objects.exists()
    assert "kiosk_answering" not in kiosk.session


def test_who_is_still_there_gets_time_again(kiosk: Client, mara: Participant):
    kiosk.post(HERE, who())
    forward(kiosk, timezone.now() + timedelta(seconds=5))
    assert kiosk.head(ANSWERS).status_code == 200
    until = kiosk.session["kiosk_answering"]["until"]
    assert until > (timezone.now() + timedelta(minutes=4)).isoformat()


def test_starting_over_forgets_who_it_was(kiosk: Client, mara: Participant):
    kiosk.post(HERE, who())
    assert kiosk.get(HERE).status_code == 200
    assert kiosk.get(ANSWERS).headers["Location"] == HERE


def test_sent_twice_it_is_thanked_for_once(kiosk: Client, mara: Participant):
    kiosk.post(HERE, who())
    for _time in range(2):
        assert kiosk.post(ANSWERS, CALM).headers["Location"] == THANKS
    assert CheckIn.objects.get().version == 1


def test_a_yes_is_met_with_calm_words_and_told(
    kiosk: Client, mara: Participant, facilitator: User, clinician: User
):
    kiosk.post(HERE, who())
    page = words(kiosk.post(ANSWERS, {"safety": "yes"}, follow=True))
    for said in ("Thank you for telling us.", "988", "911", "Your facilitator is told"):
        assert said in page
    alert = SafetyAlert.objects.get()
    assert alert.check_in.participant == mara
    told = StaffNotice.objects.filter(kind="safety", about=alert.public_id)
    assert {each.user for each in told} == {facilitator, clinician}


def test_in_the_persons_language(kiosk: Client, session: GroupSession):
    amara(session, language="es")
    kiosk.post(HERE, who())
    answer = kiosk.get(ANSWERS)
    assert answer.headers["Content-Language"] == "es"
    assert '<html lang="es"' in words(answer)
    kiosk.post(ANSWERS, CALM)
    assert kiosk.get(THANKS).headers["Content-Language"] == "es"
    assert kiosk.get(HERE).headers["Content-Language"] == "en"
    assert kiosk.get(f"{HERE}?language=es").headers["Content-Language"] == "es"
    assert kiosk.get(f"{HERE}?language=tlh").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mood": "11"}, "Mood: choose a number from 0 to 10"),
        ({"safety": "maybe"}, "Safety question: choose yes or no"),
        ({"setback": "a" * 1_000_000}, "One setback: at most 2,000 letters"),
        ({"skill": "nul\0"}, "it holds a character that cannot be kept"),
        (dict.fromkeys(CALM, ""), "Nothing is answered yet."),
    ],
    ids=["mood", "safety", "megabyte", "nul", "nothing"],
)
def test_wrong_answers_are_said_and_nothing_is_lost(
    kiosk: Client, mara: Participant, changes: dict, said: str
):
    kiosk.post(HERE, who())
    sent = {**CALM, **changes}
    answer = kiosk.post(ANSWERS, sent)
    assert answer.status_code == 422
    page = words(answer)
    assert said in page
    assert (sent["went_well"] in page) is True
    assert not CheckIn.objects.exists()
    assert kiosk.post(ANSWERS, CALM).headers["Location"] == THANKS


def test_markup_is_shown_as_it_was_typed(kiosk: Client, mara: Participant):
    kiosk.post(HERE, who())
    page = words(kiosk.post(ANSWERS, {**CALM, "mood": "x", "skill": "<script>1</script>"}))
    assert "<script>1" not in page
    assert "&lt;script&gt;1&lt;/script&gt;" in page


def test_typed_meanwhile_by_the_facilitator(
    kiosk: Client, session: GroupSession, mara: Participant, clinician: User
):
    """Theirs stands; what the person answered stays on the screen, and a yes goes through."""
    kiosk.post(HERE, who())
    typed = a_check_in(session, mara, mood=3, skill="Walking")
    answer = kiosk.post(ANSWERS, {**CALM, "safety": "yes"})
    assert answer.status_code == 409
    page = words(answer)
    for said in ("Please show the facilitator this screen.", "A bad night.", "988"):
        assert said in page
    assert "Walking" not in page
    typed.refresh_from_db()
    assert (typed.mood, typed.skill, typed.safety) == (3, "Walking", "yes")
    assert SafetyAlert.objects.get().check_in == typed
    assert kiosk.get(ANSWERS).headers["Location"] == HERE


def test_signed_meanwhile(kiosk: Client, session: GroupSession, mara: Participant, facilitator):
    kiosk.post(HERE, who())
    build.a_sign_off(session, facilitator)
    answer = kiosk.post(ANSWERS, {**CALM, "safety": "yes"})
    assert answer.status_code == 409
    for said in ("Please show the facilitator this screen.", "A bad night.", "988"):
        assert said in words(answer)
    assert not CheckIn.objects.exists()
    assert kiosk.get(ANSWERS).headers["Location"] == HERE
    assert "The check-in is closed" in words(kiosk.get(HERE))


def test_a_duplicate_is_known_by_the_record_that_is_kept(kiosk: Client, session: GroupSession):
    kept = build.a_participant(first_name="Noor", birth_date="1980-07-08")
    person = amara(session)
    Participant.objects.filter(pk=person.pk).update(merged_into=kept, merged_at=timezone.now())
    assert kiosk.post(HERE, who()).status_code == 422
    assert kiosk.post(HERE, who("Noor", 7, 8)).headers["Location"] == ANSWERS
    assert "Hello Noor" in words(kiosk.get(ANSWERS))
    kiosk.post(ANSWERS, CALM)
    assert CheckIn.objects.get().participant == person


def test_no_page_is_kept_by_the_browser(kiosk: Client, mara: Participant):
    kiosk.post(HERE, who())
    for address in (HERE, "/kiosk/leave/"):
        assert "no-store" in kiosk.get(address).headers["Cache-Control"]
    kiosk.post(HERE, who())
    answer = kiosk.get(ANSWERS)
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'autocomplete="off"' in words(answer)


def test_nothing_about_the_person_is_in_the_log(kiosk: Client, mara: Participant, caplog, capfd):
    kiosk.post(HERE, who())
    kiosk.post(ANSWERS, {**CALM, "safety": "yes"})
    kiosk.get(THANKS)
    said = caplog.text + "".join(capfd.readouterr())
    for secret in ("Mara", str(mara.public_id), "A bad night", "1988"):
        assert secret not in said


def queries(client: Client, address: str, sent: dict | None = None) -> int:
    with CaptureQueriesContext(connection) as found:
        answer = client.post(address, sent) if sent else client.get(address)
        assert answer.status_code in (200, 302, 422)
    return len(found)


def test_the_same_queries_for_one_and_for_thirty(
    kiosk: Client, session: GroupSession, mara: Participant
):
    def count() -> list[int]:
        kiosk.get(HERE)
        found = [queries(kiosk, HERE), queries(kiosk, HERE, who("Nobody"))]
        found.append(queries(kiosk, HERE, who()))
        return [*found, queries(kiosk, ANSWERS)]

    one = count()
    for number in range(30):
        a_member(session, first_name=f"Other{number}", birth_date="1990-01-02")
    assert count() == one
    assert max(one) <= 10
