"""Hostile input at every form and parameter gets words, never an error page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.walking.forms import Target, targets
from tests.walking.throwing import throw
from tests.walking.told import THROWN
from tests.walking.walk import Walker
from tests.walking.world import standing

# One for each third form or address; `python -m tests.walking.fuzz` is the long run.
INPUTS, SEED = 600, 10


@pytest.fixture(scope="module")
def walker(django_db_setup: None, django_db_blocker) -> Iterator[Walker]:
    with django_db_blocker.unblock(), standing() as world:
        yield Walker(world)


@pytest.fixture(scope="module")
def aims(walker: Walker) -> list[Target]:
    return targets(walker)


def test_every_page_with_a_form_is_aimed_at(aims: list[Target]):
    aimed = {(aim.name, aim.walker) for aim in aims}
    assert ("enroll:enroll", "director") in aimed
    assert ("notes:person", "facilitator") in aimed
    assert ("account_login", "signed out") in aimed


def test_nothing_that_is_sent_breaks_a_page(walker: Walker, aims: list[Target], record_property):
    told = throw(walker, aims, inputs=INPUTS, seed=SEED)
    record_property(THROWN, told.inputs)
    assert not told.failures, "\n".join(told.lines())
