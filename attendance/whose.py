"""Which sessions a person's work reaches, and what is said of the others."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from groups.models import Facilitation, GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope


def sessions_of(access: Access, program: Program, action: str) -> GroupSessionQuerySet:
    """Return the program's sessions to which the line of the who-may table reaches.

    `is_mine` says that they lead the session now; OWN reaches to those alone.
    """
    lead = Facilitation.objects.filter(session=OuterRef("pk"), user=access.user, is_former=False)
    sessions = (
        GroupSession.objects.visible_to(access.user)
        .filter(group__program=program)
        .annotate(is_mine=Exists(lead))
    )
    if access.scope(action, program) is Scope.OWN:
        return sessions.filter(is_mine=True)
    return sessions


def refuse_row(visible: QuerySet) -> NoReturn:
    """Somebody else's row in one's own program is forbidden; any other is not there.

    `visible` is the row, where it is in a program of this person. Raises PermissionDenied, Http404.
    """
    if visible.exists():
        raise PermissionDenied
    raise Http404
