"""A notice to staff goes out once, by mail or as a text, and its outcome is on record."""

from __future__ import annotations

import logging
from datetime import time, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Role
from reminders.models import NoticeHours, StaffNotice
from reminders.sending.actions import expire_overdue, settle_unknown
from tests import build
from tests.build import NOW, moment
from tests.build_reminders import a_notice
from tests.reminders.conftest import expect_someone
from tests.reminders.smtp_sink import HANGS_UP
from tests.reminders.sweeping import A_MINUTE, SIX, planned_for, status_of, sweep

pytestmark = pytest.mark.django_db

MOBILE = "+13125550177"
KEEPS = timedelta(days=3)


@pytest.fixture
def reader(program) -> User:
    return build.a_colleague(program, Role.FACILITATOR, email="fay@clinic.example")


@pytest.fixture
def notice(program, reader) -> StaffNotice:
    return a_notice(reader, program, kind="sign")


def test_what_arrives(notice, program, smtp, settings):
    settings.SITE_URL = "https://desk.example"
    assert sweep(NOW) == 1
    message = smtp.messages[0]
    assert message["From"] == "Appointment desk <reminders@desk.example>"
    assert message["To"] == "fay@clinic.example"
    assert message["Message-ID"] == f"<{notice.public_id}@desk.example>"
    assert "List-Unsubscribe" not in message
    assert f"https://desk.example/sheet/{program.public_id}/{notice.about}/" in (
        message.get_content()
    )


def test_the_outcome_is_on_record(notice, program, smtp):
    sweep(NOW)
    assert status_of(notice) == ("sent", "")
    assert (notice.claimed_at, notice.sent_at) == (NOW, NOW)
    line = AuditEvent.objects.get(verb="notice.sent")
    assert (line.subject_id, line.program_id) == (notice.public_id, program.public_id)
    assert (line.participant_id, line.detail) == (None, {"kind": "sign"})


def test_not_before_it_is_due_and_not_twice(notice, smtp):
    assert sweep(NOW - A_MINUTE) == 0
    assert sweep(NOW) == 1
    assert sweep(NOW + A_MINUTE) == 0
    assert len(smtp.messages) == 1


@pytest.mark.parametrize("leaves", ["program", "clinic"])
def test_who_has_left_is_not_written_to(notice, reader, smtp, leaves):
    if leaves == "program":
        reader.assignments.update(ended_at=timezone.now() + timedelta(days=400))
    else:
        User.objects.update(is_active=False)
    sweep(NOW)
    assert smtp.messages == []
    assert status_of(notice) == ("skipped", "has_left")
    assert AuditEvent.objects.get(verb="notice.skipped").detail == {
        "kind": "sign",
        "reason": "has_left",
    }


class TestAsAText:
    @pytest.fixture
    def texted(self, program, reader) -> StaffNotice:
        NoticeHours.objects.create(user=reader, mobile=MOBILE)
        return a_notice(reader, program, kind="sign", channel="sms")

    def test_it_goes_to_their_number(self, texted, smtp, texting):
        assert sweep(NOW) == 0
        assert sweep(NOW, channel="sms") == 1
        assert texting.taken[0].json["to"] == MOBILE
        assert status_of(texted) == ("sent", "")
        assert texted.gateway_ref == "ref-1"

    def test_where_texts_are_not_set_up_it_goes_by_mail(self, texted, smtp):
        assert sweep(NOW, channel="sms") == 0
        assert sweep(NOW) == 1
        assert smtp.messages[0]["To"] == "fay@clinic.example"

    @pytest.mark.parametrize("number", ["", "+1312"])
    def test_without_a_number_that_works_it_goes_by_mail(self, texted, smtp, texting, number):
        NoticeHours.objects.update(mobile=number)
        sweep(NOW, channel="sms")
        assert sweep(NOW) == 1
        assert texting.taken == []

    def test_without_hours_of_their_own_it_goes_by_mail(self, program, reader, smtp, texting):
        notice = a_notice(reader, program, channel="sms")
        sweep(NOW, channel="sms")
        sweep(NOW)
        assert status_of(notice) == ("sent", "")


