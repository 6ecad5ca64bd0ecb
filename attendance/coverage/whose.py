"""Whom somebody sees on coverage pages: the program's people, or those of their own sessions."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from attendance.models import AttendanceRecord
from attendance.whose import refuse_row, sessions_of
from curriculum.models import Lesson
from groups.models import GroupMembership, MakeUpSeat, TherapyGroup
from programs.access import Access
from programs.models import Enrollment, Program
from programs.models.enrollment import EnrollmentQuerySet
from programs.weeks import local_date
from programs.who_may import Scope

READ = "coverage.read"


def people_in_sight(access: Access, program: Program, *, now: datetime) -> EnrollmentQuerySet:
    """Return the episodes in force today whose coverage one may read."""
    today = local_date(now, program.zone)
    people = Enrollment.objects.visible_to(access.user).begun().covering(today)
    people = people.filter(program=program)
    if access.scope(READ, program) is not Scope.OWN:
        return people
    sessions, held = sessions_of(access, program, READ), F("group__sessions__held_on")
    member = GroupMembership.objects.filter(
        Q(last_on=None) | Q(last_on__gte=held), first_on__lte=held, group__sessions__in=sessions
    )
    guest = MakeUpSeat.objects.held().filter(session__in=sessions)
    seen = AttendanceRecord.objects.filter(session__in=sessions)
    return people.filter(
        Exists(member.filter(enrollment=OuterRef("pk")))
        | Exists(guest.filter(enrollment=OuterRef("pk")))
        | Exists(seen.filter(participant=OuterRef("participant")))
    )


def group_in_sight(access: Access, program: Program, group_id: uuid.UUID) -> TherapyGroup:
    """Return the group. Raises Http404, and PermissionDenied where one leads none of it."""
    visible = TherapyGroup.objects.visible_to(access.user)
    visible = visible.filter(program=program, public_id=group_id)
    found = visible.select_related("program__site")
    if access.scope(READ, program) is Scope.OWN:
        found = found.filter(
            Exists(sessions_of(access, program, READ).filter(group=OuterRef("pk")))
        )
    return found.first() or refuse_row(visible)


def members_now(
    group: TherapyGroup, people: EnrollmentQuerySet, *, now: datetime
) -> EnrollmentQuerySet:
    """Return those of the people who are in the group today."""
    today = local_date(now, group.program.zone)
    member = GroupMembership.objects.on(today).filter(group=group, enrollment=OuterRef("pk"))
    return people.filter(Exists(member))


def lesson_in_sight(access: Access, program: Program, lesson_id: uuid.UUID) -> Lesson:
    """Return the lesson of the program with its module and track. Raises Http404."""
    lessons = Lesson.objects.visible_to(access.user).of_program(program)
    found = lessons.select_related("module__track").filter(public_id=lesson_id).first()
    return found or refuse_row(lessons.none())
