"""Coming in and going out: what each page says, what is refused, what the trail keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite_user
from accounts.models import AuditEvent, User
from tests import build

SIGN_IN = "/sign-in/"
LONG_PASSWORD = "four plain words together"


@pytest.fixture
def user(clinic) -> User:
    return build.a_user("dina@clinic.example", name="Dina Osei")


def sign_in(client, email="dina@clinic.example", password=build.PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def trail() -> list[tuple[str, object, object]]:
    """The trail's lines: the verb, by whom, and about whom."""
    events = AuditEvent.objects.order_by("pk")
    return [(event.verb, event.by, event.subject_id) for event in events]


def invited(user, now=None) -> str:
    """The address of a fresh invitation."""
    token = invite_user(user=user, now=now or timezone.now(), by=None).token
    return reverse("accept_invitation", args=[token])


# --- sign in ----------------------------------------------------------------------------------


def test_the_page_names_the_clinic_and_offers_no_sign_up(client, clinic):
    page = client.get(SIGN_IN).content.decode()
    assert "<title>Sign in · Prairie Clinic</title>" in page
    assert "Nothing works? Ask your program director for a new sign-in link." in page
    assert "sign-up" not in page


def test_the_page_stands_before_there_is_a_clinic(client, db):
    assert "Your clinic" in client.get(SIGN_IN).content.decode()


def test_the_page_costs_one_query(client, clinic, django_assert_num_queries):
    client.get(SIGN_IN)
    with django_assert_num_queries(1):
        client.get(SIGN_IN)


def test_signing_in_leads_on_and_is_on_the_trail(client, user):
    response = sign_in(client, next="/hours/")
    assert (response.status_code, response["Location"]) == (302, "/hours/")
    assert trail() == [("user.signed_in", user, user.public_id)]
    assert AuditEvent.objects.get().address == "127.0.0.1"


def test_the_email_is_the_same_in_capitals(client, user):
    assert sign_in(client, email="Dina@Clinic.example").status_code == 302


def test_does_not_lead_to_another_site(client, user):
    assert sign_in(client, next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_is_refused_in_words_and_on_the_trail(client, user):
    page = sign_in(client, password="wrong").content.decode()
    assert "There is a problem" in page
    assert "This email and password do not belong together here." in page
    assert "<title>Error: Sign in" in page
    assert trail() == [("user.sign_in_refused", None, user.public_id)]


def test_an_unknown_email_gets_the_same_answer(client, user):
    known = sign_in(client, password="wrong").content.decode()
    unknown = sign_in(client, email="nobody@clinic.example").content.decode()
    assert "This email and password do not belong together here." in unknown
    assert known.count("<li>") == unknown.count("<li>")
    assert trail()[-1] == ("user.sign_in_refused", None, None)


def test_the_trail_never_holds_what_was_typed(client, user):
    sign_in(client, email="nobody@clinic.example", password="typed-in-haste")
    event = AuditEvent.objects.get()
    assert event.detail == {}
    assert "nobody" not in str(event)


def test_one_who_left_is_refused_like_a_stranger(client, user):
    User.objects.update(is_active=False)
    page = sign_in(client).content.decode()
    assert "This email and password do not belong together here." in page
    assert trail() == [("user.sign_in_refused", None, user.public_id)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "", "password": ""}, ["Enter your email", "Enter your password"]),
        ({"email": "dina", "password": "x"}, ["Enter an email like name@clinic.org"]),
    ],
)
def test_says_what_to_fill_in_at_the_top_and_at_the_field(client, user, typed, said):
    page = sign_in(client, **typed).content.decode()
    for words in said:
        assert page.count(words) == 2
    assert 'href="#id_login"' in page
    assert 'aria-describedby="id_login_error"' in page


def test_after_five_wrong_passwords_says_to_wait(client, user):
    for _ in range(5):
        sign_in(client, password="wrong")
    page = sign_in(client).content.decode()
    assert "Too many tries. Wait five minutes" in page
    assert "_auth_user_id" not in client.session


