"""The gateway that speaks signed JSON: what goes out, what its answers mean, what it brings."""

from __future__ import annotations

import hmac
import json
import logging
import socket
import time
from hashlib import sha256

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from reminders.channels import webhook
from reminders.channels.carriers import gateway, open_line
from reminders.channels.line import (
    IncomingText,
    NotGenuine,
    OutcomeUnknown,
    Parcel,
    Refused,
    TryLater,
)
from reminders.models import Reason
from reminders.wording.letters import Letter

TO = "+13125550123"
PARCEL = Parcel(Letter("es", "Desk", "", "Tiene una cita mañana."), TO, "an-id")
LATER = (TryLater, Reason.NO_ANSWER)
ADDRESS = (Refused, Reason.ADDRESS_REFUSED)
MESSAGE = (Refused, Reason.MESSAGE_REFUSED)
UNKNOWN = (OutcomeUnknown, None)
NONSENSE = (OutcomeUnknown, Reason.NONSENSE)


@pytest.fixture(autouse=True)
def by_webhook(gateway_sink, settings):
    address = f"127.0.0.1:{gateway_sink.port}/messages"
    settings.SMS_URL = f"webhook+http://key-1:s%2Fecret@{address}?from=%2B13125550100"


def sent() -> object:
    with open_line("sms") as line:
        try:
            return line.send(PARCEL)
        except (TryLater, Refused, OutcomeUnknown) as error:
            return (type(error), error.reason)


def signed(use: str, timestamp: str, body: bytes, secret: str = "s/ecret") -> str:
    """The signature as the documentation of the carrier says it, worked out by itself."""
    message = b".".join([use.encode(), timestamp.encode(), body])
    return hmac.new(secret.encode(), message, sha256).hexdigest()


def test_what_the_gateway_gets(gateway_sink):
    assert sent() == "ref-1"
    taken = gateway_sink.taken[0]
    assert taken.path == "/messages"
    assert taken.json == {
        "id": "an-id",
        "to": TO,
        "from": "+13125550100",
        "text": "Tiene una cita mañana.",
    }
    assert taken.headers["idempotency-key"] == "an-id"
    assert taken.headers["x-key-id"] == "key-1"
    timestamp = taken.headers["x-timestamp"]
    assert abs(int(timestamp) - time.time()) < 60
    assert taken.headers["x-signature"] == signed("send", timestamp, taken.body)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b'{"id": "abc"}', "abc"),
        (202, b'{"id": "abc", "more": 1}', "abc"),
        (200, b"OK", NONSENSE),
        (200, b"", NONSENSE),
        (200, b"[]", NONSENSE),
        (200, b"[" * 50_000, NONSENSE),
        (200, b'{"id": ""}', NONSENSE),
        (200, b'{"id": 7}', NONSENSE),
        (200, b'{"id": null}', NONSENSE),
        (200, b'{"id": "' + b"x" * 121 + b'"}', NONSENSE),
        (200, b'{"id": "a\\u0000b"}', NONSENSE),
        (200, b'{"id": "\xff"}', NONSENSE),
        (200, b'{"id": "\\ud800"}', NONSENSE),
        (200, b'{"id": "abc", "more": "' + b"x" * 100_000 + b'"}', NONSENSE),
        (204, b"", NONSENSE),
        (301, b"", LATER),
        (303, b"", NONSENSE),
        (400, b"", MESSAGE),
        (401, b"", LATER),
        (404, b"nonsense", MESSAGE),
        (422, b'{"refused": "address"}', ADDRESS),
        (422, b'{"refused": "text"}', MESSAGE),
        (429, b"", LATER),
        (500, b"", NONSENSE),
        (502, b'{"id": "abc"}', NONSENSE),
        (503, b"", LATER),
    ],
)
def test_what_each_answer_means(gateway_sink, status, body, expected):
    gateway_sink.answers.status, gateway_sink.answers.body = status, body
    assert sent() == expected


