"""Which paperwork is missing for whom, on a date."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from programs.agreements.missing import Missing, missing_paperwork, what_is_missing
from programs.models import Participant
from tests.build import CHICAGO, FIRST_DAY, NOW, a_participant, moment
from tests.build_episodes import a_consent, a_release, an_agreement

TODAY = date(2026, 11, 25)
ALL = tuple(Missing)

pytestmark = pytest.mark.django_db


def missing_for(person: Participant, day: date = TODAY, **zone) -> tuple[Missing, ...]:
    return missing_paperwork([person.pk], day, **zone)[person.pk]


def test_the_rule_names_what_is_neither_signed_nor_asked():
    assert what_is_missing(signed=[], asked=[]) == ALL
    assert what_is_missing(signed=["program"], asked=["reminders", "outreach"]) == (
        Missing.FOLLOW_UP,
    )
    assert what_is_missing(signed=["release", "telehealth"], asked=["follow_up"]) == ALL[:3]


def test_everything_is_missing_for_somebody_new():
    assert missing_for(a_participant()) == ALL


def test_nothing_is_missing_once_all_is_signed_and_asked():
    person = a_participant()
    an_agreement(person)
    for purpose in ("reminders", "outreach", "follow_up"):
        a_consent(person, purpose=purpose)
    assert missing_for(person) == ()


def test_a_withdrawn_consent_was_asked_all_the_same():
    person = a_participant()
    a_consent(person, withdrawn_at=NOW)
    assert missing_for(person) == (
        Missing.PROGRAM_AGREEMENT,
        Missing.OUTREACH,
        Missing.FOLLOW_UP,
    )


def test_an_agreement_counts_from_its_day_to_its_last_and_not_once_revoked():
    person = a_participant()
    paper = an_agreement(person, expires_on="2026-11-25")
    missing = {
        day: Missing.PROGRAM_AGREEMENT in missing_for(person, day)
        for day in (date(2026, 11, 1), FIRST_DAY, TODAY, date(2026, 11, 26))
    }
    assert list(missing.values()) == [True, False, False, True]
    paper.revoked_at, paper.revoked_how = NOW, "phone"
    paper.save()
    assert Missing.PROGRAM_AGREEMENT in missing_for(person)


def test_other_agreements_are_not_the_programs():
    person = a_participant()
    an_agreement(person, kind="telehealth")
    a_release(person)
    assert Missing.PROGRAM_AGREEMENT in missing_for(person)


def test_what_was_asked_in_the_evening_was_asked_that_day():
    person = a_participant()
    a_consent(person, given_at=moment(TODAY, "23:30"))
    assert Missing.REMINDERS not in missing_for(person)
    assert Missing.REMINDERS not in missing_for(person, zone=CHICAGO)
    assert Missing.REMINDERS in missing_for(person, date(2026, 11, 24), zone=CHICAGO)


def test_a_day_ends_at_midnight_also_where_the_clocks_change():
    person = a_participant()
    a_consent(person, given_at=moment("2026-11-02", "00:00"))
    assert Missing.REMINDERS in missing_for(person, date(2026, 11, 1), zone=CHICAGO)
    assert Missing.REMINDERS not in missing_for(person, date(2026, 11, 2), zone=CHICAGO)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_farthest_dates_are_answered(day: date):
    person = a_participant()
    a_consent(person)
    assert (Missing.REMINDERS in missing_for(person, day)) == (day == date.min)


def test_a_duplicate_and_the_record_that_is_kept_have_the_same_paperwork():
    kept = a_participant()
    duplicate = a_participant(merged_into=kept, merged_at=datetime(2026, 11, 3, tzinfo=CHICAGO))
    an_agreement(duplicate)
    a_consent(kept)
    found = missing_paperwork([kept.pk, duplicate.pk], TODAY)
    assert found[kept.pk] == found[duplicate.pk] == (Missing.OUTREACH, Missing.FOLLOW_UP)


def test_three_statements_for_anybody(django_assert_num_queries):
    people = [a_participant() for _ in range(3)]
    an_agreement(people[0])
    for each in ([people[0].pk], [person.pk for person in people]):
        with django_assert_num_queries(3):
            found = missing_paperwork(each, TODAY)
        assert set(found) == set(each)


def test_nobody_and_the_unknown_have_no_answer():
    assert missing_paperwork([], TODAY) == {}
    assert missing_paperwork([0], TODAY) == {}
