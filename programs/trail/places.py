"""What a page is called on the trail: as its tab is, else by the part of the house it is in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.whose import PERSON_PAGES

# By the first half of a page's name, where no tab of a person's pages says it.
PARTS = {
    "accounting": _("Disclosures"),
    "alerts": _("Alerts"),
    "amending": _("Attendance"),
    "census": _("Census"),
    "clinic": _("Settings"),
    "closures": _("Closures"),
    "completion": _("Completion"),
    "concluding": _("Hours"),
    "curriculum_files": _("Curriculum"),
    "days": _("Days"),
    "emergency": _("Emergency access"),
    "ending": _("Staff"),
    "enroll": _("Enroll"),
    "exceptions": _("Exceptions"),
    "fuel": _("Authorizations"),
    "groups": _("Groups"),
    "hours": _("Hours"),
    "joining": _("Groups"),
    "kiosk": _("Check-ins"),
    "merging": _("Duplicates"),
    "moving": _("Calendar"),
    "offering": _("Offered hours"),
    "outreach": _("Get in touch"),
    "owed": _("Today"),
    "papers": _("Notes"),
    "proposal": _("Plan"),
    "record": _("Whole record"),
    "referrals": _("Calls"),
    "reminders": _("Reminders"),
    "rescue": _("Make-up seats"),
    "retention": _("Retention"),
    "rotation": _("Plan"),
    "sheet": _("Attendance"),
    "slots": _("Groups"),
    "staff": _("Staff"),
    "summary": _("Summary of an episode of care"),
    "teaching": _("Curriculum"),
    "today": _("Today"),
    "trends": _("Trends"),
    "uploads": _("Import"),
}


def page_words(view: str) -> str:
    """Return what the page of this name is called; one that is nowhere, by its own name."""
    namespace = view.partition(":")[0]
    exact = (each.label for each in PERSON_PAGES if each.view == view)
    near = (each.label for each in PERSON_PAGES if each.view.partition(":")[0] == namespace)
    own = view.replace(":", " ").replace("_", " ")
    return str(next(exact, None) or next(near, None) or PARTS.get(namespace, own))
