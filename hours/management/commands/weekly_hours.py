"""Prints the weekly hours of one program or all, for one week, as of now or any moment."""

from __future__ import annotations

from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hours.program_week import program_week
from hours.rows import as_row, write_csv, write_json, write_table
from hours.weekly_hours import weekly_hours_of
from programs.models import Program
from programs.weeks import local_date

FORMATS = {"table": write_table, "csv": write_csv, "json": write_json}


class Command(BaseCommand):
    help = "Print who has had their weekly hours, who can still reach them, and why."

    def add_arguments(self, parser):
        parser.add_argument("--program", metavar="CODE", help="one program; all where not given")
        parser.add_argument("--week", metavar="DATE", help="any date of the week (2026-11-23)")
        parser.add_argument("--as-of", metavar="ISO", help="the moment to judge from; now if unset")
        parser.add_argument("--format", choices=FORMATS, default="table")

    def handle(self, **options):
        rows = []
        for program in _programs(options["program"]):
            as_of = _moment(options["as_of"], program)
            day = _day(options["week"]) or local_date(as_of, program.zone)
            facts = program_week(program, week=program.week_of(day), as_of=as_of)
            if facts:
                rows += [as_row(weekly_hours_of(each, facts), facts) for each in facts.people]
        FORMATS[options["format"]](rows, self.stdout)


def _programs(code: str | None) -> list[Program]:
    programs = list(Program.objects.select_related("site").order_by("code"))
    if not code:
        return programs
    chosen = [program for program in programs if program.code == code]
    if not chosen:
        known = ", ".join(program.code for program in programs) or "none yet"
        raise CommandError(f"--program {code}: there is no such program. Known: {known}.")
    return chosen


def _moment(text: str | None, program: Program) -> datetime:
    if not text:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"--as-of {text}: not a moment; write it as 2026-11-25T12:00 or with an offset,"
            " 2026-11-25T12:00:00-06:00."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=program.zone)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--week {text}: not a date; write it as 2026-11-23.") from None
