"""The actions on rules: what each refuses, the trail, and two directors in the same moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from hours.ruling.actions import (
    add_hours_rule,
    change_hours_rule,
    delete_hours_rule,
    verify_hours_rule,
)
from hours.ruling.alert_rules.actions import (
    add_alert_rule,
    change_alert_rule,
    delete_alert_rule,
)
from hours.ruling.facts import fingerprint
from programs.models import AlertRule, HoursRule, Program, Role
from tests import build
from tests.at_once import at_once
from tests.build_hours import an_alert_rule
from tests.hours.ruling import a_draft

TODAY = date(2026, 11, 25)
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.django_db
def test_a_rule_begins_today_at_the_earliest(program: Program, director: User) -> None:
    late = a_draft(program, TODAY - timedelta(days=1))
    with pytest.raises(NotKept) as refused:
        add_hours_rule(rule=late, today=TODAY, by=director)
    assert list(refused.value.words) == ["effective_from"]
    add_hours_rule(rule=a_draft(program, TODAY), today=TODAY, by=director)
    assert HoursRule.objects.get().effective_from == TODAY


@pytest.mark.django_db
def test_what_the_database_refuses_is_said_in_its_words(program: Program, director: User) -> None:
    wrong = a_draft(program, TODAY, max_minutes_per_week=539)
    with pytest.raises(NotKept, match="The most a week is not under the least"):
        add_hours_rule(rule=wrong, today=TODAY, by=director)
    wrong = a_draft(program, TODAY, counts=[])
    with pytest.raises(NotKept, match="Name known kinds of group"):
        add_hours_rule(rule=wrong, today=TODAY, by=director)


@pytest.mark.django_db
def test_a_rule_moves_to_another_date_but_not_into_the_past(
    program: Program, director: User
) -> None:
    rule = build.a_rule(program, effective_from=TOMORROW)
    change_hours_rule(
        rule=rule, wanted=a_draft(program, TOMORROW + timedelta(days=3)), today=TODAY, by=director
    )
    rule.refresh_from_db()
    assert rule.effective_from == TOMORROW + timedelta(days=3)
    wanted = a_draft(program, TODAY - timedelta(days=1))
    with pytest.raises(NotKept, match="A rule begins today or later"):
        change_hours_rule(rule=rule, wanted=wanted, today=TODAY, by=director)


@pytest.mark.django_db
def test_a_check_holds_as_long_as_the_words_do(program: Program, director: User) -> None:
    rule = build.a_rule(program, effective_from=TOMORROW, verified_by=director, verified_on=TODAY)
    change_hours_rule(rule=rule, wanted=rule, today=TODAY, by=director)
    rule.refresh_from_db()
    assert rule.verified_by == director
    wanted = HoursRule.objects.get()
    wanted.min_days_per_week = 2
    change_hours_rule(rule=rule, wanted=wanted, today=TODAY, by=director)
    rule.refresh_from_db()
    assert (rule.min_days_per_week, rule.verified_by, rule.verified_on) == (2, None, None)


@pytest.mark.django_db
def test_only_a_rule_with_a_citation_is_checked(program: Program, director: User) -> None:
    rule = build.a_rule(program, citation="")
    with pytest.raises(NotKept, match="names no citation"):
        verify_hours_rule(rule=rule, seen=fingerprint(rule), today=TODAY, by=director)


@pytest.mark.django_db
def test_a_rule_that_has_begun_is_checked_and_says_the_same(
    program: Program, director: User
) -> None:
    rule = build.a_rule(program)
    seen = fingerprint(rule)
    verify_hours_rule(rule=rule, seen=seen, today=TODAY, by=director)
    stored = HoursRule.objects.get()
    assert (stored.verified_by, stored.verified_on) == (director, TODAY)
    assert fingerprint(stored) == seen


@pytest.mark.django_db
def test_rules_deleted_meanwhile(program: Program, director: User) -> None:
    rule = build.a_rule(program, effective_from=TOMORROW)
    gone = HoursRule.objects.get()
    delete_hours_rule(rule=rule, today=TODAY, by=director)
    for act in (
        lambda: change_hours_rule(rule=gone, wanted=gone, today=TODAY, by=director),
        lambda: delete_hours_rule(rule=gone, today=TODAY, by=director),
        lambda: verify_hours_rule(rule=gone, seen=fingerprint(gone), today=TODAY, by=director),
    ):
        with pytest.raises(NotKept, match="deleted this rule in the meantime"):
            act()


@pytest.mark.django_db
def test_the_trail_says_who_and_which(program: Program, director: User) -> None:
    rule = add_hours_rule(
        rule=a_draft(program, TOMORROW, citation="Example"), today=TODAY, by=director
    )
    change_hours_rule(rule=rule, wanted=rule, today=TODAY, by=director)
    verify_hours_rule(rule=rule, seen=fingerprint(rule), today=TODAY, by=director)
    delete_hours_rule(rule=rule, today=TODAY, by=director)
    events = AuditEvent.objects.filter(verb__startswith="hours_rule.").order_by("pk")
    assert [event.verb.partition(".")[2] for event in events] == [
        "added", "changed", "verified", "deleted"
    ]  # fmt: skip
    assert {(event.by, event.program_id) for event in events} == {(director, program.public_id)}
    assert events[0].detail["min_minutes_per_week"] == 540


@pytest.mark.django_db
def test_nothing_changes_without_its_line_on_the_trail(
    program: Program, director: User, audit_fails: None
) -> None:
    rule = build.a_rule(program, effective_from=TOMORROW)
    alert = an_alert_rule(program, effective_from=TOMORROW)
    later = TOMORROW + timedelta(days=7)
    wanted = a_draft(program, TOMORROW, min_days_per_week=1)
    louder = AlertRule(program=program, effective_from=TOMORROW, close_days=9)
    for act in (
        lambda: add_hours_rule(rule=a_draft(program, later), today=TODAY, by=director),
        lambda: change_hours_rule(rule=rule, wanted=wanted, today=TODAY, by=director),
        lambda: verify_hours_rule(rule=rule, seen=fingerprint(rule), today=TODAY, by=director),
        lambda: delete_hours_rule(rule=rule, today=TODAY, by=director),
        lambda: add_alert_rule(
            rule=AlertRule(program=program, effective_from=later), today=TODAY, by=director
        ),
        lambda: change_alert_rule(rule=alert, wanted=louder, today=TODAY, by=director),
        lambda: delete_alert_rule(rule=alert, today=TODAY, by=director),
    ):
        with pytest.raises(IntegrityError):
            act()
    assert HoursRule.objects.values_list("min_days_per_week", "verified_by").get() == (3, None)
    assert AlertRule.objects.get().close_days == 2


@pytest.mark.django_db(transaction=True)
def test_two_directors_add_a_rule_from_the_same_date() -> None:
    program = build.a_program()
    people = [build.a_colleague(program, Role.DIRECTOR) for _ in range(2)]

    def add(by: User) -> object:
        return add_hours_rule(rule=a_draft(program, TOMORROW), today=TODAY, by=by)

    results = at_once(*(lambda by=by: add(by) for by in people), words=(NotKept,))
    told = [each for each in results if isinstance(each, NotKept)]
    assert len(told) == 1
    assert [str(words) for words in told[0].words["effective_from"]] == [
        "This program has a rule from that date already."
    ]
    assert HoursRule.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_checks_what_the_other_changes() -> None:
    """Whichever comes first: a check stands only on words that were read."""
    program = build.a_program()
    one, other = (build.a_colleague(program, Role.DIRECTOR) for _ in range(2))
    rule = build.a_rule(program, effective_from=TOMORROW)
    seen = fingerprint(rule)
    wanted = a_draft(program, TOMORROW, min_days_per_week=1)
    at_once(
        lambda: verify_hours_rule(rule=rule, seen=seen, today=TODAY, by=one),
        lambda: change_hours_rule(rule=rule, wanted=wanted, today=TODAY, by=other),
        words=(NotKept,),
    )
    stored = HoursRule.objects.get()
    assert (stored.min_days_per_week, stored.verified_by) == (1, None)


@pytest.mark.django_db(transaction=True)
def test_two_directors_add_an_alert_rule_from_the_same_date() -> None:
    program = build.a_program()
    people = [build.a_colleague(program, Role.DIRECTOR) for _ in range(2)]

    def add(by: User) -> object:
        rule = AlertRule(program=program, effective_from=TOMORROW)
        return add_alert_rule(rule=rule, today=TODAY, by=by)

    results = at_once(*(lambda by=by: add(by) for by in people), words=(NotKept,))
    told = [each for each in results if isinstance(each, NotKept)]
    assert [str(words) for words in told[0].words["effective_from"]] == [
        "There is an alert rule from that date already."
    ]
    assert (len(told), AlertRule.objects.count()) == (1, 1)
