"""The pages about a program's curriculum, as tabs over each of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.access import Access
from programs.models import Program
from programs.whose import PersonPage, Tab

PAGES = (
    PersonPage(_("Library"), "library:library", "curriculum.read", "library-big"),
    PersonPage(_("Plan"), "rotation:rotations", "curriculum.read", "list-ordered"),
    PersonPage(_("Coverage"), "coverage:program", "coverage.read", "grid-3x3"),
    PersonPage(_("Requirements"), "requiring:requirements", "curriculum.read", "list-checks"),
    PersonPage(_("Offered hours"), "offering:offered", "groups.read", "clock"),
)


def curriculum_tabs(access: Access, program: Program, *, here: str) -> tuple[Tab, ...]:
    """Return the tabs that one may open; `here` is the view's name."""
    return tuple(
        Tab(
            label=str(page.label),
            icon=page.icon,
            url=reverse(page.view, args=[program.public_id]),
            is_current=page.view == here,
        )
        for page in PAGES
        if access.scope(page.action, program)
    )
