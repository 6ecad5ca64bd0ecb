"""The pages that the frame around every page leads to, in the order of the sidebar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

BOARD = "hours:board"


@dataclass(frozen=True)
class Place:
    """A page the frame can lead to. An extra one stands behind More on a phone."""

    label: Any
    icon: str
    action: str
    view: str
    within: tuple[str, ...] = ()
    is_extra: bool = False


# In the order of the sidebar; a page is named here once it exists. `within` are the pages that
# one reaches from it, and which keep it marked.
PLACES = (
    Place(gettext_lazy("Today"), "sun", "groups.read", "today:today", ("sheet:sheet",)),
    Place(
        gettext_lazy("Calendar"),
        "calendar-days",
        "groups.read",
        "groups:calendar",
        (
            *(f"moving:{page}" for page in ("session", "move", "add", "cancel", "reinstate")),
            *("moving:combine", "staff:substitute"),
            *("closures:closures", "closures:new", "closures:remove"),
        ),
    ),
    Place(
        gettext_lazy("Groups"),
        "messages-square",
        "groups.read",
        "groups:groups",
        (
            *("groups:group", "slots:new_group", "slots:edit_group", "slots:new_slot"),
            *("slots:change", "slots:end"),
            *(
                f"joining:{page}"
                for page in ("members", "join", "move", "end", "wait", "put_off", "stop_waiting")
            ),
        ),
        is_extra=True,
    ),
    Place(
        gettext_lazy("People"),
        "users-round",
        "participants.name",
        "people:people",
        ("people:participant", "enroll:enroll"),
    ),
    Place(gettext_lazy("Hours"), "gauge", "hours.read", BOARD),
    Place(gettext_lazy("Reminders"), "bell", "reminders.manage", "reminders:outbox", is_extra=True),
    Place(
        gettext_lazy("Staff"),
        "id-card",
        "staff.manage",
        "staff:staff",
        ("staff:person",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Exceptions"),
        "flag",
        "audit.read",
        "exceptions:exceptions",
        is_extra=True,
    ),
    Place(
        gettext_lazy("Settings"),
        "settings",
        "programs.edit",
        "clinic:settings",
        tuple(f"clinic:{page}" for page in ("site", "room", "new_room", "rule", "new_rule")),
        is_extra=True,
    ),
)
