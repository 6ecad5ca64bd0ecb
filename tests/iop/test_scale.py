"""A made-up clinic: its rows are those that every constraint and trigger would have let in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.database_roles import as_owner
from accounts.models import AuditEvent, User
from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import Facilitation, GroupSession, MakeUpSeat
from hours.program_week import weekly_hours
from iop.scale.actions import NotEmpty, seed_clinic
from iop.scale.size import Size
from iop.scale.tables import FIELDS, NAMES
from programs.models import Certification, Clinic, Enrollment, HoursRule, Leave, Program, Site
from tests import build

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
SIZE = Size(today=TODAY, sites=2, participants=4, weeks=16)
SHAPE = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text
  FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[])
UNION SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), ''
  FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[])
UNION SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text
  FROM pg_trigger WHERE tgrelid = ANY(%(tables)s::regclass[]) AND NOT tgisinternal
"""
# What triggers fill in, and are asked to fill in again.
FILLED_IN = {Presence: ("participant_id", "session_id", "span"), Facilitation: ("span",)}


def seed(say: Callable[[str], object] = lambda line: None, size: Size = SIZE) -> None:
    seed_clinic(size=size, password="!", say=say, by=None)


def shape_of_the_database() -> set[tuple]:
    """Constraints, indexes and triggers of the loaded tables, as the database knows them."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, {"tables": NAMES})
        return set(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_a_seeded_clinic_is_whole():
    """One clinic for all of it: a load takes seconds."""
    before, lines = shape_of_the_database(), list[str]()
    seed(lines.append)
    assert shape_of_the_database() == before
    _says_how_far(lines)
    _has_what_a_clinic_has()
    _gives_weekly_hours()
    _nobody_can_sign_in()
    _takes_new_rows()
    _would_have_been_let_in()
    with pytest.raises(NotEmpty, match="made-up clinic already"):
        seed()


def _says_how_far(lines: list[str]) -> None:
    rows = sum(model._default_manager.count() for model in FIELDS)
    assert lines[0].startswith(f"Site 2 of 2: {rows:,} rows, ")
    assert lines[-1].startswith(f"Done: {rows:,} rows in ")
    assert AuditEvent.objects.get(verb="clinic.made_up").detail["rows"] == rows


def _has_what_a_clinic_has() -> None:
    assert Enrollment.objects.covering(TODAY).count() == 2 * 2 * SIZE.participants
    assert {site.timezone for site in Site.objects.all()} == {"America/Chicago", "America/Phoenix"}
    assert HoursRule.objects.filter(effective_from__gt=SIZE.first_on).exists()
    records = AttendanceRecord.objects.all()
    assert set(records.values_list("absence", flat=True)) == {
        "",
        "excused",
        "unexcused",
        "no_call",
    }
    assert not records.filter(session__held_on__gte=TODAY).exists()
    assert SignOff.objects.exists()
    assert Leave.objects.exists()
    assert MakeUpSeat.objects.exists()
    assert Certification.objects.earliest("pk").signed_by_name == "Willow Stillbrook, MD"
    last = GroupSession.objects.latest("held_on")
    assert last.held_on > TODAY + timedelta(weeks=11)
    assert GroupSession.objects.filter(cancelled_for__isnull=False).exists()


def _gives_weekly_hours() -> None:
    verdicts = set()
    for program in Program.objects.select_related("site"):
        week = program.week_of(TODAY)
        for moved in (0, -1, -2):
            rows = weekly_hours(program, week=week.moved(moved), as_of=NOW)
            assert len(rows) >= SIZE.participants
            verdicts |= {str(row.verdict) for row in rows}
    assert {"met", "not_met", "on_track"} <= verdicts


def _nobody_can_sign_in() -> None:
    assert not any(user.check_password("!") for user in User.objects.all())


def _takes_new_rows() -> None:
    with transaction.atomic():
        group = GroupSession.objects.latest("pk").group
        assert build.a_session(group, TODAY + timedelta(weeks=14)).pk > 1
        transaction.set_rollback(True)


def _would_have_been_let_in() -> None:
    """Take all rows out and put them in again, one by one, with every trigger and check on."""
    with as_owner(), suppress(_TakenBack), transaction.atomic(), connection.cursor() as cursor:
        for table in NAMES:
            cursor.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")
        cursor.execute(f"TRUNCATE {', '.join(NAMES)} CASCADE")
        for model, table in zip(FIELDS, NAMES, strict=True):
            fields = [str(f.column) for f in model._meta.concrete_fields if not f.generated]
            columns = ", ".join(set(fields) - set(FILLED_IN.get(model, ())))
            cursor.execute(
                f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
                f" SELECT {columns} FROM kept_{table} ORDER BY id"
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in NAMES:
            cursor.execute(
                f"(TABLE {table} EXCEPT TABLE kept_{table}) UNION ALL"
                f" (TABLE kept_{table} EXCEPT TABLE {table})"
            )
            assert cursor.fetchall() == [], table
        raise _TakenBack


class _TakenBack(Exception):
    """Ends the transaction without keeping anything."""


@pytest.mark.django_db(transaction=True)
def test_a_database_in_use_is_refused_and_left_alone():
    build.a_clinic()
    before = shape_of_the_database()
    name = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match="in use: it holds rows in programs_clinic"):
        call_command("seed_scale", into=name, sites=1, weeks=1, participants=1)
    assert shape_of_the_database() == before
    assert Clinic.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_load_that_fails_leaves_an_empty_database():
    before = shape_of_the_database()

    def fall_over(line: str) -> None:
        raise RuntimeError(line)

    with pytest.raises(RuntimeError, match="Site 2 of 2"):
        seed(fall_over)
    assert shape_of_the_database() == before
    assert not Clinic.objects.exists()


@pytest.mark.django_db
def test_a_database_of_ones_own_has_to_be_named(monkeypatch):
    monkeypatch.delenv("IOP_EMBEDDED", raising=False)
    name = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match=f"say so: --into {name}"):
        call_command("seed_scale")
    with pytest.raises(CommandError, match=f"say so: --into {name}"):
        call_command("seed_scale", into="another")


@pytest.mark.parametrize("words", [["--sites", "0"], ["--weeks", "-3"], ["--today", "tomorrow"]])
def test_a_size_that_is_none_is_refused(words: list[str]):
    with pytest.raises(CommandError, match=f"argument {words[0]}: invalid"):
        call_command("seed_scale", *words)
