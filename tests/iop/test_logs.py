"""Log lines: of a failure its kind and where, of a request its path, and never a name."""

from __future__ import annotations

import pytest

from iop.logs import path_without_question, place_of_failure, secrets_left_out


def test_a_failure_is_named_without_its_words() -> None:
    try:
        raise ValueError("Key (chart_number)=(C-77) already exists")
    except ValueError as failure:
        event = place_of_failure(None, "error", {"event": "failed", "exc_info": failure})
    assert event["exception"] == "ValueError"
    assert "test_logs.py" in event["frames"][0]
    assert "C-77" not in str(event)


def test_a_request_is_named_without_its_question() -> None:
    event = path_without_question(None, "info", {"request": "GET /hours/x/?why=someone"})
    assert event == {"request": "GET /hours/x/"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /welcome/s3cret-token/", "GET /welcome/…/"),
        ("GET /feed/s3cret-token.ics", "GET /feed/…"),
        ("Not Found: /feed/s3cret-token.ics", "Not Found: /feed/…"),
        (
            "Internal Server Error: /Feed/s3cret-token.ics and more",
            "Internal Server Error: /Feed/… and more",
        ),
        ("GET /feed/s3cret-token", "GET /feed/…"),
    ],
)
def test_a_key_is_not_handed_to_whoever_reads_the_log(said: str, kept: str) -> None:
    event = secrets_left_out(None, "info", {"event": said, "request": said, "code": 404})
    assert event == {"event": kept, "request": kept, "code": 404}
