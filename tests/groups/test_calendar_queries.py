"""What the calendar costs: at most eight statements, with five sessions or with two hundred."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import GroupSession
from programs.models import GroupKind, Role
from tests import build

pytestmark = pytest.mark.django_db
DAYS = 5
MOST = 8


@pytest.fixture(autouse=True)
def before_the_week(monkeypatch):
    """All sessions lie ahead, so that all are looked at for clashes."""
    monkeypatch.setattr(timezone, "now", lambda: build.moment("2026-11-22", "12:00"))


@pytest.fixture
def day_program(program, director):
    """Another program of the director's, of another site."""
    other = build.a_program(build.a_site(timezone="America/Denver"), name="Day PHP")
    build.an_assignment(director, other, Role.CLINICIAN)
    return other


def hold(program, count):
    """Store `count` sessions in groups of five, all at one time, with one person in all of them."""
    kinds = [kind for kind in GroupKind.values if kind != GroupKind.INDIVIDUAL]
    shared = build.an_enrollment(program)
    for number in range(count // DAYS):
        group = build.a_group(program, kind=kinds[number % len(kinds)])
        build.a_membership(group, shared)
        room = build.a_room(program.site)
        who = build.a_colleague(program, Role.FACILITATOR)
        for day in range(DAYS):
            session = build.a_session(group, build.MONDAY + timedelta(days=day), room=room)
            build.a_facilitation(session, who)


@pytest.mark.parametrize("programs", ["", "&programs=all"])
@pytest.mark.parametrize("view", ["week", "day", "rooms"])
def test_eight_statements_at_most_however_many_sessions(
    client_of, director, program, day_program, view, programs
):
    client = client_of(director)
    url = f"/calendar/{program.public_id}/?view={view}&day=2026-11-23{programs}"
    build.a_closure(program, first_on="2026-11-27", last_on="2026-11-27")
    hold(day_program, DAYS)
    costs = []
    for more in (5, 195):
        hold(program, more)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url).content.decode()
        costs.append(len(asked))
    assert GroupSession.objects.filter(group__program=program).count() == 200
    drawn = 40 if view != "week" else 200
    assert page.count('class="block k-') == drawn + bool(programs) * drawn // 40
    assert "1 person in both this and" in page
    assert costs[0] == costs[1] <= MOST
