"""Builders: one plain function per thing, with defaults that satisfy every constraint.

Dates are texts such as "2026-11-23" or dates; times are local texts such as "09:00". Everything
happens around November 2026, a Monday is the 23rd, and the clocks went back on the 1st.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from attendance.models import AttendanceRecord, Presence, SignOff
from curriculum.models import Lesson, LessonVersion, Module, Track
from groups.models import (
    Facilitation,
    GroupMembership,
    GroupSession,
    MakeUpSeat,
    MeetingPattern,
    PatternFacilitator,
    ScheduleChange,
    ScheduleException,
    TherapyGroup,
)
from programs.models import (
    Clinic,
    Closure,
    ContactConsent,
    Enrollment,
    HoursRule,
    Leave,
    Order,
    Participant,
    Program,
    Role,
    Room,
    ScheduleRule,
    Site,
    StaffAssignment,
)
from programs.weeks import instant

CHICAGO = ZoneInfo("America/Chicago")
MONDAY = date(2026, 11, 23)
FIRST_DAY = date(2026, 11, 2)
# A Wednesday noon in Chicago, in the week of MONDAY.
NOW = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
PASSWORD = "plain words on a wall"

Day = date | str

_numbers = itertools.count(1)


def on(day: Day) -> date:
    """Return the date that "2026-11-23" or a date stands for."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def clock(text: str) -> time:
    """Return the time of day that "09:00" stands for."""
    return time.fromisoformat(text)


