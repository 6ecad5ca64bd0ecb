"""Where one is signed in: what is listed, what is ended, and what makes a PIN."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, User
from accounts.signed_in.device import device_in_words
from accounts.signed_in.pin import is_easy, is_pin
from tests import build

SESSIONS = "/my/sessions/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
IPAD = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604"


@pytest.fixture
def person(db) -> User:
    return build.a_user("fay@clinic.example", name="Fay Marlow")


def device(user: User, says: str, address: str = "192.0.2.7") -> Client:
    """A browser in which the person has signed in."""
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": says})
    client.force_login(user)
    client.get(SESSIONS)
    return client


def words(client: Client) -> str:
    return " ".join(client.get(SESSIONS).content.decode().split())


def handle(client: Client, of: str) -> str:
    """The value of the button that ends the session on this device."""
    before, _, _ = words(client).partition(f'aria-label="End on {of}"')
    return before.rpartition('value="')[2].partition('"')[0]


def test_each_device_is_said_in_words(person: User):
    office, tablet = device(person, CHROME), device(person, IPAD, "192.0.2.8")
    page = words(office)
    assert "Chrome on Windows · this device" in page
    assert "Safari on iPad" in page
    assert "from 192.0.2.7" in page
    assert "from 192.0.2.8" in page
    assert page.count('name="session"') == 1
    for client in (office, tablet):
        assert client.cookies["sessionid"].value not in page


def test_one_is_ended_at_once(person: User):
    office, tablet = device(person, CHROME), device(person, IPAD)
    office.post(reverse("end_my_session"), {"session": handle(office, "Safari on iPad")})
    assert tablet.get(SESSIONS)["Location"].startswith("/sign-in/")
    assert "Nowhere else." in words(office)
    event = AuditEvent.objects.get(verb="session.ended")
    assert (event.by, event.detail) == (person, {"why": "owner", "sessions": 1})


def test_all_others_are_ended_at_once(person: User):
    office, *others = [device(person, says) for says in (CHROME, IPAD, "curl/8")]
    office.post(reverse("end_my_other_sessions"))
    assert [each.get(SESSIONS).status_code for each in others] == [302, 302]
    assert office.get(SESSIONS).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(person: User):
    other = build.a_user("cleo@clinic.example", name="Cleo Ortiz")
    mine, theirs = device(person, CHROME), device(other, IPAD)
    device(other, CHROME)
    mine.post(reverse("end_my_session"), {"session": handle(theirs, "Chrome on Windows")})
    mine.post(reverse("end_my_other_sessions"))
    assert words(theirs).count('name="session"') == 1


def test_a_session_with_the_password_before_is_no_longer_listed(person: User):
    office, tablet = device(person, CHROME), device(person, IPAD)
    person.set_password("another four plain words")
    person.save()
    assert office.get(SESSIONS).status_code == 302
    assert tablet.get(SESSIONS).status_code == 302
    fresh = device(person, CHROME)
    assert "Nowhere else." in words(fresh)


def test_the_list_costs_the_same_for_two_and_for_five(person: User, django_assert_num_queries):
    office = device(person, CHROME)
    device(person, IPAD)
    office.get(SESSIONS)
    with django_assert_num_queries(6):
        office.get(SESSIONS)
    for _ in range(3):
        device(person, IPAD)
    with django_assert_num_queries(6):
        office.get(SESSIONS)


def test_a_closed_account_is_signed_out_by_its_next_request(person: User):
    """However it was closed: nobody has to think of the sessions."""
    office = device(person, CHROME)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert office.get(SESSIONS)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (CHROME, "Chrome on Windows"),
        (CHROME + " Edg/131.0", "Edge on Windows"),
        (IPAD, "Safari on iPad"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
            "Firefox on Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8", "A device that does not say what it is"),
        ("", "A device that does not say what it is"),
    ],
)
def test_a_device_in_words(says: str, expected: str):
    assert device_in_words(says) == expected


# --- the PIN ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pin",
    [
        *("1234", "4321", "0000", "777777", "1212", "123456", "98765432", "8901", "1987", "2003"),
        *("0704", "3112", "070487", "311299", "07041987", "19870704", "870704"),
    ],
)
def test_easy_pins(pin: str):
    assert is_pin(pin)
    assert is_easy(pin)


@pytest.mark.parametrize("pin", ["7359", "8264", "90317", "46802", "5930174", "48302917"])
def test_pins_that_will_do(pin: str):
    assert is_pin(pin)
    assert not is_easy(pin)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３４", " 7359", "7359\n"])
def test_what_is_no_pin(pin: str):
    assert not is_pin(pin)


@given(st.dates())
def test_no_date_of_these_years_will_do(day):
    if 1920 <= day.year <= 2049:
        for form in ("%Y", "%m%d", "%d%m", "%m%d%y", "%d%m%y", "%m%d%Y", "%d%m%Y", "%Y%m%d"):
            assert is_easy(day.strftime(form)), form


@given(st.text("0123456789", min_size=1, max_size=2), st.integers(2, 4))
def test_no_repeats_will_do(part: str, times: int):
    pin = part * times
    assert is_easy(pin) or not is_pin(pin)


@pytest.fixture
def choose(person: User, client_of: Callable) -> Callable:
    client = client_of(person)

    def post(pin: str, password: str = build.PASSWORD):
        return client.post("/my/pin/", {"pin": pin, "password": password})

    return post


def test_a_pin_is_kept_as_a_hash(choose: Callable, person: User):
    assert choose("7359")["Location"] == "/my/pin/"
    person.refresh_from_db()
    assert "7359" not in person.pin
    assert check_password("7359", person.pin)
    assert AuditEvent.objects.get(verb="user.chose_pin").detail == {}


@pytest.mark.parametrize(
    ("pin", "password", "expected"),
    [
        ("7359", "not it", "This is not your password."),
        ("1234", build.PASSWORD, "Others would guess this PIN."),
        ("73", build.PASSWORD, "A PIN is 4 to 8 figures."),
        ("", build.PASSWORD, "Enter a PIN"),
    ],
)
def test_a_pin_is_refused(choose: Callable, person: User, pin, password, expected):
    answer = choose(pin, password)
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    person.refresh_from_db()
    assert person.pin == ""


def test_the_password_is_not_to_be_tried_often(choose: Callable, person: User):
    assert [choose("7359", "no").status_code for _ in range(6)] == [422] * 5 + [429]
    assert choose("7359").status_code == 429
    person.refresh_from_db()
    assert person.pin == ""


def test_one_may_do_without(choose: Callable, person: User, client_of):
    choose("7359")
    client_of(person).post(reverse("drop_pin"))
    person.refresh_from_db()
    assert person.pin == ""
    assert AuditEvent.objects.filter(verb="user.dropped_pin", by=person).exists()
