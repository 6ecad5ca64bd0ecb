"""A line that cannot go on stops no other: neither the hourly run nor the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from groups.joining.actions.waiting import promote_all
from groups.models import GroupMembership, WaitingPlace
from groups.tasks import let_in_who_waits
from programs.models import Enrollment
from tests import build
from tests.build import NOW
from tests.groups.joining import a_weekly_group, promote, somebody

pytestmark = pytest.mark.django_db


def a_line(program, **fields) -> Enrollment:
    """Somebody who waits for a new group with a free seat."""
    enrollment = somebody(program)
    group = a_weekly_group(program, **fields)
    # In the evening: on a Monday the group has one in the morning.
    build.a_session(group, timezone.localdate() + timedelta(days=9), "18:00", "20:00")
    WaitingPlace.objects.create(group=group, enrollment=enrollment, asked_at=NOW)
    return enrollment


@pytest.fixture
def lines(program) -> list[Enrollment]:
    """Two who wait; the database refuses every place in the group of the first."""
    people = [a_line(program) for _ in range(2)]
    stuck = people[0].waiting.get().group_id
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "ALTER TABLE groups_groupmembership ADD CONSTRAINT membership_stuck"
            f" CHECK (group_id <> {stuck}) NOT VALID"
        )
        cursor.execute(f"SET ROLE {settings.APP_ROLE}")
    return people


def test_the_hourly_run_goes_on_to_the_next_group(lines, caplog):
    let_in_who_waits()
    assert GroupMembership.objects.get().enrollment == lines[1]
    assert WaitingPlace.objects.waiting().get().enrollment == lines[0]
    (line,) = [each for each in caplog.records if each.name.startswith("groups.")]
    assert line.args == (lines[0].waiting.get().group.public_id,)


def test_all_of_some_groups_returns_who_came(lines):
    groups = [each.waiting.get().group for each in lines]
    came = promote_all(groups=groups, now=NOW, by=None)
    assert [each.enrollment for each in came] == [lines[1]]


def test_the_page_says_that_nobody_could_come_in(client_of, administrator, program, lines):
    group = lines[0].waiting.get().group
    url = f"/members/{program.public_id}/{group.public_id}/promote/"
    response = client_of(administrator).post(url, follow=True)
    assert response.status_code == 200
    assert "This could not be kept." in response.content.decode()


def test_who_never_begins_steps_out_and_the_next_comes_in(program):
    group = a_weekly_group(program, capacity=1)
    never = {"discharged_on": "2027-01-03", "discharge_reason": "never_started"}
    gone, ada = somebody(program, admitted_on="2027-01-04", **never), somebody(program)
    for person in (gone, ada):
        WaitingPlace.objects.create(group=group, enrollment=person, asked_at=NOW)
    assert promote(group) == [ada]
    assert gone.waiting.get().left_at == NOW
    assert not gone.memberships.exists()
