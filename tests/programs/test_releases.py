"""Which releases are in force, as the database says it, one statement for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.disclosing.releases import choices_in, releases_of
from tests import build
from tests.build_episodes import a_release, an_agreement

pytestmark = pytest.mark.django_db
TODAY = build.MONDAY


def a_day(days: int):
    return TODAY + timedelta(days=days)


def test_only_those_in_force_and_only_releases(django_assert_num_queries) -> None:
    person = build.a_participant()
    stands = a_release(person, given_on=TODAY, expires_on=TODAY)
    event = a_release(person, given_on=a_day(-9), expires_on=None, expires_when="at discharge")
    a_release(person, given_on=a_day(1), expires_on=a_day(9))
    a_release(person, given_on=a_day(-9), expires_on=a_day(-1))
    a_release(
        person,
        given_on=a_day(-9),
        expires_on=a_day(9),
        revoked_at=timezone.now(),
        revoked_how="phone",
    )
    an_agreement(person, given_on=a_day(-3))
    a_release(build.a_participant(), given_on=TODAY, expires_on=TODAY)
    with django_assert_num_queries(1):
        found = releases_of([person], TODAY)
    assert found == {person.pk: [stands, event]}


def test_those_of_a_duplicate_are_the_persons() -> None:
    person = build.a_participant()
    double = build.a_participant(merged_into=person, merged_at=timezone.now())
    release = a_release(double, given_on=TODAY, expires_on=TODAY)
    assert releases_of([person], TODAY) == {person.pk: [release]}


def test_the_choices_are_recipients_each_once_the_widest_first() -> None:
    people = [build.a_participant() for _number in range(3)]
    for person in people:
        a_release(person, given_on=TODAY, expires_on=TODAY, recipient="Plains Health")
    a_release(people[0], given_on=TODAY, expires_on=TODAY, recipient="plains health ")
    a_release(people[1], given_on=TODAY, expires_on=TODAY, recipient="Dr. Hale", scope="Dates")
    wide, narrow = choices_in(releases_of(people, TODAY))
    assert (wide.recipient.casefold(), wide.people, wide.scope) == ("plains health", 3, "")
    assert (narrow.recipient, narrow.people, narrow.scope) == ("Dr. Hale", 1, "Dates")
