"""Any row of marks ends as a simple model says, and repeating each of them changes nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import AttendanceRecord, Presence
from attendance.sheet.actions import NotRecorded
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from programs.models import Role
from tests import build
from tests.attendance.sheet import a_member, on_sheet, record, said
from tests.build import MONDAY, moment

ACTS = ["present", "late", "excused", "unexcused", "no_call", "left", "back", "clear", "rest"]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), max_size=12)
pytestmark = pytest.mark.django_db


def modelled(known: list | str, act: str, now: int) -> list | str:  # noqa: PLR0911 (one line a mark)
    """The model: minutes since nine as [arrived, left] pairs, an absence, or "-"."""
    stays = [list(stay) for stay in known] if isinstance(known, list) else []
    if act in ("excused", "unexcused", "no_call"):
        return act
    if act == "clear":
        return "-"
    if act == "rest":
        return [[0, None]] if known == "-" else known
    if act == "present":
        return [[0, stays[0][1]], *stays[1:]] if stays else [[0, None]]
    if act == "late" and not (stays and stays[0][0] > 5):
        if stays and stays[0][1] is not None and stays[0][1] < now:
            return known  # refused: the time has to be typed
        return [[now, stays[0][1]], *stays[1:]] if stays else [[now, None]]
    if act == "left" and (not stays or stays[-1][1] is None):
        return [*stays[:-1], [stays[-1][0] if stays else 0, now]]
    if act == "back" and stays and stays[-1][1] is not None:
        if stays[-1][1] >= now:
            return [*stays[:-1], [stays[-1][0], None]]
        return [*stays, [now, None]]
    return known


def spelled(known: list | str) -> str:
    if isinstance(known, str):
        return known

    def at(minutes: int | None) -> str:
        return "" if minutes is None else f"{9 + minutes // 60:02}:{minutes % 60:02}"

    return ", ".join(f"{at(came)}-{at(left)}" for came, left in known)


class Marking(TestCase):
    @settings(max_examples=40)
    @given(steps=STEPS)
    def test_marks_end_as_the_model_says(self, steps):
        program = build.a_program()
        user = build.a_colleague(program, Role.FACILITATOR)
        session = build.a_session(build.a_group(program))
        person, now = a_member(session), 10
        known: Any = "-"
        for act, minutes in steps:
            now += minutes
            mark = RowMarks(person.public_id, on_sheet(session, person).state, Ask(act))
            known = modelled(known, act, now)
            for retry in (0, 1):
                self.try_to_record(session, user, mark, now + retry)
                assert said(session, person) == spelled(known), (act, retry)
            now += 1
        assert AttendanceRecord.objects.count() <= 1
        stays: list = known if isinstance(known, list) else []
        assert Presence.objects.count() == len(stays)

    def try_to_record(self, session, user, mark, minutes):
        at = moment(MONDAY, "09:00") + timedelta(minutes=minutes)
        with suppress(NotRecorded):
            record(session, user, mark, now=at)
