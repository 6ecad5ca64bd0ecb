"""Text messages by Twilio's REST interface, spoken over plain HTTP; nothing of theirs is installed.

    SMS_URL=twilio://AccountSid:AuthToken@+13125550100

The number is the one they are sent from. https://www.twilio.com/docs/messaging/api/message-resource
says what a message is, https://www.twilio.com/docs/usage/webhooks/webhooks-security how their
requests are signed, and https://www.twilio.com/docs/api/errors what their error codes mean. They
sign no time: a request that is sent again is known by its MessageSid, which is taken once.
"""

from __future__ import annotations

import base64
import hmac
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from programs.models import Channel
from reminders.channels.http import Answer, HttpLine, encrypted_or_near
from reminders.channels.incoming import NUMBER, number_in, ref_in, small_body, text_in
from reminders.channels.line import (
    IncomingText,
    NotGenuine,
    OutcomeUnknown,
    Parcel,
    Receipt,
    Refused,
    TryLater,
)
from reminders.models import Reason

NAME = "twilio"
SCHEMES = ("twilio",)
CHANNELS = (Channel.SMS,)
RIGHT = "use twilio://AccountSid:AuthToken@+13125550100"
API = "https://api.twilio.com"
# No number, one that takes no texts, one that cannot be reached, one in a country that is not
# allowed for; and one whose owner has told the carrier that they want no more of us.
ADDRESS_REFUSED = {21211, 21214, 21217, 21408, 21421, 21610, 21612, 21614}
# Authentication, and too many requests: nothing about this message.
PASSING = {20003, 20005, 20429, 21611}
FINAL = {"delivered": True, "undelivered": False, "failed": False}


@dataclass(frozen=True)
class Account:
    """Whose account it is, the token that signs, and the number it sends from."""

    sid: str
    token: str
    sender: str
    api: str

    @classmethod
    def at(cls, url: str) -> Account:
        """Return what the URL says; `?api=` is for tests. Raises ImproperlyConfigured."""
        parts = _parts(url)
        sender = unquote(parts.hostname or "")
        if parts.scheme not in SCHEMES or not (parts.username and parts.password):
            raise ImproperlyConfigured(f"SMS_URL names no account: {RIGHT}.")
        if not NUMBER.fullmatch(sender):
            raise ImproperlyConfigured(f"SMS_URL names no number to send from: {RIGHT}.")
        apis = parse_qs(parts.query).get("api", [API])
        return cls(
            sid=unquote(parts.username),
            token=unquote(parts.password),
            sender=sender,
            api=encrypted_or_near(apis[0]),
        )


def _parts(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        raise ImproperlyConfigured(f"SMS_URL cannot be read: {RIGHT}.") from None


class TwilioLine(HttpLine):
    """The line to Twilio."""

    def __init__(self, account: Account) -> None:
        super().__init__(NAME, auth=(account.sid, account.token))
        self._account = account
        self._url = f"{account.api}/2010-04-01/Accounts/{account.sid}/Messages.json"

    def send(self, parcel: Parcel) -> str:
        """Hand the text over and return its MessageSid."""
        form = {"To": parcel.to, "From": self._account.sender, "Body": parcel.letter.body}
        if settings.SITE_URL.startswith("https://"):
            form["StatusCallback"] = settings.SITE_URL + reverse("inbound:receipt", args=[NAME])
        answer = self.post(self._url, data=form)
        if answer.is_yes:
            return answer.ref("sid")
        if answer.is_no:
            raise _refusal(answer)
        raise OutcomeUnknown(Reason.NONSENSE)


def _refusal(answer: Answer) -> Refused | TryLater:
    said = answer.said.get("code")
    code = said if isinstance(said, int) else None
    if code in PASSING or (code is None and answer.status == HTTPStatus.FORBIDDEN):
        return TryLater()
    return Refused(Reason.ADDRESS_REFUSED if code in ADDRESS_REFUSED else Reason.MESSAGE_REFUSED)


def open_line(url: str) -> TwilioLine:
    """Return the line to Twilio for the account in the URL."""
    return TwilioLine(Account.at(url))


def read_incoming(request: HttpRequest) -> IncomingText:
    """Return the reply that Twilio brings. Raises NotGenuine where it is not Twilio's."""
    form = _form(request)
    return IncomingText(
        ref=ref_in(form.get("MessageSid")),
        sender=number_in(form.get("From")),
        text=text_in(form.get("Body", "")),
    )


def read_receipt(request: HttpRequest) -> Receipt | None:
    """Return Twilio's receipt, None where it says nothing final. Raises NotGenuine."""
    form = _form(request)
    status = form.get("MessageStatus", "")
    if status not in FINAL:
        return None
    said_at = datetime.fromtimestamp(time.time(), UTC)
    return Receipt(ref=ref_in(form.get("MessageSid")), is_delivered=FINAL[status], said_at=said_at)


def _form(request: HttpRequest) -> QueryDict:
    """Return the form that Twilio posted, once its signature has been held against it."""
    account = _ours()
    small_body(request)
    form = request.POST
    right = signature(account.token, settings.SITE_URL + request.get_full_path(), form)
    given = request.headers.get("X-Twilio-Signature", "")
    if not hmac.compare_digest(given.encode(), right.encode()):
        raise NotGenuine("not signed with our token")
    if form.get("AccountSid") != account.sid:
        raise NotGenuine("of another account")
    return form


def signature(token: str, url: str, form: QueryDict) -> str:
    """Return what X-Twilio-Signature says of a form that is posted to the address."""
    said = "".join(
        f"{name}{value}" for name in sorted(form) for value in sorted(set(form.getlist(name)))
    )
    # Twilio has it so. As a keyed hash SHA-1 is not broken.
    digest = hmac.new(token.encode(), (url + said).encode("utf-8", "replace"), sha1).digest()
    return base64.b64encode(digest).decode()


def _ours() -> Account:
    try:
        return Account.at(settings.SMS_URL)
    except ImproperlyConfigured:
        raise NotGenuine("not set up") from None
