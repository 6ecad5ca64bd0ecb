"""An app, passkeys and recovery codes: set up, used, taken away, each with a line of the trail."""

from __future__ import annotations

import re

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite_user
from accounts.models import AuditEvent, User
from tests import build
from tests.accounts.signing import (
    SECOND_STEP,
    SECRET,
    code_of,
    codes_of,
    is_in,
    once_more,
    sign_in,
    verbs,
    with_app,
)

MY_SIGN_IN, APP, CODES = "/my/sign-in/", "/my/sign-in/app/", "/my/sign-in/codes/"


@pytest.fixture
def user(clinic) -> User:
    return build.a_user("dina@clinic.example", name="Dina Osei")


@pytest.fixture
def client(client, user) -> Client:
    """A browser in which the user has signed in by the form."""
    sign_in(client, user)
    return client


def text_of(response) -> str:
    return response.content.decode()


def secret_on(page: str) -> str:
    found = re.search(r'id="totp-secret">([A-Z2-7]+)<', page)
    assert found
    return found[1]


# --- setting up and taking away ----------------------------------------------------------------


def test_my_sign_in_says_what_there_is(client, user):
    page = text_of(client.get(MY_SIGN_IN))
    assert "No passkey yet." in page
    assert "Set up an app" in page
    with_app(user)
    page = text_of(client.get(MY_SIGN_IN))
    assert "10 left; each works once" in page
    assert "Set up an app" not in page


@pytest.mark.parametrize(
    "address",
    [APP, "/my/sign-in/passkey/", CODES, f"{CODES}fresh/", f"{CODES}file/", f"{APP}remove/"],
)
def test_what_one_signs_in_with_is_changed_only_once_more(client, user, address):
    if address not in (APP, "/my/sign-in/passkey/"):
        with_app(user)
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/my/once-more/?next=")


def test_an_app_is_set_up_with_its_first_code(client, user):
    once_more(client)
    page = text_of(client.get(APP))
    assert 'src="data:image/svg+xml;base64,' in page
    secret = secret_on(page)
    response = client.post(APP, {"code": code_of(secret)})
    assert response["Location"] == CODES
    assert verbs()[-2:] == ["factor.added", "recovery_codes.made"]
    kept = Authenticator.objects.get(user=user, type="totp").data
    assert secret not in str(kept)
    codes = codes_of(user)
    page = text_of(client.get(CODES))
    assert len(codes) == 10
    assert all(code in page for code in codes)
    assert not any(code in str(list(AuditEvent.objects.values())) for code in [*codes, secret])


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(client, user):
    once_more(client)
    secret = secret_on(text_of(client.get(APP)))
    page = text_of(client.post(APP, {"code": "000000"}))
    assert "This code is not right." in page
    assert secret_on(page) == secret
    assert not Authenticator.objects.exists()


def test_nothing_is_set_up_when_the_trail_cannot_be_written(client, user, request):
    once_more(client)
    secret = secret_on(text_of(client.get(APP)))
    request.getfixturevalue("audit_fails")
    client.raise_request_exception = False
    assert client.post(APP, {"code": code_of(secret)}).status_code == 500
    assert not Authenticator.objects.exists()


def test_the_last_factor_takes_the_recovery_codes_with_it(client, user):
    with_app(user)
    once_more(client)
    assert "Remove the app?" in text_of(client.get(f"{APP}remove/"))
    assert client.post(f"{APP}remove/")["Location"] == MY_SIGN_IN
    assert not Authenticator.objects.filter(user=user).exists()
    assert verbs()[-1] == "factor.removed"


def test_a_fresh_set_of_codes_closes_the_one_before(client, user):
    with_app(user)
    before = set(codes_of(user))
    once_more(client)
    assert client.post(f"{CODES}fresh/")["Location"] == CODES
    assert not before & set(codes_of(user))
    assert verbs()[-1] == "recovery_codes.made"


