"""Plans against an oracle: whom the rosters name, by their last word, over clinics that change."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.models import GroupSession
from programs.models import ContactConsent, Participant, Program
from programs.weeks import local_date
from reminders.models import Reminder, ReminderRule
from reminders.planning.actions import plan_changes, plan_reminders
from reminders.planning.moments import moments_of
from reminders.planning.telling import read_told, told_now
from tests.build import MONDAY, moment
from tests.reminders.drawing import PERSON, SESSION, from_rosters, store_clinic

pytestmark = pytest.mark.django_db

NOON = moment(MONDAY - timedelta(days=1), "12:00")
SESSIONS = st.lists(SESSION, min_size=1, max_size=5)
PEOPLE = st.lists(PERSON, min_size=1, max_size=4)
# What happens to a session, by its number: cancelled or held again, or moved by hours.
HAPPENING = st.tuples(st.integers(0, 4), st.sampled_from(["cancel", -2, 1, 3]))
HAPPENINGS = st.lists(st.tuples(st.integers(1, 6), HAPPENING), min_size=1, max_size=4)
# People who are in a group, and agreed.
SURE = {
    "admitted": -2,
    "stays": None,
    "leave": None,
    "has_email": True,
    "consents": [("email", "reminders", "2026-11-02", True)],
}
MEMBERS = st.lists(PERSON.map(lambda drawn: {**drawn, **SURE, "group": 0}), min_size=2, max_size=3)
# The Monday of the groups that these are in.
THEIRS = st.lists(
    st.tuples(st.sampled_from([0, 2]), st.just(0), st.integers(9, 20), st.just(False)),
    min_size=2,
    max_size=4,
)
HOUR = timedelta(hours=1)
Row = tuple[int, object, str, int, str, datetime, datetime]


@override_settings(SMS_URL="console://")
class Plans(TestCase):
    """One drawn clinic after the other, each in a transaction of its own."""

    @settings(max_examples=40)
    @given(SESSIONS, PEOPLE, st.lists(HAPPENING, max_size=3), st.booleans())
    def test_the_planned_are_those_the_rosters_name(self, sessions, people, happens, is_stopped):
        store_clinic(sessions, people)
        plan_reminders(now=NOON, by=None)
        assert planned(NOON) == oracle(NOON)
        for each in happens:
            let_happen(*each)
        if is_stopped:
            stop_half(NOON)
        later = NOON + 7 * HOUR
        plan_reminders(now=later, by=None)
        assert planned(later) == oracle(later)
        before = list(Reminder.objects.order_by("pk").values())
        plan_reminders(now=later, by=None)
        assert list(Reminder.objects.order_by("pk").values()) == before

    @settings(max_examples=10, phases=[Phase.generate])
    @given(THEIRS, MEMBERS, HAPPENINGS)
    def test_whoever_heard_of_a_day_knows_how_it_is_in_the_end(self, sessions, people, happens):
        """Every three hours there is a plan, and what is due goes out."""
        store_clinic(sessions, people)
        for turn in range(8):
            now = NOON + (6 + 3 * turn) * HOUR
            for when, each in happens:
                if when == turn:
                    let_happen(*each)
            plan_reminders(now=now, by=None)
            plan_changes(now=now, by=None)
            deliver(now)
        truth = from_rosters()
        for (person, day), heard in last_heard().items():
            start = truth.get((person, day))
            is_over = any(at and at <= now for at in (heard, start.at if start else None))
            assert is_over or heard == (start.at if start else None)


def planned(now: datetime) -> set[Row]:
    """The rows that are still to go out."""
    return {
        (
            row.participant.kept.pk,
            row.for_on,
            row.kind,
            row.program_id,
            row.channel,
            row.due_at,
            row.expires_at,
        )
        for row in Reminder.objects.planned().select_related("participant__merged_into")
        if row.expires_at > now
    }


def oracle(now: datetime) -> set[Row]:
    """Whoever is on a roster of today or tomorrow there, and whose last word is a yes."""
    found: set[Row] = set()
    for (person, day), start in from_rosters().items():
        program = Program.objects.get(pk=start.program_id)
        today = local_date(now, program.zone)
        channel = channel_of(Participant.objects.get(pk=person))
        if channel and today <= day <= today + timedelta(days=1):
            name = Participant.objects.get(pk=person).timezone
            zone = ZoneInfo(name) if name else program.zone
            rule = ReminderRule(program=program)
            for each in moments_of(day, start.at, site_zone=program.zone, zone=zone, rule=rule):
                if each.expires_at > now:
                    at = (each.due_at, each.expires_at)
                    found.add((person, day, str(each.kind), program.pk, channel, *at))
    return found


def channel_of(kept: Participant) -> str:
    """A text before an email, each by what was said last, under whichever record."""
    records = [kept, *kept.duplicates.all()]
    for channel, address in (("sms", kept.phone), ("email", kept.email)):
        said = ContactConsent.objects.filter(
            participant__in=records, channel=channel, purpose="reminders"
        )
        in_order = sorted(said, key=lambda each: each.withdrawn_at or each.given_at)
        if address and in_order and in_order[-1].withdrawn_at is None:
            return channel
    return ""


def let_happen(number: int, what: str | int) -> None:
    session = GroupSession.objects.order_by("pk")[number : number + 1].first()
    if session is None:
        return
    if what == "cancel":
        turned = {"scheduled": "cancelled", "cancelled": "scheduled"}
        session.status = turned[session.status]
    else:
        moved = timedelta(hours=int(what))
        starts_at, ends_at = session.starts_at + moved, session.ends_at + moved
        zone = session.group.program.zone
        taken = GroupSession.objects.filter(group=session.group, starts_at=starts_at).exists()
        days = {local_date(starts_at, zone), local_date(ends_at, zone)}
        if taken or days != {session.held_on}:
            return
        session.starts_at, session.ends_at = starts_at, ends_at
    session.save()


def stop_half(now: datetime) -> None:
    for each in ContactConsent.objects.filter(withdrawn_at=None).order_by("pk")[::2]:
        each.withdrawn_at, each.withdrawn_how = now, "phone"
        each.save()


def deliver(now: datetime) -> None:
    """Have everything go out that is due, has anything to say and is not too late."""
    for row in Reminder.objects.due(now).filter(expires_at__gt=now).select_related("participant"):
        told = told_now([row], now=now)[row.pk]
        if told:
            row.status, row.claimed_at, row.sent_at, row.told = "sent", now, now, told
            row.save()


def last_heard() -> dict:
    heard: dict = {}
    for row in Reminder.objects.filter(status="sent").order_by("sent_at", "pk"):
        for day, at in read_told(row.told).items():
            key = (row.participant.kept.pk, day)
            assert key not in heard or row.kind != "change" or heard[key] != at, "no news"
            heard[key] = at
    return heard
