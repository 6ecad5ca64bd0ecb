"""The demo clinic as a clinic folder: the text of each file, from two dates alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from iop.demo.clinic_toml import clinic_toml
from iop.demo.curriculum import COLUMNS, curriculum, lesson_of
from iop.demo.people import LEAVES, ORDERS, Episode, episodes, people
from iop.demo.timetable import TODAY, WEEK, Meeting, groups, meetings
from iop.demo.visits import Visit, visits
from programs.models import Weekday

ZONE = ZoneInfo("America/Chicago")
NAME = "Harbor Street Clinic"
LESSONS_AHEAD = timedelta(days=14)
PLANNED_DAYS = 98

Files = dict[str, str]


def anchor_for(now: datetime) -> date:
    """Return the first day of the history of a demo made at this moment."""
    return now.astimezone(ZONE).date() - timedelta(days=TODAY)


def whole_folder(anchor: date, now: datetime) -> Files:
    """Return every file of the clinic as it stands at this moment."""
    return {
        "clinic.toml": clinic_toml(anchor, NAME, str(ZONE)),
        "participants.csv": _participants(),
        "enrollments.csv": _enrollments(anchor),
        "leaves.csv": _leaves(anchor),
        "groups.csv": _groups(),
        "schedule.csv": _schedule(anchor),
        "memberships.csv": _memberships(anchor),
        "curriculum.csv": _table(COLUMNS, curriculum()),
        "attendance.csv": attendance(anchor, now),
        "lessons.csv": lessons(anchor, now),
    }


def write_files(files: Files, folder: Path) -> None:
    """Write the files into the folder."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def attendance(
    anchor: date, now: datetime, wanted: Callable[[Visit], bool] = lambda visit: True
) -> str:
    """Return attendance.csv of the wanted visits."""
    local = now.astimezone(ZONE).replace(tzinfo=None)
    return _table(
        ("group", "date", "starts", "chart_number", "arrived", "left", "absence"),
        (_attended(each) for each in visits(anchor, local) if wanted(each)),
    )


def lessons(
    anchor: date, now: datetime, wanted: Callable[[Meeting], bool] = lambda meeting: True
) -> str:
    """Return lessons.csv of the wanted sessions, two weeks ahead."""
    until = now.astimezone(ZONE).date() + LESSONS_AHEAD
    return _table(
        ("group", "date", "starts", "module", "lesson"),
        (
            (*_session(meeting), *lesson_of(meeting))
            for meeting in meetings(anchor, until)
            if wanted(meeting)
        ),
    )


def _session(meeting: Meeting) -> tuple[str, str, str]:
    return meeting.group.name, str(meeting.held_on), f"{meeting.starts:%H:%M}"


def _attended(visit: Visit) -> tuple[str, ...]:
    clocks = (f"{each:%H:%M}" if each else "" for each in (visit.arrived, visit.left))
    return (*_session(visit.meeting), visit.person.chart_number, *clocks, visit.absence)


def _participants() -> str:
    columns = "chart_number first_name last_name preferred_name birth_date phone email language"
    return _table(
        (*columns.split(), "reminders"),
        (
            (
                each.chart_number,
                each.first_name,
                each.last_name,
                each.preferred_name,
                str(_born(each.number)),
                f"+131255501{each.number:02}",
                each.email,
                each.language,
                "" if each.consents == "none" else each.consents.replace("+", " "),
            )
            for each in people()
        ),
    )


def _born(number: int) -> date:
    return date(1958 + number * 17 % 46, 1 + number * 5 % 12, 1 + number % 27)


def _enrollments(anchor: date) -> str:
    columns = "chart_number program admitted_on admission planned_discharge_on discharged_on"
    return _table(
        (*columns.split(), "discharge_reason", "ordered_minutes"),
        (_enrollment(anchor, each) for each in episodes()),
    )


def _enrollment(anchor: date, episode: Episode) -> tuple[str, ...]:
    person = episode.person
    return (
        person.chart_number,
        episode.program,
        _day(anchor, episode.first_day),
        "step_down" if person.number % 3 else "direct",
        _day(anchor, episode.first_day + PLANNED_DAYS),
        _day(anchor, episode.last_day),
        episode.reason,
        str(ORDERS.get(person.key, "")),
    )


def _leaves(anchor: date) -> str:
    charts = {each.key: each.chart_number for each in people()}
    return _table(
        ("chart_number", "first_on", "last_on", "reason"),
        (
            (charts[key], _day(anchor, first), _day(anchor, last), reason)
            for key, (first, last, reason) in LEAVES.items()
        ),
    )


def _groups() -> str:
    return _table(
        ("program", "group", "kind", "format", "capacity"),
        ((each.program, each.name, each.kind, each.format, each.capacity) for each in groups()),
    )


def _schedule(anchor: date) -> str:
    columns = ("group", "weekday", "starts", "ends", "breaks", "room", "facilitators")
    return _table(
        (*columns, "first_on", "last_on"),
        (
            (
                group.name,
                Weekday((anchor.weekday() + day) % WEEK).name.lower(),
                f"{group.starts:%H:%M}",
                f"{group.ends:%H:%M}",
                group.breaks,
                group.room,
                ";".join(group.leaders),
                str(anchor),
                "",
            )
            for group in groups()
            for day in group.days
        ),
    )


def _memberships(anchor: date) -> str:
    return _table(
        ("group", "chart_number", "first_on", "last_on"),
        (
            (group, each.person.chart_number, _day(anchor, each.first_day), "")
            for each in episodes()
            for group in each.groups
        ),
    )


def _day(anchor: date, day: int | None) -> str:
    return "" if day is None else str(anchor + timedelta(days=day))


def _table(columns: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return out.getvalue()