def test_nobody_at_the_other_end_took_nothing(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.SMS_URL = f"webhook+http://key-1:hush@127.0.0.1:{free.getsockname()[1]}/"
        assert sent() == LATER


@pytest.mark.parametrize("way", ["stalls", "hangs_up"])
def test_no_answer_once_it_was_sent_is_unknown(gateway_sink, settings, way):
    settings.SEND_TIMEOUT_SECONDS = 0.2
    setattr(gateway_sink.answers, way, True)
    assert sent() == UNKNOWN
    assert len(gateway_sink.taken) == 1


def test_a_gateway_that_keeps_stalling_is_left_for_this_sweep(gateway_sink, settings):
    settings.SEND_TIMEOUT_SECONDS = 0.1
    gateway_sink.answers.stalls = True
    with open_line("sms") as line:
        for _ in range(3):
            assert line.is_open()
            with pytest.raises(OutcomeUnknown):
                line.send(PARCEL)
        assert not line.is_open()


def test_one_that_refuses_is_not_down(gateway_sink):
    gateway_sink.answers.status = 400
    with open_line("sms") as line:
        for _ in range(5):
            with pytest.raises(Refused):
                line.send(PARCEL)
        assert line.is_open()


@pytest.mark.parametrize(
    "url",
    [
        "webhook+http://key:hush@gateway.example/messages",
        "webhook+https://gateway.example/messages",
        "webhook+https://key@gateway.example/messages",
        "webhook+https://key:hush@[::1/messages",
        "webhook+https://key:hush@/messages",
        "webhook://key:hush@gateway.example/messages",
        "smtp://key:hush@gateway.example",
    ],
)
def test_a_url_that_is_wrong_is_refused_without_repeating_the_secret(settings, url):
    settings.SMS_URL = url
    with pytest.raises(ImproperlyConfigured, match="SMS_URL") as refusal:
        open_line("sms")
    assert "hush" not in str(refusal.value)


REPLY = {"id": "in-1", "from": TO, "text": " Sí "}


def brought(use: str = "reply", said: object = None, **changes):
    """A request from the gateway, genuine but for the changes."""
    body = changes.get("raw", json.dumps(REPLY if said is None else said).encode())
    timestamp = changes.get("timestamp", str(int(time.time()) + changes.get("late", 0)))
    signature = signed(changes.get("signed_for", use), timestamp, body)
    headers = {
        "x-key-id": changes.get("key_id", "key-1"),
        "x-timestamp": timestamp,
        "x-signature": changes.get("signature", signature),
    }
    body = changes.get("sent", body)
    return RequestFactory().post(
        f"/gateways/webhook/{use}", body, content_type="application/json", headers=headers
    )


def test_a_reply():
    assert webhook.read_incoming(brought()) == IncomingText("in-1", TO, " Sí ")


def test_what_the_database_cannot_keep_is_left_out():
    raw = b'{"id": "in-1", "from": "+13125550123", "text": "a\\u0000b\\ud800c"}'
    assert webhook.read_incoming(brought(raw=raw)).text == "ab?c"
    long = webhook.read_incoming(brought(said=REPLY | {"text": "x" * 5_000}))
    assert len(long.text) == 1_600


def test_receipts():
    delivered = webhook.read_receipt(brought("receipt", {"id": "ref-1", "status": "delivered"}))
    assert delivered
    assert (delivered.ref, delivered.is_delivered) == ("ref-1", True)
    assert abs(delivered.said_at.timestamp() - time.time()) < 60
    failed = webhook.read_receipt(brought("receipt", {"id": "ref-1", "status": "failed"}))
    assert failed
    assert not failed.is_delivered
    assert webhook.read_receipt(brought("receipt", {"id": "ref-1", "status": "queued"})) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": ""},
        {"signature": "0" * 64},
        {"signature": "é" * 64},
        {"signed_for": "receipt"},
        {"signed_for": "send"},
        {"key_id": "key-2"},
        {"key_id": ""},
        {"sent": json.dumps(REPLY | {"text": "STOP"}).encode()},
        {"late": -301},
        {"late": 301},
        {"timestamp": ""},
        {"timestamp": "yesterday"},
        {"timestamp": "-1"},
        {"timestamp": "9" * 5_000},
        {"timestamp": "١٢٣"},
        {"raw": b""},
        {"raw": b"no json"},
        {"raw": b"[1]"},
        {"raw": b"x" * 40_000},
        {"said": {"id": "in-1", "text": "1"}},
        {"said": REPLY | {"from": "312-555-0123"}},
        {"said": REPLY | {"from": "+1312555012345678"}},
        {"said": REPLY | {"from": "owl"}},
        {"said": REPLY | {"from": ["+13125550123"]}},
        {"said": REPLY | {"id": ""}},
        {"said": REPLY | {"id": 7}},
        {"said": REPLY | {"id": "x" * 121}},
        {"said": REPLY | {"id": "a\0b"}},
        {"said": REPLY | {"text": None}},
    ],
)
def test_what_is_not_genuine(changes, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(NotGenuine) as refusal:
        webhook.read_incoming(brought(**changes))
    assert "555" not in str(refusal.value) + caplog.text


@pytest.mark.parametrize("late", [-299, 299])
def test_clocks_may_differ_a_little(late):
    assert webhook.read_incoming(brought(late=late)).ref == "in-1"


def test_a_body_of_no_known_size_is_not_read():
    request = brought()
    request.META["CONTENT_LENGTH"] = ""
    with pytest.raises(NotGenuine):
        webhook.read_incoming(request)


def test_only_the_gateway_that_is_chosen_is_listened_to(settings):
    assert gateway("webhook") is webhook
    assert gateway("twilio") is gateway("console") is gateway("owl") is gateway("") is None
    settings.SMS_URL = "console://"
    assert gateway("webhook") is gateway("console") is None
    with pytest.raises(NotGenuine):
        webhook.read_incoming(brought())
