"""Which passwords are taken, changing one, and a new one by a link that works once in an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.models import AuditEvent, User
from accounts.passwords.actions import ResetClosed, reset_password
from accounts.passwords.links import token_for
from accounts.passwords.mail import send_reset
from accounts.signed_in.actions import EndedBy, end_all_sessions
from tests import build
from tests.accounts.signing import SECOND_STEP, is_in, sign_in, verbs, with_app
from tests.build import NOW, PASSWORD

CHANGE, FORGOTTEN, SENT = "/my/password/", "/forgotten/", "/forgotten/sent/"
NEW = "four plain words together"
HOUR = timedelta(hours=1)


@pytest.fixture
def user(clinic) -> User:
    return build.a_user("dina.osei@clinic.example", name="Dina Osei")


# --- which are taken ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    [
        NEW,
        "correct horse battery staple",
        "ünïcödé wörds äre fine",
        "Dina walks her two dogs at dawn",
        "x9$kQ2!vLp0@zR7",
        "w" + "ords and more " * 10,
    ],
)
def test_taken(user, password):
    validate_password(password, user)


@pytest.mark.parametrize(
    "password",
    [
        "fourteen chars",
        "123456789012345",
        "password1234567",
        "Password! Password!",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "a b c d e f g h",
        "qwertyuiop123456",
        "zyxwvutsrqponmlk",
        "Dina Osei Dina Osei",
        "dina.osei@clinic.example",
        "dinaosei12345678",
        "Prairie Clinic 2026",
        "prairieclinicprairieclinic",
        "welcome to Prairie Clinic",
    ],
)
def test_refused(user, password):
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_no_end_and_no_recipe(user):
    """A year later the same password lets in; letters alone do, spaces do, 256 characters do."""
    User.objects.filter(pk=user.pk).update(invited_at=timezone.now() - timedelta(days=400))
    long = "many plain words on a very long wall " * 6
    client = Client()
    client.force_login(user)
    client.post(CHANGE, {"present": PASSWORD, "password1": long})
    other = Client()
    sign_in(other, user, password=long)
    assert is_in(other)


# --- changing ----------------------------------------------------------------------------------


def test_a_session_can_still_be_ended_right_after_a_change(client_of, user):
    client = client_of(user)
    client.post(CHANGE, {"present": PASSWORD, "password1": NEW}, follow=True)
    assert is_in(client)
    assert end_all_sessions(user=user, why=EndedBy.LOST, by=None) == 1
    assert client.get(CHANGE).status_code == 302


def test_a_change_signs_out_every_other_browser(user):
    here, there = Client(), Client()
    sign_in(here, user)
    sign_in(there, user)
    response = here.post(CHANGE, {"present": PASSWORD, "password1": NEW}, follow=True)
    assert "Your password is changed." in response.content.decode()
    assert here.get(CHANGE).status_code == 200
    assert there.get(CHANGE)["Location"] == f"/sign-in/?next={CHANGE}"
    assert verbs()[-1] == "user.changed_password"
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize(
    ("present", "new", "said"),
    [
        ("wrong", NEW, "This is not your password."),
        (PASSWORD, "short", "This password is too short"),
        ("", "", "Enter your password"),
        (PASSWORD, "Prairie Clinic Prairie", "This password is easy to guess"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(client_of, user, present, new, said):
    page = client_of(user).post(CHANGE, {"present": present, "password1": new}).content.decode()
    assert page.count(said) == 2
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_wrong_present_passwords_are_counted_and_on_the_trail(client_of, user):
    client = client_of(user)
    for _ in range(5):
        client.post(CHANGE, {"present": "wrong", "password1": NEW})
    assert verbs() == ["user.sign_in_refused"] * 5
    assert client.post(CHANGE, {"present": PASSWORD, "password1": NEW}).status_code == 429


def test_a_password_can_be_pasted_and_kept_by_a_manager(client_of, user):
    page = client_of(user).get(CHANGE).content.decode()
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page
    assert page.count("data-shows=") == 2


# --- a link ------------------------------------------------------------------------------------


@pytest.fixture
def with_email(settings, monkeypatch) -> None:
    """A mail server, and a worker that does at once what it is told."""
    settings.EMAIL_URL = "smtp://mail.example"
    monkeypatch.setattr(tasks.send_reset_link, "delay", tasks.send_reset_link.run)


def address_of(user: User, at=None) -> str:
    return reverse("reset_password", args=[token_for(user, at or timezone.now())])


@pytest.mark.usefixtures("with_email")
def test_the_answer_is_the_same_whether_there_is_an_account(user):
    known = Client().post(FORGOTTEN, {"email": user.email})
    unknown = Client().post(FORGOTTEN, {"email": "nobody@clinic.example"})
    assert (known.status_code, known["Location"]) == (302, SENT)
    assert (unknown.status_code, unknown["Location"]) == (302, SENT)
    assert [message.to for message in mail.outbox] == [[user.email]]
    lines = AuditEvent.objects.order_by("pk").values_list("verb", "subject_id")
    assert list(lines) == [("user.asked_for_reset", user.public_id), ("user.asked_for_reset", None)]
    assert "If there is an account" in Client().get(SENT).content.decode()


@pytest.mark.usefixtures("with_email")
@pytest.mark.parametrize("changes", [{"is_active": False}, {"password": "!"}])
def test_who_left_or_never_came_gets_no_link(user, changes):
    User.objects.filter(pk=user.pk).update(**changes)
    assert Client().post(FORGOTTEN, {"email": user.email})["Location"] == SENT
    assert mail.outbox == []


@pytest.mark.usefixtures("with_email")
def test_the_email_names_no_clinic_and_its_link_works(user):
    Client().post(FORGOTTEN, {"email": user.email.upper()})
    message = mail.outbox[0]
    assert message.subject == "Your new password"
    for name in ("Prairie", "Dina", "treatment", "IOP"):
        assert name not in message.subject + str(message.body)
    link = next(word for word in str(message.body).split() if word.startswith("http"))
    page = Client().get(link.removeprefix("http://testserver")).content.decode()
    assert user.email in page


def test_the_email_is_in_its_readers_language(user):
    user.language = "es"
    send_reset(user, NOW)
    assert len(mail.outbox) == 1


def test_where_no_mail_goes_out_the_page_says_whom_to_ask(user):
    page = Client().get(FORGOTTEN).content.decode()
    assert "Ask your program director for a new sign-in link" in page
    assert "<form" not in page
    assert Client().post(FORGOTTEN, {"email": user.email}).status_code == 200
    assert mail.outbox == []
    assert verbs() == []


@pytest.mark.usefixtures("with_email")
def test_nobody_is_flooded_with_links(user):
    answers = [Client().post(FORGOTTEN, {"email": user.email}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]


def test_a_link_sets_a_password_and_leads_to_sign_in(user):
    there = Client()
    sign_in(there, user)
    address = address_of(User.objects.get(pk=user.pk))
    response = Client().post(address, {"password1": NEW}, follow=True)
    assert response.redirect_chain == [("/sign-in/", 302)]
    assert "Your password is changed. Sign in with it." in response.content.decode()
    assert there.get(CHANGE).status_code == 302
    assert verbs()[-1] == "user.reset_password"


def test_a_link_does_not_go_past_the_second_step(user):
    with_app(user)
    client = Client()
    client.post(address_of(user), {"password1": NEW})
    assert sign_in(client, user, password=NEW)["Location"] == SECOND_STEP
    assert not is_in(client)


@pytest.mark.parametrize("why", ["used", "hour", "signed in", "email", "left", "other", "broken"])
def test_a_closed_link_says_so(user, why):
    address = address_of(
        user, timezone.now() - HOUR - timedelta(seconds=2) if why == "hour" else None
    )
    if why == "used":
        Client().post(address, {"password1": NEW})
    if why == "signed in":
        sign_in(Client(), user)
    if why == "email":
        User.objects.filter(pk=user.pk).update(email="other@clinic.example")
    if why == "left":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if why == "other":
        rest = address.partition("-")[2]
        address = f"/reset/{build.a_user().public_id.hex}-{rest}"
    if why == "broken":
        address = "/reset/nothing-like-it/"
    for response in (Client().get(address), Client().post(address, {"password1": NEW})):
        assert response.status_code == 410
        assert "This link no longer works" in response.content.decode()


@pytest.mark.parametrize(
    ("later", "is_open"), [(timedelta(0), True), (HOUR, True), (HOUR + timedelta(seconds=1), False)]
)
def test_a_link_is_open_for_an_hour(user, later, is_open):
    token = token_for(user, NOW)
    if is_open:
        assert reset_password(token=token, password=NEW, now=NOW + later) == user
    else:
        with pytest.raises(ResetClosed):
            reset_password(token=token, password=NEW, now=NOW + later)


def test_a_weak_password_keeps_the_link_open(user):
    address = address_of(user)
    page = Client().post(address, {"password1": "short"}).content.decode()
    assert page.count("This password is too short") == 2
    assert Client().get(address).status_code == 200


def test_no_secret_of_a_link_is_in_the_log(user, capsys):
    token = token_for(user, timezone.now())
    Client().get(f"/reset/{token}/")
    Client().get(f"/reset/{token}x/")
    assert token not in capsys.readouterr().err
