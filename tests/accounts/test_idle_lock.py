"""A session left alone is locked, and opens for its owner alone; time is what the session says."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.kept_form import SESSION_KEY as KEPT_FORM
from accounts.models import AuditEvent
from accounts.signed_in.actions import Unlocked, unlock_session
from accounts.signed_in.standing import BEGAN, SEEN
from tests import build

pytestmark = pytest.mark.django_db
PIN = "7359"
SCRIPT = {"X-Part": "1"}
POLL = {"HX-Request": "true", "X-Poll": "1"}


@pytest.fixture
def person(facilitator):
    facilitator.pin = make_password(PIN)
    facilitator.save(update_fields=["pin"])
    return facilitator


@pytest.fixture
def device(client_of, person) -> Client:
    return client_of(person)


@pytest.fixture
def board(program) -> str:
    return reverse("hours:board", args=[program.public_id])


def left_alone(device: Client, **ago: float) -> None:
    """Let it be so long since somebody was there."""
    session = device.session
    session[SEEN] = (timezone.now() - timedelta(**ago)).isoformat()
    session.save()


def began(device: Client, **ago: float) -> None:
    session = device.session
    session[BEGAN] = (timezone.now() - timedelta(**ago)).isoformat()
    session.save()


def trail() -> list[str]:
    found = AuditEvent.objects.filter(verb__startswith="session.").order_by("pk")
    return [f"{each.verb} {each.detail.get('how') or each.detail.get('why')}" for each in found]


def unlock(device: Client, **given: str):
    return device.post(reverse("unlock"), given, headers=SCRIPT)


def test_a_page_left_alone_for_a_quarter_of_an_hour_is_locked(device, board):
    left_alone(device, minutes=15)
    assert device.get(board).status_code == 200
    left_alone(device, minutes=16, seconds=1)
    page = device.get(board + "?week_on=2026-11-23")
    assert page.status_code == 423
    html = page.content.decode()
    assert "<h1>Locked</h1>" in html
    assert "FM is signed in here" in html
    assert "Fay Marlow" not in html
    assert f'name="next" value="{board}?week_on=2026-11-23"' in html
    assert trail() == ["session.locked idle"]
    assert device.get(board).status_code == 423
    assert trail() == ["session.locked idle"]


def test_how_long_is_a_setting(device, board, settings):
    settings.IOP_IDLE_MINUTES = 3
    left_alone(device, minutes=4, seconds=1)
    assert device.get(board).status_code == 423


def test_what_a_script_asks_for_is_refused_without_a_page(device, board):
    device.post(reverse("lock_now"), headers=SCRIPT)
    for headers in ({"HX-Request": "true"}, SCRIPT, {"Sec-Fetch-Mode": "cors"}):
        answer = device.get(board, headers=headers)
        assert (answer.status_code, answer.content) == (423, b"")


def test_what_a_page_asks_by_itself_is_nobody_being_there(device, board):
    left_alone(device, minutes=10)
    before = device.session[SEEN]
    device.get(board, headers=POLL)
    assert device.session[SEEN] == before
    device.get(board)
    assert device.session[SEEN] > before


def test_that_somebody_is_there_is_written_once_a_minute(
    device, board, django_assert_max_num_queries
):
    device.get(board)
    first = device.session[SEEN]
    device.get(board)
    assert device.session[SEEN] == first
    left_alone(device, seconds=61)
    device.post(reverse("still_here"))
    assert device.session[SEEN] > first


@pytest.mark.parametrize(
    ("given", "how"), [({"pin": PIN}, "pin"), ({"password": build.PASSWORD}, "password")]
)
def test_it_opens_by_pin_and_by_password(device, board, given, how):
    device.post(reverse("lock_now"))
    answer = device.post(reverse("unlock"), {**given, "next": board})
    assert (answer.status_code, answer["Location"]) == (302, board)
    assert device.get(board).status_code == 200
    assert trail() == ["session.locked hand", f"session.unlocked {how}"]


def test_it_leads_to_pages_of_this_site_only(device):
    device.post(reverse("lock_now"))
    answer = device.post(reverse("unlock"), {"pin": PIN, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_wrong_answer_says_how_many_tries_are_left(device, board):
    device.post(reverse("lock_now"))
    page = device.post(reverse("unlock"), {"pin": "8642", "next": board})
    assert page.status_code == 422
    assert "This is not right. 4 tries are left." in page.content.decode()
    assert f'name="next" value="{board}"' in page.content.decode()
    assert device.get(board).status_code == 423
    assert unlock(device).json() == {"words": "Enter your PIN or your password."}


def test_the_fifth_wrong_answer_ends_the_session(device, board, person):
    device.get(board)
    device.post(reverse("lock_now"))
    answers = [unlock(device, pin="8642") for _ in range(5)]
    assert [each.status_code for each in answers] == [422, 422, 422, 422, 401]
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert trail()[-1] == "session.ended tries"
    assert trail().count("session.unlock_refused pin") == 5
    assert device.get(board)["Location"].startswith("/sign-in/")
    # Nor does the right one help any more.
    assert unlock(device, pin=PIN).status_code == 302


def test_tries_are_counted_anew_once_it_was_opened(device):
    for _ in range(2):
        device.post(reverse("lock_now"))
        assert [unlock(device, pin="8642").status_code for _ in range(4)] == [422] * 4
        assert unlock(device, pin=PIN).status_code == 200


def test_many_tries_at_once_are_as_many_one_after_another(device, person):
    """Each was let in before any of them had counted: the session's row is what counts."""
    key = device.session.session_key
    shared = {"key": key, "is_right": False, "how": "pin", "by": person, "now": timezone.now()}
    outcomes = [unlock_session(**shared)[0] for _ in range(6)]
    assert outcomes == [Unlocked.WRONG] * 4 + [Unlocked.ENDED] * 2


