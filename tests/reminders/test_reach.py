"""How people may be reached: the last word on each channel and purpose, a working address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.models import Channel, ConsentPurpose
from reminders.reach import Reach, is_set_up, reach_of
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db

REMINDERS, WEEKLY, NAMED = (
    ConsentPurpose.REMINDERS,
    ConsentPurpose.WEEKLY,
    ConsentPurpose.NAMED,
)
NUMBER = "+13125550123"
A_DAY = timedelta(days=1)


@pytest.fixture
def person(db):
    return build.a_participant(email="someone@mail.example", phone=NUMBER, language="es")


@pytest.fixture
def texts(settings):
    settings.SMS_URL = "console://"


def reach(person) -> Reach:
    return reach_of([person.pk])[person.pk]


def test_what_is_on_record(person):
    found = reach(person)
    assert (found.participant_id, found.language, found.timezone) == (person.pk, "es", "")
    assert (found.address("email"), found.address("sms")) == ("someone@mail.example", NUMBER)
    assert found.channel_for(REMINDERS) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "someone at mail.example"},
        {"email": "someone@mail"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"phone": ""},
        {"phone": "+1312"},
        {"phone": "555"},
    ],
)
def test_an_address_that_leads_nowhere_is_none(person, texts, fields):
    type(person).objects.filter(pk=person.pk).update(**fields)
    channel = "email" if "email" in fields else "sms"
    build.a_consent(person, channel=channel)
    assert reach(person).address(channel) == ""
    assert reach(person).channel_for(REMINDERS) is None


def test_a_text_before_mail_where_both_are_agreed_to(person, texts):
    build.a_consent(person, channel="email")
    assert reach(person).channels_for(REMINDERS) == (Channel.EMAIL,)
    build.a_consent(person, channel="sms")
    assert reach(person).channels_for(REMINDERS) == (Channel.SMS, Channel.EMAIL)
    assert reach(person).channel_for(REMINDERS) == Channel.SMS


def test_no_text_where_there_is_no_carrier(person, settings):
    settings.SMS_URL = ""
    build.a_consent(person, channel="sms")
    assert reach(person).channel_for(REMINDERS) is None
    assert (is_set_up("sms"), is_set_up("email")) == (False, True)


def test_each_purpose_and_channel_has_a_word_of_its_own(person, texts):
    build.a_consent(person, channel="email", purpose=WEEKLY)
    build.a_consent(person, channel="sms", purpose=NAMED)
    found = reach(person)
    assert (found.channel_for(WEEKLY), found.channel_for(REMINDERS)) == (Channel.EMAIL, None)
    assert found.may_name_clinic == {Channel.SMS}


def test_the_person_is_one_under_both_records(person, texts):
    kept = build.a_participant(email="kept@mail.example")
    build.a_consent(person, channel="email")
    person.merged_into, person.merged_at = kept, NOW
    person.save()
    found = reach_of([kept.pk])
    assert set(found) == {kept.pk}
    assert found[kept.pk].channel_for(REMINDERS) == Channel.EMAIL
    assert found[kept.pk].address("email") == "kept@mail.example"
    build.a_consent(kept, channel="email", given_at=NOW + A_DAY, withdrawn_at=NOW + A_DAY)
    assert reach(kept).channel_for(REMINDERS) is None


@pytest.mark.parametrize("number", [1, 5])
def test_one_statement_for_any_number(django_assert_num_queries, number):
    people = [build.a_participant() for _ in range(number)]
    for each in people:
        build.a_consent(each)
    with django_assert_num_queries(1):
        assert len(reach_of([each.pk for each in people])) == number


# Words of one person on one channel, one after the other: yes or no, under one of two records.
said = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6)


@given(words=said)
@settings(max_examples=40)
def test_the_last_word_counts(words):
    kept = build.a_participant(email="someone@mail.example")
    other = build.a_participant(merged_into=kept, merged_at=NOW)
    agrees, open_ones = False, {}
    for number, (is_yes, is_kept) in enumerate(words):
        record, at = kept if is_kept else other, NOW + number * A_DAY
        if is_yes and record.pk not in open_ones:
            open_ones[record.pk] = build.a_consent(record, channel="email", given_at=at)
            agrees = True
        elif not is_yes:
            consent = open_ones.pop(record.pk, None) or build.a_consent(
                record, channel="email", given_at=at, withdrawn_at=at
            )
            type(consent).objects.filter(pk=consent.pk).update(withdrawn_at=at)
            agrees = False
    assert reach(kept).has_agreed("email", REMINDERS) == agrees
