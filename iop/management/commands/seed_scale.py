"""seed_scale: fill an empty database with a made-up clinic of any size, to measure on."""

from __future__ import annotations

import os
from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from iop.scale.actions import NotEmpty, seed_clinic
from iop.scale.size import PRESETS, Size

UNUSABLE = "!nobody-signs-in-with-this"
NUMBERS = ("sites", "programs_per_site", "participants", "weeks", "seed")
NOT_OURS = (
    "{name} is a database that you have named in DATABASE_URL. If it is meant to hold a made-up"
    " clinic and nothing else, say so: --into {name}"
)


class Command(BaseCommand):
    help = (
        "Fill an empty database with a made-up clinic, to measure on. The same arguments give the"
        " same rows. No name in it is anybody's."
    )

    def add_arguments(self, parser):
        parser.add_argument("--preset", choices=PRESETS, default="clinic", help="how many sites")
        parser.add_argument("--sites", type=_some)
        parser.add_argument("--programs-per-site", type=_some)
        parser.add_argument("--participants", type=_some, help="enrolled in a program on any day")
        parser.add_argument("--weeks", type=_some, help="weeks of attendance up to today")
        parser.add_argument("--seed", type=int, help="another one draws other rows")
        parser.add_argument("--today", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--password", help="lets all staff sign in with it; else nobody can")
        parser.add_argument("--into", help="the name of a database that is not the embedded one")

    def handle(self, *args, preset: str, password: str | None, into: str | None, **options):
        self._refuse_by_accident(into)
        wanted = {name: options[name] for name in NUMBERS if options[name] is not None}
        today = options["today"] or timezone.localdate()
        size = Size(**{"today": today, "sites": PRESETS[preset], **wanted})
        stored = make_password(password) if password else UNUSABLE
        try:
            seed_clinic(size=size, password=stored, say=self._say, by=None)
        except NotEmpty as refused:
            raise CommandError(str(refused)) from None

    def _refuse_by_accident(self, into: str | None) -> None:
        name = connection.settings_dict["NAME"]
        is_embedded = "DATABASE_URL" in os.environ.get("IOP_EMBEDDED", "").split(",")
        if not is_embedded and into != name:
            raise CommandError(NOT_OURS.format(name=name))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
