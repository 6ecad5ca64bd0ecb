"""EMAIL_URL: what it may be, and what is said where it is not that."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

from iop.email_url import mail_settings


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("smtp://mail.example:2525/", "mail.example", 2525, False, False),
        ("smtps://user:pass@mail.example", "mail.example", 465, True, False),
        ("smtp+tls://user:pass@mail.example:1587", "mail.example", 1587, False, True),
    ],
)
def test_a_server(url, host, port, ssl, tls):
    found = mail_settings(url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)


def test_a_password_may_hold_anything():
    found = mail_settings("smtps://a%40b:p%3A%2F%40ss@mail.example")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("a@b", "p:/@ss")


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://user:secret@mail.example",
        "smtp://",
        "smtp://user:secret@mail.example:port",
        "smtp://user:secret@mail.example:99999",
        "smtp://user:secret@mail.example/inbox",
        "smtp://user:secret@mail.example?tls=1",
        "smtp://[::1",
    ],
)
def test_anything_else_is_refused_without_repeating_the_password(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as refusal:
        mail_settings(url)
    assert "secret" not in str(refusal.value)


def test_without_one_nothing_goes_out():
    assert mail_settings("") == {"EMAIL_BACKEND": "reminders.channels.email.NoMailServer"}
    backend = get_connection("reminders.channels.email.NoMailServer")
    with pytest.raises(ConnectionError, match="EMAIL_URL is not set"):
        EmailMessage("Subject", "Text", to=["someone@mail.example"], connection=backend).send()


def test_the_demo_prints():
    assert "console" in mail_settings("console://")["EMAIL_BACKEND"]
