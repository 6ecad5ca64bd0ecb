"""What a log line may say: of a failure its kind and where, of a request its path.

An error's message can quote a row (`Key (chart_number)=(…) already exists`), and a log is read by
people who may not read charts.
"""

from __future__ import annotations

import re
import sys
import traceback
from typing import Any

# The rest of such an address signs its reader in, once.
INVITATION = re.compile(r"(/welcome/)[^/]+")


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
    """Cut off a request's address what tells whose row it was, or would let a reader in."""
    if isinstance(event.get("request"), str):
        event["request"] = INVITATION.sub(r"\1…", event["request"].split("?")[0])
    return event
