"""The house rules about models: what is checked, protected, named and shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from accounts.models import User
from accounts.models.public_id import PublicIdField
from tests.source import APPS, expect_none, modules_of_tests, named

# Models that only join two others, or are reached through their parent: no address shows them.
INNER = {
    "AuditSeal",
    "Conclusion",
    "DisclosedPerson",
    "Facilitation",
    "Invitation",
    "PatternFacilitator",
    "Prerequisite",
    "Presence",
    "RequiredCredential",
    "RiskSituation",
    "RotationLesson",
    "SupportContact",
    "TopicLesson",
    "VersionHandout",
}
# Django's own, and three that read better so.
NO_SUFFIX = {"last_login", "effective_from", "birth_date", "at"}
NAMES_OF_PEOPLE = {"first_name", "last_name", "preferred_name", "display_name", "birth_date"}


def our_models() -> list[type[models.Model]]:
    """The models of the apps, without the row history that is made from them."""
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


def fields(*kinds: type[models.Field]) -> Iterator[tuple[str, Any]]:
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, kinds) and field.model is model:
                yield f"{model.__name__}.{field.name}", field


def checked(model: type[models.Model]) -> list[tuple[str, set[Any]]]:
    """Return ("status__in", values) and the like from all CHECKs of the model."""
    todo: list[Any] = [
        each.condition
        for each in model._meta.constraints
        if isinstance(each, models.CheckConstraint)
    ]
    found = []
    while todo:
        condition = todo.pop()
        if isinstance(condition, models.Q):
            todo += condition.children
        elif isinstance(condition, tuple) and condition[0].endswith(("__in", "__contained_by")):
            found.append((condition[0], set(condition[1])))
    return found


def test_there_are_models():
    assert len(our_models()) > 25


def test_every_choice_has_its_check():
    unchecked = []
    for name, field in fields(models.Field):
        inner = field.base_field if isinstance(field, ArrayField) else field
        if not inner.choices:
            continue
        lookup = "contained_by" if inner is not field else "in"
        allowed = {value for value, _ in inner.flatchoices} | ({""} if inner.blank else set())
        if (f"{field.name}__{lookup}", allowed) not in checked(field.model):
            unchecked.append(name)
    expect_none(unchecked)


def test_rows_are_protected_from_going_with_others():
    loose = [
        name
        for name, field in fields(models.ForeignKey)
        if field.remote_field.on_delete is not models.PROTECT
    ]
    expect_none(loose)


def test_dates_moments_and_yes_or_no_are_named_so():
    kinds = ((models.DateTimeField, ("_at",)), (models.BooleanField, ("is_", "has_", "can_")))
    wrong = []
    for kind, marks in kinds:
        for name, field in fields(kind):
            fits = field.name.startswith(marks) or field.name.endswith(marks)
            if not fits and field.name not in NO_SUFFIX:
                wrong.append(name)
    for name, field in fields(models.DateField):
        is_date = not isinstance(field, models.DateTimeField)
        if is_date and not field.name.endswith("_on") and field.name not in NO_SUFFIX:
            wrong.append(name)
    expect_none(wrong)


def test_users_who_acted_are_named_by():
    wrong = [
        name
        for name, field in fields(models.ForeignKey)
        if field.related_model is User
        and not (field.name in {"user", "by"} or field.name.endswith("_by"))
    ]
    expect_none(wrong)


def test_every_row_that_an_address_may_show_has_a_public_id():
    hidden = {
        model.__name__
        for model in our_models()
        if not any(isinstance(field, PublicIdField) for field in model._meta.fields)
    }
    assert hidden == INNER


def public_id(model: type[models.Model]) -> Any:
    return model._meta.get_field("public_id")


def test_a_public_id_is_unique_among_rows_and_recurs_in_history():
    for model in our_models():
        if model.__name__ in INNER:
            continue
        assert public_id(model).unique, model
        if hasattr(model, "pgh_event_model"):
            assert not public_id(model.pgh_event_model).unique, model


def test_every_constraint_speaks_for_itself():
    """One that guards choices needs no words: the field has its own."""
    silent = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if not constraint.name.endswith("_known")
        and constraint.violation_error_message == constraint.default_violation_error_message
    ]
    expect_none(silent)


def test_every_constraint_is_tried():
    tests = "\n".join(module.text for module in modules_of_tests())
    untried = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if f'"{constraint.name}"' not in tests
    ]
    expect_none(untried)


def classes() -> Iterator[ast.ClassDef]:
    ours = {model.__name__ for model in our_models()}
    for module in named("models"):
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and node.name in ours:
                yield node


def test_every_model_says_what_it_is():
    assert {node.name for node in classes()} == {model.__name__ for model in our_models()}
    expect_none([node.name for node in classes() if not ast.get_docstring(node)])


def test_every_model_shows_itself_without_names_of_people():
    wrong = []
    for node in classes():
        shown = [each for each in node.body if getattr(each, "name", "") == "__str__"]
        used = {
            each.attr
            for part in shown
            for each in ast.walk(part)
            if isinstance(each, ast.Attribute)
        }
        if not shown or used & NAMES_OF_PEOPLE:
            wrong.append(node.name)
    expect_none(wrong)


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    assert detector.changes(graph=loader.graph) == {}
