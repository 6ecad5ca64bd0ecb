"""A record rule in the browser: defaults, typed, refused at the field, one that has not begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from groups.clinic_settings.record_rules.actions import (
    add_record_rule,
    change_record_rule,
    delete_record_rule,
)
from groups.clinic_settings.record_rules.words import lines_of
from programs.models import Program, RecordRule, Role
from programs.models.record_rule import record_rule_on
from programs.weeks import local_date
from tests import build
from tests.build_records import a_record_rule

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


@pytest.fixture
def new_rule(program: Program) -> str:
    return f"/clinic/{program.public_id}/record-rules/new/"


def filled(from_on: date, **change: Any) -> dict[str, Any]:
    parts = (from_on.month, from_on.day, from_on.year)
    usual = {"grace_minutes": "5", "notes_due_hours": "24", "outreach_due_hours": "24"}
    boxes = {f"effective_from_{place}": part for place, part in enumerate(parts)}
    return {**boxes, **usual, **change}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("director", 200),
        ("clinician", 403),
        ("facilitator", 403),
        ("administrator", 403),
        ("billing", 403),
        ("stranger", 404),
    ],
)
def test_who_may(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    program: Program,
    new_rule: str,
    tomorrow: date,
    who: str,
    status: int,
) -> None:
    rule = a_record_rule(program, effective_from=tomorrow)
    client = client_of(request.getfixturevalue(who))
    there = f"/clinic/{program.public_id}/record-rules/{rule.public_id}/"
    assert client.get(new_rule).status_code == status
    assert client.get(there).status_code == status
    assert client.post(f"{there}delete/").status_code == (302 if status == 200 else status)
    assert client.get(f"{there}delete/").status_code == 405


def test_another_programs_rule_is_not_found(
    client_of: ClientOf, director: User, program: Program, tomorrow: date
) -> None:
    elsewhere = a_record_rule(build.a_program(), effective_from=tomorrow)
    client = client_of(director)
    there = f"/clinic/{program.public_id}/record-rules/{elsewhere.public_id}/"
    assert client.get(there).status_code == 404
    assert client.post(f"{there}delete/").status_code == 404


def test_a_rule_is_added(
    client_of: ClientOf, director: User, clinician: User, program: Program, new_rule: str,
    today: date,
) -> None:  # fmt: skip
    sent = filled(
        today,
        grace_minutes="10",
        notes_due_hours="48",
        outreach_due_hours="12",
        cosigned_credentials=" LPC-A\r\n lpc-a, MSW  intern\n\n,",
        cosigned_by=str(clinician.public_id),
        citation="Example 5.6",
    )
    page = client_of(director).post(new_rule, sent, follow=True).content.decode()
    for words in ("The rule is added.", "In force", "after more than 10 minutes",
                  "within 48 hours", "within 12 hours", "LPC-A and MSW intern",
                  "Cleo Ortiz, LCSW", "Example 5.6"):  # fmt: skip
        assert words in page, words
    rule = RecordRule.objects.get()
    assert (rule.program, rule.effective_from, rule.grace_minutes) == (program, today, 10)
    assert rule.cosigned_credentials == ["LPC-A", "MSW intern"]
    assert rule.cosigned_by == clinician
    line = AuditEvent.objects.get(verb="record_rule.added")
    assert (line.by, line.program_id) == (director, program.public_id)
    assert line.detail["cosigned_by"] == str(clinician.public_id)
    assert "LPC" not in str(line.detail)


def test_the_first_one_proposes_what_holds_without_one(
    client_of: ClientOf, director: User, program: Program, new_rule: str, today: date
) -> None:
    page = client_of(director).get(new_rule).content.decode()
    assert page.count('value="24"') == 2
    assert 'name="grace_minutes" value="5"' in page
    assert f'name="effective_from_2" value="{today.year}"' in page
    assert "The directors" in page
    assert "Filled in as in the rule before." not in page
    settings = client_of(director).get(f"/clinic/{program.public_id}/").content.decode()
    assert "No record rule yet." in settings


def test_the_next_one_is_filled_in_from_the_one_before(
    client_of: ClientOf, director: User, clinician: User, program: Program, new_rule: str,
    today: date,
) -> None:  # fmt: skip
    a_record_rule(program, effective_from=today, grace_minutes=7,
                  cosigned_credentials=["LPC-A", "MSW"], cosigned_by=clinician)  # fmt: skip
    page = client_of(director).get(new_rule).content.decode()
    assert "Filled in as in the rule before." in page
    assert "LPC-A\nMSW</textarea>" in page
    assert f'<option value="{clinician.public_id}" selected>' in page
    assert 'name="grace_minutes" value="7"' in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effective_from_0": "13"}, "Enter a real date"),
        ({"effective_from_1": ""}, "Fill in month, day and year"),
        ({"effective_from_2": "2126"}, "Enter a date before 2100"),
        ({"effective_from_2": "2020"}, "A rule begins today or later."),
        ({"grace_minutes": ""}, "Enter the minutes, or 0"),
        ({"grace_minutes": "61"}, "Enter 60 or less"),
        ({"grace_minutes": "-1"}, "Enter 0 or more"),
        ({"grace_minutes": "five"}, "Enter a whole number"),
        ({"notes_due_hours": "0"}, "Enter 1 or more"),
        ({"notes_due_hours": "169"}, "Enter 168 or less"),
        ({"notes_due_hours": "2\x00"}, "Enter a whole number"),
        ({"outreach_due_hours": ""}, "Enter the hours, such as 24"),
        ({"outreach_due_hours": "1.5"}, "Enter a whole number"),
        ({"citation": "x" * 301}, "at most 300 characters"),
        ({"citation": "x\x00"}, "Null characters are not allowed."),
        ({"cosigned_credentials": "L\x00"}, "Null characters are not allowed."),
        ({"cosigned_credentials": "x" * 41}, "A credential has at most 40 letters"),
        ({"cosigned_credentials": "ab," * 400_000}, "at most 1000 characters"),
        ({"cosigned_by": "owl"}, "Choose somebody who may co-sign in this program."),
        ({"cosigned_by": "\x00"}, "Choose somebody who may co-sign in this program."),
    ],
)
def test_a_rule_that_cannot_be(
    client_of: ClientOf,
    director: User,
    new_rule: str,
    tomorrow: date,
    change: dict[str, str],
    words: str,
) -> None:
    answer = client_of(director).post(new_rule, {**filled(tomorrow), **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert page.count(words) == 2, page.count(words)
    assert not RecordRule.objects.exists()


@pytest.mark.parametrize("who", ["facilitator", "administrator", "stranger"])
def test_only_who_may_cosign_there_is_offered(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    director: User,
    new_rule: str,
    tomorrow: date,
    who: str,
) -> None:
    user = request.getfixturevalue(who)
    client = client_of(director)
    assert str(user.public_id) not in client.get(new_rule).content.decode()
    sent = filled(tomorrow, cosigned_by=str(user.public_id))
    page = client.post(new_rule, sent).content.decode()
    assert "Choose somebody who may co-sign in this program." in page
    assert not RecordRule.objects.exists()


def test_markup_stays_text(client_of: ClientOf, director: User, new_rule: str, today: date) -> None:
    sent = filled(today, citation="<b>x</b>", cosigned_credentials="<i>LPC</i>")
    page = client_of(director).post(new_rule, sent, follow=True).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "&lt;i&gt;LPC&lt;/i&gt;" in page
    assert "<b>x</b>" not in page


def test_a_second_rule_from_one_date_is_refused(
    client_of: ClientOf, director: User, program: Program, new_rule: str, tomorrow: date
) -> None:
    a_record_rule(program, effective_from=tomorrow)
    page = client_of(director).post(new_rule, filled(tomorrow)).content.decode()
    assert page.count("There is a record rule from that date already.") == 2
    assert RecordRule.objects.count() == 1


def test_a_rule_to_come_is_changed_and_deleted(
    client_of: ClientOf, director: User, program: Program, tomorrow: date
) -> None:
    rule = a_record_rule(program, effective_from=tomorrow, cosigned_credentials=["LPC"])
    client = client_of(director)
    there = f"/clinic/{program.public_id}/record-rules/{rule.public_id}/"
    assert "LPC</textarea>" in client.get(there).content.decode()
    sent = filled(tomorrow, notes_due_hours="72")
    assert "The rule is saved." in client.post(there, sent, follow=True).content.decode()
    rule.refresh_from_db()
    assert (rule.notes_due_hours, rule.cosigned_credentials) == (72, [])
    page = client.post(f"{there}delete/", follow=True).content.decode()
    assert "The rule is deleted." in page
    assert client.get(there).status_code == 404
    verbs = AuditEvent.objects.filter(verb__startswith="record_rule.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "record_rule.changed", "record_rule.deleted"
    ]  # fmt: skip


def test_a_rule_that_has_begun_stays(
    client_of: ClientOf, director: User, program: Program, today: date
) -> None:
    rule = a_record_rule(program, effective_from=today)
    client = client_of(director)
    there = f"/clinic/{program.public_id}/record-rules/{rule.public_id}/"
    assert "This rule has begun." in client.get(there).content.decode()
    page = client.post(there, filled(today, grace_minutes="9")).content.decode()
    assert "A rule that has begun stays as it is." in page
    page = client.post(f"{there}delete/", follow=True).content.decode()
    assert "A rule that has begun stays as it is." in page
    assert RecordRule.objects.get().grace_minutes == 5


def test_a_session_keeps_the_rule_of_its_date(
    client_of: ClientOf, director: User, program: Program, new_rule: str, today: date,
    tomorrow: date,
) -> None:  # fmt: skip
    a_record_rule(program, grace_minutes=3)
    client_of(director).post(new_rule, filled(tomorrow, grace_minutes="15"))
    assert record_rule_on(program, today).grace_minutes == 3
    assert record_rule_on(program, tomorrow).grace_minutes == 15


def test_a_rule_deleted_meanwhile(program: Program, director: User, tomorrow: date) -> None:
    rule = a_record_rule(program, effective_from=tomorrow)
    wanted = RecordRule(program=program, effective_from=tomorrow)
    delete_record_rule(rule=rule, today=tomorrow - timedelta(days=1), by=director)
    stale = RecordRule(pk=rule.pk or 1, program=program, effective_from=tomorrow)
    with pytest.raises(NotKept):
        change_record_rule(
            rule=stale, wanted=wanted, today=tomorrow - timedelta(days=1), by=director
        )


def test_who_has_left_cosigns_no_more(
    program: Program, director: User, clinician: User, tomorrow: date
) -> None:
    wanted = RecordRule(program=program, effective_from=tomorrow, cosigned_by=clinician)
    clinician.assignments.update(ended_at=timezone.now())
    with pytest.raises(NotKept) as refused:
        add_record_rule(rule=wanted, today=tomorrow, by=director)
    assert "cosigned_by" in refused.value.words


def test_nothing_changes_without_its_line_on_the_trail(
    program: Program, director: User, today: date, tomorrow: date, audit_fails: None
) -> None:
    rule = a_record_rule(program, effective_from=tomorrow)
    other = RecordRule(program=program, effective_from=tomorrow + timedelta(days=7))
    wanted = RecordRule(program=program, effective_from=tomorrow, grace_minutes=20)
    for act in (
        lambda: add_record_rule(rule=other, today=today, by=director),
        lambda: change_record_rule(rule=rule, wanted=wanted, today=today, by=director),
        lambda: delete_record_rule(rule=rule, today=today, by=director),
    ):
        with pytest.raises(IntegrityError):
            act()
    assert RecordRule.objects.get().grace_minutes == 5


def test_what_it_says(program: Program) -> None:
    said = {line.label: line.words for line in lines_of(RecordRule(program=program))}
    assert said == {
        "Late, or left early": "after more than 5 minutes",
        "Notes are due": "within 24 hours",
        "Somebody missed is called": "within 24 hours",
        "Notes are co-signed": "nobody’s",
    }
    strict = RecordRule(program=program, grace_minutes=0, cosigned_credentials=["b", "A"])
    said = {line.label: line.words for line in lines_of(strict)}
    assert said["Late, or left early"] == "from the first minute on"
    assert said["Notes are co-signed"] == "A and b"
    assert said["Who co-signs"] == "the directors"


def test_its_queries_do_not_grow(client_of: ClientOf, director: User, program: Program) -> None:
    client, costs = client_of(director), []
    for number in range(1, 4):
        user = build.a_colleague(program, Role.CLINICIAN)
        a_record_rule(program, effective_from=f"2026-0{number}-01", cosigned_by=user,
                      cosigned_credentials=["LPC"])  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/clinic/{program.public_id}/").status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs
