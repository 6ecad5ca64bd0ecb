"""Two addresses of one calendar made in the same moment: one of them lives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from groups.feeds.actions import make_feed, note_reading
from groups.models import CalendarFeed
from programs.models import Role
from tests import build
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(seconds=5)])
def test_two_makes_at_once_leave_one_live_address(behind):
    """Also where the one that comes second looked at the clock first."""
    program, now = build.a_program(), timezone.now()
    user = build.a_colleague(program, Role.DIRECTOR)
    secrets = []

    def make(at) -> None:
        secrets.append(make_feed(program=program, now=at, by=user).secret)

    assert second_is_refused_by(lambda: make(now), lambda: make(now - behind)) is None
    assert len(set(secrets)) == 2
    assert CalendarFeed.objects.count() == 2
    live = CalendarFeed.objects.live().get()
    assert live == CalendarFeed.objects.latest("pk")


def test_two_readings_at_once_are_noted_once():
    program, now = build.a_program(), timezone.now()
    user = build.a_colleague(program, Role.DIRECTOR)
    feed = make_feed(program=None, now=now, by=user).feed

    def note() -> None:
        note_reading(feed=feed, now=now, by=user)

    assert second_is_refused_by(note, note) is None
    assert AuditEvent.objects.filter(verb="feed.read").count() == 1
