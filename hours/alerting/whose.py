"""Which alerts a person may see, and who may be given one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from hours.models import CARE_KINDS, Alert
from hours.models.alert import AlertQuerySet
from hours.people.whose import people_of
from hours.program_week import current_week
from programs.access import Access
from programs.models import Program, StaffAssignment
from programs.who_may import Scope


def alerts_of(access: Access, program: Program, now: datetime) -> AlertQuerySet:
    """Return the program's alerts as far as they are this person's to see.

    Who has only their own people sees those, and whatever was given to them. Dates and units of
    care are for those who read authorizations elsewhere too.
    """
    rows = Alert.objects.visible_to(access.user).filter(enrollment__program=program)
    if access.scope("authorizations.read", program) is None:
        rows = rows.filter(~Q(kind__in=CARE_KINDS) | Q(user=access.user))
    if access.scope("hours.read", program) is not Scope.OWN:
        return rows
    people = people_of(access, program, week=current_week(program, now))
    theirs = Q(enrollment__participant__in=people.values("pk")) | Q(
        enrollment__participant__merged_into__in=people.values("pk")
    )
    return rows.filter(theirs | Q(user=access.user))


def with_facts(rows: AlertQuerySet) -> AlertQuerySet:
    """Return them with whom they are about, and whose they are."""
    return rows.select_related(
        "enrollment__participant__merged_into", "enrollment__program__site", "user", "snoozed_by"
    )


def staff_of(program: Program) -> list[User]:
    """Return who works in the program now, by name: each may be given an alert."""
    working = StaffAssignment.objects.current().filter(program=program)
    people = User.objects.filter(pk__in=working.values("user"), is_active=True)
    return list(people.order_by("name", "email"))
