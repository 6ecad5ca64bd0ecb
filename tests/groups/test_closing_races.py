"""Two people close and open in the same moment, on two real connections."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from groups.actions import generate_sessions
from groups.closing.actions import CannotClose, CannotOpen
from groups.models import GroupSession
from programs.models import Closure, Program
from tests import build
from tests.build import NOW
from tests.groups.closing import WEDNESDAY, a_wish, close, reopen, statuses
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


def told(act: Callable[[], object], told: list[str]) -> Callable[[], None]:
    """Return a step that notes the words with which it is refused."""

    def step() -> None:
        try:
            act()
        except CannotClose as refused:
            told.extend(str(word) for words in refused.words.values() for word in words)
        except CannotOpen as refused:
            told.append(str(refused))

    return step


def test_one_closure_of_two(program: Program):
    build.a_session(build.a_group(program), WEDNESDAY)
    words: list[str] = []
    step = told(lambda: close(a_wish(program)), words)
    assert second_is_refused_by(step, step) is None
    assert words == ["A closure of these days is on record already."]
    assert Closure.objects.count() == 1
    assert statuses() == ["cancelled"]


def test_one_removal_of_two(program: Program):
    build.a_session(build.a_group(program), WEDNESDAY)
    closure, words = close(a_wish(program)), list[str]()
    step = told(lambda: reopen(closure), words)
    assert second_is_refused_by(step, step) is None
    assert words == ["This closure is removed already."]
    assert statuses() == ["scheduled"]


def test_attendance_that_comes_first_keeps_its_session(program: Program):
    session, person = build.a_session(build.a_group(program), WEDNESDAY), build.a_participant()
    second_is_refused_by(lambda: build.a_record(session, person), lambda: close(a_wish(program)))
    assert Closure.objects.exists()
    assert statuses() == ["scheduled"]


def test_sessions_made_while_someone_closes_are_closed_too(program: Program):
    build.a_pattern(build.a_group(program), weekday=2)
    second_is_refused_by(
        lambda: close(a_wish(program)), lambda: generate_sessions(now=NOW, by=None)
    )
    assert GroupSession.objects.get(held_on=WEDNESDAY).status == "cancelled"
