"""Operations of a migration taken together: the models they touch are rendered once, not each time.

Django renders a changed model, and every model related to it, after each operation of a migration.
With row history and triggers on most tables that is nearly all the time that an empty database
takes. What an operation does in the database does not need the states in between, as long as a
model is not made and altered in one go; so runs of operations share one state before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import operations as plain
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

ADDS = (plain.AddField, plain.AddConstraint, plain.AddIndex, AddTrigger)
# These look at the state before them, which must not hold what the same run has just added.
LOOKS_BACK = (
    plain.AlterField,
    plain.RemoveField,
    plain.AlterConstraint,
    plain.RemoveConstraint,
    plain.RemoveIndex,
    RemoveTrigger,
)


class Together(Operation):
    """Several operations as one: their states in one step, their statements one after the other."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a migration file would call it by."""
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state by all of them, then render what they touched."""
        apps = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if apps is not None:
            state.__dict__["apps"] = apps
            touched = sorted({(app_label, _model_of(each)) for each in self.operations})
            state.reload_models(touched, delay=True)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run them in their order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take them back, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what all of them do."""
        return "; ".join(operation.describe() for operation in self.operations)


def together(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations in their order, those that may share a state taken together."""
    runs: list[list[Operation]] = []
    for operation in operations:
        if not runs or not _may_join(operation, runs[-1]):
            runs.append([])
        runs[-1].append(operation)
    return [run[0] if len(run) == 1 else Together(run) for run in runs]


def _may_join(operation: Operation, run: Sequence[Operation]) -> bool:
    if not isinstance(operation, (plain.CreateModel, *ADDS, *LOOKS_BACK)):
        return False
    if not isinstance(run[-1], (plain.CreateModel, *ADDS, *LOOKS_BACK)):
        return False
    made = {_model_of(each) for each in run if isinstance(each, plain.CreateModel)}
    added = {_model_of(each) for each in run if isinstance(each, ADDS)}
    if isinstance(operation, LOOKS_BACK):
        return _model_of(operation) not in made | added
    return isinstance(operation, plain.CreateModel) or _model_of(operation) not in made


def _model_of(operation: Any) -> str:
    named = operation.name if isinstance(operation, plain.CreateModel) else operation.model_name
    return named.lower()
