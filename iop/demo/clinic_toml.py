"""clinic.toml of the demo clinic: its site, rooms, staff, two programs and a closed day."""

from __future__ import annotations

from datetime import date, timedelta

from iop.demo.sign_ins import SIGN_INS
from iop.demo.timetable import (
    CLOSED_DAY,
    CLOSED_PROGRAM,
    DAY,
    EVENING,
    NOOR,
    TOMAS,
)
from programs.models import Weekday

STAFF = {
    "director": ("Miriam Castellanos", "LCSW"),
    "clinician": ("Jonah Adeyemi", "LPC"),
    "facilitator": ("Rosa Lindqvist", "LMFT"),
    "admissions": ("Theo Nakamura", ""),
    "billing": ("Priya Raman", ""),
}
CO_LEADERS = ((NOOR, "Noor Haddad", "LCSW"), (TOMAS, "Tomas Keller", "LADC"))
CITATION = "Example rule; verify with your license and payer contract"

CLINIC = """\
[clinic]
name = "{name}"

[[sites]]
code = "harbor-street"
name = "Harbor Street"
timezone = "{zone}"
reminder_sender = "Appointment desk"
callback_phone = "+13125550100"

[[rooms]]
site = "harbor-street"
name = "Harbor Room"
capacity = 16

[[rooms]]
site = "harbor-street"
name = "Garden Room"
capacity = 12
"""
PERSON = """
[[staff]]
email = "{email}"
name = "{name}"
credential = "{credential}"
roles = {{ "{day}" = "{role}", "{evening}" = "{role}" }}
"""
PROGRAM = """
[[programs]]
code = "{code}"
name = "{name}"
site = "harbor-street"
level_of_care = "2.1"
population = "adult"
track = "{track}"
week_starts_on = "{weekday}"
seats = {seats}

[[programs.rules]]
effective_from = {since}
min_minutes_per_week = 540
max_minutes_per_week = 1200
min_days_per_week = 3
min_minutes_per_day = 60
count = "net_minutes"
partial_weeks = "exempt"
closures = "count"
leave = "exempt"
citation = "{citation}"
"""
CLOSURE = """
[[closures]]
site = "harbor-street"
program = "{program}"
first_on = {day}
last_on = {day}
reason = "Staff training"
"""


def clinic_toml(anchor: date, name: str, zone: str) -> str:
    """Return the file; both programs' weeks begin on the anchor's weekday."""
    both = {"day": DAY, "evening": EVENING}
    parts = [CLINIC.format(name=name, zone=zone)]
    for each in SIGN_INS:
        role = each.email.partition("@")[0]
        called, credential = STAFF[role]
        parts.append(
            PERSON.format(email=each.email, name=called, credential=credential, role=role, **both)
        )
    for email, called, credential in CO_LEADERS:
        parts.append(
            PERSON.format(
                email=email, name=called, credential=credential, role="facilitator", **both
            )
        )
    parts.append(_program(anchor, DAY, "Mental health, days", "mental health", 28))
    parts.append(_program(anchor, EVENING, "Substance use, evenings", "substance use", 20))
    closed_on = anchor + timedelta(days=CLOSED_DAY)
    parts.append(CLOSURE.format(program=CLOSED_PROGRAM, day=closed_on))
    return "".join(parts)


def _program(anchor: date, code: str, name: str, track: str, seats: int) -> str:
    return PROGRAM.format(
        code=code,
        name=name,
        track=track,
        seats=seats,
        weekday=Weekday(anchor.weekday()).name.lower(),
        since=anchor,
        citation=CITATION,
    )
