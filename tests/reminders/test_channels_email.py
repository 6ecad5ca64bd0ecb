"""Mail over SMTP: every way in which a server can fail, at every step, on a real socket."""

from __future__ import annotations

import logging
import socket

import pytest

from reminders.channels.carriers import open_line
from reminders.channels.line import OutcomeUnknown, Parcel, Refused, TryLater
from reminders.channels.patience import MOST_FAILURES_IN_A_ROW
from reminders.models import Reason
from reminders.wording.letters import Letter
from tests.reminders.smtp_sink import HANGS_UP, STALLS

LETTER = Letter("en", "Appointment desk", "A subject", "One line.\n.\n..two dots\nañadir")
PARCEL = Parcel(LETTER, "someone@mail.example", "an-id", "https://desk.example/u/token")


def sent(parcel: Parcel = PARCEL) -> object:
    """What comes of one parcel on a line of its own."""
    with open_line("email") as line:
        if not line.is_open():
            return "not open"
        try:
            return line.send(parcel)
        except (TryLater, Refused, OutcomeUnknown) as error:
            return (type(error), error.reason)


LATER = (TryLater, Reason.NO_ANSWER)
ADDRESS = (Refused, Reason.ADDRESS_REFUSED)
MESSAGE = (Refused, Reason.MESSAGE_REFUSED)
UNKNOWN = (OutcomeUnknown, None)
NONSENSE = (OutcomeUnknown, Reason.NONSENSE)

REPLIES = [
    (b"", "421 too busy", "not open"),
    (b"", "554 not you", "not open"),
    (b"EHLO", "421 too busy", "not open"),
    (b"MAIL", "451 later", LATER),
    (b"MAIL", "421 bye", LATER),
    (b"MAIL", "530 sign in first", LATER),
    (b"RCPT", "530 sign in first", LATER),
    (b"MAIL", "550 not from you", MESSAGE),
    (b"RCPT", "450 greylisted", LATER),
    (b"RCPT", "421 bye", LATER),
    (b"RCPT", "550 no such mailbox", ADDRESS),
    (b"RCPT", "251 will forward", ""),
    (b"DATA", "451 later", LATER),
    (b"DATA", "554 no", MESSAGE),
    (b"DATA", "250 what?", LATER),
    (b"DATA", "hello", LATER),
    (b".", "452 disk full", LATER),
    (b".", "421 bye", LATER),
    (b".", "554 spam", MESSAGE),
    (b".", "354 more?", NONSENSE),
    (b".", "hello", NONSENSE),
    (b"RSET", "500 what?", ""),
    (b"QUIT", "500 what?", ""),
]


@pytest.mark.parametrize(("step", "reply", "expected"), REPLIES)
def test_what_each_reply_means(smtp, step, reply, expected):
    smtp.replies[step] = reply
    assert sent() == expected


@pytest.mark.parametrize("way", [HANGS_UP, STALLS])
@pytest.mark.parametrize("step", [b"", b"EHLO", b"AUTH", b"MAIL", b"RCPT", b"DATA", b"."])
def test_a_line_that_breaks_or_stalls(smtp, settings, step, way):
    settings.SEND_TIMEOUT_SECONDS = 0.2
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "secret"
    smtp.replies[step] = way
    expected = {b".": UNKNOWN, b"": "not open", b"EHLO": "not open", b"AUTH": "not open"}
    assert sent() == expected.get(step, LATER)
    assert len(smtp.messages) == (step == b".")


def test_credentials_that_are_wrong(smtp, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "secret"
    smtp.replies[b"AUTH"] = "535 no"
    assert sent() == "not open"


def test_a_server_without_the_encryption_that_is_asked_for(smtp, settings):
    settings.EMAIL_USE_TLS = True
    assert sent() == "not open"


def test_nobody_at_the_other_end(smtp, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
        assert sent() == "not open"


def test_what_arrives(smtp):
    assert sent() == ""
    message = smtp.messages[0]
    assert message["From"] == "Appointment desk <reminders@desk.example>"
    assert message["To"] == "someone@mail.example"
    assert message["Message-ID"] == "<an-id@desk.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n").rstrip("\n") == LETTER.body


def test_it_can_be_unsubscribed_from_with_one_click(smtp):
    url = f"https://desk.example/u/{'token' * 20}"
    sent(Parcel(LETTER, PARCEL.to, "an-id", url))
    message = smtp.messages[0]
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in smtp.raw[0]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_staff_have_nothing_to_unsubscribe_from(smtp):
    sent(Parcel(LETTER, "fay@clinic.example", "an-id"))
    assert "List-Unsubscribe" not in smtp.messages[0]


@pytest.mark.parametrize("to", ["no address", "a@b\r\nBcc: c@d", "ü@mail.example", "", "@"])
def test_an_address_that_is_none_is_not_even_said(smtp, to):
    assert sent(Parcel(LETTER, to, "an-id")) == ADDRESS
    assert smtp.messages == []


def test_a_sender_that_would_add_a_header(smtp):
    letter = Letter("en", "Desk", "Subject\r\nBcc: other@mail.example", "Text")
    assert sent(Parcel(letter, PARCEL.to, "an-id")) == MESSAGE


def test_one_connection_takes_many_and_a_refusal_does_not_end_it(smtp):
    smtp.refused.add(b"someone@")
    other = Parcel(LETTER, "other@mail.example", "another-id")
    with open_line("email") as line:
        for _ in range(MOST_FAILURES_IN_A_ROW + 1):
            with pytest.raises(Refused):
                line.send(PARCEL)
        line.send(other)
        assert line.is_open()
    assert smtp.connections == 1
    assert [each["To"] for each in smtp.messages] == ["other@mail.example"]


def test_a_server_that_hung_up_in_between_is_called_again(smtp):
    smtp.most_a_connection = 2
    with open_line("email") as line:
        for _ in range(5):
            line.send(PARCEL)
    assert len(smtp.messages) == 5
    assert smtp.connections == 3


def test_a_server_that_keeps_failing_is_left_for_this_sweep(smtp):
    smtp.replies[b"MAIL"] = "421 bye"
    with open_line("email") as line:
        for _ in range(MOST_FAILURES_IN_A_ROW):
            assert line.is_open()
            with pytest.raises(TryLater):
                line.send(PARCEL)
        assert not line.is_open()
        del smtp.replies[b"MAIL"]
        assert not line.is_open()
        with pytest.raises(TryLater):
            line.send(PARCEL)
    assert sent() == ""


@pytest.mark.parametrize(("step", "reply", "_expected"), REPLIES)
def test_log_lines_and_errors_name_nobody(smtp, caplog, step, reply, _expected):
    smtp.replies[step] = f"{reply} <someone@mail.example>"
    with caplog.at_level(logging.DEBUG):
        assert "mail.example" not in str(sent())
    assert "mail.example" not in caplog.text
