"""Migrations newer than the last release: the old version serves beside them, or they say not."""

from __future__ import annotations

import importlib

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from accounts.together import together
from tests.iop.migrations_serving import BIG, trouble_in

# What the last release had migrated, by app. A release moves these lines on.
RELEASED = {
    "accounts": "0002_licenses",
    "attendance": "0008_what_people_did_with_it",
    "curriculum": "0002_a_library_with_versions",
    "groups": "0011_what_sessions_taught",
    "hours": "0004_certificates",
    "programs": "0008_purposes_of_consent",
    "reminders": "0004_reminders_in_earnest",
}
LOADER = MigrationLoader(None)
NEWER = sorted(
    key for key in LOADER.graph.nodes if key[0] in RELEASED and key[1] > RELEASED[key[0]]
)
SMALL, LARGE = "room", "reminder"


def test_there_is_a_line_for_every_app_of_ours():
    ours = {key[0] for key in LOADER.graph.nodes if not _is_others(key)}
    assert ours == set(RELEASED)
    assert set(RELEASED.items()) <= set(LOADER.graph.nodes)


def _is_others(key: tuple[str, str]) -> bool:
    return "site-packages" in (
        importlib.import_module(LOADER.graph.nodes[key].__module__).__file__ or ""
    )


@pytest.mark.parametrize("key", NEWER, ids=".".join)
def test_the_old_version_serves_beside_it_or_it_says_not(key):
    migration = LOADER.graph.nodes[key]
    module = importlib.import_module(migration.__module__)
    before = LOADER.project_state(key, at_end=False)
    found = "\n  ".join(trouble_in(migration.operations, key[0], before))
    said = [getattr(module, name, "") for name in ("SERVES", "NEEDS_STOP")]
    if not found:
        assert not any(said), f"{'.'.join(key)} has nothing to explain"
        return
    assert sum(map(bool, said)) == 1, (
        f"{'.'.join(key)} would be noticed by the version that serves meanwhile:\n  {found}\n"
        'Change it as docs/deploy.md says, or answer in it: SERVES = "why it is fine",'
        ' or NEEDS_STOP = "why the pages have to stop".'
    )


def state(**fields: models.Field) -> ProjectState:
    """A project whose two tables have these fields."""
    found = ProjectState()
    columns = [("id", models.BigAutoField(primary_key=True)), *fields.items()]
    for name in (SMALL, LARGE):
        found.add_model(ModelState("reminders", name, columns))
    return found


def text(**more) -> models.CharField:
    return models.CharField(max_length=more.pop("max_length", 8), **more)


def check(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(("kind", "a")), name=name)


INDEX = models.Index(fields=["kind"], name="by_kind")
FINE = {
    "a table": migrations.CreateModel("new", [("id", models.BigAutoField(primary_key=True))]),
    "a column that may be empty": migrations.AddField(LARGE, "more", text(null=True)),
    "a column filled by the database": migrations.AddField(LARGE, "more", text(db_default="")),
    "other choices": migrations.AlterField(LARGE, "kind", text(choices=[("a", "A")])),
    "an index of a small table": migrations.AddIndex(SMALL, INDEX),
    "an index beside the pages": AddIndexConcurrently(LARGE, INDEX),
    "a constraint less": migrations.RemoveIndex(LARGE, "by_kind"),
}
NOTICED = {
    "still reads and writes this column": migrations.RemoveField(SMALL, "kind"),
    "still reads and writes this table": migrations.DeleteModel(SMALL),
    "the column by its old name": migrations.RenameField(SMALL, "kind", "sort"),
    "the table by its old name": migrations.RenameModel(SMALL, "chamber"),
    "inserts leave it out": migrations.AddField(SMALL, "more", text(default="")),
    "its type changes": migrations.AlterField(SMALL, "kind", models.IntegerField()),
    "may still write NULL": migrations.AlterField(SMALL, "spare", text()),
    "an index is built": migrations.AlterField(SMALL, "kind", text(unique=True)),
    "must not refuse what": migrations.AddConstraint(SMALL, check("one")),
    "add it NOT VALID": migrations.AddConstraint(LARGE, check("one")),
    "AddIndexConcurrently": migrations.AddIndex(LARGE, INDEX),
    "checked over all rows": migrations.AddField(
        LARGE, "room", models.ForeignKey("reminders.room", models.PROTECT, null=True)
    ),
    "nobody but its author": migrations.RunSQL("SELECT 1"),
}


def found_in(operation) -> list[str]:
    before = state(kind=text(), spare=text(null=True))
    if isinstance(operation, migrations.RemoveIndex):
        migrations.AddIndex(LARGE, INDEX).state_forwards("reminders", before)
    return list(trouble_in([operation], "reminders", before))


@pytest.mark.parametrize("what", FINE)
def test_what_nobody_notices(what):
    assert found_in(FINE[what]) == []


@pytest.mark.parametrize("words", NOTICED)
def test_what_is_noticed(words):
    (line,) = found_in(NOTICED[words])
    assert words in line


def test_what_is_done_to_a_table_of_the_same_migration_is_fine_also_when_taken_together():
    made = [
        migrations.CreateModel("new", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("new", "kind", text(default="")),
        migrations.AddConstraint("new", check("one")),
    ]
    assert list(trouble_in(together(made), "reminders", state(kind=text()))) == []
    both = together([*made, migrations.AddField(SMALL, "more", text(default=""))])
    assert len(list(trouble_in(both, "reminders", state(kind=text())))) == 1


def test_big_tables_are_tables():
    known = {f"{app}.{name}" for app, name in LOADER.project_state().models}
    assert known >= BIG
