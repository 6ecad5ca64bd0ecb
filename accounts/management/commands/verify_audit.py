"""Says whether anybody has changed, removed or added a line of the trail behind its back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.anchors import Anchor, anchors, anchors_file
from accounts.verifying import Report, verify_trail


class Command(BaseCommand):
    help = "Walk the seals of the audit trail and say what does not fit; 0 where all does, else 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--since", metavar="DATE", help="seals from this date on (UTC)")
        parser.add_argument(
            "--expect",
            metavar="NUMBER:DIGEST",
            action="append",
            default=[],
            help="a seal that must be there, as written down elsewhere; may be given again",
        )

    def handle(self, **options) -> None:
        now, since = timezone.now(), _date(options["since"])
        kept = sorted([*_kept_here(), *map(_expected, options["expect"])], key=_number)
        report = verify_trail(anchors=kept, since=since, on_progress=self._show)
        self._show_end()
        write = self._json if options["format"] == "json" else self._text
        write(report, now)
        if not report.is_intact:
            sys.exit(1)

    def _show(self, report: Report) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{report.seals:,} seals, {report.lines:,} lines", ending="")

    def _show_end(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")

    def _text(self, report: Report, now: datetime) -> None:
        for found in report.findings:
            self.stdout.write(str(found))
        self.stdout.write(f"{report.seals:,} seals over {report.lines:,} lines were looked at.")
        if report.last:
            self.stdout.write(f"The last seal is {report.last.number}:{report.last.digest}.")
        if not report.anchored:
            self.stdout.write(
                f"None of them is written down in {anchors_file().name} here: whether the end was"
                " cut off cannot be told. Give --expect NUMBER:DIGEST from a log."
            )
        self.stdout.write(_waiting(report, now))
        verdict = "Nothing was tampered with." if report.is_intact else "THE TRAIL DOES NOT HOLD."
        self.stdout.write(verdict)

    def _json(self, report: Report, now: datetime) -> None:
        oldest = report.oldest_at.isoformat() if report.oldest_at else None
        said = {
            "is_intact": report.is_intact,
            "seals": report.seals,
            "lines": report.lines,
            "last": f"{report.last.number}:{report.last.digest}" if report.last else None,
            "anchored": report.anchored,
            "unsealed": {
                "count": report.unsealed,
                "oldest_at": oldest,
                "is_overdue": report.is_overdue(now),
            },
            "findings": [found.as_row() for found in report.findings],
        }
        self.stdout.write(json.dumps(said, indent=2))


def _waiting(report: Report, now: datetime) -> str:
    if not report.oldest_at:
        return "No line waits for a seal."
    words = f"Lines not sealed yet: {report.unsealed:,}, the oldest of {report.oldest_at:%F %T} UTC"
    if report.is_overdue(now):
        return f"Warning: {words}. The worker, or the clock, does not seem to run."
    return f"{words}."


def _kept_here() -> Iterator[Anchor]:
    path = anchors_file()
    return anchors(path) if path.exists() else iter(())


def _number(anchor: Anchor) -> int:
    return anchor.number


def _expected(text: str) -> Anchor:
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise CommandError(f"--expect {text}: write it as 17:digest, the digest of 64 signs.")
    return Anchor(int(number), digest.lower())


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise CommandError(f"--since {text}: not a date; write it as 2026-11-23.") from None
