"""A way back in for somebody who lost their phone, their passkeys and their recovery codes."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.factors.actions import take_away_factors
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Take away all second factors of EMAIL, once it is certain that the person asks: they"
        " sign in by password and have the days of grace to set up another."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *, email: str, **options) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody here has the email {email}.")
        count = take_away_factors(user=user, now=timezone.now(), by=None)
        self.stdout.write(f"{count} taken away. {email} signs in by password and sets up anew.")
