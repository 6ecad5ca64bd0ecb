"""Two people save a plan in the same moment, on real connections."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attendance.models import RelapsePlan
from attendance.relapse.actions import SavedMeanwhile, save_plan
from programs.models import Role
from tests import build
from tests.at_once import at_once
from tests.attendance.relapse import WHOLE, stored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("is_first", [True, False])
def test_one_version_and_one_refusal(program, is_first: bool):
    person = build.an_enrollment(program).participant
    seen = None if is_first else stored(person).public_id
    people = [build.a_colleague(program, Role.CLINICIAN) for _ in range(2)]

    def save(by):
        content = replace(WHOLE, reasons=by.name)
        return lambda: save_plan(
            person=person, program=program, content=content, seen=seen, now=build.NOW, by=by
        )

    results = at_once(*map(save, people), words=(SavedMeanwhile,))
    kinds = sorted(type(each).__name__ for each in results)
    assert kinds == ["RelapsePlan", "SavedMeanwhile"]
    assert RelapsePlan.objects.filter(participant=person).count() == (1 if is_first else 2)
