"""A site with its rooms, programs, rules and closures, and who works there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from accounts.encryption import encrypt
from accounts.models import User
from iop.scale.clock import Clock
from iop.scale.names import a_name
from iop.scale.size import Size
from iop.scale.tables import Tables
from programs.models import (
    AlertRule,
    Closure,
    HoursRule,
    Program,
    RecordRule,
    Role,
    Site,
    StaffAssignment,
)
from programs.weeks import DAYS

# One zone without daylight saving time in the contiguous states, one that is further west still.
ZONES = (
    ("America/Chicago", "IL"),
    ("America/Phoenix", "AZ"),
    ("America/New_York", "NY"),
    ("America/Denver", "CO"),
    ("America/Los_Angeles", "CA"),
    ("America/Indiana/Indianapolis", "IN"),
    ("America/Anchorage", "AK"),
    ("America/Boise", "ID"),
    ("Pacific/Honolulu", "HI"),
    ("America/Detroit", "MI"),
)
WEEKS_START_ON = (0, 0, 0, 6, 0, 0, 5, 0, 3)
COUNTS = ("net_minutes",) * 5 + ("scheduled_span", "clinical_hours")
KINDS = "{process,skills,psychoeducation,relapse_prevention}"
CITATION = "Made up for measuring"
BEFORE = timedelta(days=365)
SPARE_SEATS = 10
CREDENTIALS = {Role.CLINICIAN: "LCSW", Role.FACILITATOR: "LPC"}
HOLIDAYS = ((1, 1, "New Year's Day"), (7, 4, "Independence Day"), (12, 25, "Christmas Day"))


@dataclass
class Place:
    """A site while its rows are made."""

    rows: Tables
    size: Size
    password: str
    number: int
    key: int
    clock: Clock
    random: Random
    closed: dict[date, int]
    physician: str
    staff: dict[Role, int] = field(default_factory=dict)


@dataclass
class Course:
    """A program of it: the days on which it alone is closed come on top of the site's."""

    key: int
    ordinal: int
    name: str
    is_for_youth: bool
    starts_on: int
    closed: dict[date, int]


def add_site(rows: Tables, size: Size, number: int, password: str) -> Place:
    """Add a site with its closures.

    Nobody can sign in where `password` is not the hash of one.
    """
    zone, state = ZONES[(number - 1) % len(ZONES)]
    key = rows[Site].add(f"site-{number:03}", f"Site {number:03}", zone, state)
    closed = {
        day: rows[Closure].add(key, None, day, day, reason)
        for day, reason in _holidays(size.first_on.year, size.last_on.year)
        if size.first_on <= day <= size.last_on
    }
    clock, random = Clock(ZoneInfo(zone)), Random(f"{size.seed} {number}")  # noqa: S311 (drawn again alike)
    physician = encrypt("Willow Stillbrook, MD")
    return Place(rows, size, password, number, key, clock, random, closed, physician)


def _holidays(first: int, last: int) -> list[tuple[date, str]]:
    days = []
    for year in range(first, last + 1):
        days += [(date(year, month, day), name) for month, day, name in HOLIDAYS]
        november = date(year, 11, 1)
        thursday = november + timedelta(days=(3 - november.weekday()) % DAYS + 3 * DAYS)
        days.append((thursday, "Thanksgiving"))
    return days


def add_program(place: Place, number: int) -> Course:
    """Add a program with its rules; every second site's second one is for adolescents."""
    rows, size = place.rows, place.size
    ordinal = rows[Program].count
    is_for_youth = number % 2 == 0 and place.number % 2 == 0
    population = "adolescents" if is_for_youth else "adults"
    name = f"{population.title()} {place.number:03}-{number}"
    starts_on = WEEKS_START_ON[ordinal % len(WEEKS_START_ON)]
    code = f"site-{place.number:03}-{number}"
    seats = size.participants + SPARE_SEATS
    key = rows[Program].add(place.key, code, name, population, starts_on, seats)
    course = Course(key, ordinal, name, is_for_youth, starts_on, dict(place.closed))
    _add_rules(place, course)
    day = size.first_on + timedelta(days=place.random.randrange(DAYS * size.weeks))
    if ordinal % 3 == 0 and day not in course.closed:
        course.closed[day] = rows[Closure].add(place.key, key, day, day, "No heating")
    return course


def _add_rules(place: Place, course: Course) -> None:
    rows, size, ordinal = place.rows, place.size, course.ordinal
    begin = size.first_on - BEFORE
    least = 360 if course.is_for_youth else 540
    count = COUNTS[ordinal % len(COUNTS)]
    kinds = KINDS if ordinal % 5 == 0 else None
    gap = 6 if ordinal % 4 == 1 else None
    rows[HoursRule].add(course.key, begin, least, 1140, 3, 60, count, kinds, gap, CITATION)
    if ordinal % 3 == 1:
        middle = size.first_on + timedelta(weeks=size.weeks // 2)
        changed = middle + timedelta(days=(course.starts_on - middle.weekday()) % DAYS)
        more = least + 60
        rows[HoursRule].add(course.key, changed, more, 1140, 3, 60, count, kinds, gap, CITATION)
    if ordinal % 4 == 0:
        rows[AlertRule].add(course.key, begin, 48, 3, 2, CITATION)
    if ordinal % 5 == 2:
        rows[RecordRule].add(course.key, begin, 10, CITATION)


def add_staff(place: Place, courses: list[Course]) -> None:
    """Add who works in every program of the site, one person for each role."""
    for role in (Role.DIRECTOR, Role.ADMISSIONS, Role.BILLING, Role.CLINICIAN):
        place.staff[role] = add_user(place, role, *courses)


def add_user(place: Place, role: Role, *courses: Course) -> int:
    """Add a member of staff who works in these programs."""
    rows = place.rows
    number = rows[User].count + 1
    email = f"{role}-{number}@site-{place.number:03}.example"
    credential = CREDENTIALS.get(role, "")
    name = " ".join(a_name(place.random))
    began = place.clock.at(place.size.first_on - BEFORE, 9 * 60)
    user = rows[User].add(place.password, email, name, credential, began)
    for course in courses:
        rows[StaffAssignment].add(user, course.key, role, began)
    return user
