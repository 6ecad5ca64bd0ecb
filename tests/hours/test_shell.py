"""The frame around every page: what it says to whom, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from hours import shell as frame
from hours.models import Alert, AlertKind
from hours.places import Place
from programs.access import access_of
from programs.models import Role
from tests import build

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: build.NOW)


def request_of(user, program=None, path="/") -> HttpRequest:
    """A request as the guard leaves it: with access, and the program of the address."""
    request: Any = RequestFactory().get(path)
    request.user = user
    request.resolver_match = resolve(path)
    if user.is_authenticated:
        request.access = access_of(user)
    if program:
        request.program = program
    return request


def shell_of(user, program=None, path="/"):
    return frame.shell(request_of(user, program, path))["shell"]


def an_alert(program, kind, week_on=build.MONDAY, enrollment=None, **fields):
    return Alert.objects.create(
        enrollment=enrollment or build.an_enrollment(program),
        week_on=week_on,
        kind=kind,
        opened_at=build.NOW,
        updated_at=build.NOW,
        **fields,
    )


def hours_of(shell):
    """Return the sidebar's line that leads to the board."""
    return next(item for item in shell.nav if item.label == "Hours")


def test_says_where_one_is_and_as_what(director, program, at_noon):
    shell = shell_of(director, program)
    assert (shell.clinic, shell.place) == ("Prairie Clinic", f"Evening IOP · {program.site.name}")
    assert (shell.person.name, shell.person.roles) == ("Dina Osei", "Program director")
    assert shell.person.initials == "DO"


def test_names_every_role_in_the_program_shown(clinician, program, at_noon):
    build.an_assignment(clinician, program, Role.FACILITATOR)
    build.an_assignment(clinician, build.a_program(code="zz"), Role.DIRECTOR)
    assert shell_of(clinician, program).person.roles == "Clinician, Facilitator"


def test_shows_the_program_of_the_page_not_the_first_one(director, program, at_noon):
    other = build.a_program(code="a-first", name="Morning IOP")
    build.an_assignment(director, other, Role.DIRECTOR)
    assert shell_of(director, program).place.startswith("Evening IOP")
    assert shell_of(director).place.startswith("Morning IOP")


def test_leads_to_pages_that_exist_and_marks_the_one_shown(director, program, at_noon):
    board = reverse("hours:board", kwargs={"program_id": program.public_id})
    nav = shell_of(director, program, path=board).nav
    assert [item.label for item in nav if item.is_current] == ["Hours"]
    assert hours_of(shell_of(director, program, path=board)).url == board
    assert not any(item.is_current for item in shell_of(director, program, path="/").nav)


def test_leads_only_where_the_role_may_go(billing, program, at_noon):
    labels = [item.label for item in shell_of(billing, program).nav]
    assert labels[:5] == ["Today", "Calendar", "Groups", "People", "Hours"]
    assert labels[5:] == ["Alerts", "Authorizations"]


def test_a_page_reached_from_another_keeps_it_marked(director, program, at_noon):
    enroll = reverse("enroll:enroll", kwargs={"program_id": program.public_id})
    nav = shell_of(director, program, path=enroll).nav
    assert [item.label for item in nav if item.is_current] == ["People"]


def test_counts_each_person_at_risk_once(director, program, at_noon):
    twice = build.an_enrollment(program)
    an_alert(program, AlertKind.RECOVERABLE, enrollment=twice)
    an_alert(program, AlertKind.UNREACHABLE, enrollment=twice)
    an_alert(program, AlertKind.UNREACHABLE)
    an_alert(program, AlertKind.DAYS_SHORT)
    an_alert(program, AlertKind.UNREACHABLE, resolved_at=build.NOW)
    an_alert(program, AlertKind.UNREACHABLE, week_on=build.MONDAY - timedelta(weeks=1))
    an_alert(build.a_program(), AlertKind.UNREACHABLE)
    item = hours_of(shell_of(director, program))
    assert (item.count, item.count_means) == (2, "people at risk")


def test_who_can_wait_is_not_counted(director, program, at_noon):
    put_off = {"snoozed_by": director, "snooze_reason": "Her sister calls on Friday."}
    an_alert(program, AlertKind.UNREACHABLE, snooze_ends_on=date(2026, 11, 26), **put_off)
    an_alert(program, AlertKind.UNREACHABLE, snooze_ends_on=WEDNESDAY, **put_off)
    assert hours_of(shell_of(director, program)).count == 1


