"""What the database refuses about what staff are told."""

from __future__ import annotations

from datetime import time

import pytest

from accounts.models import User
from reminders.models import NoticeChoice, NoticeHours, Timing
from tests import build
from tests.build_reminders import a_notice_choice, notice_hours
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return build.a_user()


@pytest.mark.parametrize(("begins", "ends"), [("21:00", "06:00"), ("12:00", "12:01")])
def test_quiet_hours(user: User, begins: str, ends: str):
    notice_hours(user, quiet_from=begins, quiet_until=ends).full_clean()


def test_quiet_hours_end(user: User):
    with refused("notice_hours_quiet_hours_end"):
        notice_hours(user, quiet_from="21:00", quiet_until="21:00")
    same = {"quiet_from": time(6), "quiet_until": time(6)}
    explains(NoticeHours(user=user), "notice_hours_quiet_hours_end", **same)


def test_one_choice_for_each_kind(user: User):
    a_notice_choice(user, "notes")
    a_notice_choice(user, "sign")
    a_notice_choice(build.a_user(), "notes")
    with refused("notice_choice_once"):
        a_notice_choice(user, "notes", timing="never")
    explains(NoticeChoice(user=user, kind="notes", timing="never"), "notice_choice_once")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("kind", "notice_choice_kind_known"),
        ("timing", "notice_choice_timing_known"),
        ("channel", "notice_choice_channel_known"),
    ],
)
def test_choices_are_known(user: User, field: str, constraint: str):
    choice = a_notice_choice(user)
    with refused(constraint):
        NoticeChoice.objects.filter(pk=choice.pk).update(**{field: "owl"})
    explains(choice, constraint, **{field: "owl"})


@pytest.mark.parametrize("timing", [Timing.MORNING, Timing.NEVER])
def test_a_safety_answer_is_told_at_once(user: User, timing: Timing):
    with refused("notice_choice_safety_at_once"):
        a_notice_choice(user, "safety", timing=timing)
    wrong = NoticeChoice(user=user, kind="safety")
    explains(wrong, "notice_choice_safety_at_once", timing=timing)
    a_notice_choice(user, "safety", timing="at_once", channel="sms").full_clean()


def test_ones_own(user: User):
    other = build.a_user()
    for each in (user, other):
        a_notice_choice(each)
        notice_hours(each)
    assert NoticeChoice.objects.visible_to(user).get().user == user
    assert NoticeHours.objects.visible_to(other).get().user == other
