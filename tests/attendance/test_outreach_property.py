"""Whatever is marked and corrected, in whichever order: what is open is what the sheet says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import Outreach
from programs.models import Role
from tests import build
from tests.attendance.outreach import AFTER_ALL, Case, a_case, opened, sweep

DAYS = 5
pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.tuples(st.integers(0, DAYS - 1), st.sampled_from("PEUN-")), min_size=1, max_size=7
)


def kinds_by_text(letters: str, alert: int | None) -> set[str]:
    """Which kinds are open while nobody works on them: one letter a session says it all."""
    said = letters.replace("N", "U")
    kinds = {"first_absence"} if "U" in said else set()
    kinds |= {"two_in_a_row"} if re.search("UU", said.replace("-", "")) else set()
    is_after = alert is not None and said[alert + 1 : alert + 2] in ("U", "E")
    return kinds | ({"after_safety"} if is_after else set())


class Sweeping(TestCase):
    @settings(max_examples=25)
    @given(steps=STEPS, alert=st.none() | st.integers(0, DAYS - 1))
    def test_what_is_open_is_what_is_recorded(self, steps: list, alert: int | None):
        program = build.a_program()
        case = a_case(program, build.a_colleague(program, Role.FACILITATOR), days=DAYS)
        if alert is not None:
            case.answers_yes(alert)
        letters, now = ["-"] * DAYS, AFTER_ALL
        for index, letter in steps:
            letters[index] = letter
            case.mark(index, letter)
            now += timedelta(minutes=10)
            sweep(program, now)
            self.check(case, "".join(letters), alert)
        sweep(program, now + timedelta(minutes=10))
        self.check(case, "".join(letters), alert)

    def check(self, case: Case, letters: str, alert: int | None) -> None:
        found = opened(case)
        assert {kind for kind, _session in found} == kinds_by_text(letters, alert)
        assert len(found) == len({kind for kind, _session in found})
        assert all(letters[session] in "UNE" for _kind, session in found)
        assert Outreach.objects.filter(kind="first_absence").count() <= 1
