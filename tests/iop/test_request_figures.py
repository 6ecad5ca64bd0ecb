"""Requests counted for Prometheus: by the page's name, its answer, and nothing of anybody."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from prometheus_client import CollectorRegistry, generate_latest

from iop.health.requests import NO_PAGE, OURS, register_requests
from tests import build

COUNT = """
import sys
from iop.health.requests import ANSWERS
ANSWERS.labels("healthz", "GET", 200).inc(int(sys.argv[1]))
"""
ANSWER = """
from types import SimpleNamespace
from iop.health.requests import CountRequests
answer = SimpleNamespace(status_code=200, content="saved")
request = SimpleNamespace(resolver_match=SimpleNamespace(view_name="sheet"), method="POST")
print(CountRequests(lambda request: answer)(request).content)
"""
TELL = """
from prometheus_client import CollectorRegistry, generate_latest
from iop.health.requests import register_requests
registry = CollectorRegistry()
register_requests(registry)
print(generate_latest(registry).decode())
"""


def counted(page: str, method: str = "GET", status: int = 200) -> float:
    labels = {"page": page, "method": method, "status": str(status)}
    return OURS.get_sample_value("iop_requests_total", labels) or 0


@pytest.mark.parametrize(
    ("method", "path", "page", "said", "status"),
    [
        ("GET", "/healthz", "healthz", "GET", 200),
        ("POST", "/healthz", "healthz", "POST", 405),
        ("PROPFIND", "/healthz", "healthz", "other", 405),
        ("GET", "/no/such/page/", NO_PAGE, "GET", 404),
    ],
)
def test_each_answer_is_counted_once(db, method, path, page, said, status):
    before = counted(page, said, status)
    assert Client().generic(method, path).status_code == status
    assert counted(page, said, status) == before + 1


def test_a_page_is_told_by_its_name_and_holds_no_id(client_of, director, program):
    client_of(director).get(f"/hours/{program.public_id}/")
    build.a_participant(first_name="Zelda")
    registry = CollectorRegistry()
    register_requests(registry)
    text = generate_latest(registry).decode()
    assert 'page="hours:board",status="200"' in text
    assert 'iop_request_seconds_bucket{le="0.025",page="hours:board"}' in text
    assert str(program.public_id) not in text
    assert "elda" not in text


def test_static_files_are_not_counted(db):
    before = counted(NO_PAGE)
    answer = Client().get("/static/css/tokens.css")
    assert answer.status_code == 200
    answer.close()
    assert counted(NO_PAGE) == before


def test_workers_of_one_web_process_are_told_together(tmp_path):
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    def run(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", *words], env=environ, check=True, capture_output=True, text=True
        ).stdout

    for many in ("2", "3"):
        run(COUNT, many)
    assert 'iop_requests_total{method="GET",page="healthz",status="200"} 5.0' in run(TELL)


def test_where_there_is_no_room_to_count_a_page_is_answered_all_the_same(tmp_path):
    """Else what was saved a moment ago would be told to have failed."""
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "not there")}
    said = subprocess.run(
        [sys.executable, "-c", ANSWER], env=environ, check=True, capture_output=True, text=True
    )
    assert said.stdout == "saved\n"