def moment(day: Day, text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    """Return the instant of a local date and a local time such as "09:00"."""
    return instant(on(day), clock(text), zone)


# --- the clinic and its people ----------------------------------------------------------------


def a_clinic(**fields: Any) -> Clinic:
    """Return the clinic; an installation has one, so a second call finds it."""
    return Clinic.objects.get_or_create(defaults={"name": "Prairie Clinic", **fields})[0]


def a_site(**fields: Any) -> Site:
    number = next(_numbers)
    defaults = {"code": f"site-{number}", "name": f"Site {number}", "timezone": str(CHICAGO)}
    return Site.objects.create(**{**defaults, **fields})


def the_site() -> Site:
    """Return the site at which everything is that is given none."""
    return Site.objects.filter(code="main").first() or a_site(code="main", name="Main site")


def a_room(site: Site | None = None, **fields: Any) -> Room:
    defaults = {"name": f"Room {next(_numbers)}", "capacity": 14}
    return Room.objects.create(site=site or the_site(), **{**defaults, **fields})


def a_program(site: Site | None = None, **fields: Any) -> Program:
    number = next(_numbers)
    defaults = {"code": f"iop-{number}", "name": f"IOP {number}", "seats": 24}
    return Program.objects.create(site=site or the_site(), **{**defaults, **fields})


def a_rule(program: Program, **fields: Any) -> HoursRule:
    """A rule of nine net hours on three days, from long before the tests' dates."""
    defaults = {
        "effective_from": date(2026, 1, 1),
        "min_minutes_per_week": 540,
        "max_minutes_per_week": 1_140,
        "min_days_per_week": 3,
        "min_minutes_per_day": 60,
        "count": "net_minutes",
        "citation": "Example rule 1.2",
    }
    return HoursRule.objects.create(program=program, **{**defaults, **fields})


def a_schedule_rule(program: Program, **fields: Any) -> ScheduleRule:
    """A rule of three to five days of two to three hours, from long before the tests' dates."""
    defaults = {
        "effective_from": date(2026, 1, 1),
        "min_days_per_week": 3,
        "max_days_per_week": 5,
        "min_minutes_per_day": 120,
        "max_minutes_per_day": 180,
        "citation": "Example rule 3.4",
    }
    return ScheduleRule.objects.create(program=program, **{**defaults, **_dates(fields)})


def a_closure(program: Program | None = None, **fields: Any) -> Closure:
    """A closed Thanksgiving: of one program, or of a whole site where `site` is given."""
    site = fields.pop("site", None) or (program.site if program else the_site())
    defaults = {"first_on": date(2026, 11, 26), "last_on": date(2026, 11, 26), "reason": "Holiday"}
    return Closure.objects.create(site=site, program=program, **{**defaults, **_dates(fields)})


def a_user(email: str = "", **fields: Any) -> User:
    """A member of staff whose password is PASSWORD."""
    number = next(_numbers)
    defaults = {"name": f"Colleague {number}", "password": PASSWORD}
    return User.objects.create_user(email or f"staff{number}@clinic.example", **defaults | fields)


def an_assignment(user: User, program: Program, role: Role, **fields: Any) -> StaffAssignment:
    return StaffAssignment.objects.create(user=user, program=program, role=role, **fields)


def a_colleague(program: Program, *roles: Role, **fields: Any) -> User:
    """A member of staff who works in the program in these roles."""
    user = a_user(**fields)
    for role in roles:
        an_assignment(user, program, role)
    return user


# --- participants and their episodes ----------------------------------------------------------


def a_participant(**fields: Any) -> Participant:
    number = next(_numbers)
    names = {"first_name": "Ada", "last_name": f"Nolan{number}"}
    return Participant.objects.create(
        **{"chart_number": f"C-{number:04}", **names, **_dates(fields)}
    )


def a_consent(participant: Participant | None = None, **fields: Any) -> ContactConsent:
    """Agreement to be texted, unless `channel` says otherwise."""
    return ContactConsent.objects.create(
        participant=participant or a_participant(), **{"channel": "sms", "given_at": NOW, **fields}
    )


def an_enrollment(
    program: Program | None = None, participant: Participant | None = None, **fields: Any
) -> Enrollment:
    """An open episode from FIRST_DAY on, of a new participant where none is given."""
    return Enrollment.objects.create(
        program=program or a_program(),
        participant=participant or a_participant(),
        **{"admitted_on": FIRST_DAY, **_dates(fields)},
    )


def an_order(enrollment: Enrollment, minutes_per_week: int = 720, **fields: Any) -> Order:
    """An order from the admission on."""
    return Order.objects.create(
        enrollment=enrollment,
        minutes_per_week=minutes_per_week,
        **{"effective_from": enrollment.admitted_on, **_dates(fields)},
    )


def a_leave(participant: Participant, first_on: Day, last_on: Day | None, **fields: Any) -> Leave:
    return Leave.objects.create(
        participant=participant, **_dates({"first_on": first_on, "last_on": last_on}), **fields
    )


# --- groups, their sessions, who belongs ------------------------------------------------------


def a_group(program: Program | None = None, **fields: Any) -> TherapyGroup:
    defaults = {"name": f"Skills {next(_numbers)}", "kind": "skills", "capacity": 12}
    return TherapyGroup.objects.create(program=program or a_program(), **{**defaults, **fields})


def a_pattern(
    group: TherapyGroup | None = None,
    starts: str = "09:00",
    ends: str = "12:00",
    *,
    breaks: str = "",
    facilitators: Iterable[User] = (),
    **fields: Any,
) -> MeetingPattern:
    """A weekly slot, on Mondays from FIRST_DAY on; breaks as "10:30-10:45;…"."""
    pattern = MeetingPattern.objects.create(
        group=group or a_group(),
        starts=clock(starts),
        ends=clock(ends),
        breaks=[[clock(start), clock(end)] for start, end in _stretches(breaks)],
        **{"weekday": 0, "first_on": FIRST_DAY, **_dates(fields)},
    )
    for user in facilitators:
        PatternFacilitator.objects.create(pattern=pattern, user=user)
    return pattern


def a_session(
    group: TherapyGroup | None = None,
    day: Day = MONDAY,
    starts: str = "09:00",
    ends: str = "12:00",
    *,
    breaks: str = "",
    facilitators: Iterable[User] = (),
    **fields: Any,
) -> GroupSession:
    """A session on one date, in its site's local time; breaks as "10:30-10:45;…"."""
    group = group or a_group()
    zone = group.program.zone
    if fields.get("pattern"):
        fields.setdefault("slot_on", on(day))
    session = GroupSession.objects.create(
        group=group,
        held_on=on(day),
        starts_at=moment(day, starts, zone),
        ends_at=moment(day, ends, zone),
        breaks=[
            (moment(day, start, zone), moment(day, end, zone)) for start, end in _stretches(breaks)
        ],
        **fields,
    )
    for user in facilitators:
        a_facilitation(session, user)
    return session


def a_facilitation(session: GroupSession, user: User, **fields: Any) -> Facilitation:
    return Facilitation.objects.create(session=session, user=user, **fields)


def a_membership(
    group: TherapyGroup, enrollment: Enrollment | None = None, **fields: Any
) -> GroupMembership:
    """A place in the group for the whole enrollment, a new one where none is given."""
    enrollment = enrollment or an_enrollment(group.program)
    whole = {"first_on": enrollment.admitted_on, "last_on": enrollment.discharged_on}
    return GroupMembership.objects.create(
        group=group, enrollment=enrollment, **{**whole, **_dates(fields)}
    )


def a_make_up_seat(session: GroupSession, enrollment: Enrollment, **fields: Any) -> MakeUpSeat:
    return MakeUpSeat.objects.create(
        session=session, enrollment=enrollment, **{"booked_at": NOW, **fields}
    )


def a_schedule_change(program: Program | None = None, **fields: Any) -> ScheduleChange:
    """A move of some session, made at NOW."""
    defaults = {"kind": "moved", "made_at": NOW}
    return ScheduleChange.objects.create(program=program or a_program(), **{**defaults, **fields})


def a_schedule_exception(program: Program | None = None, **fields: Any) -> ScheduleException:
    """A warning that somebody overrode at NOW, for one date: too few people, nobody reviewed it."""
    defaults = {
        "kind": "too_few",
        "first_on": MONDAY,
        "last_on": MONDAY,
        "reason": "Two are ill.",
        "made_at": NOW,
    }
    return ScheduleException.objects.create(
        program=program or a_program(), **{**defaults, **_dates(fields)}
    )


# --- attendance -------------------------------------------------------------------------------


def a_record(
    session: GroupSession, participant: Participant, *stretches: str, absence: str = ""
) -> AttendanceRecord:
    """A record with its stretches: "09:00-12:00", or "09:00-" where they have not left yet."""
    record = AttendanceRecord.objects.create(
        session=session, participant=participant, absence=absence, recorded_at=session.ends_at
    )
    for stretch in stretches:
        a_presence(record, stretch)
    return record


def a_presence(record: AttendanceRecord, stretch: str) -> Presence:
    """A stretch such as "09:00-12:00" or "09:00-" on the session's date, with its span."""
    day, zone = record.session.held_on, record.session.group.program.zone
    arrived, left = stretch.split("-")
    presence = Presence.objects.create(
        record=record,
        arrived_at=moment(day, arrived, zone),
        left_at=moment(day, left, zone) if left else None,
    )
    presence.refresh_from_db()  # the trigger has clipped it to the session
    return presence


def a_sign_off(session: GroupSession, user: User | None = None, **fields: Any) -> SignOff:
    """A signature under the session, at its end."""
    return SignOff.objects.create(
        session=session, signed_by=user or a_user(), **{"signed_at": session.ends_at, **fields}
    )


# --- curriculum -------------------------------------------------------------------------------


def a_lesson(program: Program | None = None, **fields: Any) -> Lesson:
    """A lesson in a module and track of its own, or in the `module` given, with one version."""
    module = fields.pop("module", None) or a_module(program)
    lesson = Lesson.objects.create(module=module, **{"name": f"Lesson {next(_numbers)}", **fields})
    LessonVersion.objects.create(
        lesson=lesson, number=1, minutes=lesson.minutes, written_at=NOW, published_at=NOW
    )
    return lesson


def a_module(program: Program | None = None, **fields: Any) -> Module:
    track = fields.pop("track", None) or a_track(program)
    return Module.objects.create(track=track, **{"name": f"Module {next(_numbers)}", **fields})


def a_track(program: Program | None = None, **fields: Any) -> Track:
    defaults = {"name": f"Track {next(_numbers)}"}
    return Track.objects.create(program=program or a_program(), **{**defaults, **fields})


def _dates(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: on(value) if name.endswith(("_on", "effective_from", "_date")) and value else value
        for name, value in fields.items()
    }


def _stretches(text: str) -> list[tuple[str, str]]:
    parts = (part.partition("-") for part in text.split(";") if part)
    return [(start, end) for start, _, end in parts]
