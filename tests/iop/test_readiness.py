"""Closed by default: a careless configuration is not served, and each gap is named."""

from __future__ import annotations

import secrets

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from iop.readiness import NEEDED, refuse_to_serve, weaknesses
from programs.models import Clinic
from tests import build

STRONG = {
    "DATABASE_URL": "postgresql://iop@database.invalid/iop",
    "REDIS_URL": "redis://queue.invalid/0",
    "IOP_SECRET_KEY": secrets.token_urlsafe(60),
    "IOP_FIELD_KEYS": Fernet.generate_key().decode(),
    "IOP_ALLOWED_HOSTS": "clinic.invalid",
    "IOP_SITE_URL": "https://clinic.invalid",
    "IOP_EMBEDDED": "",
}


@pytest.fixture(autouse=True)
def a_strong_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in STRONG.items():
        monkeypatch.setenv(name, value)


def test_a_strong_configuration_is_served() -> None:
    assert weaknesses() == []
    refuse_to_serve()


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_each_missing_variable_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        refuse_to_serve()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("IOP_SECRET_KEY", "short", "IOP_SECRET_KEY is weak"),
        ("IOP_SECRET_KEY", "ab" * 40, "IOP_SECRET_KEY is weak"),
        ("IOP_SITE_URL", "http://clinic.invalid", "IOP_SITE_URL is weak"),
        ("IOP_EMBEDDED", "DATABASE_URL,REDIS_URL", "DATABASE_URL is not set"),
    ],
)
def test_each_weak_value_is_named(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert any(words in line for line in weaknesses())


def test_all_hosts_is_no_host(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert any("IOP_ALLOWED_HOSTS is weak" in line for line in weaknesses())


@pytest.mark.django_db
def test_the_demo_is_let_off_but_opens_on_no_other_clinic(settings, monkeypatch) -> None:
    settings.IOP_DEMO = True
    monkeypatch.delenv("IOP_SECRET_KEY")
    refuse_to_serve()
    build.a_clinic(is_demo=True)
    refuse_to_serve()
    Clinic.objects.update(is_demo=False)
    with pytest.raises(ImproperlyConfigured, match="refuses this database"):
        refuse_to_serve()
