"""Whatever stands in a cell: the folder is refused with a place, or imported once and for all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.attendance.prairie import FILES, bring, everything, problems_of, write

CELLS = {
    file: list(csv.reader(io.StringIO(text)))
    for file, text in FILES.items()
    if file.endswith(".csv")
}
# Values that are right somewhere, so that more than one check is reached.
VALUES = sorted({cell for lines in CELLS.values() for line in lines[1:] for cell in line})
VALUES += ["2026-10-31", "2026-11-01", "2026-11-07", "2027-03-14", "02:30", "00:00", "23:59", "x"]


@st.composite
def edits(draw) -> tuple[str, int, int, str, bool]:
    """Draw a file, a line and column of it, the new value, and whether the line is a new one."""
    file = draw(st.sampled_from(list(CELLS)))
    line = draw(st.integers(1, len(CELLS[file]) - 1))
    column = draw(st.integers(0, len(CELLS[file][0]) - 1))
    same_column = [each[column] for each in CELLS[file][1:]]
    value = draw(st.sampled_from(same_column) | st.sampled_from(VALUES))
    return file, line, column, value, draw(st.booleans())


def edited(*changes: tuple[str, int, int, str, bool]) -> dict[str, str]:
    cells = {file: [list(line) for line in lines] for file, lines in CELLS.items()}
    for file, line, column, value, is_new in changes:
        if is_new:
            cells[file].append(list(cells[file][line]))
        cells[file][-1 if is_new else line][column] = value
    texts = dict(FILES)
    for file, lines in cells.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(lines)
        texts[file] = out.getvalue()
    return texts


@pytest.mark.django_db
@pytest.mark.parametrize("is_on_record", [False, True])
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(edits(), min_size=1, max_size=2))
@example(changes=[("enrollments.csv", 2, 5, "2026-11-09", False)])
@example(changes=[("schedule.csv", 1, 8, "2026-11-20", False)])
@example(changes=[("memberships.csv", 2, 2, "2026-11-07", False)])
def test_refused_with_a_place_or_imported_for_good(
    is_on_record: bool, changes: list, tmp_path: Path
):
    with transaction.atomic():
        if is_on_record:
            bring(write(tmp_path / "prairie"))
        before = everything()
        folder = write(tmp_path / "prairie", edited(*changes))
        if problems := problems_of(folder):
            assert all(problem.place.line for problem in problems)
            assert everything() == before
        else:
            assert not bring(folder).has_changes
        transaction.set_rollback(True)
