"""Two whole clinics: folder in, every row of every week out, equal to the expected ones.

The expected rows were worked out by programs that share no code with this one.
"""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from programs.models import Program
from programs.weeks import local_date

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["platte", "edges"])
def test_every_row_and_every_key(folder: str) -> None:
    expected = json.loads((DATA / folder / "expected_weekly_hours.json").read_text())
    call_command("import_clinic", str(DATA / folder), stdout=io.StringIO())
    found = [row for week in _weeks(folder, expected["as_of"]) for row in week]
    for row in found:
        assert row.pop("explanation")
    by_program: dict[str, list[dict[str, Any]]] = {
        program.code: [] for program in Program.objects.all()
    }
    for row in found:
        by_program[row["program"]].append(row)
    wanted: dict[str, list[dict[str, Any]]] = {code: [] for code in by_program}
    for row in expected["rows"]:
        wanted[row["program"]].append(row)
    assert by_program == wanted


def _weeks(folder: str, as_of: str) -> list[list[dict[str, Any]]]:
    """Ask the command for every week of every program, from the first slot's to that of as_of."""
    first = min(
        line.split(",")[7] for line in (DATA / folder / "schedule.csv").read_text().splitlines()[1:]
    )
    found = []
    for program in Program.objects.select_related("site"):
        week = program.week_of(date.fromisoformat(first))
        last = program.week_of(local_date(datetime.fromisoformat(as_of), program.zone))
        while week.first_on <= last.first_on:
            found.append(_ask(program, week.first_on + timedelta(days=3), as_of))
            week = week.moved(1)
    return found


def _ask(program: Program, day: date, as_of: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    arguments = ["--program", program.code, "--week", str(day), "--as-of", as_of]
    call_command("weekly_hours", *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())
