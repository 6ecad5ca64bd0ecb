"""Twilio's REST form: what goes out, what its answers mean, what it brings, signed."""

from __future__ import annotations

import base64
import json
import logging
import time
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.test import RequestFactory

from reminders.channels import twilio
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

SID, TOKEN, FROM, TO = "AC123", "a-token", "+13125550100", "+13125550123"
PARCEL = Parcel(Letter("en", "Desk", "", "You have an appointment."), TO, "an-id")
LATER = (TryLater, Reason.NO_ANSWER)
ADDRESS = (Refused, Reason.ADDRESS_REFUSED)
MESSAGE = (Refused, Reason.MESSAGE_REFUSED)
NONSENSE = (OutcomeUnknown, Reason.NONSENSE)


@pytest.fixture(autouse=True)
def by_twilio(gateway_sink, settings):
    api = quote(f"http://127.0.0.1:{gateway_sink.port}", safe="")
    settings.SMS_URL = f"twilio://{SID}:{TOKEN}@{FROM}?api={api}"
    settings.SITE_URL = "https://desk.example"


def sent() -> object:
    with open_line("sms") as line:
        try:
            return line.send(PARCEL)
        except (TryLater, Refused, OutcomeUnknown) as error:
            return (type(error), error.reason)


def test_what_twilio_gets(gateway_sink):
    gateway_sink.answers.status = 201
    assert sent() == "SM1"
    taken = gateway_sink.taken[0]
    assert taken.path == f"/2010-04-01/Accounts/{SID}/Messages.json"
    assert dict(parse_qsl(taken.body.decode())) == {
        "To": TO,
        "From": FROM,
        "Body": "You have an appointment.",
        "StatusCallback": "https://desk.example/gateways/twilio/receipt",
    }
    basic = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
    assert taken.headers["authorization"] == f"Basic {basic}"


def test_without_an_address_on_the_net_no_receipt_is_asked_for(gateway_sink, settings):
    settings.SITE_URL = "http://localhost:8000"
    sent()
    assert b"StatusCallback" not in gateway_sink.taken[0].body


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (201, {"sid": "SM9"}, "SM9"),
        (200, {"message": "fine"}, NONSENSE),
        (400, {"code": 21211}, ADDRESS),
        (400, {"code": 21614}, ADDRESS),
        (400, {"code": 21610}, ADDRESS),
        (400, {"code": 21617}, MESSAGE),
        (400, {"code": [21211]}, MESSAGE),
        (400, {}, MESSAGE),
        (401, {"code": 20003}, LATER),
        (403, {"code": 20003}, LATER),
        (403, {}, LATER),
        (429, {"code": 20429}, LATER),
        (500, {}, NONSENSE),
        (503, {}, LATER),
    ],
)
def test_what_each_answer_means(gateway_sink, status, said, expected):
    gateway_sink.answers.status = status
    gateway_sink.answers.body = json.dumps(said).encode()
    assert sent() == expected


@pytest.mark.parametrize(
    "url",
    [
        f"twilio://{SID}:hush@example.com",
        f"twilio://{SID}:hush@3125550100",
        f"twilio://{SID}@{FROM}",
        f"twilio://{FROM}",
        f"twilio://{SID}:hush@[::1",
        f"twilio://{SID}:hush@{FROM}?api=http%3A%2F%2Fgateway.example",
        f"twilio://{SID}:hush@{FROM}?api=%3A%3A",
    ],
)
def test_a_url_that_is_wrong_is_refused_without_repeating_the_token(settings, url):
    settings.SMS_URL = url
    with pytest.raises(ImproperlyConfigured, match="SMS_URL") as refusal:
        open_line("sms")
    assert "hush" not in str(refusal.value)


def test_the_signature_is_the_one_of_their_documentation():
    # The example of https://www.twilio.com/docs/usage/webhooks/webhooks-security
    form = QueryDict(mutable=True)
    form.update(
        {
            "CallSid": "CA1234567890ABCDE",
            "Caller": "+14158675309",
            "Digits": "1234",
            "From": "+14158675309",
            "To": "+18005551212",
        }
    )
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert twilio.signature("12345", url, form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


REPLY = {"AccountSid": SID, "MessageSid": "SM7", "From": TO, "To": FROM, "Body": "1"}


def brought(use: str = "reply", said: dict | None = None, **changes):
    """A request from Twilio, genuine but for the changes."""
    form = QueryDict(mutable=True)
    form.update(REPLY if said is None else said)
    path = f"/gateways/twilio/{use}{changes.get('question', '')}"
    url = changes.get("signed_url", f"https://desk.example{path}")
    right = twilio.signature(changes.get("token", TOKEN), url, form)
    form.update(changes.get("added", {}))
    return RequestFactory().post(
        path,
        urlencode(form),
        content_type="application/x-www-form-urlencoded",
        headers={"x-twilio-signature": changes.get("signature", right)},
    )


def test_a_reply():
    assert twilio.read_incoming(brought()) == IncomingText("SM7", TO, "1")
    assert twilio.read_incoming(brought(said=REPLY | {"Body": "sí, ahí"})).text == "sí, ahí"
    assert twilio.read_incoming(brought(question="?a=1")).ref == "SM7"


@pytest.mark.parametrize(
    ("status", "expected"),
    [("delivered", True), ("undelivered", False), ("failed", False), ("sent", None), ("", None)],
)
def test_receipts(status, expected):
    said = {"AccountSid": SID, "MessageSid": "SM1", "MessageStatus": status}
    receipt = twilio.read_receipt(brought("receipt", said))
    if receipt is None:
        assert expected is None
    else:
        assert (receipt.ref, receipt.is_delivered) == ("SM1", expected)
        assert abs(receipt.said_at.timestamp() - time.time()) < 60


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": ""},
        {"signature": "AAAA"},
        {"signature": "é"},
        {"token": "another-token"},
        {"signed_url": "https://desk.example/gateways/twilio/receipt"},
        {"signed_url": "https://other.example/gateways/twilio/reply"},
        {"added": {"Body": "STOP"}},
        {"added": {"Extra": "1"}},
        {"said": REPLY | {"AccountSid": "AC999"}},
        {"said": REPLY | {"From": "12345"}},
        {"said": REPLY | {"From": "owl"}},
        {"said": REPLY | {"MessageSid": ""}},
        {"said": REPLY | {"Body": "x" * 40_000}},
    ],
)
def test_what_is_not_genuine(changes, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(NotGenuine) as refusal:
        twilio.read_incoming(brought(**changes))
    assert "555" not in str(refusal.value) + caplog.text


def test_only_where_it_is_chosen(settings):
    assert gateway("twilio") is twilio
    settings.SMS_URL = ""
    assert gateway("twilio") is None
    with pytest.raises(NotGenuine):
        twilio.read_incoming(brought())
