"""`manage.py weekly_hours`: three formats, any week, any moment, and words for bad input."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from hours.rows import KEYS
from programs.models import Program
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_person(program: Program) -> None:
    build.a_rule(program)
    group = build.a_group(program, name="Core")
    enrollment = build.an_enrollment(program, build.a_participant(chart_number="C-7"))
    build.a_membership(group, enrollment)
    build.a_record(build.a_session(group), enrollment.participant, "09:00-12:00")
    build.a_record(build.a_session(group, "2026-11-24"), enrollment.participant, absence="no_call")


def output(*arguments: str) -> str:
    out = io.StringIO()
    call_command("weekly_hours", *arguments, stdout=out)
    return out.getvalue()


AS_OF = ("--as-of", "2026-11-25T12:00")


def test_json_has_the_contracts_keys_and_an_explanation() -> None:
    (row,) = json.loads(output(*AS_OF, "--format", "json"))
    assert list(row) == [*KEYS, "explanation"]
    assert (row["chart_number"], row["week"], row["attended"]) == ("C-7", "2026-11-23", 180)
    assert row["explanation"] == (
        "Attended 3 h of 9 h; 3 h are possible, 6 h short, and open seats add only 0 h."
        " Missed: Tue Core 9:00 AM. 1 of 3 days with 1 h can qualify. Rule: Example rule 1.2."
    )


def test_csv_and_table_say_the_same() -> None:
    (row,) = csv.DictReader(io.StringIO(output(*AS_OF, "--format", "csv")))
    assert (row["verdict"], row["flags"]) == ("unreachable", "days_short")
    assert "C-7" in output(*AS_OF)
    assert "Attended 3 h of 9 h" in output(*AS_OF)


def test_any_date_of_the_week_names_it(program: Program) -> None:
    sunday = output(*AS_OF, "--format", "json", "--week", "2026-11-29")
    assert json.loads(sunday)[0]["week"] == "2026-11-23"
    later = output(*AS_OF, "--format", "json", "--week", "2026-11-30", "--program", program.code)
    assert json.loads(later)[0]["week"] == "2026-11-30"


def test_a_moment_without_an_offset_is_the_sites_time() -> None:
    late_evening = ("--as-of", "2026-11-22T23:30", "--format", "json")
    assert json.loads(output(*late_evening))[0]["week"] == "2026-11-16"
    same_in_utc = ("--as-of", "2026-11-23T05:30:00+00:00", "--format", "json")
    assert json.loads(output(*same_in_utc))[0]["week"] == "2026-11-16"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--program", "nowhere"), "there is no such program. Known: evening-iop"),
        (("--week", "Monday"), "not a date; write it as 2026-11-23"),
        (("--as-of", "noon"), "not a moment; write it as 2026-11-25T12:00"),
    ],
)
def test_bad_input_gets_words(arguments: tuple[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        output(*arguments)