def test_codes_are_a_file_of_their_own(client, user):
    with_app(user)
    once_more(client)
    response = client.get(f"{CODES}file/")
    assert response["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert re.findall(r"\d{8}", text_of(response)) == codes_of(user)
    assert verbs()[-1] == "recovery_codes.downloaded"
    assert "no-store" in response["Cache-Control"]


def test_a_passkey_of_somebody_else_is_not_there(client, user):
    once_more(client)
    nobodys = "6f1d0b8e-9a51-4e57-9f0e-2a3c3ad7f4aa"
    for act in ("name", "remove"):
        assert client.get(f"/my/sign-in/passkey/{nobodys}/{act}/").status_code == 404


# --- the second step ---------------------------------------------------------------------------


@pytest.fixture
def halfway(user) -> Client:
    """A browser in which the password was right, and a second step waits."""
    with_app(user)
    client = Client()
    assert sign_in(client, user)["Location"] == SECOND_STEP
    assert not is_in(client)
    return client


def test_a_code_of_the_app_lets_in(halfway, user):
    page = text_of(halfway.get(SECOND_STEP))
    assert "One more step" in page
    assert halfway.post(SECOND_STEP, {"code": code_of(SECRET)})["Location"] == "/"
    assert is_in(halfway)
    assert verbs() == ["factor.used", "user.signed_in"]
    assert AuditEvent.objects.get(verb="user.signed_in").detail == {"means": ["password", "totp"]}


@pytest.mark.parametrize(("periods", "is_right"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(halfway, periods, is_right):
    halfway.post(SECOND_STEP, {"code": code_of(SECRET, periods_ahead=periods)})
    assert is_in(halfway) is is_right


def test_a_code_of_the_app_is_good_once(halfway, user):
    halfway.post(SECOND_STEP, {"code": code_of(SECRET, periods_ahead=1)})
    other = Client()
    sign_in(other, user)
    page = text_of(other.post(SECOND_STEP, {"code": code_of(SECRET, periods_ahead=1)}))
    assert "This code is not right." in page
    assert not is_in(other)


def test_a_recovery_code_is_good_once(halfway, user):
    code = codes_of(user)[3]
    halfway.post(SECOND_STEP, {"code": code})
    assert is_in(halfway)
    assert AuditEvent.objects.get(verb="recovery_code.used").detail == {"left": 9}
    other = Client()
    sign_in(other, user)
    other.post(SECOND_STEP, {"code": code})
    assert not is_in(other)
    assert verbs()[-1] == "factor.refused"


def test_a_wrong_code_is_refused_and_on_the_trail(halfway, user):
    page = text_of(halfway.post(SECOND_STEP, {"code": "000000"}))
    assert "This code is not right." in page
    line = AuditEvent.objects.latest("pk")
    assert (line.verb, line.by, line.subject_id) == ("factor.refused", None, user.public_id)


def test_codes_cannot_be_guessed_one_after_another(halfway):
    for _ in range(5):
        halfway.post(SECOND_STEP, {"code": "000000"})
    page = text_of(halfway.post(SECOND_STEP, {"code": code_of(SECRET)}))
    assert "Too many tries." in page
    assert not is_in(halfway)


def test_the_second_step_is_nowhere_without_the_first(client, clinic):
    assert Client().get(SECOND_STEP)["Location"] == "/sign-in/"


def test_a_passkey_that_nobody_has_is_refused_and_on_the_trail(clinic):
    client = Client()
    asked = client.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    response = client.post("/sign-in/passkey/", {"credential": "{}"}, follow=True)
    assert "This passkey opens no account here." in text_of(response)
    assert verbs() == ["user.sign_in_refused"]


def test_an_invitation_does_not_go_past_the_second_step(user):
    with_app(user)
    token = invite_user(user=user, now=timezone.now(), by=None).token
    client = Client()
    address = reverse("accept_invitation", args=[token])
    response = client.post(address, {"password1": "four plain words together"})
    assert response["Location"] == SECOND_STEP
    assert not is_in(client)


def test_a_passkey_always_asks_for_a_finger_a_face_or_a_pin(user, rf):
    request = rf.get("/")
    request.session = {}
    with request_context(request):
        for whose in (user, None):
            assert begin_authentication(whose)["publicKey"]["userVerification"] == "required"
