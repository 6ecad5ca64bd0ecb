"""Guessing is slow, and whoever guesses cannot keep a colleague out for longer than is said."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.test import Client

from accounts.devices import mark_of
from accounts.models import AuditEvent, User
from tests import build
from tests.accounts.signing import SECOND_STEP, SECRET, code_of, is_in, sign_in, verbs, with_app

MINUTE = 60
ATTACKER, CLINIC = "203.0.113.7", "198.51.100.20"


@pytest.fixture
def user(clinic) -> User:
    return build.a_user("dina@clinic.example", name="Dina Osei")


class Clock:
    """What allauth's limits read the time from; everything else keeps the real one."""

    def __init__(self) -> None:
        self.now = time.time()

    def pass_minutes(self, minutes: float) -> None:
        self.now += minutes * MINUTE


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    stands_for_time = SimpleNamespace(
        time=lambda: made.now, monotonic=time.monotonic, sleep=time.sleep
    )
    monkeypatch.setattr(ratelimit, "time", stands_for_time)
    return made


def guess(user: User, times: int, address: str = ATTACKER) -> str:
    """Try wrong passwords from a browser that nobody knows; return the last answer."""
    page = ""
    for number in range(times):
        response = sign_in(Client(), user, password=f"guess {number}", REMOTE_ADDR=address)
        page = response.content.decode()
    return page


def comes_in(user: User, browser: Client | None = None, address: str = CLINIC) -> bool:
    """Return whether the person themselves, with the right password, comes in."""
    browser = browser or Client()
    sign_in(browser, user, REMOTE_ADDR=address)
    return is_in(browser)


def test_the_sixth_try_says_how_long_to_wait(user, clock):
    assert "do not belong together here" in guess(user, 5)
    assert "Too many tries. Wait five minutes" in guess(user, 1)
    assert verbs() == ["user.sign_in_refused"] * 6


def test_who_guesses_shuts_out_their_own_address_for_five_minutes(user, clock):
    guess(user, 5)
    assert not comes_in(user, address=ATTACKER)
    clock.pass_minutes(4.9)
    assert not comes_in(user, address=ATTACKER)
    clock.pass_minutes(0.2)
    assert comes_in(user, address=ATTACKER)


def test_a_colleague_elsewhere_is_not_shut_out_for_a_moment(user, clock):
    for _ in range(10):
        guess(user, 3)
        assert comes_in(user)
        clock.pass_minutes(1)


def test_many_addresses_keep_a_new_browser_out_and_five_minutes_later_no_longer(user, clock):
    for number in range(7):
        guess(user, 5, address=f"203.0.113.{number}")
    assert not comes_in(user)
    clock.pass_minutes(5.1)
    assert comes_in(user)


def test_a_browser_that_has_signed_in_before_comes_in_whatever_others_do(user, clock):
    browser = Client()
    assert comes_in(user, browser)
    browser.post("/sign-out/")
    for number in range(7):
        guess(user, 5, address=f"203.0.113.{number}")
    guess(user, 10, address=CLINIC)
    assert not comes_in(user)
    assert comes_in(user, browser)


def test_a_known_browser_guesses_no_faster(user, clock):
    browser = Client()
    assert comes_in(user, browser)
    browser.post("/sign-out/")
    for _ in range(5):
        sign_in(browser, user, password="wrong", REMOTE_ADDR=CLINIC)
    assert not comes_in(user, browser)
    assert comes_in(user, Client())


def test_a_browser_known_to_one_is_not_known_to_another(user, clock):
    attacker = build.a_user()
    browser = Client()
    assert comes_in(attacker, browser, address=ATTACKER)
    browser.post("/sign-out/")
    for _ in range(5):
        sign_in(browser, user, password="wrong", REMOTE_ADDR=ATTACKER)
    assert not comes_in(user, browser, address=ATTACKER)
    assert comes_in(user)


@pytest.mark.parametrize("value", ["", "x", "a:b:c", '["n",["m"]]'])
def test_a_made_up_cookie_makes_no_known_browser(user, clock, value):
    guess(user, 5)
    browser = Client()
    browser.cookies["iop_device"] = value
    assert not comes_in(user, browser, address=ATTACKER)


def test_the_cookie_names_nobody_and_scripts_cannot_read_it(user):
    browser = Client()
    comes_in(user, browser)
    cookie = browser.cookies["iop_device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "dina" not in cookie.value
    assert str(user.public_id) not in cookie.value


def test_right_passwords_use_up_nothing(user, clock):
    for _ in range(12):
        assert comes_in(user)


def test_ten_names_a_minute_from_one_address(user, clock):
    for _ in range(11):
        answer = sign_in(Client(), build.a_user(), password="wrong", REMOTE_ADDR=ATTACKER)
    assert "Too many tries." in answer.content.decode()
    assert comes_in(user)
    clock.pass_minutes(1.1)
    assert comes_in(user, address=ATTACKER)


@pytest.mark.parametrize(("proxies", "said"), [(0, "10.0.0.1"), (1, ATTACKER)])
def test_behind_a_proxy_the_address_is_what_the_proxy_says(user, settings, proxies, said):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    forwarded = {"x-forwarded-for": f"{CLINIC}, {ATTACKER}"}
    sign_in(Client(), user, password="wrong", headers=forwarded, REMOTE_ADDR="10.0.0.1")
    assert AuditEvent.objects.get().address == said


def test_guessed_codes_wait_five_minutes(user, clock):
    with_app(user)
    browser = Client()
    sign_in(browser, user)
    for _ in range(5):
        browser.post(SECOND_STEP, {"code": "000000"})
    clock.pass_minutes(5.1)
    browser.post(SECOND_STEP, {"code": code_of(SECRET)})
    assert is_in(browser)


def test_one_account_under_letters_that_count_as_the_same(user):
    written = ("dina@clinic.example", " DINA@Clinic.example", "dina@clinic.example")
    assert len({mark_of(each) for each in (*written, "dina@\uff43linic.example")}) == 1
    assert mark_of("dino@clinic.example") != mark_of(user.email)
