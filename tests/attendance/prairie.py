"""A small clinic folder to change in tests, and what a whole database holds before and after."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from attendance.clinic_folder import Counts, FolderRefused, Problem, import_clinic_folder
from groups.models import GroupSession

DATA = Path(__file__).parent.parent / "data"
# A Wednesday noon in New York, the day before Thanksgiving.
NOW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")

CLINIC = """\
[clinic]
name = "Prairie"

[[sites]]
code = "main"
name = "Main office"
timezone = "America/New_York"
reminder_sender = "Your clinic"
callback_phone = "+12125550100"

[[rooms]]
site = "main"
name = "One"
capacity = 12

[[rooms]]
site = "main"
name = "Two"
capacity = 12

[[staff]]
email = "lead@example.org"
name = "Lee Marsh"
credential = "LPC"
roles = { evening = "facilitator", day = "facilitator" }

[[staff]]
email = "second@example.org"
name = "Sam Ode"
roles = { evening = "clinician" }

[[programs]]
code = "evening"
name = "Evening IOP"
site = "main"
level_of_care = "2.1"
population = "adult"
track = "substance use"
week_starts_on = "monday"
seats = 12

[[programs.rules]]
effective_from = 2026-01-01
min_minutes_per_week = 540
max_minutes_per_week = 1140
min_days_per_week = 3
min_minutes_per_day = 120
count = "net_minutes"
counts = ["process", "skills"]
citation = "Example rule"

[[programs]]
code = "day"
name = "Day IOP"
site = "main"
level_of_care = "2.1"
week_starts_on = "sunday"
seats = 10

[[closures]]
site = "main"
first_on = 2026-11-26
last_on = 2026-11-26
reason = "Thanksgiving"
"""

FILES = {
    "clinic.toml": CLINIC,
    "participants.csv": """\
chart_number,first_name,last_name,preferred_name,birth_date,phone,email,language,reminders
P1,Ada,Ruiz,,1985-02-11,+12125550201,ada@example.org,en,email sms
P2,Ben,Ito,Benny,,+12125550202,,es,
P3,Cy,Noor,,,,,,
""",
    "enrollments.csv": """\
chart_number,program,admitted_on,admission,planned_discharge_on,discharged_on,discharge_reason,ordered_minutes
P1,evening,2026-10-19,direct,2027-01-15,,,600
P2,evening,2026-10-19,step_up,,2026-11-06,stepped_down,
P2,day,2026-11-09,step_down,,,,
P3,day,2026-11-02,,,,,
""",
    "leaves.csv": """\
chart_number,first_on,last_on,reason
P1,2026-11-12,2026-11-13,family
""",
    "groups.csv": """\
program,group,kind,format,capacity
evening,Core,process,open,10
evening,Skills,skills,closed,8
day,Noon,psychoeducation,open,6
day,Solo,individual,open,1
""",
    "schedule.csv": """\
group,weekday,starts,ends,breaks,room,facilitators,first_on,last_on
Core,monday,17:30,20:40,19:00-19:10,One,lead@example.org,2026-10-19,
Core,thursday,17:30,20:40,19:00-19:10,One,lead@example.org,2026-10-19,
Skills,monday,20:45,21:30,,One,lead@example.org;second@example.org,2026-10-19,
Noon,sunday,12:00,13:30,,Two,,2026-10-25,
Solo,tuesday,09:00,09:50,,Two,lead@example.org,2026-11-03,2026-12-15
""",
    "memberships.csv": """\
group,chart_number,first_on,last_on
Core,P1,2026-10-19,
Core,P2,2026-10-01,
Skills,P1,2026-10-19,2026-11-20
Noon,P3,2026-11-02,
Solo,P3,2026-11-02,
""",
    "attendance.csv": """\
group,date,starts,chart_number,arrived,left,absence
Core,2026-10-26,17:30,P1,17:25,20:40,
Core,2026-10-26,17:30,P2,,,excused
Core,2026-11-02,17:30,P1,17:30,18:05,
Core,2026-11-02,17:30,P1,18:30,,
Core,2026-11-02,17:30,P2,,,
Noon,2026-11-08,12:00,P3,12:00,13:30,
Skills,2026-10-26,20:45,P1,20:45,21:30,
""",
    "curriculum.csv": """\
program,track,module,lesson,minutes,required,position
evening,DBT,Distress tolerance,TIPP,45,yes,1
evening,DBT,Distress tolerance,Review,30,no,2
evening,DBT,Mindfulness,Review,,,
day,Recovery,Cravings,Urge surfing,40,yes,1
""",
    "lessons.csv": """\
group,date,starts,module,lesson
Core,2026-10-26,17:30,,TIPP
Core,2026-11-02,17:30,Mindfulness,Review
Noon,2026-11-08,12:00,,Urge surfing
""",
}


def write(folder: Path, files: dict[str, str] | None = None, **changes: str) -> Path:
    """Write the files, or those of FILES with `changes` ({name without ending: text}) in place."""
    folder.mkdir(exist_ok=True)
    texts = dict(FILES if files is None else files)
    for name, text in changes.items():
        texts[next(file for file in FILES if file.startswith(f"{name}."))] = text
    for file, text in texts.items():
        (folder / file).write_text(text, newline="")
    return folder


def edit(file: str, old: str, new: str) -> dict[str, str]:
    """Return the files with one passage of one file changed; it must be there, once."""
    assert FILES[file].count(old) == 1, (file, old)
    return {**FILES, file: FILES[file].replace(old, new)}


def bring(folder: Path, now: datetime = NOW) -> Counts:
    """Import the folder as the command does, with nobody signed in."""
    return import_clinic_folder(folder=folder, now=now, by=None)


def problems_of(folder: Path) -> list[Problem]:
    """Return what is wrong with the folder; nothing where it is imported."""
    try:
        bring(folder)
    except FolderRefused as refused:
        return refused.problems
    return []


def everything() -> dict[str, list[str]]:
    """Return every row of every table as text, history and the audit trail included."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def held(group: str, **found: Any) -> list[GroupSession]:
    """Return the group's sessions, the earliest first."""
    sessions = GroupSession.objects.filter(group__name=group, **found)
    return list(sessions.select_related("room", "cancelled_for", "group__program__site"))


def on_the_wall(*moments: datetime | None) -> tuple[str, ...]:
    """Return the times as the clinic's clock shows them; a blank for none."""
    return tuple(f"{each.astimezone(NEW_YORK):%H:%M}" if each else "" for each in moments)
