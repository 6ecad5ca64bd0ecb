"""Everybody walks up to every address: what opens is what the who-may table says, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from programs.who_may import WHO_MAY
from tests.source import expect_none
from tests.walking.addresses import addresses, unknown_parts
from tests.walking.told import WALKED
from tests.walking.walk import PLAIN_ERRORS, Walker, places, problems
from tests.walking.world import standing


@pytest.fixture(scope="module")
def walker(django_db_setup: None, django_db_blocker) -> Iterator[Walker]:
    with django_db_blocker.unblock(), standing(urls=PLAIN_ERRORS) as world:
        yield Walker(world)


def test_every_part_of_every_address_names_a_row_that_is_known_here():
    expect_none(unknown_parts())


def test_every_line_of_the_table_that_a_page_needs_is_walked():
    """A line that no page needs guards an action inside one: these are asked for there."""
    needed = {address.needs for address in addresses()} - {None}
    assert needed <= set(WHO_MAY)
    assert len(needed) > 40


@pytest.mark.parametrize("place", places())
def test_only_who_may_gets_in(walker: Walker, place: str, record_property):
    count, found = problems(walker, place)
    record_property(WALKED, count)
    expect_none(found)
