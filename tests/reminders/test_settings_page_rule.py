"""The page of the reminder rule: what it means in words, who may, and what is kept."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from programs.models import Program
from reminders.models import ReminderRule
from reminders.settings_page import actions
from reminders.settings_page.rule_words import meaning_of
from tests import build
from tests.build import CHICAGO
from tests.build_reminders import a_reminder_rule

DAY = date(2026, 11, 24)
USUAL = {
    "evening_at": "18:00",
    "minutes_before": "2",
    "weekly_on": "6",
    "weekly_at": "17:00",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "most_a_day": "4",
    "most_a_week": "16",
}


def means(day: date = DAY, zone: ZoneInfo = CHICAGO, **fields) -> dict[str, str]:
    """What people get, by the time their day begins; and what everybody is told."""
    meaning = meaning_of(ReminderRule(**fields), day=day, zone=zone)
    said = {each.start: " ".join(each.lines) for each in meaning.examples}
    return {**said, "all": " ".join(meaning.lines), "cautions": " ".join(meaning.cautions)}


class TestInWords:
    def test_the_usual_rule(self):
        said = means()
        assert said["5:30 PM"] == (
            "A message at 6:00 PM the day before. A message at 3:30 PM the same day."
        )
        assert said["8:00 AM"] == (
            "A message at 6:00 PM the day before. The one 2 hours before would be at 6:00 AM, in"
            " quiet hours, so it is left out."
        )
        assert said["8:00 PM"].endswith("A message at 6:00 PM the same day.")
        assert said["all"] == (
            "The week ahead goes out on Sunday at 5:00 PM, to those who asked for it. Nothing goes"
            " out from 9:00 PM to 8:00 AM, where the person is. Nobody gets more than 4 a day and"
            " 16 a week."
        )
        assert said["cautions"] == ""

    def test_no_evening(self):
        said = means(evening_at=None)
        assert said["5:30 PM"] == "A message at 3:30 PM the same day."
        assert said["8:00 AM"] == (
            "A message at 6:00 PM the day before. That is there because of the one that is left"
            " out. The one 2 hours before would be at 6:00 AM, in quiet hours, so it is left out."
        )

    def test_an_evening_in_quiet_hours(self):
        said = means(evening_at=time(22), minutes_before=None)
        assert said["5:30 PM"] == (
            "A message at 8:00 PM the day before. It would be at 10:00 PM, in quiet hours, so it"
            " goes out before them."
        )

    def test_before_the_quiet_hours_of_the_night_before(self):
        said = means(evening_at=time(1), minutes_before=None)
        assert said["5:30 PM"].startswith("A message at 8:00 PM two days before.")

    def test_nothing_at_all(self):
        said = means(evening_at=None, minutes_before=None, weekly_on=None)
        assert said["5:30 PM"] == "No message."
        assert said["cautions"] == "Nobody is reminded of an appointment under this rule."
        assert said["all"].startswith("Nobody gets the week ahead.")

    @pytest.mark.parametrize(
        ("minutes", "words"),
        [(45, "45 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (121, "2 hours 1 minute")],
    )
    def test_how_long_before(self, minutes, words):
        assert f"The one {words} before" in means(minutes_before=minutes)["8:00 AM"]

    @pytest.mark.parametrize(
        ("begins", "ends", "warns"),
        [
            (time(21), time(8), False),
            (time(20), time(9), False),
            (time(21, 1), time(8), True),
            (time(21), time(7, 59), True),
            (time(0), time(23), True),
        ],
    )
    def test_less_quiet_than_the_law(self, begins, ends, warns):
        said = means(quiet_from=begins, quiet_until=ends)
        assert ("47 CFR 64.1200" in said["cautions"]) is warns

    @pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
    @pytest.mark.parametrize("zone", ["America/Chicago", "America/Phoenix"])
    def test_on_the_days_the_clocks_change(self, day, zone):
        said = means(day, ZoneInfo(zone))
        assert said["5:30 PM"] == (
            "A message at 6:00 PM the day before. A message at 3:30 PM the same day."
        )


# --- the page ---------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def address(program: Program) -> str:
    return f"/reminders/{program.public_id}/rule/"


@pytest.fixture
def office(director: User) -> Client:
    client = Client()
    client.force_login(director)
    return client


def test_it_says_what_it_is_and_means(office, program):
    page = office.get(address(program)).content.decode()
    assert "First appointment at 5:30 PM" in page
    assert "As it is now" in page
    assert 'value="18:00"' in page
    assert not ReminderRule.objects.exists()


def test_how_many_statements(office, program, django_assert_num_queries):
    office.get("/")
    with django_assert_num_queries(7):
        office.get(address(program))


def test_a_preview_changes_nothing(office, program):
    page = office.post(address(program), {**USUAL, "minutes_before": "1:30", "step": "preview"})
    said = page.content.decode()
    assert "Not saved yet" in said
    assert "A message at 4:00 PM the same day." in said
    assert 'value="1:30"' in said
    assert not ReminderRule.objects.exists()


def test_it_is_kept(office, program, director):
    wanted = {**USUAL, "evening_at": "", "weekly_on": "", "minutes_before": "0:45", "step": "save"}
    answer = office.post(address(program), wanted, follow=True)
    assert "The rule is saved." in answer.content.decode()
    rule = ReminderRule.objects.get(program=program)
    assert (rule.evening_at, rule.weekly_on, rule.minutes_before) == (None, None, 45)
    event = AuditEvent.objects.get(verb="reminder_rule.changed")
    assert (event.by, event.subject_id, event.program_id) == (
        director,
        rule.public_id,
        program.public_id,
    )
    assert event.detail == {"fields": ["evening_at", "minutes_before", "weekly_on"]}


def test_what_does_not_change_leaves_no_trace(office, program):
    office.post(address(program), {**USUAL, "step": "save"})
    assert not ReminderRule.objects.exists()
    assert not AuditEvent.objects.filter(verb="reminder_rule.changed").exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("evening_at", "late", "Enter a time for the day before, like 6:00 PM"),
        ("minutes_before", "0:10", "Enter 0:15 to 12 hours, or leave it blank"),
        ("minutes_before", "12:01", "Enter 0:15 to 12 hours, or leave it blank"),
        ("minutes_before", "soon", "Enter hours like 2, 2.5 or 2:30"),
        ("weekly_on", "9", "Choose a day from the list"),
        ("weekly_at", "", "Enter when the week ahead goes out, like 5:00 PM"),
        ("quiet_from", "", "Enter when quiet hours begin, like 9:00 PM"),
        ("quiet_until", "21:00", "Enter another time than that of “Quiet from”"),
        ("most_a_day", "11", "Enter 1 to 10 messages a day"),
        ("most_a_day", "0", "Enter 1 to 10 messages a day"),
        ("most_a_week", "3", "At most a week is not under at most a day"),
        ("most_a_week", "", "Enter 1 to 50 messages a week"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(office, program, field, typed, words):
    sent = {**USUAL, "most_a_day": "5", field: typed, "step": "save"}
    answer = office.post(address(program), sent)
    assert words in answer.content.decode()
    assert answer.context["form"].errors.keys() == {field}
    assert answer.context["form"]["most_a_day"].value() == sent["most_a_day"]
    assert not ReminderRule.objects.exists()


def test_nothing_is_kept_where_the_trail_cannot_be_written(program, director, monkeypatch):
    rule = a_reminder_rule(program)

    def no_trail(*_args, **_facts):
        raise RuntimeError

    monkeypatch.setattr(actions, "write_audit", no_trail)
    wanted = ReminderRule(program=program, minutes_before=60)
    with pytest.raises(RuntimeError):
        actions.change_reminder_rule(program=program, wanted=wanted, by=director)
    rule.refresh_from_db()
    assert rule.minutes_before == 120


@pytest.mark.parametrize("page", ["rule/", "words/", "words/evening/sms/en/"])
def test_who_may(program, page, director, facilitator):
    path = f"/reminders/{program.public_id}/{page}"
    stranger = build.a_user()
    for user, status in ((director, 200), (facilitator, 403), (stranger, 404)):
        client = Client()
        client.force_login(user)
        assert client.get(path).status_code == status
