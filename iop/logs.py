"""What a log line may say: of a failure its kind and where, of a request its path.

An error's message can quote a row (`Key (chart_number)=(…) already exists`), and a log is read by
people who may not read charts.
"""

from __future__ import annotations

import re
import sys
import traceback
from typing import Any

# The rest of such an address is a key: it signs its reader in, once, or opens a calendar.
SECRET = re.compile(r"(/(?:welcome|reset|feed|a|u)/)[^/?\s]+", re.I)


def place_of_failure(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace `exc_info` by the exception's type and the lines it passed through."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if isinstance(exc_info, tuple) and exc_info[0]:
        event["exception"] = exc_info[0].__name__
        event["frames"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(exc_info[2])
        ]
    return event


def path_without_question(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cut off a request's address what tells whose row it was."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].split("?")[0]
    return event


def secrets_left_out(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cut out of every word of the line what would let its reader in.

    Django itself names the address of a page that failed or was not found.
    """
    return {
        key: SECRET.sub(r"\1…", value) if isinstance(value, str) else value
        for key, value in event.items()
    }
