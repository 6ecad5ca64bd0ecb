"""Each verb that the code writes has words, and each line is of one kind, in Python and in SQL."""

from __future__ import annotations

import pytest

from accounts.models import AuditEvent
from groups.models.change import ChangeKind
from programs.trail.words import PATTERNS, WORDS, Kind, kind_of, of_kind, words_of
from reminders.models import ReminderStatus
from tests.source import expect_none
from tests.verbs import written_verbs

# Verbs put together from two parts.
MADE = {f"schedule.{kind}" for kind in ChangeKind}
MADE |= {
    f"{post}.{status}"
    for post in ("reminder", "notice")
    for status in ReminderStatus.values
    if status not in ("claimed",)
}


def test_every_verb_that_is_written_has_words():
    written = written_verbs()
    assert len(written) > 200
    expect_none([f"{verb} ({where})" for verb, where in written.items() if verb not in WORDS])
    expect_none(sorted(MADE - set(WORDS)))


def test_a_verb_without_words_is_shown_as_it_stands():
    assert words_of("participant.read") == "Read the record"
    assert words_of("comet.seen_by_all") == "comet.seen_by_all"


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("participant.read", Kind.READ),
        ("participants.searched", Kind.READ),
        ("participant.changed", Kind.CHANGE),
        ("census.exported", Kind.EXPORT),
        ("authorization.packet_made", Kind.EXPORT),
        ("user.sign_in_refused", Kind.REFUSAL),
        ("session.unlock_refused", Kind.REFUSAL),
        ("consent.refused", Kind.CHANGE),
        ("user.signed_in", Kind.ENTRY),
        ("session.leader_added", Kind.CHANGE),
        ("recovery_codes.downloaded", Kind.EXPORT),
        ("comet.landed", Kind.CHANGE),
    ],
)
def test_the_kind_of_a_line(verb: str, kind: Kind):
    assert kind_of(verb) is kind


@pytest.mark.django_db
def test_sql_and_python_agree_on_every_verb():
    verbs = {*WORDS, "comet.landed", "refused", "x.read.y"}
    AuditEvent.objects.bulk_create(AuditEvent(verb=verb) for verb in verbs)
    found = {
        kind: set(AuditEvent.objects.filter(of_kind(kind)).values_list("verb", flat=True))
        for kind in Kind
    }
    assert found == {kind: {verb for verb in verbs if kind_of(verb) is kind} for kind in Kind}
    assert set(PATTERNS) == set(Kind) - {Kind.CHANGE}
