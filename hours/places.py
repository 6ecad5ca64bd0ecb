"""The pages that the frame around every page leads to, in the order of the sidebar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

BOARD = "hours:board"


@dataclass(frozen=True)
class Place:
    """A page the frame can lead to. An extra one stands behind More on a phone.

    `within` are the pages that one reaches from it and which keep it marked: one of them by its
    name, or all of a namespace by that.
    """

    label: Any
    icon: str
    action: str
    view: str
    within: tuple[str, ...] = ()
    is_extra: bool = False

    def holds(self, view: str) -> bool:
        """Return whether the page is this place, or one within it that is no place itself."""
        namespace, _, _ = view.partition(":")
        is_within = view in self.within or namespace in self.within
        return view == self.view or (is_within and view not in _VIEWS)


# In the order of the sidebar; a page is named here once it exists.
PLACES = (
    Place(
        gettext_lazy("Today"),
        "sun",
        "groups.read",
        "today:today",
        (
            *("sheet", "owed", "amending"),
            *("check_ins:check_in", "check_ins:safety", "check_ins:alert"),
            *("notes:notes", "notes:group", "notes:person", "notes:sign", "notes:addendum"),
        ),
    ),
    Place(
        gettext_lazy("Calendar"),
        "calendar-days",
        "groups.read",
        "groups:calendar",
        ("moving", "closures", "staff:substitute"),
    ),
    Place(
        gettext_lazy("Groups"),
        "messages-square",
        "groups.read",
        "groups:groups",
        ("groups:group", "slots", "joining"),
        is_extra=True,
    ),
    Place(
        gettext_lazy("People"),
        "users-round",
        "participants.name",
        "people:people",
        (
            *("people", "enroll", "referrals", "episodes", "profile", "plan"),
            *("authorizations", "agreements", "merging", "check_ins:over_time"),
            *("notes:of_person", "coverage:person", "coverage:waive"),
            *("relapse", "diary", "completion", "record"),
            *("trail:person", "trail:person_csv", "disclosures:person"),
            *("emergency:find", "emergency:ask", "emergency:record"),
        ),
    ),
    Place(
        gettext_lazy("Get in touch"),
        "phone-call",
        "outreach.manage",
        "outreach:outreach",
        ("outreach",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Curriculum"),
        "book-open",
        "curriculum.read",
        "library:library",
        (
            *("library", "handouts", "curriculum_files", "starter", "requiring"),
            *("offering", "rotation", "proposal", "teaching"),
            *("coverage:program", "coverage:group", "coverage:lesson"),
        ),
        is_extra=True,
    ),
    Place(gettext_lazy("Census"), "door-open", "participants.read", "census:census", is_extra=True),
    Place(
        gettext_lazy("Hours"),
        "gauge",
        "hours.read",
        BOARD,
        ("days", "concluding", "rescue", "rules", "trends"),
    ),
    Place(
        gettext_lazy("Alerts"),
        "bell-ring",
        "hours.read",
        "alerts:alerts",
        ("alerts",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Authorizations"),
        "fuel",
        "authorizations.read",
        "fuel:fuel",
        ("fuel",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Reminders"),
        "bell",
        "reminders.manage",
        "reminders:outbox",
        ("reminders",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Staff"),
        "id-card",
        "staff.manage",
        "staff:staff",
        ("staff:person", "ending"),
        is_extra=True,
    ),
    Place(gettext_lazy("Exceptions"), "flag", "audit.read", "exceptions:exceptions", is_extra=True),
    Place(
        gettext_lazy("Trust"),
        "shield",
        "disclosures.read",
        "disclosures:disclosures",
        (
            *("trail:trail", "trail:colleague", "trail:colleague_csv", "emergency:review"),
            *("disclosures:disclosures", "retention"),
        ),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Duplicates"),
        "copy-check",
        "participants.merge",
        "merging:duplicates",
        is_extra=True,
    ),
    Place(
        gettext_lazy("Import"),
        "folder-up",
        "clinic.import",
        "uploads:uploads",
        ("uploads",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Settings"),
        "settings",
        "programs.edit",
        "clinic:settings",
        ("clinic",),
        is_extra=True,
    ),
    Place(
        gettext_lazy("Health"),
        "heart-pulse",
        "health.read",
        "health:health",
        ("health",),
        is_extra=True,
    ),
)
_VIEWS = frozenset(each.view for each in PLACES)