def test_the_right_answer_after_the_fifth_wrong_one_opens_nothing(device, person):
    """It was checked while the session was still there, and counts when it is not any more."""
    shared = {"key": device.session.session_key, "how": "pin", "by": person, "now": timezone.now()}
    for _ in range(5):
        unlock_session(**shared, is_right=False)
    assert unlock_session(**shared, is_right=True) == (Unlocked.ENDED, 0)
    assert "session.unlocked pin" not in trail()
    assert not Session.objects.exists()


def test_a_form_sent_to_a_locked_page_is_kept_and_does_not_unlock_it(device, program):
    session = build.a_session(build.a_group(program))
    sheet = reverse("sheet:sheet", args=[program.public_id, session.public_id])
    left_alone(device, minutes=20)
    assert device.post(sheet, {"a": "1"}).status_code == 423
    assert device.session[KEPT_FORM] == {"path": sheet, "fields": [["a", "1"]]}
    assert device.get(sheet).status_code == 423
    assert unlock(device, pin=PIN).status_code == 200
    assert device.session[KEPT_FORM]["path"] == sheet


def test_signing_out_and_what_is_open_to_anybody_are_not_locked(device, clinic):
    device.post(reverse("lock_now"))
    assert device.get(reverse("account_logout")).status_code == 200
    assert device.get("/healthz").status_code == 200
    assert device.post(reverse("account_logout")).status_code == 302


def test_nothing_else_of_the_account_can_be_changed_meanwhile(device):
    device.post(reverse("lock_now"))
    for name in ("my_pin", "my_sessions", "choose_language", "end_my_other_sessions", "drop_pin"):
        assert device.post(reverse(name)).status_code == 423, name


def test_the_page_learns_whose_session_it_is_now(device, person):
    state = json.loads(device.get(reverse("lock_state"), headers=SCRIPT).content)
    assert (state["who"], state["locked"]) == (str(person.public_id), False)
    device.post(reverse("lock_now"))
    assert device.get(reverse("lock_state"), headers=SCRIPT).json()["locked"] is True


def test_whoever_has_no_passkey_is_asked_for_none(device):
    assert device.post(reverse("lock_now"), headers=SCRIPT).json() == {"passkey": False}
    assert device.get(reverse("passkey_options"), headers=SCRIPT).status_code == 404


# --- twelve hours -----------------------------------------------------------------------------


def test_after_twelve_hours_one_signs_in_again(device, board):
    began(device, hours=11, minutes=59)
    assert device.get(board).status_code == 200
    began(device, hours=12)
    answer = device.get(board)
    assert answer["Location"] == f"/sign-in/?next={board}"
    assert trail() == ["session.ended hours"]
    assert device.get(board).status_code == 302


def test_a_locked_session_lasts_no_longer(device, board):
    device.post(reverse("lock_now"))
    began(device, hours=13)
    assert unlock(device, pin=PIN).status_code == 302
    assert device.get(board)["Location"].startswith("/sign-in/")


def test_a_fragment_leads_to_the_whole_sign_in_page(device, board):
    began(device, hours=12)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{board}"}
    assert device.get(board, headers=headers)["HX-Redirect"].startswith("/sign-in/?next=")


# --- signing out ------------------------------------------------------------------------------


def test_signing_out_wipes_the_device(device):
    assert device.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'


def test_marks_of_others_that_wait_here_are_spared(device):
    answer = device.post(reverse("account_logout"), {"others_wait": ""})
    assert answer["Clear-Site-Data"] == '"cache"'
