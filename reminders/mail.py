"""The mail server: one connection for a sweep, and what its answers mean."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from reminders.models import Failure
from reminders.wording import Letter

log = structlog.get_logger(__name__)


class OutcomeUnknown(Exception):
    """The connection broke while a message was on its way: it may have arrived, or not."""


class NoMailServer(BaseEmailBackend):
    """Stands in where EMAIL_URL is not set: nothing goes out, and nobody is told it did."""

    def open(self) -> bool:
        """Refuse: there is no server to speak to."""
        raise ConnectionError("EMAIL_URL is not set")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse, also mail that does not ask for a connection first."""
        raise ConnectionError("EMAIL_URL is not set")


class MailLine:
    """The line to the mail server, opened when first needed and closed with its `with` block."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._is_down = False

    def __enter__(self) -> MailLine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def is_open(self) -> bool:
        """Return whether the server answers; once it did not, not for the rest of this sweep."""
        if not self._is_down:
            try:
                self._connection.open()
            except (OSError, SMTPException) as error:
                self._is_down = True
                log.warning("mail_server_does_not_answer", error=type(error).__name__)
        return not self._is_down

    def send(self, letter: Letter, *, to: str, message_id: str) -> Failure | None:
        """Send the letter; return why the server refused it, None where it took it.

        Raises OutcomeUnknown where it did not say. Log lines and errors carry no address.
        """
        message = _message(letter, to, message_id)
        try:
            self._connection.send_messages([message])
        except SMTPRecipientsRefused:
            self._connection.close()
            return Failure.ADDRESS_REFUSED
        except SMTPResponseException:
            self._connection.close()
            return Failure.MESSAGE_REFUSED
        except (OSError, SMTPException) as error:
            self._connection.close()
            raise OutcomeUnknown(type(error).__name__) from None
        return None


def _message(letter: Letter, to: str, message_id: str) -> EmailMessage:
    address = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=formataddr((letter.sender, address)) if letter.sender else address,
        to=[to],
        # Named by us: Django's own id would name the machine.
        headers={
            "Message-ID": f"<{message_id}@{address.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
    )
