"""A row of any table as labels and values that a person, or another program, can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.text import capfirst

from accounts.models import User
from groups.models import GroupSession, SessionLesson
from hours.record_export.sections import NOT_SHOWN


def facts_of(row: models.Model, zone: ZoneInfo) -> dict[str, Any]:
    """Return the row's columns by their labels, without what is empty or only ours."""
    return {label: value for label, value in _facts(row, zone) if value not in ("", None, [], {})}


def _facts(row: models.Model, zone: ZoneInfo) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        if field.name not in NOT_SHOWN:
            yield capfirst(str(field.verbose_name)), value_of(row, field, zone)


def value_of(row: models.Model, field: models.Field, zone: ZoneInfo) -> Any:
    """Return one value: choices in words, moments in the site's zone, colleagues by name."""
    if field.is_relation:
        return _related(getattr(row, field.name), zone)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    return plain(getattr(row, field.name), zone)


def plain(value: Any, zone: ZoneInfo) -> Any:
    """Return a value that JSON knows: text, whole numbers, lists and dictionaries of them."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(each, zone) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, zone) for each in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _related(other: models.Model | None, zone: ZoneInfo) -> str:
    """Return what another row is called; never its key."""
    if isinstance(other, User):
        return other.display_name
    if isinstance(other, GroupSession):
        return f"{other.group.name}, {plain(other.starts_at, zone)}"
    if isinstance(other, SessionLesson):
        return other.lesson.name
    for name in ("name", "text", "number", "week_on"):
        if value := getattr(other, name, None):
            return str(value)
    return ""
