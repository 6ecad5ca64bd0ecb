"""A colleague's account on one page: how they come in, what they still lead and owe."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.signed_in.listed import sessions_of
from attendance.ending.forms import BackForm, EndForm, FactorForm
from attendance.ending.reach import why_not_let_in
from attendance.owed.reading import open_sessions
from attendance.owed.rows import Row, row_of
from attendance.owed.waiting import owed_by, waiting_among
from groups.leading.coming import ComingLine, coming_of
from groups.leading.staff import roles_of
from programs.models import Program, StaffAssignment

SHOWN = 8


@dataclass(frozen=True)
class Forms:
    """The forms of the page: as they were sent, or empty."""

    end: EndForm = field(default_factory=EndForm)
    factor: FactorForm = field(default_factory=FactorForm)
    back: BackForm = field(default_factory=BackForm)

    @property
    def sent(self) -> forms.Form | None:
        """The one that was sent and could not be acted on."""
        every: tuple[forms.Form, ...] = (self.end, self.factor, self.back)
        return next((each for each in every if each.is_bound and each.errors), None)


@dataclass(frozen=True)
class AccountPage:
    """Everything the template reads. `link` is shown this once."""

    program: Program
    user: User
    roles: tuple[str, ...]
    works_elsewhere: bool
    devices: int
    factors: int
    leads: tuple[ComingLine, ...]
    leads_more: int
    leads_elsewhere: int
    owes: tuple[Row, ...]
    owes_more: int
    forms: Forms
    link: str
    is_self: bool
    why_not_let_in: str

    @property
    def works_here(self) -> bool:
        return bool(self.roles)


def colleagues_ever(program: Program) -> QuerySet[User]:
    """Return whoever works in the program or did, by name."""
    ever = StaffAssignment.objects.filter(program=program, user=OuterRef("pk"))
    return User.objects.filter(Exists(ever)).order_by("name", "email", "pk")


def former_colleagues(program: Program) -> QuerySet[User]:
    """Return whoever worked in the program and does no more."""
    now_here = StaffAssignment.objects.current().filter(program=program, user=OuterRef("pk"))
    return colleagues_ever(program).exclude(Exists(now_here))


def account_page(
    *, program: Program, user: User, by: User, forms: Forms, now: datetime, link: str = ""
) -> AccountPage:
    """Return the page about a colleague's account."""
    coming = coming_of(user, program, now=now)
    owed = owed_by(user, waiting_among(open_sessions(program, now=now), program, now=now))
    current = StaffAssignment.objects.current().filter(user=user)
    return AccountPage(
        program=program,
        user=user,
        roles=tuple(str(role.label) for role in roles_of([user.pk], program)[user.pk]),
        works_elsewhere=current.exclude(program=program).exists(),
        devices=len(sessions_of(user, this=None, now=now)),
        factors=Authenticator.objects.filter(user=user).count(),
        leads=coming.lines(coming.sessions[:SHOWN]),
        leads_more=max(0, len(coming.sessions) - SHOWN),
        leads_elsewhere=len(coming.elsewhere),
        owes=tuple(row_of(each, program, now=now) for each in owed[:SHOWN]),
        owes_more=max(0, len(owed) - SHOWN),
        forms=forms,
        link=link,
        is_self=user.pk == by.pk,
        why_not_let_in=why_not_let_in(user, by=by),
    )
