"""Log lines: of a failure its kind and where, of a request its path, and never a name."""

from __future__ import annotations

from iop.logs import path_without_question, place_of_failure


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


def test_an_invitation_is_not_handed_to_whoever_reads_the_log() -> None:
    event = path_without_question(None, "info", {"request": "GET /welcome/s3cret-token/"})
    assert event == {"request": "GET /welcome/…/"}
