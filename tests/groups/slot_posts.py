"""How a test fills in the forms of groups and slots: it looks first, then saves what it saw."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

from django.test import Client

from programs.models import Program
from tests.build import on

MARK = re.compile(r'name="shown" id="id_shown" value="([0-9a-f]*)"')


def monday_after(today: date, weeks: int = 1) -> date:
    """Return the Monday so many weeks on; never today."""
    return today + timedelta(days=7 * weeks - today.weekday())


def boxes(name: str, day: date | str | None) -> dict[str, str]:
    """Return a date in its three boxes."""
    if day is None:
        return {f"{name}_{place}": "" for place in range(3)}
    day = on(day)
    return {f"{name}_0": str(day.month), f"{name}_1": str(day.day), f"{name}_2": str(day.year)}


def slot_fields(first_on: date | None, **change: Any) -> dict[str, Any]:
    """Return the fields of new slots: Mondays from 9 to 12 without a break, room or leader."""
    return {
        "weekdays": ["0"],
        "starts": "09:00",
        "ends": "12:00",
        "breaks_0": "",
        "breaks_1": "",
        "breaks_2": "",
        "breaks_3": "",
        "every_weeks": "1",
        **boxes("first_on", first_on),
        **boxes("last_on", None),
        "room": "",
        "leaders": [],
        "override": "Nobody else is free",
        **change,
    }


def group_fields(**change: Any) -> dict[str, Any]:
    """Return the fields of a group."""
    return {
        "name": "Evening skills",
        "kind": "skills",
        "format": "open",
        "capacity": "12",
        "min_to_hold": "0",
        "default_room": "",
        "video_link": "",
        "teaches": "",
        "override": "",
        **change,
    }


def new_group_fields(first_on: date | None, **change: Any) -> dict[str, Any]:
    """Return the fields of a group with its first slots."""
    return {
        **slot_fields(first_on),
        **group_fields(),
        "proposed_id": str(uuid.uuid4()),
        "override": "Nobody else is free",
        **change,
    }


def looked_at(client: Client, url: str, data: dict[str, Any], *, is_htmx: bool = True) -> str:
    """Return the preview as a page or as the fragment for htmx."""
    headers = {"HX-Request": "true"} if is_htmx else {}
    answer = client.post(url, {**data, "act": "preview"}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def save(client: Client, url: str, data: dict[str, Any]) -> Any:
    """Look at the preview, and save what it showed."""
    found = MARK.search(looked_at(client, url, data))
    assert found
    return client.post(url, {**data, "act": "save", "shown": found[1]})


def url_of(program: Program, *parts: Any) -> str:
    """Return an address of the schedule."""
    return "/".join(["", "schedule", str(program.public_id), *map(str, parts), ""])
