"""Mail over SMTP, step by step: up to the text nothing can have arrived.

The server is the one of EMAIL_URL. One connection serves a sweep.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Sequence
from contextlib import suppress
from email.generator import BytesGenerator
from email.utils import formataddr
from io import BytesIO
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email

from programs.models import Channel
from reminders.channels.line import OutcomeUnknown, Parcel, Refused, TryLater
from reminders.channels.patience import Patience
from reminders.models import Reason

NAME = "email"
SCHEMES = ("smtp", "smtps", "smtp+tls")
CHANNELS = (Channel.EMAIL,)
# RFC 5321, 4.2: the first figure of a reply says whether the step was done, may be tried again
# later, or never will be; 354 asks for the text, and 421 says that the server hangs up.
DONE, LATER, NEVER = 2, 4, 5
GO_ON, HANGS_UP = 354, 421
# RFC 4954, 6: we have to sign in first, which somebody has to put right; nothing about this letter.
SIGN_IN_FIRST = 530
# What smtplib raises where the connection breaks or stalls, or what comes is no reply.
BROKEN = (OSError, smtplib.SMTPException, ValueError)


class NoMailServer(BaseEmailBackend):
    """Django's own mail where EMAIL_URL is not set: none goes out, and nobody is told it did."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse: there is no server to speak to."""
        raise ConnectionError("EMAIL_URL is not set")


class SmtpLine:
    """The line to the mail server, opened when first needed and closed with its `with` block."""

    def __init__(self) -> None:
        self._server = EmailBackend(timeout=settings.SEND_TIMEOUT_SECONDS)
        self._patience = Patience(NAME)
        self._is_fresh = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def is_open(self) -> bool:
        """Return whether the server answers; once it did not, not for the rest of this sweep."""
        if not self._patience.is_over and self._server.connection is None:
            try:
                self._open()
            except BROKEN as error:
                self._close()
                self._patience.failed(type(error).__name__, is_lost=True)
        return not self._patience.is_over

    def send(self, parcel: Parcel) -> str:
        """Hand the letter over; mail servers give it no name of their own.

        Raises TryLater, Refused or OutcomeUnknown. Log lines and errors carry no address.
        """
        sender, to, text = _sealed(parcel)
        if not self.is_open():
            raise TryLater
        try:
            self._address(sender, to)
        except smtplib.SMTPServerDisconnected:
            if self._is_fresh:
                raise self._broken("before the text") from None
            # It had hung up on us while nothing was said: some do after so many letters.
            self._begin_again(sender, to)
        self._is_fresh = False
        self._hand_over(text)
        return ""

    @property
    def _smtp(self) -> smtplib.SMTP:
        """The open connection. Raises SMTPServerDisconnected where there is none."""
        if self._server.connection is None:
            raise smtplib.SMTPServerDisconnected
        return self._server.connection

    def _open(self) -> None:
        self._server.open()
        self._smtp.ehlo_or_helo_if_needed()
        self._is_fresh = True

    def _begin_again(self, sender: str, to: str) -> None:
        self._close()
        if not self.is_open():
            raise TryLater
        try:
            self._address(sender, to)
        except smtplib.SMTPServerDisconnected:
            raise self._broken("before the text") from None

    def _address(self, sender: str, to: str) -> None:
        """Say from whom and to whom, and ask to go on. Lets through that nobody is there."""
        smtp = self._smtp
        try:
            self._step(smtp.mail(sender), DONE, Reason.MESSAGE_REFUSED)
            self._step(smtp.rcpt(to), DONE, Reason.ADDRESS_REFUSED)
            self._step(smtp.docmd("DATA"), GO_ON, Reason.MESSAGE_REFUSED)
        except smtplib.SMTPServerDisconnected:
            raise
        except BROKEN as error:
            raise self._broken(type(error).__name__) from None

    def _step(self, reply: tuple[int, bytes], right: int, refusal: Reason) -> None:
        """Hold a reply against the right one, and leave the server ready for the next letter."""
        code = reply[0]
        if right in (code, code // 100):
            self._patience.answered()
            return
        if code in (HANGS_UP, SIGN_IN_FIRST) or code // 100 not in (LATER, NEVER):
            raise self._broken(str(code))
        self._patience.answered()
        with suppress(*BROKEN):
            self._smtp.rset()
        if code // 100 == NEVER:
            raise Refused(refusal)
        raise TryLater

    def _hand_over(self, text: bytes) -> None:
        """Send the text. From its first byte on, no answer means that nobody knows."""
        smtp = self._smtp
        try:
            smtp.send(text)
            code = smtp.getreply()[0]
        except BROKEN as error:
            self._close()
            self._patience.failed(type(error).__name__)
            raise OutcomeUnknown from None
        self._patience.answered()
        if code // 100 == LATER:
            raise self._broken(str(code)) if code == HANGS_UP else TryLater()
        if code // 100 == NEVER:
            raise Refused(Reason.MESSAGE_REFUSED)
        if code // 100 != DONE:
            self._close()
            raise OutcomeUnknown(Reason.NONSENSE)

    def _broken(self, why: str) -> TryLater:
        """Note that the connection is of no use any more, before anything was taken."""
        self._close()
        self._patience.failed(why)
        return TryLater()

    def _close(self) -> None:
        with suppress(*BROKEN):
            self._server.close()
        self._server.connection = None


def open_line(_url: str) -> SmtpLine:
    """Return the line to the mail server, which the settings have read from the URL."""
    return SmtpLine()


def _sealed(parcel: Parcel) -> tuple[str, str, bytes]:
    """Return from whom, to whom, and the text as it is sent. Raises Refused where it cannot be."""
    try:
        validate_email(parcel.to)
        to = sanitize_address(parcel.to, "utf-8")
    except (ValidationError, ValueError):
        raise Refused(Reason.ADDRESS_REFUSED) from None
    try:
        raw = _in_bytes(_message(parcel))
    except ValueError:
        raise Refused(Reason.MESSAGE_REFUSED) from None
    # RFC 5321, 4.5.2: a line that begins with a dot gets another one; one alone is the end.
    text = re.sub(rb"(?m)^\.", b"..", raw)
    return settings.DEFAULT_FROM_EMAIL, to, text.rstrip(b"\r\n") + b"\r\n.\r\n"


def _in_bytes(message: EmailMessage) -> bytes:
    """Return the message with each header on one line: not all readers put addresses together."""
    raw = BytesIO()
    generator = BytesGenerator(raw, mangle_from_=False, maxheaderlen=0)
    generator.flatten(message.message(), linesep="\r\n")
    return raw.getvalue()


def _message(parcel: Parcel) -> EmailMessage:
    letter, address = parcel.letter, settings.DEFAULT_FROM_EMAIL
    # Named by us: Django's own id would name the machine.
    headers = {
        "Message-ID": f"<{parcel.message_id}@{address.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }
    if parcel.unsubscribe_url:
        # RFC 8058: mail programs show it as a button, and post to it when it is pressed.
        headers["List-Unsubscribe"] = f"<{parcel.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=formataddr((letter.sender, address)) if letter.sender else address,
        to=[parcel.to],
        headers=headers,
    )
