"""The page on which staff choose what they are told: who sees what, and what is kept."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Program
from reminders.choosing.actions import Hours, choose_notices
from reminders.models import NoticeChoice, NoticeHours, NoticeKind
from reminders.notices.usual import IN_THE_MORNING
from tests import build
from tests.build import NOW
from tests.build_reminders import a_notice, a_notice_choice, notice_hours

pytestmark = pytest.mark.django_db

URL = "/notices/"
NUMBER = "+13125550123"
HOURS = {"morning_at": "07:00", "quiet_from": "21:00", "quiet_until": "06:00", "mobile": ""}


@pytest.fixture(autouse=True)
def carrier(settings):
    settings.SMS_URL = "json+http://127.0.0.1:1/"


def sent(**fields: Any) -> dict[str, Any]:
    return {**HOURS, **{name.replace("__", "-"): value for name, value in fields.items()}}


def words(response) -> str:
    return " ".join(response.content.decode().split())


class TestWhoIsAsked:
    @pytest.mark.parametrize(
        ("who", "sees", "not_seen"),
        [
            ("facilitator", ["safety", "today", "record", "sign", "notes", "outreach"],
             ["cosign", "alert", "digest", "closed", "failures"]),
            ("clinician", ["safety", "today", "notes", "cosign", "alert"], ["digest", "failures"]),
            ("director", NoticeKind.values, []),
            ("administrator", ["outreach", "alert", "failures"], ["safety", "today", "digest"]),
        ],
    )  # fmt: skip
    def test_about_what_may_concern_them(self, request, client_of, who, sees, not_seen):
        page = client_of(request.getfixturevalue(who)).get(URL).content.decode()
        assert all(f'name="{kind}-channel"' in page for kind in sees)
        assert not any(f'name="{kind}-channel"' in page for kind in not_seen)

    def test_whom_nothing_concerns(self, client_of, billing):
        page = words(client_of(billing).get(URL))
        assert "Nothing is sent to you." in page
        assert "Save" not in page

    def test_not_who_works_nowhere(self, client_of, client):
        assert client_of(build.a_user()).get(URL).status_code == 403
        assert client.get(URL).status_code == 302

    def test_a_safety_answer_is_not_asked_about(self, client_of, director):
        page = client_of(director).get(URL).content.decode()
        assert 'name="safety-timing"' not in page
        assert "At once, always" in page

    def test_of_one_day_there_is_only_a_morning(self, client_of, director):
        form = client_of(director).get(URL).context["form"]
        for kind in ("today", "digest"):
            assert [value for value, _label in form.fields[f"{kind}-timing"].choices] == [
                "morning",
                "never",
            ]

    def test_the_weekday_is_asked_on_a_page_of_its_program(self, client_of, director, program):
        assert f"/alerts/{program.public_id}/digest/" in words(client_of(director).get(URL))

    def test_one_gets_there_from_ones_own_menu(self, client_of, facilitator, program):
        page = client_of(facilitator).get(f"/today/{program.public_id}/").content.decode()
        assert f'href="{URL}"' in page


class TestSaved:
    def test_all_at_once(self, client_of, facilitator):
        data = sent(
            mobile="(312) 555-0123",
            morning_at="08:30",
            quiet_from="20:00",
            notes__timing="never",
            record__timing="morning",
            record__channel="sms",
            safety__channel="sms",
        )
        response = client_of(facilitator).post(URL, data, follow=True)
        assert "Kept. You are told as you chose." in words(response)
        hours = NoticeHours.objects.get(user=facilitator)
        assert (str(hours.mobile), hours.morning_at) == (NUMBER, time(8, 30))
        assert 'value="(312) 555-0123"' in client_of(facilitator).get(URL).content.decode()
        assert (hours.quiet_from, hours.quiet_until) == (time(20), time(6))
        chosen = NoticeChoice.objects.filter(user=facilitator).values_list(
            "kind", "timing", "channel"
        )
        assert {kind: rest for kind, *rest in chosen} == {
            "safety": ["at_once", "sms"],
            "today": ["morning", "email"],
            "record": ["morning", "sms"],
            "sign": ["at_once", "email"],
            "notes": ["never", "email"],
            "outreach": ["at_once", "email"],
        }  # fmt: skip

    def test_the_trail_has_no_number(self, client_of, facilitator):
        client_of(facilitator).post(URL, sent(mobile=NUMBER))
        line = AuditEvent.objects.get(verb="notices.chosen")
        assert (line.by, line.subject_id, line.detail) == (facilitator, facilitator.public_id, {})

    def test_twice_is_one_of_each(self, client_of, facilitator):
        client = client_of(facilitator)
        for timing in ("never", "morning"):
            client.post(URL, sent(notes__timing=timing))
        assert NoticeHours.objects.count() == 1
        assert NoticeChoice.objects.get(user=facilitator, kind="notes").timing == "morning"

    def test_ones_own_alone(self, client_of, facilitator, clinician):
        a_notice_choice(clinician, "notes", timing="never")
        client_of(facilitator).post(URL, sent(notes__timing="morning"))
        assert NoticeChoice.objects.get(user=clinician).timing == "never"

    def test_it_holds_for_what_has_not_gone_out(self, client_of, facilitator, program):
        now = timezone.now()
        a_notice(facilitator, program, kind="notes", due_at=now + timedelta(days=1))
        record = a_notice(facilitator, program, kind="record", due_at=now + timedelta(days=1))
        data = sent(notes__timing="never", record__channel="sms", mobile=NUMBER)
        client_of(facilitator).post(URL, data)
        assert facilitator.notices.get(kind="notes").reason == "not_wanted"
        record.refresh_from_db()
        assert (record.status, record.channel) == ("planned", "sms")

    def test_nobody_else_is_asked_of(self, client_of, facilitator):
        """What does not concern somebody is not theirs to set, whatever is sent."""
        client_of(facilitator).post(URL, sent(digest__timing="never", digest__channel="sms"))
        assert not NoticeChoice.objects.filter(kind="digest").exists()

    def test_nothing_without_its_line_on_the_trail(self, facilitator, audit_fails):
        hours = Hours("", time(7), time(21), time(6))
        with pytest.raises(IntegrityError):
            choose_notices(
                choices={NoticeKind.NOTES: IN_THE_MORNING}, hours=hours, now=NOW, by=facilitator
            )
        assert not NoticeChoice.objects.exists()
        assert not NoticeHours.objects.exists()


class TestRefused:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"mobile": "12"}, "Enter a mobile number like (402) 555-0100"),
            ({"notes__channel": "sms"}, "Enter your mobile number, or choose email below"),
            ({"morning_at": "25:00"}, "Enter the time of your morning notices, like 7:00 AM"),
            ({"morning_at": ""}, "Enter the time of your morning notices, like 7:00 AM"),
            ({"morning_at": "04:59"}, "Enter a time between 5:00 AM and 12:00 PM"),
            ({"morning_at": "12:01"}, "Enter a time between 5:00 AM and 12:00 PM"),
            ({"quiet_until": "08:00"},
             "Your morning is in your quiet hours: enter 8:00 AM or later"),
            ({"quiet_from": "06:00"},
             "Quiet hours end at another time than they begin: change one of them"),
            ({"quiet_from": "late"}, "Enter when your quiet hours begin, like 9:00 PM"),
            ({"notes__timing": "owl"}, "Choose one of the times in the list"),
            ({"notes__channel": "owl"}, "Choose email or text message"),
            ({"today__timing": "at_once"}, "Choose one of the times in the list"),
        ],
    )  # fmt: skip
    def test_in_words_and_nothing_is_lost(self, client_of, facilitator, fields, said):
        response = client_of(facilitator).post(URL, sent(**{"record__timing": "never", **fields}))
        page = words(response)
        assert said in page
        assert "<title>Error:" in page
        assert response.context["form"]["record-timing"].value() == "never"
        assert not NoticeHours.objects.exists()
        assert not AuditEvent.objects.filter(verb="notices.chosen").exists()

    def test_a_kind_turned_off_needs_no_number(self, client_of, facilitator):
        data = sent(notes__channel="sms", notes__timing="never")
        assert client_of(facilitator).post(URL, data).status_code == 302


class TestWithoutTexts:
    def test_nobody_is_asked_where_and_nothing_is_lost(self, client_of, facilitator, settings):
        settings.SMS_URL = ""
        notice_hours(facilitator, mobile=NUMBER)
        a_notice_choice(facilitator, "notes", channel="sms")
        client = client_of(facilitator)
        page = client.get(URL).content.decode()
        assert "This clinic sends no text messages" in page
        assert 'name="mobile"' not in page
        assert 'name="notes-channel"' not in page
        client.post(URL, sent(notes__timing="at_once"))
        choice = NoticeChoice.objects.get(user=facilitator, kind="notes")
        assert (choice.timing, choice.channel) == ("at_once", "sms")
        assert str(NoticeHours.objects.get().mobile) == NUMBER


class TestInWords:
    def test_what_one_gets(self, client_of, facilitator):
        page = words(client_of(facilitator).get(URL))
        assert (
            "<b>At once, by email</b><small>A safety answer · Attendance not recorded · Attendance"
            " not signed · Notes overdue · Somebody to get in touch with</small>"
        ) in page
        assert "<b>At 7:00 AM, by email</b><small>Today’s sessions</small>" in page
        assert "From 9:00 PM to 6:00 AM only a safety answer comes" in page
        assert "Not saved yet" not in page

    def test_what_one_would_get_is_shown_and_not_kept(self, client_of, facilitator):
        data = sent(show="1", notes__timing="never", sign__channel="sms", mobile=NUMBER)
        page = words(client_of(facilitator).post(URL, data))
        assert "Not saved yet" in page
        assert "<b>At once, by text message</b><small>Attendance not signed</small>" in page
        assert "<b>Not at all</b><small>Notes overdue</small>" in page
        assert not NoticeHours.objects.exists()


def test_its_queries_do_not_grow(client_of, director, program: Program):
    def cost(data: dict | None = None) -> int:
        client = client_of(director)
        with CaptureQueriesContext(connection) as queries:
            response = client.post(URL, data) if data else client.get(URL)
            assert response.status_code in (200, 302)
        return len(queries)

    read, kept = cost(), cost(sent())
    people: list[User] = [director, *(build.a_user() for _ in range(3))]
    for each in people:
        for kind in ("record", "notes", "alert"):
            a_notice(each, program, kind=kind, due_at=timezone.now() + timedelta(days=1))
    assert cost() == read
    first = cost(sent())
    for kind in ("sign", "cosign", "closed"):
        a_notice(director, program, kind=kind, due_at=timezone.now() + timedelta(days=1))
    assert cost(sent()) == first <= kept + 4
