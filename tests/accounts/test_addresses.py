"""Whose address is written down: one reading of it, with and without a proxy in between."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.addresses import address_of
from accounts.models import AuditEvent
from tests import build

PROXY = "10.0.0.2"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first is only what somebody said
        ("2001:db8::1", "2001:db8::1"),
        ("203.0.113.7:1234", "203.0.113.7"),
        ("[2001:db8::1]:1234", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        (None, PROXY),
        ("unknown", None),
        ("203.0.113.7, _hidden", None),
    ],
)
def test_the_address_that_the_proxy_saw(rf, settings, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert address_of(rf.get("/", REMOTE_ADDR=PROXY, headers=headers)) == address


@pytest.mark.parametrize(
    ("remote", "address"), [("fe80::1%eth0", "fe80::1"), ("198.51.100.1", "198.51.100.1")]
)
def test_without_a_proxy_what_is_said_does_not_count(rf, remote, address):
    headers = {"x-forwarded-for": "203.0.113.7"}
    assert address_of(rf.get("/", REMOTE_ADDR=remote, headers=headers)) == address


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("forwarded", "kept"), [("198.51.100.1, fe80::1%eth0", "fe80::1"), ("unknown", None)]
)
def test_the_trail_and_the_list_of_devices_hold_the_same(settings, forwarded, kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(REMOTE_ADDR=PROXY, headers={"x-forwarded-for": forwarded})
    client.force_login(build.a_user())
    assert client.get("/my/sessions/").status_code == 200
    assert UserSession.objects.get().ip == (kept or "127.0.0.1")
    client.post("/lock/")
    client.post("/my/pin/drop/")
    assert {each.address for each in AuditEvent.objects.all()} <= {kept}
