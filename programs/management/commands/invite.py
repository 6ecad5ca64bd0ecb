"""A first sign-in link: the way into a new installation, and back in after a lost password."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts.actions import Invited
from programs.actions import CannotInvite, invite_colleague
from programs.models import Program, Role

LINK = """\
{email} may sign in as {role} in {program} by this link:

  {url}

It works once, until {until:%B} {until.day}, {until:%Y}. Earlier links of this person are closed.
"""


class Command(BaseCommand):
    help = "Print a sign-in link for EMAIL: works once, expires, closes the links before it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--role", required=True, help=", ".join(Role.values))
        parser.add_argument("--program", required=True, metavar="CODE")
        parser.add_argument("--name", default="", help="the name of a new person")

    def handle(self, *, email: str, role: str, program: str, name: str, **options) -> None:
        known_role, known_program = _role(role), _program(program)
        try:
            invited = invite_colleague(
                email=email,
                name=name,
                program=known_program,
                role=known_role,
                now=timezone.now(),
                by=None,
            )
        except ValidationError as error:
            raise CommandError(f"{email} cannot be invited: {' '.join(error.messages)}") from None
        except CannotInvite:
            raise CommandError(f"{email} may not sign in any more.") from None
        self.stdout.write(_words(invited, known_role, known_program))


def _role(value: str) -> Role:
    if value not in Role.values:
        raise CommandError(f"There is no role {value!r}. Known roles: {', '.join(Role.values)}.")
    return Role(value)


def _program(code: str) -> Program:
    codes = list(Program.objects.values_list("code", flat=True))
    if not codes:
        raise CommandError(
            "There is no program yet. Import a clinic first: manage.py import_clinic DIR."
        )
    if code not in codes:
        raise CommandError(f"No program has the code {code!r}. Known codes: {', '.join(codes)}.")
    return Program.objects.select_related("site").get(code=code)


def _words(invited: Invited, role: Role, program: Program) -> str:
    invitation = invited.invitation
    return LINK.format(
        email=invitation.user.email,
        role=role.label,
        program=program.name,
        url=settings.SITE_URL + reverse("accept_invitation", args=[invited.token]),
        until=invitation.expires_at.astimezone(program.zone),
    )
