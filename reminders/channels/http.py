"""Handing something to a gateway over HTTP: one client for a sweep, and what its answers mean."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeGuard

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from reminders.channels.line import OutcomeUnknown, Parcel, TryLater
from reminders.channels.patience import Patience
from reminders.models import Reason

# Up to here not a byte of the request had left.
NOTHING_WAS_TAKEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# Nothing was taken, and what stands in the way may pass: too much at once, down for a while, or a
# key or an address that somebody has to put right first.
PASSING = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
}
MOST_BYTES = 64 * 1024
# As long as the column in which a gateway's name for a message is kept.
LONGEST_REF = 120
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Answer:
    """What a gateway said: its status, and the object in its body, empty where there is none."""

    status: int
    said: Mapping[str, Any]

    @property
    def is_yes(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_no(self) -> bool:
        """Whether it refused this very message."""
        return HTTPStatus.BAD_REQUEST <= self.status < HTTPStatus.INTERNAL_SERVER_ERROR

    def ref(self, name: str) -> str:
        """Return the gateway's name for what it took. Raises OutcomeUnknown without one."""
        found = self.said.get(name)
        if not is_ref(found):
            raise OutcomeUnknown(Reason.NONSENSE)
        return found


class HttpLine:
    """The line to a gateway; what is handed over, and how, is the carrier's."""

    def __init__(self, carrier: str, **client: Any) -> None:
        # Proxies and certificates of the surroundings are left aside: settings.py reads those.
        self._client = httpx.Client(
            timeout=settings.SEND_TIMEOUT_SECONDS, trust_env=False, follow_redirects=False, **client
        )
        self._patience = Patience(carrier)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def is_open(self) -> bool:
        """Return whether it is worth trying; once the gateway failed too often, it is not."""
        return not self._patience.is_over

    def send(self, parcel: Parcel) -> str:
        """Hand the parcel over and return the gateway's name for it."""
        raise NotImplementedError

    def post(self, url: str, **request: Any) -> Answer:
        """Post the request and return the answer, whatever it is, unless it is to be tried again.

        Raises TryLater where nothing was taken, and OutcomeUnknown where the answer did not come.
        """
        try:
            answer = self._answer(url, request)
        except NOTHING_WAS_TAKEN as error:
            self._patience.failed(type(error).__name__, is_lost=True)
            raise TryLater from None
        except httpx.HTTPError as error:
            self._patience.failed(type(error).__name__)
            raise OutcomeUnknown from None
        if answer.status in PASSING:
            self._patience.failed(str(answer.status))
            raise TryLater
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._patience.failed(str(answer.status))
        else:
            self._patience.answered()
        return answer

    def _answer(self, url: str, request: dict[str, Any]) -> Answer:
        """Post, and read no more of the body, and no longer, than an answer needs."""
        until = time.monotonic() + settings.SEND_TIMEOUT_SECONDS
        body = b""
        with self._client.stream("POST", url, **request) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > MOST_BYTES or time.monotonic() > until:
                    return Answer(response.status_code, {})
        return Answer(response.status_code, object_in(body))


def is_ref(found: Any) -> TypeGuard[str]:
    """Whether this can be kept as a gateway's name for a message: half a character cannot."""
    return isinstance(found, str) and 0 < len(found) <= LONGEST_REF and found.isprintable()


def object_in(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object that the body is, an empty one where it is anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def encrypted_or_near(url: str) -> str:
    """Return the address if nobody can listen in: by HTTPS, or on this machine."""
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL:
        raise ImproperlyConfigured("SMS_URL names a gateway that cannot be read.") from None
    if not found.host:
        raise ImproperlyConfigured("SMS_URL names no gateway to speak to.")
    if found.scheme != "https" and found.host not in LOOPBACK:
        raise ImproperlyConfigured("SMS_URL speaks plain HTTP to another machine: use HTTPS.")
    return url
