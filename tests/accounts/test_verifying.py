"""Tampering for real, as the owner of the tables: each is found, and honest use never is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, AuditSeal
from accounts.seal_form import COLUMNS
from accounts.sealing import LATE, seal_trail
from tests import build
from tests.accounts.trail import (
    BEGIN,
    HOUR,
    MINUTE,
    a_line,
    a_sealed_trail,
    by_hand,
    found,
    kept_anchors,
    verified,
)

pytestmark = pytest.mark.django_db
LINES, SEALS = "accounts_auditevent", "accounts_auditseal"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.IOP_DATA_DIR = tmp_path


@pytest.fixture
def trail() -> list[list[AuditEvent]]:
    """Thirteen lines under five seals."""
    return a_sealed_trail()


def test_an_honest_trail_is_intact(trail):
    report = verified(kept_anchors())
    assert report.is_intact
    assert (report.seals, report.lines, report.unsealed, report.anchored) == (5, 13, 0, 5)
    assert report.last == kept_anchors()[-1]


def test_no_trail_is_no_fault():
    report = verified()
    assert (report.is_intact, report.seals, report.last) == (True, 0, None)


CHANGES = {
    "public_id": "public_id = gen_random_uuid()",
    "at": "at = at + interval '1 microsecond'",
    "by_id": "by_id = (SELECT max(id) FROM accounts_user)",
    "verb": "verb = 'participant.reads'",
    "subject_kind": "subject_kind = 'Participant'",
    "subject_id": "subject_id = NULL",
    "participant_id": "participant_id = gen_random_uuid()",
    "program_id": "program_id = participant_id",
    "detail": """detail = '{"page": "profile", "rows": 4}'""",
    "detail in its digits": """detail = '{"page": "profile", "rows": 3.0}'""",
    "address": "address = '192.0.2.8'",
    "address in its mask": "address = '192.0.2.7/31'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_one_changed_column(trail, change):
    build.a_user()
    line = trail[2][1]
    by_hand(f"UPDATE {LINES} SET {change} WHERE id = {line.pk}")
    report = verified()
    assert found(report) == [("line_altered", 3, line.pk)]
    assert f"Line {line.pk} was altered" in str(report.findings[0])


def test_every_column_is_sealed():
    assert set(COLUMNS) == {each.column for each in AuditEvent._meta.fields}
    assert {name.split()[0] for name in CHANGES} == set(COLUMNS) - {"id"}


def test_another_number_for_a_line(trail):
    line = trail[1][0]
    by_hand(f"UPDATE {LINES} SET id = 900000000 WHERE id = {line.pk}")
    assert found(verified()) == [("line_removed", 2, line.pk), ("line_inserted", None, 900000000)]


def test_a_line_moved_to_another_month(trail):
    line = trail[1][0]
    by_hand(f"UPDATE {LINES} SET at = at - interval '3 years' WHERE id = {line.pk}")
    assert ("line_altered", 2, line.pk) in found(verified())


@pytest.mark.parametrize("place", [(0, 0), (2, 3), (4, 2)])
def test_a_deleted_line(trail, place):
    line = trail[place[0]][place[1]]
    by_hand(f"DELETE FROM {LINES} WHERE id = {line.pk}")
    assert found(verified()) == [("line_removed", place[0] + 1, line.pk)]


@pytest.mark.parametrize(("one", "other"), [((0, 0), (0, 1)), ((0, 2), (4, 1))])
def test_two_swapped_lines(trail, one, other):
    a, b = trail[one[0]][one[1]], trail[other[0]][other[1]]
    by_hand(
        f"UPDATE {LINES} SET id = -1 WHERE id = {a.pk}",
        f"UPDATE {LINES} SET id = {a.pk} WHERE id = {b.pk}",
        f"UPDATE {LINES} SET id = {b.pk} WHERE id = -1",
    )
    report = verified()
    swapped = [each for each in report.findings if each.kind == "lines_swapped"]
    assert [(each.line, each.other) for each in swapped] == [(a.pk, b.pk)]
    assert f"Lines {a.pk} and {b.pk} were swapped" in str(swapped[0])


@pytest.mark.parametrize("is_sealed", [False, True])
def test_an_inserted_line(trail, is_sealed):
    line = a_line(BEGIN + 30 * MINUTE)
    if is_sealed:
        seal_trail(now=BEGIN + 9 * HOUR, is_full_look=True)
    assert found(verified()) == [("line_inserted", 6 if is_sealed else None, line.pk)]


def test_a_line_in_a_gap_of_the_numbers(trail):
    line = trail[2][1]
    by_hand(f"DELETE FROM {LINES} WHERE id = {line.pk}")
    seal_trail(now=BEGIN + 9 * HOUR)
    forged = a_line(line.at, pk=line.pk)
    assert found(verified()) == [("line_altered", 3, forged.pk)]


def test_a_line_beside_its_twin(trail):
    line = trail[2][1]
    a_line(line.at + MINUTE, pk=line.pk)
    assert found(verified()) == [("line_doubled", 3, line.pk)]


def test_a_truncated_tail_of_lines(trail):
    gone = trail[4]
    by_hand(f"DELETE FROM {LINES} WHERE id >= {gone[0].pk}")
    assert found(verified()) == [("line_removed", 5, each.pk) for each in gone]


def test_a_truncated_tail_of_lines_and_seals(trail):
    kept = kept_anchors()
    by_hand(
        f"DELETE FROM {LINES} WHERE id >= {trail[3][0].pk}",
        f"DELETE FROM {SEALS} WHERE number >= 4",
    )
    assert verified().is_intact
    report = verified(kept)
    assert found(report) == [("tail_cut", 4, None)]
    assert "seals 4 to 5 were written down and are not there" in str(report.findings[0])
    assert found(verified(kept[-1:])) == [("tail_cut", 4, None)]


def test_everything_gone(trail):
    kept = kept_anchors()
    by_hand(f"TRUNCATE {LINES}, {SEALS}")
    assert found(verified(kept)) == [("tail_cut", 1, None)]


SEAL_CHANGES = {
    "sealed_at": "sealed_at = sealed_at + interval '1 second'",
    "ids": "ids = ids + int8multirange(int8range(800000000, 800000001))",
    "ids and count": "ids = ids + int8multirange(int8range(800000000, 800000001)), count = count+1",
    "ids without end": "ids = '{[1,)}'",
    "count": "count = count + 1",
    "is_whole": "is_whole = NOT is_whole",
    "prints": "prints = set_byte(prints, 3, 255 - get_byte(prints, 3))",
    "before": "before = reverse(before)",
    "digest": "digest = reverse(digest)",
}


@pytest.mark.parametrize("change", SEAL_CHANGES.values(), ids=SEAL_CHANGES)
def test_one_changed_seal(trail, change):
    by_hand(
        f"ALTER TABLE {SEALS} DROP CONSTRAINT seal_holds_each_line_once",
        f"UPDATE {SEALS} SET {change} WHERE number = 3",
    )
    report = verified()
    assert 3 in {each.seal for each in report.findings}
    assert {each.seal for each in report.findings if each.kind != "held_twice"} <= {3, None}


def test_every_column_of_a_seal_is_sealed():
    columns = {each.column for each in AuditSeal._meta.fields}
    assert {name.split()[0] for name in SEAL_CHANGES} == columns - {"id", "number"}


def test_a_deleted_middle_seal(trail):
    by_hand(f"DELETE FROM {SEALS} WHERE number = 3")
    report = verified()
    assert found(report)[0] == ("seal_missing", 3, None)
    # What it held is now held by none, which then seals of later hours would have done.
    assert [each.line for each in report.findings[1:]] == [each.pk for each in trail[2]]


def test_a_renumbered_seal(trail):
    by_hand(f"UPDATE {SEALS} SET number = 6 WHERE number = 5")
    kinds = {each.kind for each in verified().findings}
    assert kinds == {"seal_missing", "seal_altered"}


def test_a_seal_and_its_lines_made_up_anew(trail):
    """Who knows the form can make seals that fit: what was written down elsewhere shows it."""
    kept = kept_anchors()
    by_hand(
        f"UPDATE {LINES} SET verb = 'participant.forgot' WHERE id = {trail[3][0].pk}",
        f"DELETE FROM {SEALS} WHERE number >= 4",
    )
    seal_trail(now=BEGIN + 9 * HOUR)
    assert verified().is_intact
    assert "seal_replaced" in {each.kind for each in verified(kept).findings}


def test_a_doubled_seal(trail):
    by_hand(
        f"ALTER TABLE {SEALS} DROP CONSTRAINT seal_holds_each_line_once",
        f"INSERT INTO {SEALS} (number, sealed_at, ids, count, is_whole, prints, before, digest)"
        f" SELECT 6, sealed_at, ids, count, is_whole, prints, before, digest FROM {SEALS}"
        " WHERE number = 2",
    )
    kinds = {each.kind for each in verified().findings}
    assert {"seal_altered", "held_twice", "seal_unlinked"} <= kinds


def test_not_sealed_yet_is_no_fault_but_is_said(trail):
    waiting = a_line(BEGIN + 9 * HOUR)
    report = verified()
    assert (report.is_intact, report.unsealed, report.oldest_at) == (True, 1, waiting.at)
    assert not report.is_overdue(waiting.at + 5 * MINUTE)
    assert report.is_overdue(waiting.at + 5 * MINUTE + timedelta(seconds=1))


def test_late_by_no_more_than_a_transaction_may_take():
    a_sealed_trail([1])
    a_line(BEGIN)
    last = BEGIN + LATE
    a_line(last)
    seal_trail(now=last)
    assert verified().is_intact
    early = a_line(BEGIN - MINUTE)
    assert found(verified()) == [("line_inserted", None, early.pk)]


def test_from_a_date_on(trail):
    by_hand(f"DELETE FROM {LINES} WHERE id = {trail[0][0].pk}")
    report = verified(kept_anchors(), since=BEGIN + HOUR)
    assert (report.is_intact, report.seals, report.lines) == (True, 4, 10)
    by_hand(f"DELETE FROM {LINES} WHERE id = {trail[1][0].pk}")
    assert found(verified(kept_anchors(), since=BEGIN + HOUR)) == [
        ("line_removed", 2, trail[1][0].pk)
    ]