def test_a_flood_from_one_address_is_answered_in_words(client, clinic):
    answers = [sign_in(client, email=f"a{number}@b.example") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()


def test_whoever_is_signed_in_is_led_on(client_of, director):
    assert client_of(director).get(SIGN_IN)["Location"] == "/"


# --- the demo ---------------------------------------------------------------------------------

DEMO = [{"role": "Program director", "email": "dana@demo.example", "password": "harbor-2026"}]


def test_a_demo_shows_who_one_can_be(client, clinic, settings):
    settings.IOP_DEMO, settings.DEMO_SIGN_INS = True, DEMO
    page = client.get(SIGN_IN).content.decode()
    for words in ("Program director", "dana@demo.example", "harbor-2026", "demo-sign-in.js"):
        assert words in page


@pytest.mark.parametrize("is_demo", [True, False])
def test_nothing_else_shows_sign_ins(client, clinic, settings, is_demo):
    settings.IOP_DEMO = is_demo
    settings.DEMO_SIGN_INS = [] if is_demo else DEMO
    page = client.get(SIGN_IN).content.decode()
    assert "demo" not in page.lower()


# --- the session ends -------------------------------------------------------------------------


def test_a_page_asked_for_leads_back_after_sign_in(client, clinic):
    assert client.get("/hours/?week=2026-11-23")["Location"] == (
        "/sign-in/?next=/hours/%3Fweek%3D2026-11-23"
    )


def test_a_fragment_asked_for_leads_the_whole_page_to_sign_in(client, clinic):
    response = client.get(
        "/hours/",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/hours/?week=now"},
    )
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/sign-in/?next=%2Fhours%2F%3Fweek%3Dnow"
    assert response.content == b""


def test_a_fragment_does_not_lead_back_to_another_site(client, clinic):
    elsewhere = {"hx-request": "true", "hx-current-url": "https://elsewhere.example/hours/"}
    response = client.get("/hours/", headers=elsewhere)
    assert response["HX-Redirect"] == "/sign-in/?next=%2F"


def test_other_answers_to_a_fragment_stay_as_they_are(client_of, director, program):
    response = client_of(director).get("/", headers={"hx-request": "true"})
    board = reverse("hours:board", args=[program.public_id])
    assert (response.status_code, response["Location"]) == (302, board)


# --- sign out ---------------------------------------------------------------------------------


def test_signing_out_lands_on_sign_in_and_says_so(client_of, director):
    client = client_of(director)
    response = client.post(reverse("account_logout"), follow=True)
    assert response.redirect_chain == [(SIGN_IN, 302)]
    assert "You are signed out." in response.content.decode()
    assert trail() == [("user.signed_out", director, director.public_id)]
    assert "_auth_user_id" not in client.session


def test_a_link_does_not_sign_out_but_asks(client_of, director):
    client = client_of(director)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert "_auth_user_id" in client.session


def test_signing_out_needs_the_forms_own_token(director):
    client = Client(enforce_csrf_checks=True)
    client.force_login(director)
    response = client.post(reverse("account_logout"))
    assert response.status_code == 403
    assert "This form is too old" in response.content.decode()


# --- the invitation ---------------------------------------------------------------------------


def test_an_invitation_shows_whose_it_is_and_the_rules(client, user):
    page = client.get(invited(user)).content.decode()
    assert "Welcome, Dina Osei" in page
    assert "dina@clinic.example" in page
    assert "At least 15 characters" in page


def test_a_chosen_password_signs_in_and_is_on_the_trail(client, user):
    response = client.post(invited(user), {"password1": LONG_PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert [verb for verb, *_ in trail()] == [
        "user.invited",
        "user.accepted_invitation",
        "user.signed_in",
    ]
    assert sign_in(Client(), password=LONG_PASSWORD).status_code == 302


def test_a_weak_password_is_refused_in_words_and_the_link_stays(client, user):
    address = invited(user)
    page = client.post(address, {"password1": "short"}).content.decode()
    assert page.count("This password is too short") == 2
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("why", ["used", "expired", "replaced", "unknown", "left"])
def test_a_closed_link_says_what_to_do(client, user, why):
    long_ago = timezone.now() - timedelta(days=8)
    address = invited(user, now=long_ago if why == "expired" else None)
    if why == "used":
        client.post(address, {"password1": LONG_PASSWORD})
    if why == "replaced":
        invited(user)
    if why == "unknown":
        address = reverse("accept_invitation", args=["no-such-link"])
    if why == "left":
        User.objects.update(is_active=False)
    for response in (Client().get(address), Client().post(address, {"password1": LONG_PASSWORD})):
        assert response.status_code == 410
        assert "ask your program director for a new link" in response.content.decode()


def test_sign_up_says_that_it_takes_an_invitation(client, clinic):
    assert "By invitation only" in client.get(reverse("account_signup")).content.decode()
    assert client.post(reverse("account_signup")).status_code == 405


# --- light and dark ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/hours/?week=2026-11-23", "/hours/?week=2026-11-23"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_a_theme_is_kept_and_leads_back_to_the_page(client_of, director, asked, led_to):
    client = client_of(director)
    response = client.post(reverse("choose_theme"), {"theme": "dark", "next": asked})
    assert response["Location"] == led_to
    director.refresh_from_db()
    assert director.theme == "dark"
    assert 'data-bs-theme="dark"' in client.get(reverse("account_logout")).content.decode()


def test_an_unknown_theme_changes_nothing(client_of, director):
    client_of(director).post(reverse("choose_theme"), {"theme": "sepia"})
    director.refresh_from_db()
    assert director.theme == "auto"
