"""The waiting list: asking, stepping out, and who comes in when a seat frees."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from accounts.models import AuditEvent
from groups.joining.actions.waiting import promote_waiting, stop_waiting
from groups.joining.line import next_in_line
from groups.models import GroupMembership, ScheduleException, TherapyGroup, WaitingPlace
from groups.tasks import let_in_who_waits
from iop.celery import app
from tests import build
from tests.build import NOW, on
from tests.groups.joining import (
    NEXT,
    a_weekly_group,
    end,
    promote,
    refuses,
    somebody,
    wait,
)

pytestmark = pytest.mark.django_db


def later(minutes: int):
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def member(program):
    """The one member of a group with one seat."""
    return build.a_membership(a_weekly_group(program, capacity=1))


@pytest.fixture
def group(member):
    return member.group


@pytest.fixture
def line(program, group):
    """Three people who asked one after the other."""
    people = [somebody(program, name) for name in ("Ada", "Bea", "Cem")]
    for minutes, person in enumerate(people):
        wait(group, person, now=later(minutes - 10))
    return people


def waiting(group):
    return [each.enrollment for each in WaitingPlace.objects.waiting().filter(group=group)]


def test_the_line_is_in_the_order_of_asking(group, line):
    assert waiting(group) == line


def test_asking_twice_keeps_the_place(group, line):
    first = wait(group, line[0])
    assert first.asked_at == later(-10)
    assert waiting(group) == line
    assert AuditEvent.objects.filter(verb="waiting.asked").count() == 3


def test_asking_leaves_a_trace_without_a_name(program, group):
    ada = somebody(program)
    place = wait(group, ada)
    event = AuditEvent.objects.get(verb="waiting.asked")
    assert (event.subject_id, event.participant_id) == (
        place.public_id,
        ada.participant.public_id,
    )
    assert event.detail == {"group": str(group.public_id), "asked_at": NOW.isoformat()}


def test_who_cannot_wait(program, group, member):
    gone = somebody(program, discharged_on="2026-11-24", discharge_reason="moved")
    cases = {
        "Choose somebody who is enrolled in this program.": build.an_enrollment(),
        "Their enrollment has ended.": gone,
        "They are in this group already.": member.enrollment,
    }
    for words, person in cases.items():
        assert refuses(partial(wait, group, person), "person") == words


def test_nobody_waits_while_a_seat_is_free(program):
    said = refuses(lambda: wait(a_weekly_group(program), somebody(program)), "person")
    assert said == "A seat is free from Mon Nov 30. Add them to the group."


def test_nobody_waits_for_a_closed_group_that_has_begun(program, group):
    TherapyGroup.objects.filter(pk=group.pk).update(format="closed")
    said = refuses(lambda: wait(group, somebody(program)), "person")
    assert "nobody comes in from a waiting list" in said


def test_stepping_out_and_asking_again_means_the_end_of_the_line(group, line):
    place = WaitingPlace.objects.get(enrollment=line[0])
    for _ in range(2):
        stop_waiting(place=place, now=NOW, by=None)
    assert waiting(group) == line[1:]
    assert AuditEvent.objects.filter(verb="waiting.left").count() == 1
    wait(group, line[0])
    assert waiting(group) == [*line[1:], line[0]]


def test_no_seat_no_promotion(group, line):
    assert promote(group) == []
    assert not next_in_line(group, NOW)
    assert waiting(group) == line


def test_a_seat_that_frees_goes_to_the_first_in_line(group, member, line):
    (came,) = end(member, "2026-11-27").promoted
    assert (came.enrollment, came.first_on, came.last_on) == (line[0], on(NEXT), None)
    place = WaitingPlace.objects.get(enrollment=line[0])
    assert (place.membership, place.left_at) == (came, NOW)
    assert waiting(group) == line[1:]
    event = AuditEvent.objects.get(verb="waiting.promoted")
    assert (event.subject_id, event.participant_id) == (
        came.public_id,
        line[0].participant.public_id,
    )
    assert event.detail["asked_at"] == later(-10).isoformat()
    assert promote(group) == []


def test_a_seat_that_frees_later_is_given_when_it_is_free(group, member, line):
    assert end(member, "2026-12-02").promoted == ()
    monday_noon = 60 * 24 * 5
    assert promote(group, now=later(monday_noon - 1)) == []
    assert promote(group, now=later(monday_noon)) == [line[0]]  # the session of the 7th is next


def test_only_a_seat_that_stays_free_counts(program, group, member, line):
    build.a_membership(group, first_on="2026-12-07")
    assert end(member, "2026-11-27").promoted == ()
    assert waiting(group) == line


def test_as_many_come_in_as_seats_are_free_in_order(group, line):
    TherapyGroup.objects.filter(pk=group.pk).update(capacity=3)
    group.refresh_from_db()
    assert next_in_line(group, NOW)
    assert promote(group) == line[:2]
    assert waiting(group) == line[2:]


def test_the_discharged_step_out_and_the_next_comes_in(group, member, line):
    for person in (line[0], line[2]):
        person.discharged_on, person.discharge_reason = on("2026-11-24"), "moved"
        person.save()
    (came,) = end(member, "2026-11-27").promoted
    assert came.enrollment == line[1]
    assert waiting(group) == []
    left = WaitingPlace.objects.filter(membership=None)
    assert {each.enrollment for each in left} == {line[0], line[2]}
    assert AuditEvent.objects.filter(verb="waiting.left").count() == 2


def test_a_discharge_ahead_bounds_the_place(group, member, line):
    line[0].discharged_on, line[0].discharge_reason = on("2026-12-10"), "moved"
    line[0].save()
    (came,) = end(member, "2026-11-27").promoted
    assert came.last_on == on("2026-12-10")


def test_whoever_is_admitted_later_comes_in_then(program, group, member):
    person = somebody(program, admitted_on="2026-12-09")
    wait(group, person)
    (came,) = end(member, "2026-11-27").promoted
    assert (came.enrollment, came.first_on) == (person, on("2026-12-09"))


def test_whoever_is_in_by_another_way_waits_no_longer(group, line):
    place = build.a_membership(group, line[0])
    assert promote(group) == []
    assert WaitingPlace.objects.get(enrollment=line[0]).membership == place
    assert waiting(group) == line[1:]


def test_nobody_is_let_into_a_closed_group_that_has_begun(group, member, line):
    TherapyGroup.objects.filter(pk=group.pk).update(format="closed")
    assert end(member, "2026-11-27").promoted == ()
    group.refresh_from_db()
    assert not next_in_line(group, NOW)
    assert waiting(group) == line


def test_a_clash_of_the_first_in_line_goes_to_the_director(program, group, member, line):
    build.a_membership(a_weekly_group(program), line[0])
    (came,) = end(member, "2026-11-27").promoted
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.membership, exception.made_by) == ("participant", came, None)
    assert exception.reason == "Their turn came on the waiting list."


def test_the_hourly_run_lets_in_who_waits(program, group, member, line):
    GroupMembership.objects.filter(pk=member.pk).update(last_on="2026-11-24")
    build.a_session(group, "2099-01-05")
    entry = app.conf.beat_schedule["groups.promote_waiting"]
    assert entry["task"] == let_in_who_waits.name == "groups.promote_waiting"
    let_in_who_waits()
    assert waiting(group) == line[1:]
    assert AuditEvent.objects.get(verb="waiting.promoted").by is None
    let_in_who_waits()
    assert waiting(group) == line[1:]


def test_nothing_is_kept_when_the_trail_cannot_be(program, group, member, audit_fails):
    ada = somebody(program)
    assert refuses(lambda: wait(group, ada), "__all__")
    WaitingPlace.objects.create(group=group, enrollment=ada, asked_at=NOW)
    GroupMembership.objects.filter(pk=member.pk).update(last_on="2026-11-24")
    refuses(lambda: promote_waiting(group=group, now=NOW, by=None), "__all__")
    assert waiting(group) == [ada]
