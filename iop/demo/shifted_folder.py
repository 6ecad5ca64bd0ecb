"""Takes a clinic folder and moves it in time, so that its last week is this week."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from programs.weeks import DAYS, instant

DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# Birth dates stay. The closures are left out: they fall on a holiday of one week of the year.
UNSHIFTED = {"participants.csv"}


def write_shifted_folder(source: Path, target: Path, *, monday: date, now: datetime, zone) -> None:
    """Write `source` to `target` with every date moved so that `monday` becomes this Monday.

    Attendance of sessions that start after `now` is left out: nobody has come to them yet.
    """
    this_monday = now.astimezone(zone).date()
    this_monday -= timedelta(days=this_monday.weekday())
    shift = this_monday - monday
    if shift.days % DAYS:
        raise ValueError(f"{monday} is not a Monday")
    for file in source.iterdir():
        if file.suffix not in {".csv", ".toml"}:
            continue
        text = file.read_text(encoding="utf-8")
        if file.name not in UNSHIFTED:
            text = DATE.sub(lambda found: _moved(found.group(), shift), text)
        if file.name == "attendance.csv":
            text = _until(text, now, zone)
        if file.name == "clinic.toml":
            text = text.split("[[closures]]")[0]
        (target / file.name).write_text(text, encoding="utf-8")


def _moved(text: str, shift: timedelta) -> str:
    # Rules that began with the year hold for any week that the clinic is moved to.
    day = date.fromisoformat(text)
    return text if (day.month, day.day) == (1, 1) else str(day + shift)


def _until(text: str, now: datetime, zone) -> str:
    reader = csv.DictReader(io.StringIO(text))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    for row in reader:
        start = time.fromisoformat(row["starts"])
        if instant(date.fromisoformat(row["date"]), start, zone) <= now:
            writer.writerow(row)
    return out.getvalue()
