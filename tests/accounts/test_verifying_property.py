"""Any one thing done to any trail is found, and what nobody touched is not reported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent, AuditSeal
from accounts.sealing import seal_trail
from tests.accounts.trail import BEGIN, HOUR, MINUTE, a_line, by_hand, kept_anchors, verified

pytestmark = pytest.mark.django_db
LINES, SEALS = "accounts_auditevent", "accounts_auditseal"
# Lines, by the minute after the one before them, and whether they are sealed then; a late one is
# of up to an hour before.
STEPS = st.lists(
    st.tuples(st.integers(0, 300), st.booleans(), st.integers(0, 60)), min_size=2, max_size=12
)
ONE, SEAL = "WHERE id = {line}", "WHERE number = {seal}"
MUTATIONS = {
    "verb": f"UPDATE {LINES} SET verb = verb || '.' {ONE}",
    "moment": f"UPDATE {LINES} SET at = at - interval '2 seconds' {ONE}",
    "person": f"UPDATE {LINES} SET participant_id = gen_random_uuid() {ONE}",
    "detail": f"UPDATE {LINES} SET detail = '[]' {ONE}",
    "address": f"UPDATE {LINES} SET address = '192.0.2.77' {ONE}",
    "number": f"UPDATE {LINES} SET id = id + 1000000 {ONE}",
    "removed": f"DELETE FROM {LINES} {ONE}",
    "seal's moment": f"UPDATE {SEALS} SET sealed_at = sealed_at + interval '1 s' {SEAL}",
    "seal's digest": f"UPDATE {SEALS} SET digest = md5(digest) || md5(before) {SEAL}",
    "seal's number": f"UPDATE {SEALS} SET number = number + 1000, before = '-' {SEAL}",
    "seal's wholeness": f"UPDATE {SEALS} SET is_whole = NOT is_whole {SEAL}",
    "seal removed": f"DELETE FROM {SEALS} {SEAL}",
    "end cut off": f"DELETE FROM {SEALS} WHERE number >= {{seal}}",
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.IOP_DATA_DIR = tmp_path


def live_through(steps, most: int) -> None:
    """Write and seal as the steps say; the last seal takes everything."""
    now = BEGIN
    for wait, is_sealed, late in steps:
        now += wait * MINUTE
        a_line(now - late * MINUTE)
        if is_sealed:
            seal_trail(now=now, most=most)
    seal_trail(now=now + MINUTE, most=most)


def test_a_heap_of_some_hours_in_small_batches_is_honest():
    live_through([(0, False, 0), (0, False, 0), (120, False, 0)], most=1)
    assert verified(kept_anchors()).is_intact


@given(steps=STEPS, most=st.integers(1, 4), data=st.data())
@settings(max_examples=60)
def test_one_thing_done_is_found_and_nothing_done_is_not(steps, most, data):
    with transaction.atomic():
        live_through(steps, most)
        kept = kept_anchors()
        honest = verified(kept)
        assert honest.findings == []
        assert (honest.lines, honest.unsealed) == (len(steps), 0)
        mutation = data.draw(st.sampled_from(sorted(MUTATIONS)))
        line = data.draw(st.sampled_from(sorted(AuditEvent.objects.values_list("pk", flat=True))))
        seal = data.draw(st.sampled_from([each.number for each in kept]))
        by_hand(MUTATIONS[mutation].format(line=line, seal=seal))
        assert not verified(kept).is_intact
        transaction.set_rollback(True)


@given(steps=STEPS, data=st.data())
@settings(max_examples=20)
def test_any_two_lines_exchanged_are_named(steps, data):
    with transaction.atomic():
        live_through(steps, 3)
        ids = list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))
        one, other = sorted(
            data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
        )
        by_hand(
            f"UPDATE {LINES} SET id = -1 WHERE id = {one}",
            f"UPDATE {LINES} SET id = {one} WHERE id = {other}",
            f"UPDATE {LINES} SET id = {other} WHERE id = -1",
        )
        swapped = [each for each in verified().findings if each.kind == "lines_swapped"]
        assert [(each.line, each.other) for each in swapped] == [(one, other)]
        transaction.set_rollback(True)


@given(steps=STEPS, before=st.integers(0, 10_000))
@settings(max_examples=20)
def test_a_line_dated_before_a_seal_that_should_have_had_it_is_found(steps, before):
    """Where no later seal swore to have everything, nobody can tell it from an honest one."""
    with transaction.atomic():
        live_through(steps, 5)
        whole = AuditSeal.objects.filter(is_whole=True).latest("number")
        forged = a_line(whole.sealed_at - timedelta(minutes=71 + before))
        kinds = [(each.kind, each.line) for each in verified().findings]
        assert kinds == [("line_inserted", forged.pk)]
        seal_trail(now=whole.sealed_at + HOUR, is_full_look=True)
        assert [(each.kind, each.line) for each in verified().findings] == kinds
        transaction.set_rollback(True)
