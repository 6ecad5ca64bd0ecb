"""What a migration would do to the version that still serves while it runs.

An operation is fine where the old version's statements go on working beside it and no table that
pages wait for is held longer than a moment. Everything else is put in words, for the migration to
answer: `SERVES = "…"` says why it is fine all the same, `NEEDS_STOP = "…"` that it is not.
docs/deploy.md has the rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres import operations as postgres
from django.db import connection, migrations, models
from django.db.migrations.operations import base
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from accounts.together import Together

# Where reading all rows takes longer than a page waits; row history is as long as its table.
BIG = {
    "accounts.auditevent",
    "attendance.attendancerecord",
    "attendance.checkin",
    "attendance.presence",
    "groups.groupsession",
    "groups.sessionlesson",
    "hours.alert",
    "programs.participant",
    "reminders.reminder",
    "reminders.staffnotice",
}
FINE = (
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    postgres.AddConstraintNotValid,
    postgres.AddIndexConcurrently,
    postgres.RemoveIndexConcurrently,
    postgres.ValidateConstraint,
    postgres.CreateExtension,
    AddTrigger,
    RemoveTrigger,
)
ENDS = {
    migrations.RemoveField: "the old version still reads and writes this column",
    migrations.DeleteModel: "the old version still reads and writes this table",
    migrations.RenameField: "the old version asks for the column by its old name",
    migrations.RenameModel: "the old version asks for the table by its old name",
    migrations.AlterModelTable: "the old version asks for the table by its old name",
}


def trouble_in(operations: list[base.Operation], app: str, before: ProjectState) -> Iterator[str]:
    """Give a line for every operation that the old version, or who waits, would notice."""
    state, new = before.clone(), set()
    for operation in _each(operations):
        after = state.clone()
        operation.state_forwards(app, after)
        if isinstance(operation, migrations.CreateModel):
            new.add(operation.name_lower)
        elif getattr(operation, "model_name_lower", None) not in new:
            words = _trouble(operation, app, state, after)
            yield from [f"{operation.describe()}: {words}"] if words else []
        state = after


def _each(operations: list[base.Operation]) -> Iterator[base.Operation]:
    for operation in operations:
        if isinstance(operation, Together):
            yield from _each(operation.operations)
        else:
            yield operation


def _trouble(
    operation: base.Operation, app: str, before: ProjectState, after: ProjectState
) -> str | None:
    match operation:
        case migrations.AddField():
            return _added(operation, app)
        case migrations.AlterField():
            key = app, operation.model_name_lower
            return _altered(operation.name, before.models[key], after.models[key])
        case postgres.AddConstraintNotValid() | postgres.AddIndexConcurrently():
            return None
        case migrations.AddConstraint():
            return _constraint(operation, app)
        case migrations.AddIndex():
            return _on_big(operation, app, "build it with AddIndexConcurrently")
    unknown = None if isinstance(operation, FINE) else "nobody but its author knows what it does"
    return ENDS.get(type(operation), unknown)


def _added(operation: migrations.AddField, app: str) -> str | None:
    field = operation.field
    if isinstance(field, models.ManyToManyField):
        return None
    if not field.null and not field.has_db_default():
        return "the old version's inserts leave it out: give it a db_default, or allow NULL"
    if field.remote_field:
        return _on_big(operation, app, "its foreign key is checked over all rows")
    return None


def _altered(name: str, old: ModelState, new: ModelState) -> str | None:
    one, two = old.fields[name], new.fields[name]
    if isinstance(one, models.ForeignKey) or isinstance(two, models.ForeignKey):
        same_type = bool(one.remote_field and two.remote_field)
    else:
        same_type = one.db_parameters(connection) == two.db_parameters(connection)
    if not same_type:
        return "its type changes: the table may be written anew while everybody waits"
    if one.null and not two.null:
        return "the old version may still write NULL"
    if (one.unique, one.db_index) != (two.unique, two.db_index):
        return "an index is built while everybody waits"
    return None


def _constraint(operation: migrations.AddConstraint, app: str) -> str:
    holds = "it must not refuse what the old version writes"
    return f"{holds}; {_big}" if (_big := _on_big(operation, app, "add it NOT VALID")) else holds


def _on_big(operation: base.Operation, app: str, words: str) -> str | None:
    return f"a big table: {words}" if f"{app}.{operation.model_name_lower}" in BIG else None
