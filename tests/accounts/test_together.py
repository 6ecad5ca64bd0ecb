"""Operations taken together leave what they would leave one by one."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations import operations as plain
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from accounts.database_roles import as_owner
from accounts.together import Together, together

MADE = plain.CreateModel("Lamp", [("id", models.BigAutoField(primary_key=True))])
ALSO_MADE = plain.CreateModel("Desk", [("id", models.BigAutoField(primary_key=True))])
LIT = plain.AddField("lamp", "watts", models.IntegerField(default=5))
COLORED = plain.AddField("desk", "color", models.CharField(max_length=9, default=""))
CHECKED = plain.AddConstraint(
    "lamp", models.CheckConstraint(condition=models.Q(watts__gt=0), name="lamp_is_lit")
)
UNCHECKED = plain.RemoveConstraint("lamp", "lamp_is_lit")
DIMMED = plain.AlterField("lamp", "watts", models.SmallIntegerField(default=5))
BY_HAND = plain.RunSQL("SELECT 1", "SELECT 1")
ALL = [MADE, ALSO_MADE, LIT, COLORED, CHECKED, BY_HAND, UNCHECKED, DIMMED]


def runs(operations: list[Operation]) -> list[int]:
    return [
        len(each.operations) if isinstance(each, Together) else 1 for each in together(operations)
    ]


@pytest.mark.parametrize(
    ("operations", "lengths"),
    [
        ([MADE, ALSO_MADE], [2]),
        ([MADE, LIT], [1, 1]),
        ([MADE, ALSO_MADE, LIT, COLORED, CHECKED], [2, 3]),
        ([LIT, DIMMED], [1, 1]),
        ([LIT, CHECKED, UNCHECKED], [2, 1]),
        ([UNCHECKED, CHECKED], [2]),
        ([LIT, BY_HAND, COLORED], [1, 1, 1]),
        ([BY_HAND, BY_HAND], [1, 1]),
        ([], []),
    ],
)
def test_a_run_ends_where_the_state_in_between_is_needed(operations, lengths):
    assert runs(operations) == lengths
    flat = [
        one
        for each in together(operations)
        for one in (each.operations if isinstance(each, Together) else [each])
    ]
    assert flat == operations


def columns() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        return {
            table: [
                f"{each.name} {each.type_code} {each.default}"
                for each in connection.introspection.get_table_description(cursor, table)
            ]
            + sorted(connection.introspection.get_constraints(cursor, table))
            for table in sorted(connection.introspection.table_names(cursor))
            if table.startswith("house_")
        }


def migrate(operations: list[Operation]) -> tuple[ProjectState, list[dict]]:
    """Go forward through the operations and back again; return what each step left."""
    state, left, states = ProjectState(), [], []
    for operation in operations:
        before = state.clone()
        operation.state_forwards("house", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("house", editor, before, state)
        states.append((operation, before, state.clone()))
    left.append(columns())
    for operation, before, after in reversed(states):
        with connection.schema_editor() as editor:
            operation.database_backwards("house", editor, after, before)
    left.append(columns())
    return state, left


@pytest.mark.django_db(transaction=True)
def test_the_tables_and_the_state_are_the_same_both_ways():
    with as_owner():
        one_by_one, left = migrate(ALL)
        at_once, also_left = migrate(together(ALL))
    assert left == also_left
    assert set(left[0]) == {"house_desk", "house_lamp"}
    assert left[1] == {}
    assert one_by_one.models == at_once.models


def test_what_is_rendered_is_up_to_date():
    state = ProjectState()
    assert not state.apps.get_models()
    for operation in together([MADE, ALSO_MADE, LIT, COLORED]):
        operation.state_forwards("house", state)
    assert state.apps.get_model("house", "lamp")._meta.get_field("watts").default == 5
    assert state.apps.get_model("house", "desk")._meta.get_field("color").max_length == 9
