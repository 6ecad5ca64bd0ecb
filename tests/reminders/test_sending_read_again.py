"""Before a message goes, everything is read again that may have changed since it was planned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from groups.models import GroupSession
from programs.models import ContactConsent, Participant
from reminders.models import Reminder, ReminderRule
from tests import build
from tests.build import MONDAY, moment
from tests.build_reminders import a_reminder_rule, a_sent_reminder, a_template
from tests.reminders.conftest import expect_someone
from tests.reminders.sweeping import (
    A_MINUTE,
    NINE,
    SIX,
    SUNDAY,
    planned_for,
    status_of,
    sweep,
)

pytestmark = pytest.mark.django_db

NUMBER = "+13125550123"
A_DAY = timedelta(days=1)


@pytest.fixture
def planned(expected) -> Reminder:
    return planned_for(expected)


def withdrawn(expected) -> None:
    ContactConsent.objects.update(withdrawn_at=SIX + 30 * A_DAY)


def for_another_channel(expected) -> None:
    ContactConsent.objects.update(channel="sms")


def for_another_purpose(expected) -> None:
    ContactConsent.objects.update(purpose="weekly")


def cancelled(expected) -> None:
    GroupSession.objects.update(status="cancelled")


def on_leave(expected) -> None:
    build.a_leave(expected.participant, SUNDAY, None)


def without_address(expected) -> None:
    Participant.objects.update(email="")


def with_an_address_that_is_none(expected) -> None:
    Participant.objects.update(email="someone at mail.example")


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (withdrawn, "no_consent"),
        (for_another_channel, "no_address"),
        (for_another_purpose, "no_consent"),
        (cancelled, "not_expected"),
        (on_leave, "not_expected"),
        (without_address, "no_address"),
        (with_an_address_that_is_none, "no_address"),
    ],
)
def test_it_is_looked_at_again(planned, expected, smtp, happens, reason):
    happens(expected)
    assert sweep() == 1
    assert smtp.messages == []
    assert status_of(planned) == ("skipped", reason)
    line = AuditEvent.objects.get(verb="reminder.skipped")
    assert (line.subject_id, line.detail) == (planned.public_id, {"reason": reason})


def test_a_day_that_has_begun_is_not_reminded_of(expected, smtp):
    begins = moment(MONDAY, "17:30")
    planned = planned_for(
        expected, kind="soon", due_at=begins - A_DAY / 12, expires_at=NINE + A_DAY
    )
    sweep(begins)
    assert status_of(planned) == ("skipped", "not_expected")


def test_a_time_that_changed_is_said_as_it_is_now(planned, smtp):
    GroupSession.objects.update(starts_at=moment(MONDAY, "16:00"), ends_at=moment(MONDAY, "19:00"))
    sweep()
    assert "4:00 PM" in smtp.messages[0].get_content()


class TestAnotherChannel:
    @pytest.fixture(autouse=True)
    def has_a_number(self, expected):
        Participant.objects.update(phone=NUMBER)

    def test_mail_taken_back_goes_as_a_text(self, planned, expected, smtp, texting):
        withdrawn(expected)
        build.a_consent(expected.participant)
        assert sweep() == 0
        assert status_of(planned) == ("planned", "")
        assert planned.channel == "sms"
        assert sweep(channel="sms") == 1
        assert len(texting.taken) == 1
        assert smtp.messages == []

    def test_a_text_whose_number_is_none_goes_as_mail(self, expected, smtp, texting):
        planned = planned_for(expected, channel="sms")
        build.a_consent(expected.participant)
        Participant.objects.update(phone="+1312")
        sweep(channel="sms")
        assert sweep() == 1
        assert (status_of(planned), texting.taken) == (("sent", ""), [])

    def test_where_texts_are_not_set_up_it_goes_as_mail(self, expected, smtp):
        planned = planned_for(expected, channel="sms")
        build.a_consent(expected.participant)
        assert sweep(channel="sms") == 0
        assert sweep() == 1
        assert status_of(planned) == ("sent", "")

    def test_what_is_still_agreed_to_stays(self, planned, expected, smtp, texting):
        build.a_consent(expected.participant)
        assert sweep() == 1
        assert len(smtp.messages) == 1

    def test_only_texts_agreed_to_and_none_set_up(self, planned, expected, smtp):
        withdrawn(expected)
        build.a_consent(expected.participant)
        sweep()
        assert status_of(planned) == ("skipped", "no_address")


def test_not_in_the_quiet_hours_of_where_they_are(expected, smtp):
    Participant.objects.update(timezone="America/New_York")
    planned = planned_for(expected, expires_at=SIX + 14 * timedelta(hours=1))
    nine_in_new_york = moment(SUNDAY, "20:00")
    assert sweep(nine_in_new_york) == 0
    assert smtp.messages == []
    assert status_of(planned) == ("planned", "")
    assert planned.try_at == moment(MONDAY, "07:00")
    assert sweep(planned.try_at - A_MINUTE) == 0
    assert sweep(planned.try_at) == 1
    assert len(smtp.messages) == 1


def test_quiet_for_longer_than_it_is_of_use(expected, smtp):
    Participant.objects.update(timezone="America/New_York")
    planned = planned_for(expected)
    assert sweep(moment(SUNDAY, "20:00")) == 1
    assert status_of(planned) == ("expired", "")


def test_words_that_reveal_do_not_go(planned, program, smtp):
    a_template(program, channel="email", subject="Hi", body="Detox {day} at {time}. {phone}")
    sweep()
    assert smtp.messages == []
    assert status_of(planned) == ("skipped", "reveals")


def test_their_own_name_does_not_go(expected, planned, program, smtp):
    Participant.objects.update(preferred_name="Zacharias")
    a_template(program, channel="email", subject="Hi", body="Zacharias, {day} at {time}. {phone}")
    sweep()
    assert status_of(planned) == ("skipped", "reveals")


class TestChanges:
    def a_change(self, expected, **fields) -> Reminder:
        told = {"2026-11-23": moment(MONDAY, "17:30").isoformat()}
        given = {"due_at": SIX - 5 * timedelta(hours=1), "told": told}
        a_sent_reminder(expected.participant, expected.enrollment.program, **given)
        return planned_for(expected, kind="change", round=1, **fields)

    def test_that_it_is_called_off_is_told(self, expected, smtp):
        change = self.a_change(expected)
        cancelled(expected)
        assert sweep() == 1
        assert smtp.messages[0]["Subject"].startswith("No appointment tomorrow")
        assert status_of(change) == ("sent", "")
        assert change.told == {"2026-11-23": None}

    def test_a_new_time_is_told(self, expected, smtp):
        self.a_change(expected)
        GroupSession.objects.update(
            starts_at=moment(MONDAY, "16:00"), ends_at=moment(MONDAY, "19:00")
        )
        sweep()
        assert smtp.messages[0]["Subject"].startswith("A new time tomorrow")

    def test_what_was_taken_back_is_not(self, expected, smtp):
        change = self.a_change(expected)
        sweep()
        assert smtp.messages == []
        assert status_of(change) == ("skipped", "not_needed")


class TestCaps:
    def had(self, expected, number: int, *, ago: timedelta, **fields) -> None:
        """So many messages went out that long before six on Sunday."""
        for days in range(number):
            given = {"due_at": SIX - ago, "for_on": SUNDAY - days * A_DAY, **fields}
            a_sent_reminder(expected.participant, expected.enrollment.program, **given)

    @pytest.fixture(autouse=True)
    def rule(self, program):
        a_reminder_rule(program, most_a_day=2, most_a_week=3)

    @pytest.mark.parametrize("number", [1, 2])
    def test_so_many_a_day(self, planned, expected, smtp, number):
        self.had(expected, number, ago=timedelta(hours=17, minutes=59))
        sweep()
        assert status_of(planned) == [("sent", ""), ("skipped", "too_many")][number - 1]

    def test_yesterday_is_another_day(self, planned, expected, smtp):
        self.had(expected, 2, ago=timedelta(hours=18, minutes=1))
        sweep()
        assert status_of(planned) == ("sent", "")

    @pytest.mark.parametrize("number", [2, 3])
    def test_so_many_a_week(self, planned, expected, smtp, number):
        self.had(expected, number, ago=6 * A_DAY)
        sweep()
        assert status_of(planned) == [("sent", ""), ("skipped", "too_many")][number - 2]

    def test_last_week_is_another_week(self, planned, expected, smtp):
        self.had(expected, 5, ago=7 * A_DAY)
        sweep()
        assert status_of(planned) == ("sent", "")

    @pytest.mark.parametrize(
        ("fields", "counts"),
        [
            ({"status": "claimed", "sent_at": None}, True),
            ({"status": "unknown", "sent_at": None}, True),
            ({"status": "expired", "sent_at": None, "claimed_at": None}, False),
            ({"status": "failed", "sent_at": None, "reason": "address_refused"}, False),
        ],
    )
    def test_what_may_have_arrived_counts(self, planned, expected, smtp, fields, counts):
        self.had(expected, 2, ago=timedelta(hours=1), **fields)
        sweep()
        assert status_of(planned) == (("skipped", "too_many") if counts else ("sent", ""))

    def test_under_whichever_record(self, planned, expected, smtp):
        self.had(expected, 2, ago=timedelta(hours=1))
        kept = build.a_participant(email="kept@mail.example")
        Participant.objects.filter(pk=expected.participant.pk).update(
            merged_into=kept, merged_at=SIX
        )
        sweep()
        assert status_of(planned) == ("skipped", "too_many")

    def test_the_day_is_theirs(self, planned, expected, smtp):
        Participant.objects.update(timezone="Pacific/Kiritimati")
        # There the day began at four in the morning of Chicago's Sunday.
        ReminderRule.objects.update(quiet_from="03:00", quiet_until="03:30")
        self.had(expected, 2, ago=timedelta(hours=14, minutes=1))
        sweep()
        assert status_of(planned) == ("sent", "")

    def test_others_do_not_count(self, planned, program, smtp):
        other = expect_someone(program, email="other@mail.example")
        self.had(other, 2, ago=timedelta(hours=1))
        sweep()
        assert status_of(planned) == ("sent", "")
