"""What a director settles about site, rooms and schedule rules: kept, refused, on the trail."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from groups.clinic_settings import actions
from groups.clinic_settings.actions import RoomFacts, SiteFacts
from programs.models import Program, RequiredCredential, Room, ScheduleRule, Site
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def change_site(program: Program, by: User, **facts: Any) -> None:
    given = {
        "timezone": "America/Chicago",
        "state": "",
        "reminder_sender": "",
        "callback_phone": "",
        **facts,
    }
    actions.change_site(site=program.site, facts=SiteFacts(**given), program=program, by=by)


def add_rule(
    program: Program, by: User, from_on: date = TOMORROW, *, required: Any = None, **fields: Any
) -> ScheduleRule:
    rule = ScheduleRule(program=program, effective_from=from_on, **fields)
    return actions.add_schedule_rule(rule=rule, credentials=required or {}, today=TODAY, by=by)


def change_rule(rule: ScheduleRule, by: User, *, required: Any = None, **fields: Any) -> None:
    wanted = ScheduleRule(program=rule.program, **{"effective_from": TOMORROW, **fields})
    actions.change_schedule_rule(
        rule=rule, wanted=wanted, credentials=required or {}, today=TODAY, by=by
    )


def asked(rule: ScheduleRule) -> set[tuple[str, str]]:
    return set(rule.credentials.values_list("kind", "credential"))


def refused_words(act: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(NotKept) as caught:
        act()
    return {field: [str(word) for word in words] for field, words in caught.value.words.items()}


def trail() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_a_site_is_changed(program: Program, director: User):
    change_site(program, director, timezone="America/Phoenix", state="AZ")
    site = Site.objects.get(pk=program.site_id)
    assert (site.timezone, site.state) == ("America/Phoenix", "AZ")
    event = AuditEvent.objects.get(verb="site.changed")
    assert (event.by, event.subject_id) == (director, site.public_id)
    assert event.detail == {"fields": ["state", "timezone"]}


def test_what_does_not_change_leaves_no_trace(program: Program, director: User):
    change_site(program, director)
    assert trail() == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"timezone": "localtime"}, "timezone"),
        ({"state": "ZZ"}, "state"),
    ],
)
def test_a_zone_or_state_that_does_not_exist(
    program: Program, director: User, facts: dict, field: str
):
    assert set(refused_words(lambda: change_site(program, director, **facts))) == {field}
    assert Site.objects.get(pk=program.site_id).timezone == "America/Chicago"
    assert trail() == []


def test_a_zone_that_only_this_machine_knows(program: Program, director: User, tmp_path: Path):
    """Python's zones and the database's are two lists, and one may be older."""
    chicago = files("tzdata").joinpath("zoneinfo", "America", "Chicago")
    (tmp_path / "Nowhere").mkdir()
    (tmp_path / "Nowhere" / "New_Town").write_bytes(chicago.read_bytes())
    zoneinfo.reset_tzpath(to=[str(tmp_path), *zoneinfo.TZPATH])
    try:
        words = refused_words(lambda: change_site(program, director, timezone="Nowhere/New_Town"))
    finally:
        zoneinfo.reset_tzpath()
    assert words == {"timezone": ["The database knows no such time zone."]}
    assert Site.objects.get(pk=program.site_id).timezone == "America/Chicago"


@pytest.mark.parametrize("status", ["scheduled", "cancelled", "withdrawn"])
def test_the_zone_stays_once_there_are_sessions(program: Program, director: User, status: str):
    neighbour = build.a_program(program.site)
    session = build.a_session(build.a_group(neighbour), status=status)
    words = refused_words(lambda: change_site(program, director, timezone="America/Denver"))
    assert "sessions are on record at this site" in words["timezone"][0]
    session.refresh_from_db()
    assert session.starts_at == build.moment(build.MONDAY, "09:00")
    change_site(program, director, state="IL")
    assert Site.objects.get(pk=program.site_id).state == "IL"


def test_sessions_elsewhere_do_not_hold_the_zone(program: Program, director: User):
    build.a_session(build.a_group(build.a_program(build.a_site())))
    change_site(program, director, timezone="America/Denver")
    assert Site.objects.get(pk=program.site_id).timezone == "America/Denver"


def test_a_room_is_added_and_changed(program: Program, director: User):
    room = actions.add_room(
        site=program.site, facts=RoomFacts("Oak", 10, 0), program=program, by=director
    )
    actions.change_room(room=room, facts=RoomFacts("Oak", 12, 15), program=program, by=director)
    actions.change_room(room=room, facts=RoomFacts("Oak", 12, 15), program=program, by=director)
    stored = Room.objects.get()
    assert (stored.site, stored.capacity, stored.turnover_minutes) == (program.site, 12, 15)
    assert trail() == ["room.added", "room.changed"]
    assert AuditEvent.objects.get(verb="room.changed").detail == {
        "capacity": 12,
        "turnover_minutes": 15,
        "fields": ["capacity", "turnover_minutes"],
    }


def test_a_name_once_per_site(program: Program, director: User):
    build.a_room(build.a_site(), name="Elm")
    oak, elm = (
        actions.add_room(
            site=program.site, facts=RoomFacts(name, 10, 0), program=program, by=director
        )
        for name in ("Oak", "Elm")
    )
    words = refused_words(
        lambda: actions.change_room(
            room=elm, facts=RoomFacts("Oak", 10, 0), program=program, by=director
        )
    )
    assert words == {"name": ["This site has a room of that name already."]}
    assert Room.objects.filter(site=program.site, name="Oak").get() == oak


def test_a_rule_is_added_with_the_credentials_it_asks_for(program: Program, director: User):
    required = {"process": ["LCSW", "LPC"], "skills": ["LPC"], "family": []}
    rule = add_rule(program, director, min_days_per_week=3, required=required)
    assert asked(rule) == {("process", "LCSW"), ("process", "LPC"), ("skills", "LPC")}
    event = AuditEvent.objects.get(verb="schedule_rule.added")
    assert (event.program_id, event.subject_id) == (program.public_id, rule.public_id)
    assert event.detail["credentials"] == 3
    assert event.detail["effective_from"] == "2026-11-26"


def test_a_rule_begins_today_or_later(program: Program, director: User):
    words = refused_words(lambda: add_rule(program, director, YESTERDAY))
    assert words == {"effective_from": ["A rule begins today or later."]}
    add_rule(program, director, TODAY)
    assert ScheduleRule.objects.get().effective_from == TODAY


def test_one_rule_from_a_date(program: Program, director: User):
    add_rule(program, director)
    add_rule(build.a_program(), director)
    words = refused_words(lambda: add_rule(program, director))
    assert words == {"effective_from": ["There is a schedule rule from that date already."]}
    assert program.schedule_rules.count() == 1


def test_a_rule_to_come_is_changed(program: Program, director: User):
    rule = add_rule(program, director, min_days_per_week=3, required={"process": ["LCSW", "LPC"]})
    kept = rule.credentials.get(credential="LPC")
    change_rule(
        rule,
        director,
        effective_from=TOMORROW + timedelta(days=7),
        max_days_per_week=5,
        citation="Example 3.4",
        required={"process": ["LPC"], "skills": ["LPC"]},
    )
    stored = ScheduleRule.objects.get()
    assert (stored.pk, stored.effective_from) == (rule.pk, TOMORROW + timedelta(days=7))
    assert (stored.min_days_per_week, stored.max_days_per_week) == (None, 5)
    assert stored.citation == "Example 3.4"
    assert asked(stored) == {("process", "LPC"), ("skills", "LPC")}
    assert stored.credentials.get(kind="process") == kept
    assert trail() == ["schedule_rule.added", "schedule_rule.changed"]
    assert stored.events.count() == 2


def test_a_rule_to_come_is_deleted_and_its_history_stays(program: Program, director: User):
    rule = add_rule(program, director, required={"process": ["LCSW"]})
    actions.delete_schedule_rule(rule=rule, today=TODAY, by=director)
    assert not ScheduleRule.objects.exists()
    assert not RequiredCredential.objects.exists()
    labels = ScheduleRule.pgh_event_model.objects.order_by("pgh_id").values_list(
        "pgh_label", flat=True
    )
    assert list(labels) == ["insert", "delete"]
    assert AuditEvent.objects.get(verb="schedule_rule.deleted").subject_id == rule.public_id


@pytest.mark.parametrize("since", [TODAY, YESTERDAY])
def test_a_rule_that_has_begun_stays_as_it_is(program: Program, director: User, since: date):
    rule = build.a_schedule_rule(program, effective_from=since)
    for act in (
        lambda: change_rule(rule, director, max_days_per_week=4),
        lambda: actions.delete_schedule_rule(rule=rule, today=TODAY, by=director),
    ):
        words = refused_words(act)
        assert words == {
            "__all__": ["A rule that has begun stays as it is. Add one from a later date."]
        }
    assert ScheduleRule.objects.get().max_days_per_week == 5
    assert trail() == []


def test_a_rule_to_come_cannot_be_moved_into_the_past_or_onto_another(
    program: Program, director: User
):
    build.a_schedule_rule(program, effective_from=TODAY)
    rule = add_rule(program, director)
    assert set(refused_words(lambda: change_rule(rule, director, effective_from=YESTERDAY))) == {
        "effective_from"
    }
    words = refused_words(lambda: change_rule(rule, director, effective_from=TODAY))
    assert words == {"effective_from": ["There is a schedule rule from that date already."]}
    rule.refresh_from_db()
    assert rule.effective_from == TOMORROW


def test_somebody_else_has_deleted_it(program: Program, director: User):
    rule = add_rule(program, director)
    stale = ScheduleRule.objects.get(pk=rule.pk)
    actions.delete_schedule_rule(rule=rule, today=TODAY, by=director)
    for act in (
        lambda: change_rule(stale, director),
        lambda: actions.delete_schedule_rule(rule=stale, today=TODAY, by=director),
    ):
        assert "deleted this rule in the meantime" in refused_words(act)["__all__"][0]


@pytest.fixture
def acts(program: Program, director: User) -> list[Callable[[], object]]:
    room = build.a_room(program.site, name="Oak")
    facts = RoomFacts("Elm", 8, 5)
    who: dict[str, Any] = {"program": program, "by": director}
    ahead = build.a_schedule_rule(program, effective_from=TOMORROW)
    ahead.credentials.create(kind="process", credential="LPC")
    return [
        lambda: change_site(program, director, timezone="America/Denver"),
        lambda: actions.add_room(site=program.site, facts=facts, **who),
        lambda: actions.change_room(room=room, facts=facts, **who),
        lambda: add_rule(
            program, director, TOMORROW + timedelta(days=1), required={"family": ["A"]}
        ),
        lambda: change_rule(ahead, director, max_days_per_week=4, required={"family": ["LPC"]}),
        lambda: actions.delete_schedule_rule(rule=ahead, today=TODAY, by=director),
    ]


def everything() -> list[Any]:
    models: Any = (Site, Room, ScheduleRule, RequiredCredential)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_nothing_changes_when_the_trail_cannot_be_written(acts, request):
    before = everything()
    request.getfixturevalue("audit_fails")
    for act in acts:
        with pytest.raises(IntegrityError):
            act()
    assert everything() == before
