"""The rows of a made-up clinic before any database sees them: the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from iop.scale.clock import Clock
from iop.scale.lines import Lines
from iop.scale.places import ZONES, add_site
from iop.scale.size import Size
from iop.scale.tables import FIELDS, Tables
from iop.scale.writing import write_site
from programs.models import Certification, GroupKind, HoursRule
from programs.weeks import instant

SIZE = Size(today=date(2026, 11, 19), sites=2, participants=3, weeks=12)


def rows_of(size: Size) -> dict[str, list[str]]:
    """The lines of every table, without the ciphertext, which is another one each time."""
    rows = Tables(size.seed)
    for number in range(1, size.sites + 1):
        write_site(add_site(rows, size, number, "!"))
    lines = {model.__name__: rows[model].waiting for model in FIELDS}
    signed_by = rows[Certification].columns.index("signed_by_name")
    lines["Certification"] = [
        "\t".join(text for at, text in enumerate(line.split("\t")) if at != signed_by)
        for line in lines["Certification"]
    ]
    return lines


def test_the_same_size_gives_the_same_rows():
    assert rows_of(SIZE) == rows_of(SIZE)


def test_another_seed_gives_others():
    one, other = rows_of(SIZE), rows_of(replace(SIZE, seed=2))
    assert one["AttendanceRecord"] != other["AttendanceRecord"]
    ids = [{line.split("\t")[1] for line in rows["Participant"]} for rows in (one, other)]
    assert ids[0].isdisjoint(ids[1])


def test_the_first_sites_of_a_larger_clinic_are_those_of_a_smaller():
    small, large = rows_of(replace(SIZE, sites=1)), rows_of(SIZE)
    for table, lines in small.items():
        assert lines == large[table][: len(lines)], table


def test_public_ids_are_random_uuids():
    for line in rows_of(SIZE)["Presence"]:
        assert len(line.split("\t")) == 7
    for line in rows_of(SIZE)["AttendanceRecord"]:
        public_id = line.split("\t")[1]
        assert (public_id[12], public_id[16] in "89ab") == ("4", True)


def test_what_differs_from_row_to_row_has_to_be_given():
    with pytest.raises(ValueError, match="invited_at has to be given"):
        Lines(User, "email", seed=1)


def test_a_value_is_written_as_the_database_reads_it():
    rules = Lines(HoursRule, "program", "counts", "max_gap_days", "citation", seed=1)
    rules.add(7, None, 6, GroupKind.PROCESS)
    line = rules.waiting[0].split("\t")
    assert (line[0], line[2:6]) == ("1", ["7", r"\N", "6", "process"])


@given(
    zone=st.sampled_from([ZoneInfo(name) for name, _state in ZONES]),
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    minutes=st.integers(4 * 60, 24 * 60 - 1),
)
def test_the_clock_of_a_site_is_that_of_the_program(zone: ZoneInfo, day: date, minutes: int):
    """On every day, those on which clocks change among them."""
    local = time(minutes // 60, minutes % 60)
    told = datetime.fromisoformat(Clock(zone).at(day, minutes).replace("Z", "+00:00"))
    assert told == instant(day, local, zone)


@pytest.mark.parametrize("day", range(7))
def test_the_calendar_begins_on_a_monday(day: int):
    size = replace(SIZE, today=SIZE.today + timedelta(days=day))
    assert size.first_on.weekday() == 0
    assert size.dates[0] == size.first_on
    assert size.dates[-1] == size.last_on
