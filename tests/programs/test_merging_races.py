"""Two directors merge in the same moment, on two real connections: no chain, no word lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.keeping import NotKept
from programs.merging.actions import merge_records, settle_report, unmerge_record
from programs.models import DuplicateOutcome, DuplicateReport, Participant
from tests import build
from tests.build import NOW
from tests.build_episodes import a_duplicate_report
from tests.programs.merging import known_in
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> list[Participant]:
    program = build.a_program()
    return [known_in(program, f"2026-{month:02}-01") for month in (7, 8, 9)]


def race(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Return the words that refused the second, which began before the first was through."""
    refusals: list[str] = []

    def told() -> None:
        try:
            second()
        except NotKept as refused:
            refusals.extend(str(word) for said in refused.words.values() for word in said)

    assert second_is_refused_by(first, told) is None
    return " ".join(refusals)


def merge(duplicate: Participant, kept: Participant) -> Callable[[], object]:
    program = duplicate.enrollments.get().program
    return lambda: merge_records(duplicate=duplicate, kept=kept, now=NOW, by=None, program=program)


def pointers() -> dict[int, int | None]:
    found = Participant.objects.exclude(merged_into=None)
    return dict(found.values_list("pk", "merged_into"))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_into_b_while_b_into_c(people, order):
    a, b, c = (people[at] for at in order)
    assert f"Other records lead to {b.chart_number}" in race(merge(a, b), merge(b, c))
    assert pointers() == {a.pk: b.pk}


def test_b_into_c_while_a_into_b(people):
    a, b, c = people
    assert f"{b.chart_number} is a duplicate itself" in race(merge(b, c), merge(a, b))
    assert pointers() == {b.pk: c.pk}


def test_a_into_b_while_b_into_a(people):
    a, b, _ = people
    assert "merged already" in race(merge(b, a), merge(b, a))
    assert "a duplicate itself" in race(lambda: None, merge(a, b))
    assert pointers() == {b.pk: a.pk}


def test_taken_apart_twice_at_once(people):
    a, b, _ = people
    merge(a, b)()
    program = a.enrollments.get().program
    apart = lambda: unmerge_record(record=a, now=NOW, by=None, program=program)  # noqa: E731
    assert "stands on its own already" in race(apart, apart)
    assert pointers() == {}


def test_a_report_answered_twice_at_once(people):
    a, b, _ = people
    report = a_duplicate_report(entered=a, known=b)

    def answer(outcome: DuplicateOutcome) -> Callable[[], object]:
        return lambda: settle_report(
            report=report, outcome=outcome, now=NOW, by=None, program=report.program
        )

    words = race(answer(DuplicateOutcome.MERGED), answer(DuplicateOutcome.DIFFERENT))
    assert "has answered this already" in words
    assert DuplicateReport.objects.get().outcome == "merged"
    assert pointers() == {a.pk: b.pk}


def test_a_merge_while_a_report_about_the_two_is_answered(people):
    a, b, _ = people
    report = a_duplicate_report(entered=a, known=b)
    settle = lambda: settle_report(  # noqa: E731
        report=report,
        outcome=DuplicateOutcome.DIFFERENT,
        now=NOW,
        by=None,
        program=report.program,
    )
    assert "has answered this already" in race(merge(a, b), settle)
    assert DuplicateReport.objects.get().outcome == "merged"
