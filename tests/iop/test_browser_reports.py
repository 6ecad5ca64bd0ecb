"""What a browser refused on a page reaches the log as three short words, whoever sends it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from iop.browser_reports.middleware import ALLOWED, REFUSED
from iop.browser_reports.views import LARGEST, facts

ADDRESS = "/browser-report/"
OLD = {
    "csp-report": {
        "document-uri": "https://clinic.invalid/people/0b0e/?q=Nolan",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.invalid/a.js?who=Nolan",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://clinic.invalid/people/0b0e/?q=Nolan",
            "effectiveDirective": "script-src-elem",
            "blockedURL": "https://evil.invalid/a.js?who=Nolan",
        },
    }
]
TOLD = {
    "directive": "script-src-elem",
    "blocked": "https://evil.invalid",
    "page": "/people/0b0e/",
}


def send(client: Client, body: Any) -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(ADDRESS, content, content_type="application/csp-report").status_code


@pytest.mark.parametrize("sent", [OLD, NEW], ids=["directive", "header"])
def test_a_report_is_one_line_without_names(client: Client, sent: Any) -> None:
    with capture_logs() as lines:
        assert send(client, sent) == 204
    (line,) = [each for each in lines if each["event"] == "browser_refused"]
    assert {name: line[name] for name in TOLD} == TOLD
    assert "Nolan" not in json.dumps(lines)


def test_what_is_inline_is_said_so() -> None:
    sent = {"csp-report": {"effective-directive": "style-src-attr", "blocked-uri": "inline"}}
    assert facts(json.dumps(sent).encode()) == {
        "directive": "style-src-attr",
        "blocked": "inline",
        "page": "",
    }


@pytest.mark.parametrize("body", [b"", b"none", b"[]", b"{}", b'"a"', b"[" * 5000, b"\xff"])
def test_what_is_no_report_is_refused(client: Client, body: bytes) -> None:
    assert send(client, body) == 400


def test_a_large_one_is_not_read(client: Client) -> None:
    assert send(client, b" " * (LARGEST + 1)) == 413


def test_many_from_one_address_are_not_written(client: Client) -> None:
    assert {send(client, OLD) for _ in range(20)} == {204}
    assert send(client, OLD) == 429


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["body"]), inner),
    max_leaves=8,
)


@given(json_like, st.sampled_from(["csp-report", "body"]))
def test_whatever_is_sent_becomes_short_words_or_nothing(inner: Any, key: str) -> None:
    told = facts(json.dumps([{key: inner}] if key == "body" else {key: inner}).encode())
    assert told is None or (
        set(told) == set(TOLD)
        and max(len(word) for word in told.values()) <= 200
        and not any("\n" in word for word in told.values())
    )


def test_every_answer_says_what_a_page_may_do(client: Client, db) -> None:
    response = client.get("/sign-in/")
    policy = response["Permissions-Policy"]
    assert [f"{name}=(self)" for name in ALLOWED] + [f"{name}=()" for name in REFUSED] == (
        policy.split(", ")
    )
    assert response["Reporting-Endpoints"] == f'csp="{ADDRESS}"'
    assert f"report-uri {ADDRESS}" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
