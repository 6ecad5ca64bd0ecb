"""The guard at every page: which program, which role, how far."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import User
from programs.models import Program, Role, StaffAssignment
from programs.who_may import WHO_MAY, Scope


@dataclass(frozen=True)
class Access:
    """What one person may do, from their assignments (read in one query)."""

    user: User
    assignments: tuple[StaffAssignment, ...]

    @property
    def programs(self) -> list[Program]:
        """The programs this person works in, by code, each once."""
        found = {each.program_id: each.program for each in self.assignments}
        return sorted(found.values(), key=lambda program: program.code)

    def roles_in(self, program: Program) -> list[Role]:
        """Return this person's roles in the program."""
        return [Role(each.role) for each in self.assignments if each.program_id == program.pk]

    def scope(self, action: str, program: Program) -> Scope | None:
        """Return how far the action reaches for this person there; None where it is not theirs."""
        scopes = {WHO_MAY[action].get(role) for role in self.roles_in(program)}
        return next((scope for scope in (Scope.PROGRAM, Scope.OWN) if scope in scopes), None)

    def programs_for(self, action: str) -> list[Program]:
        """Return the programs in which this person may do it at all."""
        return [program for program in self.programs if self.scope(action, program)]


def access_of(user: User) -> Access:
    """Return what the person may do now."""
    found = StaffAssignment.objects.visible_to(user).select_related("program__site")
    return Access(user, tuple(found.order_by("program__code", "role")))


def needs(action: str) -> Callable:
    """Guard a view by a line of the who-may table.

    A `program_id` in the address becomes the view's `program`: 404 outside one's programs, 403
    in one's own program without the role. Without one, some program must allow the action.
    """
    if action not in WHO_MAY:
        raise KeyError(f"{action} is not a line of the who-may table")

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            access = access_of(request.user)  # type: ignore[arg-type]
            request.access = access  # type: ignore[attr-defined]
            if "program_id" in kwargs:
                kwargs["program"] = _program(access, kwargs.pop("program_id"))
                request.program = kwargs["program"]  # type: ignore[attr-defined]
                is_allowed = access.scope(action, kwargs["program"]) is not None
            else:
                is_allowed = bool(access.programs_for(action))
            if not is_allowed:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needs = action  # type: ignore[attr-defined]
        return guarded

    return guard


def _program(access: Access, public_id: uuid.UUID) -> Program:
    for program in access.programs:
        if program.public_id == public_id:
            return program
    raise Http404
