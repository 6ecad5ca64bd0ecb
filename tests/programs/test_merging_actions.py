"""Merging two records, taking them apart, answering a report: what changes and what is refused."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from programs.merging.actions import merge_records, settle_report, unmerge_record
from programs.models import DuplicateOutcome, DuplicateReport, Enrollment, Participant
from tests import build
from tests.build import NOW
from tests.build_episodes import a_duplicate_report
from tests.programs.merging import known_in

pytestmark = pytest.mark.django_db
MERGED, DIFFERENT = DuplicateOutcome.MERGED, DuplicateOutcome.DIFFERENT


@pytest.fixture
def act(program, director):
    """Return a function that does an action here and now, as the director."""

    def done(action, **given):
        return action(now=NOW, by=director, program=program, **given)

    return done


@pytest.fixture
def pair(program) -> tuple[Participant, Participant]:
    return known_in(program, "2026-10-01"), known_in(program)


def words(refused) -> str:
    return " ".join(str(each) for said in refused.value.words.values() for each in said)


def stored(person: Participant) -> Participant:
    return Participant.objects.get(pk=person.pk)


def test_the_duplicate_points_at_the_record_that_is_kept_and_nothing_moves(act, pair, director):
    gone, kept = pair
    before = list(Enrollment.objects.order_by("pk").values())
    act(merge_records, duplicate=gone, kept=kept)
    row = stored(gone)
    assert (row.merged_into, row.merged_at, row.merged_by) == (kept, NOW, director)
    assert row.kept == stored(kept).kept == kept
    assert list(Enrollment.objects.order_by("pk").values()) == before
    assert list(Enrollment.objects.of_person(kept)) == list(Enrollment.objects.order_by("pk"))
    lines = AuditEvent.objects.order_by("pk")
    assert [each.verb for each in lines] == ["participant.merged"] * 2
    assert [each.participant_id for each in lines] == [gone.public_id, kept.public_id]
    assert lines[0].detail == {"other": str(kept.public_id), "this_is": "duplicate"}
    assert "Johnson" not in str(list(lines.values()))


def test_taken_apart_they_are_as_before(act, pair):
    gone, kept = pair
    before = Participant.objects.filter(pk=gone.pk).values().get()
    act(merge_records, duplicate=gone, kept=kept)
    act(unmerge_record, record=gone)
    assert Participant.objects.filter(pk=gone.pk).values().get() == before
    assert AuditEvent.objects.filter(verb="participant.unmerged").count() == 2
    assert list(stored(gone).events.values_list("merged_into", flat=True)) == [None, kept.pk, None]
    with pytest.raises(NotKept) as refused:
        act(unmerge_record, record=gone)
    assert "stands on its own already" in words(refused)
    act(merge_records, duplicate=kept, kept=gone)
    assert stored(kept).kept == gone


def test_the_same_record(act, pair):
    with pytest.raises(NotKept) as refused:
        act(merge_records, duplicate=pair[0], kept=pair[0])
    assert "This is the same record" in words(refused)


def test_no_chains_and_nothing_twice(act, pair, program):
    gone, kept = pair
    third = known_in(program, "2026-08-01")
    act(merge_records, duplicate=gone, kept=kept)
    for duplicate, into, said in (
        (gone, third, "is merged already"),
        (gone, kept, "is merged already"),
        (third, gone, "is a duplicate itself"),
        (kept, third, f"Other records lead to {kept.chart_number}"),
    ):
        with pytest.raises(NotKept) as refused:
            act(merge_records, duplicate=duplicate, kept=into)
        assert said in words(refused)
    act(merge_records, duplicate=third, kept=kept)
    assert set(kept.duplicates.all()) == {gone, third}


def test_both_in_care_on_a_date(act, program):
    kept, other = known_in(program, "2026-09-01"), known_in(program)
    act(merge_records, duplicate=known_in(build.a_program()), kept=kept)
    with pytest.raises(NotKept) as refused:
        act(merge_records, duplicate=other, kept=kept)
    assert "Both records are enrolled from Nov 2, 2026 to Nov 28, 2026." in words(refused)
    open_ended = build.an_enrollment(admitted_on="2026-11-20").participant
    with pytest.raises(NotKept) as refused:
        act(merge_records, duplicate=open_ended, kept=other)
    assert "from Nov 20, 2026 to Nov 28, 2026." in words(refused)
    with pytest.raises(NotKept) as refused:
        act(merge_records, duplicate=build.an_enrollment().participant, kept=open_ended)
    assert "from Nov 20, 2026 on." in words(refused)
    assert Participant.objects.exclude(merged_into=None).count() == 1


def test_what_never_began_shares_no_date(act, pair, program):
    build.an_enrollment(
        program,
        pair[0],
        admitted_on="2026-11-10",
        discharged_on="2026-11-09",
        discharge_reason="never_started",
    )
    act(merge_records, duplicate=pair[0], kept=pair[1])


def test_reports_about_the_two_are_settled_with_a_merge(act, pair, director, program):
    gone, kept = pair
    third = known_in(program, "2026-08-01")
    about = a_duplicate_report(entered=kept, known=gone, program=program)
    other = a_duplicate_report(entered=gone, known=third, program=program)
    act(merge_records, duplicate=gone, kept=kept)
    about.refresh_from_db()
    assert (about.outcome, about.settled_by, about.settled_at) == (MERGED, director, NOW)
    assert DuplicateReport.objects.open().get() == other
    with pytest.raises(NotKept):
        act(settle_report, report=other, outcome=MERGED, kept=third)
    act(settle_report, report=other, outcome=MERGED, kept=kept)
    assert set(kept.duplicates.all()) == {gone, third}
    assert DuplicateReport.objects.open().exists() is False


@pytest.mark.parametrize("keeps", [0, 1, None])
def test_a_report_is_answered_with_a_merge(act, pair, program, keeps):
    entered, known = pair
    report = a_duplicate_report(entered=entered, known=known, program=program)
    kept = known if keeps is None else pair[keeps]
    chosen = {} if keeps is None else {"kept": kept}
    act(settle_report, report=report, outcome=MERGED, **chosen)
    assert {stored(entered).kept, stored(known).kept} == {kept}
    report.refresh_from_db()
    assert report.outcome == MERGED
    assert AuditEvent.objects.get(verb="duplicates.settled").detail == {"outcome": "merged"}


def test_a_report_is_answered_once(act, pair, program):
    report = a_duplicate_report(entered=pair[0], known=pair[1], program=program)
    act(settle_report, report=report, outcome=DIFFERENT)
    with pytest.raises(NotKept) as refused:
        act(settle_report, report=report, outcome=MERGED)
    assert "has answered this already" in words(refused)
    assert not Participant.objects.exclude(merged_into=None).exists()
    assert DuplicateReport.objects.get().outcome == DIFFERENT


def test_a_report_stays_open_where_the_two_cannot_be_merged(act, program):
    entered, known = known_in(program), known_in(program)
    report = a_duplicate_report(entered=entered, known=known, program=program)
    with pytest.raises(NotKept):
        act(settle_report, report=report, outcome=MERGED)
    assert DuplicateReport.objects.open().get() == report


def test_nothing_changes_without_its_line_on_the_trail(act, pair, program, request):
    report = a_duplicate_report(entered=pair[0], known=pair[1], program=program)
    merged = known_in(program, "2026-08-01", merged_into=pair[1], merged_at=NOW)
    request.getfixturevalue("audit_fails")
    for action, given in (
        (merge_records, {"duplicate": pair[0], "kept": pair[1]}),
        (unmerge_record, {"record": merged}),
        (settle_report, {"report": report, "outcome": DIFFERENT}),
    ):
        with pytest.raises(IntegrityError):
            act(action, **given)
    assert Participant.objects.exclude(merged_into=None).get() == merged
    assert DuplicateReport.objects.open().exists()
