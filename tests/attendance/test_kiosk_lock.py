"""A kiosk is no page left alone: it is neither locked nor ended, and speaks as the device does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import PageLanguage
from accounts.signed_in.standing import BEGAN, LOCKED, SEEN
from tests.attendance.kiosk import HERE, LEAVE, in_kiosk
from tests.attendance.sheet import a_running_session
from tests.build import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    return a_running_session(program, timezone.now(), facilitator)


def hours_ago(client, **names: float) -> None:
    session = client.session
    for name, hours in names.items():
        session[name] = (timezone.now() - timedelta(hours=hours)).isoformat()
    session.save()


def test_it_waits_for_hours_and_is_left_by_the_password(client_of, session, facilitator):
    kiosk = in_kiosk(client_of(facilitator), session)
    hours_ago(kiosk, **{SEEN: 2})
    assert kiosk.get(HERE).status_code == 200
    hours_ago(kiosk, **{SEEN: 2})
    answer = kiosk.post(LEAVE, {"password": PASSWORD})
    assert kiosk.get(answer["Location"]).status_code == 200
    assert not kiosk.session.get(LOCKED)


def test_the_longest_sign_in_ends_when_it_is_left(client_of, session, facilitator):
    kiosk = in_kiosk(client_of(facilitator), session)
    hours_ago(kiosk, **{BEGAN: 13})
    assert kiosk.get(HERE).status_code == 200
    answer = kiosk.post(LEAVE, {"password": PASSWORD})
    assert kiosk.get(answer["Location"])["Location"].startswith("/sign-in/")


def test_its_addresses_keep_no_other_session_open(client_of, facilitator, program):
    client = client_of(facilitator)
    hours_ago(client, **{SEEN: 2})
    assert client.get(HERE).status_code == 423
    assert client.get(reverse("hours:board", args=[program.public_id])).status_code == 423


def test_it_speaks_the_language_of_the_device(client_of, session, facilitator):
    facilitator.language = PageLanguage.SPANISH
    facilitator.save()
    kiosk = in_kiosk(client_of(facilitator), session)
    assert kiosk.get(HERE)["Content-Language"] == "en"