def test_an_address_that_is_refused(notice, program, smtp):
    other = build.a_colleague(program, Role.CLINICIAN, email="other@clinic.example")
    a_notice(other, program)
    smtp.refused.add(b"fay@")
    sweep(NOW)
    assert [each["To"] for each in smtp.messages] == ["other@clinic.example"]
    assert status_of(notice) == ("failed", "address_refused")
    line = AuditEvent.objects.get(verb="notice.failed")
    assert line.detail == {"kind": "sign", "reason": "address_refused"}


def test_cut_off_half_way_is_unknown_and_never_sent_again(notice, smtp):
    smtp.replies[b"."] = HANGS_UP
    sweep(NOW)
    assert status_of(notice) == ("unknown", "")
    smtp.replies.clear()
    sweep(NOW + A_MINUTE)
    assert len(smtp.messages) == 1


def test_what_was_not_taken_is_tried_again(notice, smtp):
    smtp.replies[b"RCPT"] = "450 later"
    assert sweep(NOW) == 0
    assert status_of(notice) == ("planned", "no_answer")
    smtp.replies.clear()
    assert sweep(notice.try_at) == 1
    assert status_of(notice) == ("sent", "")


class TestQuietHours:
    """From nine in the evening until six in the morning, where the notice is about."""

    AT_NIGHT, AT_SIX = moment("2026-11-26", "02:00"), moment("2026-11-26", "06:00")

    def test_what_is_tried_again_waits_for_the_morning(self, notice, smtp):
        assert sweep(self.AT_NIGHT) == 0
        assert (status_of(notice), notice.try_at) == (("planned", ""), self.AT_SIX)
        assert sweep(self.AT_SIX) == 1
        assert len(smtp.messages) == 1

    def test_by_their_own_hours(self, notice, reader, smtp):
        NoticeHours.objects.create(user=reader, quiet_from=time(1), quiet_until=time(2))
        assert sweep(self.AT_NIGHT) == 1

    def test_what_is_no_news_in_the_morning_is_too_late(self, program, reader, smtp):
        counts = {"sessions": 1, "first": 5 * 60}
        today = a_notice(
            reader, program, kind="today", counts=counts, due_at=moment("2026-11-26", "04:00")
        )
        sweep(moment("2026-11-26", "04:30"))
        assert status_of(today) == ("expired", "")

    def test_a_safety_answer_goes_at_any_hour(self, program, reader, smtp):
        a_notice(reader, program, kind="safety")
        assert sweep(self.AT_NIGHT) == 1


def test_as_long_as_it_is_news(notice, smtp):
    assert sweep(NOW + KEEPS - A_MINUTE) == 1
    assert status_of(notice) == ("sent", "")


def test_after_three_days_it_is_no_news(notice, smtp):
    sweep(NOW + KEEPS)
    assert status_of(notice) == ("expired", "")
    assert smtp.messages == []


def test_it_expires_also_where_nobody_can_send(notice):
    assert expire_overdue(now=NOW + KEEPS - A_MINUTE, by=None) == 0
    assert expire_overdue(now=NOW + KEEPS, by=None) == 1
    assert status_of(notice) == ("expired", "")


def test_what_was_left_behind_is_unknown(notice):
    StaffNotice.objects.update(status="claimed", claimed_at=NOW)
    assert settle_unknown(now=NOW + 14 * A_MINUTE, by=None) == 0
    assert settle_unknown(now=NOW + 15 * A_MINUTE, by=None) == 1
    assert status_of(notice) == ("unknown", "")
    assert AuditEvent.objects.get(verb="notice.unknown").detail == {"kind": "sign"}


def test_it_does_not_wait_behind_reminders(program, reader, smtp):
    for number in range(30):
        planned_for(expect_someone(program, email=f"someone{number}@mail.example"))
    notice = a_notice(reader, program, due_at=SIX)
    sweep(SIX)
    assert len(smtp.messages) == 31
    assert smtp.messages[0]["Message-ID"].startswith(f"<{notice.public_id}@")


def test_log_lines_name_nobody(notice, reader, smtp, caplog):
    with caplog.at_level(logging.DEBUG):
        sweep(NOW)
    assert "message_settled" in caplog.text
    assert not [word for word in (reader.email, reader.name) if word in caplog.text]


def test_nothing_is_settled_without_its_line_on_the_trail(notice, smtp, audit_fails):
    User.objects.update(is_active=False)
    with pytest.raises(IntegrityError):
        sweep(NOW)
    assert smtp.messages == []
    assert status_of(notice) == ("planned", "")
