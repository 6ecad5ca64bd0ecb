"""What the tests of pages about one person share: reading a page, and counting its queries."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def read(client: Client, address: str) -> str:
    """Return the page's words, with white space made one."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client: Client, address: str, sent: dict[str, Any]) -> str:
    """Return the page one sees after sending a form, with white space made one."""
    answer = client.post(address, sent, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def queries_of(client: Client, address: str) -> int:
    """Return how many queries the page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
