"""The statement that claims says what the querysets say: the oldest that is due by the channel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.models import Reminder
from reminders.sending.people import ToPeople, ToWhoWrote
from tests import build
from tests.build_reminders import a_reminder, a_reply
from tests.reminders.sweeping import NINE, SIX, SUNDAY, a_response

pytestmark = pytest.mark.django_db

rows = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["email", "sms"]),
        st.sampled_from(["planned", "skipped"]),
        st.integers(-20, 2),
        st.booleans(),
    ),
    max_size=6,
)


@given(drawn=rows)
@settings(max_examples=40)
def test_what_is_taken_is_the_oldest_that_is_due(drawn):
    with transaction.atomic():
        program, left = build.a_program(), []
        for is_response, channel, status, minutes, is_left in drawn:
            at = SIX + timedelta(minutes=minutes)
            reason = "not_needed" if status == "skipped" else ""
            fields = {"channel": channel, "status": status, "reason": reason}
            fields |= {"due_at": at, "try_at": at, "expires_at": NINE}
            person = build.a_participant()
            if is_response:
                row = a_response(a_reply(person, program), **fields)
            else:
                row = a_reminder(person, program, **fields)
            left += [row.pk] if is_left else []
        for post in (ToPeople(), ToWhoWrote()):
            expected = post.due("email", SIX).exclude(pk__in=left).first()
            taken = post.take("email", SIX, left)
            assert taken == expected
            assert taken is None or taken.channel == "email"
        transaction.set_rollback(True)


def test_it_is_read_as_the_queryset_reads_it(program):
    told = {"2026-11-23": None}
    duplicate = build.a_participant(merged_into=build.a_participant(), merged_at=SIX)
    a_reminder(duplicate, program, due_at=SIX, expires_at=NINE, for_on=SUNDAY, told=told)
    read, taken = Reminder.objects.get(), ToPeople().take("email", SIX, ())
    assert taken is not None
    names = [each.attname for each in Reminder._meta.concrete_fields]
    assert [getattr(taken, each) for each in names] == [getattr(read, each) for each in names]
    assert taken.participant == duplicate
    assert taken.participant.merged_into_id == duplicate.merged_into_id
    assert taken.participant.public_id == duplicate.public_id
