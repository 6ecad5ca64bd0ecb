"""The doorway for gateways: what is signed comes in, all else is refused and changes nothing."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import ContactConsent
from programs.weeks import local_date
from reminders.channels import twilio
from reminders.channels.webhook import Gateway, signed_headers
from reminders.models import Answer, Reminder, Reply
from tests.reminders.coming_back import NUMBER, a_reader, was_told

pytestmark = pytest.mark.django_db

URL = "webhook+https://desk:very-secret@gateway.example/messages"
TWILIO = "twilio://AC0123:token-of-theirs@+13125550100"
REPLY = "/gateways/webhook/reply"
TEXT = "Stop, my sister reads these"


@pytest.fixture(autouse=True)
def webhook(settings):
    settings.SMS_URL = URL


@pytest.fixture
def person(program):
    return a_reader(program)


@pytest.fixture
def asked(person, program):
    """A reminder of tomorrow that went out just now."""
    now = timezone.now()
    tomorrow = local_date(now, program.zone) + timedelta(days=1)
    return was_told(person, program, for_on=tomorrow, starts_at=now + timedelta(days=1), due_at=now)


def a_body(**fields: Any) -> bytes:
    return json.dumps({"id": "in-1", "from": NUMBER, "text": TEXT, **fields}).encode()


def post(body: bytes, *, use: str = "reply", address: str = REPLY, at: float = 0, **changed: str):
    headers = signed_headers(Gateway.at(URL), use, body, at=at or time.time())
    return Client(enforce_csrf_checks=True).post(
        address, body, content_type="application/json", headers={**headers, **changed}
    )


def nothing_changed() -> bool:
    is_untouched = not ContactConsent.objects.exclude(withdrawn_at=None).exists()
    rows = (Reply, Answer, AuditEvent, Reminder.objects.filter(kind="response"))
    return is_untouched and not any(
        each.exists() if hasattr(each, "exists") else each.objects.exists() for each in rows
    )


def says_nothing_of_them(caplog, response=None) -> bool:
    said = caplog.text + (response.content.decode() if response else "")
    return NUMBER[2:] not in said and "sister" not in said


def test_a_signed_reply_comes_in_without_sign_in_or_csrf(person, caplog):
    response = post(a_body())
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml")
    assert b"<Response></Response>" in response.content
    reply = Reply.objects.get()
    assert (reply.gateway, reply.gateway_ref, reply.meaning) == ("webhook", "in-1", "stop")
    assert not ContactConsent.objects.filter(withdrawn_at=None).exists()
    assert says_nothing_of_them(caplog, response)


def test_a_replayed_reply_is_answered_alike_and_changes_nothing(asked):
    body = a_body(text="2")
    first, again = post(body), post(body)
    other_words = post(a_body(text="1"))
    assert [each.status_code for each in (first, again, other_words)] == [200, 200, 200]
    assert Answer.objects.get().word == "not_coming"
    assert Reply.objects.count() == Reminder.objects.filter(kind="response").count() == 1


FORGERIES = {
    "no signature": {"X-Signature": ""},
    "a wrong signature": {"X-Signature": "0" * 64},
    "a signature in other letters": {"X-Signature": "\u00e9" * 64},
    "another key": {"X-Key-Id": "another"},
    "another time": {"X-Timestamp": "1"},
    "no time": {"X-Timestamp": ""},
}


@pytest.mark.parametrize("changed", FORGERIES.values(), ids=FORGERIES.keys())
def test_what_is_not_signed_by_the_gateway_is_refused(person, caplog, changed):
    response = post(a_body(), **changed)
    assert response.status_code == 403
    assert nothing_changed()
    assert "gateway_refused" in caplog.text
    assert says_nothing_of_them(caplog, response)


def test_what_was_signed_long_ago_or_for_another_use_is_refused(person, caplog):
    assert post(a_body(), at=time.time() - 301).status_code == 403
    assert post(a_body(), use="receipt").status_code == 403
    assert post(a_body(), use="send").status_code == 403
    assert nothing_changed()


NONSENSE = {
    "no json": b"\xff\xfe",
    "a list": b"[]",
    "deep": b"[" * 20_000,
    "no id": a_body(id=None),
    "an id that is too long": a_body(id="x" * 121),
    "no number": a_body(**{"from": None}),
    "a number that is not one": a_body(**{"from": "my sister's phone"}),
    "a number without its country": a_body(**{"from": "3125550123"}),
    "a text that is a number": a_body(text=1),
}


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE.keys())
def test_what_cannot_be_read_is_refused_though_it_is_signed(person, caplog, body):
    response = post(body)
    assert response.status_code == 403
    assert nothing_changed()
    assert says_nothing_of_them(caplog, response)


def test_what_is_too_large_is_refused_unread(person, caplog):
    response = post(a_body(text="stop " * 10_000))
    assert response.status_code == 413
    assert nothing_changed()
    assert says_nothing_of_them(caplog, response)


@pytest.mark.parametrize("url", ["", "console://", TWILIO, "nonsense://", "://"])
def test_only_the_gateway_that_is_set_up_is_known(person, settings, url):
    settings.SMS_URL = url
    assert post(a_body()).status_code == 404
    assert nothing_changed()


def test_a_gateway_nobody_has_heard_of_is_not_there(person):
    assert post(a_body(), address="/gateways/owl/reply").status_code == 404
    assert post(a_body(), address="/gateways/owl/receipt").status_code == 404


@pytest.mark.parametrize("address", [REPLY, "/gateways/webhook/receipt"])
def test_it_is_only_posted_to(client, address):
    assert client.get(address).status_code == 405


def test_twilio_is_answered_with_twiml(person, settings):
    settings.SMS_URL, settings.SITE_URL = TWILIO, "https://desk.example"
    address = "/gateways/twilio/reply"
    form = {"MessageSid": "SM1", "AccountSid": "AC0123", "From": NUMBER, "Body": "Baja"}
    response = Client().post(address, form)
    assert (response.status_code, Reply.objects.count()) == (403, 0)
    signed = QueryDict(mutable=True)
    signed.update(form)
    token = twilio.signature("token-of-theirs", "https://desk.example" + address, signed)
    response = Client().post(address, form, headers={"X-Twilio-Signature": token})
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml")
    assert Reply.objects.get().meaning == "stop"


# --- receipts ---------------------------------------------------------------------------------


def receipt(status: str = "delivered", ref: str = "out-1"):
    body = json.dumps({"id": ref, "status": status}).encode()
    return post(body, use="receipt", address="/gateways/webhook/receipt")


@pytest.fixture
def sent(asked):
    Reminder.objects.filter(pk=asked.pk).update(gateway_ref="out-1")
    return asked


def test_a_receipt_says_that_it_arrived(sent):
    assert receipt().status_code == 204
    sent.refresh_from_db()
    assert sent.status == "sent"
    assert sent.delivered_at >= sent.sent_at
    assert AuditEvent.objects.get().verb == "reminder.delivered"
    assert receipt().status_code == 204
    assert AuditEvent.objects.count() == 1


def test_a_receipt_for_what_we_do_not_know_changes_nothing(sent, caplog):
    assert receipt(ref="of-somebody-else").status_code == 404
    assert receipt(status="queued").status_code == 204
    assert receipt(status="queued", ref="of-somebody-else").status_code == 204
    sent.refresh_from_db()
    assert (sent.status, sent.delivered_at) == ("sent", None)
    assert not AuditEvent.objects.exists()


def test_a_forged_receipt_changes_nothing(sent):
    body = json.dumps({"id": "out-1", "status": "failed"}).encode()
    address = "/gateways/webhook/receipt"
    assert post(body, use="receipt", address=address, at=0, **{"X-Key-Id": "x"}).status_code == 403
    assert post(body, use="reply", address=address).status_code == 403
    sent.refresh_from_db()
    assert sent.status == "sent"
