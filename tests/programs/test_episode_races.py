"""Two records are merged, or two authorizations kept, in the same moment, on two connections."""

from __future__ import annotations

import pytest

from accounts.keeping import NotKept
from accounts.models import User
from programs.authorizing.actions import AuthorizationFacts, add_authorization
from programs.models import Authorization, Enrollment, Participant
from programs.plan import actions
from tests import build
from tests.build import NOW
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


def merge(row: Participant, into: Participant) -> None:
    Participant.objects.filter(pk=row.pk).update(merged_into=into, merged_at=NOW)


def test_no_chain_is_made_by_two_who_merge_at_once():
    one, two, three = (build.a_participant() for _ in range(3))
    assert (
        second_is_refused_by(lambda: merge(one, two), lambda: merge(two, three))
        == "participant_merged_once"
    )
    assert Participant.objects.exclude(merged_into=None).get() == one


def test_no_chain_is_made_the_other_way_round():
    one, two, three = (build.a_participant() for _ in range(3))
    assert (
        second_is_refused_by(lambda: merge(two, three), lambda: merge(one, two))
        == "participant_merged_once"
    )
    assert Participant.objects.exclude(merged_into=None).get() == two


def authorize(enrollment: Enrollment, by: User) -> None:
    facts = AuthorizationFacts(
        payer="Prairie Health Plan",
        member_id="",
        number="A-1",
        unit="day",
        status="approved",
        requested_units=None,
        approved_units=12,
        first_on=enrollment.admitted_on,
        last_on=build.MONDAY,
        days_per_week=None,
        next_review_on=None,
        note="",
    )
    add_authorization(enrollment=enrollment, facts=facts, now=NOW, by=by)


def test_the_second_of_two_authorizations_is_refused_in_words():
    enrollment, by = build.an_enrollment(), build.a_user()
    refusals: list[NotKept] = []

    def second() -> None:
        try:
            authorize(enrollment, by)
        except NotKept as refused:
            refusals.append(refused)

    assert second_is_refused_by(lambda: authorize(enrollment, by), second) is None
    assert "Another approved authorization" in str(next(iter(refusals[0].words["first_on"])))
    assert Authorization.objects.count() == 1


def test_the_second_of_two_orders_of_a_date_replaces_the_first():
    enrollment, by = build.an_enrollment(), build.a_user()

    def order(minutes: int) -> None:
        actions.add_order(
            enrollment=enrollment,
            effective_from=build.MONDAY,
            minutes_per_week=minutes,
            days_per_week=3,
            today=build.MONDAY,
            by=by,
        )

    assert second_is_refused_by(lambda: order(540), lambda: order(720)) is None
    assert enrollment.orders.get().minutes_per_week == 720
