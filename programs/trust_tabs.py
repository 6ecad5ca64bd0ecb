"""The pages about trust: who looked, what was opened, what left, what is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.access import Access
from programs.models import Program
from programs.whose import PersonPage, Tab

TRUST_PAGES = (
    PersonPage(_("Audit trail"), "trail:trail", "audit.read", "footprints"),
    PersonPage(_("Emergency access"), "emergency:review", "emergency.review", "siren"),
    PersonPage(_("Disclosures"), "disclosures:disclosures", "disclosures.read", "send"),
    PersonPage(_("Retention"), "retention:retention", "retention.manage", "archive"),
)


def trust_tabs(
    access: Access, program: Program, *, here: str, counts: Mapping[str, int] | None = None
) -> tuple[Tab, ...]:
    """Return the pages about trust that one may open; `here` is the view's name.

    `counts` says, by the view's name, how much waits there, as far as the page has read it.
    """
    return tuple(
        Tab(
            label=str(page.label),
            icon=page.icon,
            url=reverse(page.view, args=[program.public_id]),
            is_current=page.view == here,
            count=(counts or {}).get(page.view, 0),
        )
        for page in TRUST_PAGES
        if access.scope(page.action, program)
    )
