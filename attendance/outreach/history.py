"""Reads what a program's people were expected at, what came of it, and who was written to.

A fixed number of statements, however many people and sessions there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from attendance.beforehand import had_said_no
from attendance.models import (
    Absence,
    AttendanceRecord,
    Outreach,
    OutreachKind,
    OutreachOutcome,
    Presence,
    SafetyAlert,
)
from attendance.outreach.missed import Came, Episode, Expected, Known
from groups.models import GroupSession, SessionStatus
from groups.models.session import GroupSessionQuerySet
from programs.models import Enrollment, Leave, Program
from programs.weeks import local_date

# Older absences are history: nobody is called about them now.
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True)
class Judged:
    """One enrollment with what its sessions say."""

    enrollment: Enrollment
    episode: Episode


def judged_of(program: Program, now: datetime) -> list[Judged]:
    """Return the episodes in which somebody was missed of late, or an outreach is open."""
    enrollments = _enrollments(program, now)
    sessions = _expected(program, enrollments, now)
    alerts, known = _alerts(program, enrollments), _known(enrollments)
    return [
        Judged(
            each,
            Episode(
                sessions=tuple(sessions[each.pk]),
                alerts=tuple(sorted(alerts[each.participant_id])),
                known=tuple(known[each.pk]),
            ),
        )
        for each in enrollments
    ]


def over(program: Program, now: datetime) -> GroupSessionQuerySet:
    """Return the program's sessions that were held and are over."""
    return GroupSession.objects.ended_by(now).filter(
        group__program=program, status=SessionStatus.SCHEDULED
    )


def _enrollments(program: Program, now: datetime) -> list[Enrollment]:
    """Who is looked at: who was missed of late, and whoever an open outreach is about."""
    today = local_date(now, program.zone)
    missed = AttendanceRecord.objects.filter(
        ~Exists(Presence.objects.filter(record=OuterRef("pk"))),
        participant=OuterRef("participant"),
        session__in=over(program, now).filter(closed_at=None, held_on__gte=today - LOOK_BACK),
    )
    away = Leave.objects.on(today).filter(participant=OuterRef("participant"))
    open_ones = Outreach.objects.open().filter(enrollment=OuterRef("pk"))
    found = Enrollment.objects.filter(program=program).annotate(
        is_missed=Exists(missed), is_away=Exists(away), has_open=Exists(open_ones)
    )
    in_care = Q(admitted_on__lte=today) & (Q(discharged_on=None) | Q(discharged_on__gte=today))
    wanted = found.filter(Q(has_open=True) | in_care & Q(is_missed=True, is_away=False))
    return list(wanted.select_related("participant").order_by("pk"))


def _may_open(enrollment: Enrollment, today: date) -> bool:
    """Say whether they are in care today, and not on leave."""
    return _covers(enrollment, today) and not enrollment.is_away  # type: ignore[attr-defined]


def _expected(
    program: Program, enrollments: Iterable[Enrollment], now: datetime
) -> dict[int, list[Expected]]:
    """Return the sessions at which each enrollment was expected, in order of time."""
    by_key = {each.pk: each for each in enrollments}
    leaves, states = _leaves(by_key.values()), _states(program, by_key.values())
    today = local_date(now, program.zone)
    opens = {key for key, each in by_key.items() if _may_open(each, today)}
    found: dict[int, list[Expected]] = defaultdict(list)
    for pk, starts_at, ends_at, held_on, closed_at, key in _places(program, by_key, now):
        enrollment = by_key[key]
        if not _covers(enrollment, held_on) or _is_in(leaves[enrollment.participant_id], held_on):
            continue
        found[key].append(
            Expected(
                session=pk,
                starts_at=starts_at,
                ends_at=ends_at,
                came=states.get((pk, enrollment.participant_id), Came.UNRECORDED),
                may_open=key in opens and closed_at is None and held_on >= today - LOOK_BACK,
            )
        )
    return found


def _places(program: Program, keys: Collection[int], now: datetime) -> list[tuple]:
    """Return session facts and enrollment for every membership and every seat, each pair once."""
    facts = ("pk", "starts_at", "ends_at", "held_on", "closed_at")
    held = over(program, now).order_by()
    members = held.filter(
        Q(group__memberships__last_on=None) | Q(group__memberships__last_on__gte=F("held_on")),
        group__memberships__first_on__lte=F("held_on"),
        group__memberships__enrollment__in=keys,
    ).values_list(*facts, "group__memberships__enrollment")
    guests = held.filter(
        makeup_seats__enrollment__in=keys, makeup_seats__released_at=None
    ).values_list(*facts, "makeup_seats__enrollment")
    return sorted(set(members) | set(guests), key=lambda row: (row[1], row[0]))


def _covers(enrollment: Enrollment, day: date) -> bool:
    last = enrollment.discharged_on
    return enrollment.admitted_on <= day and (last is None or day <= last)


def _leaves(enrollments: Iterable[Enrollment]) -> dict[int, list[tuple[date, date | None]]]:
    people = [each.participant_id for each in enrollments]
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for leave in Leave.objects.filter(participant__in=people):
        found[leave.participant_id].append((leave.first_on, leave.last_on))
    return found


def _is_in(spans: list[tuple[date, date | None]], day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def _states(program: Program, enrollments: Iterable[Enrollment]) -> dict[tuple[int, int], Came]:
    records = AttendanceRecord.objects.filter(
        session__group__program=program,
        participant__in=[each.participant_id for each in enrollments],
    ).annotate(
        was_there=Exists(Presence.objects.filter(record=OuterRef("pk"))), had_said=had_said_no()
    )
    rows = records.values_list("session", "participant", "absence", "was_there", "had_said")
    return {
        (session, person): _came(absence, there, had_said)
        for session, person, absence, there, had_said in rows
    }


def _came(absence: str, was_there: bool, had_said: bool) -> Came:
    """Return what a record says. Who had said that they cannot come is not one who never called.

    Unexcused stands all the same: the facilitator saw what was said, and decided.
    """
    if was_there:
        return Came.PRESENT
    if absence == Absence.EXCUSED or (had_said and absence != Absence.UNEXCUSED):
        return Came.EXCUSED
    return Came.UNEXPLAINED


def _alerts(program: Program, enrollments: Iterable[Enrollment]) -> dict[int, list[datetime]]:
    """Return when the sessions ended in which each person answered yes."""
    rows = SafetyAlert.objects.filter(
        check_in__session__group__program=program,
        check_in__participant__in=[each.participant_id for each in enrollments],
    ).values_list("check_in__participant", "check_in__session__ends_at")
    found: dict[int, list[datetime]] = defaultdict(list)
    for person, ended_at in rows:
        found[person].append(ended_at)
    return found


def _known(enrollments: Iterable[Enrollment]) -> dict[int, list[Known]]:
    found: dict[int, list[Known]] = defaultdict(list)
    rows = Outreach.objects.filter(enrollment__in=list(enrollments)).select_related("session")
    for each in rows:
        found[each.enrollment_id].append(
            Known(
                key=each.pk,
                kind=OutreachKind(each.kind),
                session=each.session_id,
                session_starts_at=each.session.starts_at,
                closed_at=each.closed_at,
                closed_itself=closed_itself(each),
            )
        )
    return found


def closed_itself(outreach: Outreach) -> bool:
    """Whether the absence was explained before anybody acted on it."""
    return outreach.outcome == OutreachOutcome.EXPLAINED and outreach.closed_by_id is None