def test_counts_the_alerts_that_wait_of_whichever_week(
    director, facilitator, program, monkeypatch, at_noon
):
    place = Place("All alerts", "siren", "hours.read", "alerts:alerts")
    monkeypatch.setattr(frame, "PLACES", (place,))
    put_off = {"snoozed_by": director, "snooze_reason": "Her sister calls on Friday."}
    an_alert(program, AlertKind.GAP, days=4)
    an_alert(program, AlertKind.NOT_MET, week_on=build.MONDAY - timedelta(weeks=1))
    an_alert(program, AlertKind.GAP, resolved_at=build.NOW)
    an_alert(program, AlertKind.GAP, snooze_ends_on=date(2026, 11, 26), **put_off)
    an_alert(build.a_program(), AlertKind.GAP)
    (item,) = shell_of(director, program).nav
    assert (item.count, item.count_means) == (2, "alerts wait")
    (item,) = shell_of(facilitator, program).nav
    assert item.count == 0


def test_gives_a_facilitator_no_count_of_other_peoples_people(facilitator, program, at_noon):
    an_alert(program, AlertKind.UNREACHABLE)
    assert hours_of(shell_of(facilitator, program)).count == 0


def test_draws_the_week_with_what_is_past_today_and_closed(director, program, at_noon):
    build.a_closure(program)
    week = shell_of(director, program).week
    assert "".join(day.letter for day in week.days) == "MTWTFSS"
    assert [day.css for day in week.days] == ["past", "past", "today", "shut", "", "", ""]
    assert [day.title for day in week.days][1:4] == [
        "Tuesday, past",
        "Wednesday, today",
        "Thursday, closed",
    ]
    assert week.line == "Week of Nov 23 · closed Thursday"


@pytest.mark.parametrize(
    ("last_on", "line"),
    [
        (date(2026, 11, 27), "Week of Nov 23 · closed Thursday and Friday"),
        (date(2026, 12, 4), "Week of Nov 23 · closed Thursday, Friday, Saturday and Sunday"),
    ],
)
def test_names_every_closed_day_of_this_week(director, program, at_noon, last_on, line):
    build.a_closure(site=program.site, last_on=last_on)
    assert shell_of(director, program).week.line == line


def test_says_closed_all_week_at_once(director, program, at_noon):
    build.a_closure(program, first_on=build.MONDAY, last_on=date(2026, 12, 24))
    assert shell_of(director, program).week.line == "Week of Nov 23 · closed all week"


def test_begins_the_week_where_the_program_does(director, program, at_noon):
    program.week_starts_on = 6
    week = shell_of(director, program).week
    assert "".join(day.letter for day in week.days) == "SMTWTFS"
    assert week.line == "Week of Nov 22"


def test_today_is_the_sites_today(director, program, monkeypatch):
    """At 03:00 UTC on Thursday it is still Wednesday evening in Chicago."""
    monkeypatch.setattr(timezone, "now", lambda: build.NOW + timedelta(hours=9))
    today = [day.title for day in shell_of(director, program).week.days if day.is_today]
    assert today == ["Wednesday, today"]


def test_costs_one_query(director, program, at_noon, django_assert_num_queries):
    an_alert(program, AlertKind.UNREACHABLE)
    request = request_of(director, program)
    with django_assert_num_queries(1):
        assert frame.shell(request)["shell"].clinic


def test_costs_no_more_for_more_people(director, program, at_noon, django_assert_num_queries):
    for _ in range(3):
        an_alert(program, AlertKind.UNREACHABLE)
        build.a_closure(program, first_on=WEDNESDAY + timedelta(_), last_on=date(2026, 12, 24))
    request = request_of(director, program)
    with django_assert_num_queries(1):
        assert hours_of(frame.shell(request)["shell"]).count == 3


def test_costs_nothing_until_it_is_used(director, django_assert_num_queries):
    request = request_of(director)
    with django_assert_num_queries(0):
        frame.shell(request)


def test_says_nothing_to_a_stranger_and_asks_nothing(clinic, django_assert_num_queries):
    with django_assert_num_queries(0):
        shell = frame.shell(request_of(AnonymousUser()))["shell"]
        assert not shell


def test_stands_for_a_person_without_any_program(clinic, at_noon):
    shell = shell_of(build.a_user(name="Nora Bell"))
    assert (shell.place, shell.nav, shell.week, shell.person.roles) == ("", (), None, "")


def test_offers_the_three_themes_and_marks_the_one_kept(director, program, at_noon):
    director.theme = "dark"
    themes = shell_of(director, program).themes
    assert [(theme.value, theme.is_current) for theme in themes] == [
        ("auto", False),
        ("light", False),
        ("dark", True),
    ]
