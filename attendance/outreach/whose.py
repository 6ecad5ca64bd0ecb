"""Which outreach a person may work on: all of the program, or that of their own sessions."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from attendance.models import Outreach
from attendance.models.outreach import OutreachQuerySet
from groups.models import Facilitation
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope


def outreach_of(access: Access, program: Program) -> OutreachQuerySet:
    """Return the program's outreach as far as it is this person's to work on.

    Who has only their own sessions sees what was missed there, and whatever was handed to them.
    """
    rows = Outreach.objects.visible_to(access.user).filter(enrollment__program=program)
    if access.scope("outreach.manage", program) is not Scope.OWN:
        return rows
    leads = Facilitation.objects.filter(
        session=OuterRef("session"), user=access.user, is_former=False
    )
    return rows.filter(Q(owned_by=access.user) | Exists(leads))


def with_facts(rows: OutreachQuerySet) -> OutreachQuerySet:
    """Return them with whom they are about, what was missed, and whose they are."""
    return rows.select_related(
        "enrollment__program__site",
        "enrollment__participant__merged_into",
        "session__group",
        "owned_by",
        "closed_by",
    )
