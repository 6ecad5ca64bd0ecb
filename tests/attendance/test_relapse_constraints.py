"""What the database refuses of relapse prevention plans, and what it lets pass."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from attendance.models import RelapsePlan, RiskSituation, SupportContact
from tests import build
from tests.attendance.relapse import stored
from tests.build_curriculum import a_relapse_plan
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> RelapsePlan:
    return stored(build.a_participant())


def test_a_version_once(plan: RelapsePlan):
    a_relapse_plan(plan.participant)
    a_relapse_plan(build.a_participant(), number=1)
    with refused("relapse_plan_version_once"):
        a_relapse_plan(plan.participant, number=1)
    again = RelapsePlan(
        participant=plan.participant, written_by=plan.written_by, written_at=build.NOW
    )
    explains(again, "relapse_plan_version_once", number=1)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_known_language(language: str):
    assert a_relapse_plan(build.a_participant(), language=language).language == language


def test_another_language(plan: RelapsePlan):
    with refused("relapse_plan_language_known"):
        a_relapse_plan(plan.participant, language="fr")
    explains(plan, "relapse_plan_language_known", language="fr")


def test_counted_from_one(plan: RelapsePlan):
    a_relapse_plan(build.a_participant(), number=1)
    with refused("relapse_plan_counts_from_one"):
        a_relapse_plan(plan.participant, number=0)
    explains(plan, "relapse_plan_counts_from_one", number=0)


def a_situation(plan: RelapsePlan, **fields) -> RiskSituation:
    return RiskSituation.objects.create(plan=plan, **{"position": 7, "situation": "A", **fields})


def a_contact(plan: RelapsePlan, **fields) -> SupportContact:
    return SupportContact.objects.create(plan=plan, **{"position": 7, "name": "Jo", **fields})


@pytest.mark.parametrize(
    ("make", "once", "named", "head"),
    [
        (a_situation, "risk_situation_once_per_place", "risk_situation_named", "situation"),
        (a_contact, "support_contact_once_per_place", "support_contact_named", "name"),
    ],
)
def test_rows_have_a_place_and_a_name(plan: RelapsePlan, make, once: str, named: str, head: str):
    row = make(plan)
    make(plan, position=8)
    make(a_relapse_plan(build.a_participant()))
    with refused(once):
        make(plan)
    explains(make(plan, position=9), once, position=7)
    with refused(named):
        make(plan, position=10, **{head: ""})
    setattr(row, head, "")
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints()
    words = next(each for each in row._meta.constraints if each.name == named)
    assert caught.value.messages == [str(words.violation_error_message)]


@pytest.mark.parametrize("part", ["plan", "situations", "contacts"])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_no_version_changes(plan: RelapsePlan, part: str, change: str):
    versions = RelapsePlan.objects.filter(pk=plan.pk)
    rows = versions if part == "plan" else getattr(plan, part).all()
    name = "number" if part == "plan" else "position"
    with pytest.raises(DatabaseError, match=r"attendance_|stays"), transaction.atomic():
        rows.update(**{name: 9}) if change == "update" else rows._raw_delete(rows.db)
    assert rows.filter(**{name: 9}).count() == 0 < rows.count()


def test_nothing_stands_in_the_clear(plan: RelapsePlan):
    with connection.cursor() as cursor:
        for table in ("relapseplan", "risksituation", "supportcontact"):
            cursor.execute(f"SELECT t::text FROM attendance_{table} t")
            text = str(cursor.fetchall())
            for word in ("daughter", "wedding", "(402) 555-0100", "Hold a soda", "breakfast"):
                assert word not in text, (table, word)
