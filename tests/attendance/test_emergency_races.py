"""One person presses twice in the same moment, on real connections."""

from __future__ import annotations

import pytest

from accounts.models import AuditEvent
from attendance.emergency.actions import CannotReview, open_record, review_access
from programs.models import EmergencyAccess, Role
from reminders.models import StaffNotice
from tests import build
from tests.at_once import at_once
from tests.build import NOW
from tests.build_trust import an_emergency_access

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_open_it_once(program, facilitator, director):
    person = build.an_enrollment(program).participant

    def press():
        return open_record(
            person=person, program=program, reason="Fainted in the hall.", now=NOW, by=facilitator
        )

    first, second = at_once(press, press, words=())
    assert first == second == EmergencyAccess.objects.get()
    assert StaffNotice.objects.get().user == director
    assert AuditEvent.objects.filter(verb="emergency.opened").count() == 1


def test_two_directors_review_it_once(program):
    access = an_emergency_access(program)
    directors = [build.a_colleague(program, Role.DIRECTOR) for _ in range(2)]

    def review(by):
        return lambda: review_access(access=access, note=by.name, now=access.ends_at, by=by)

    results = at_once(*map(review, directors), words=(CannotReview,))
    assert sorted(type(each).__name__ for each in results) == ["CannotReview", "NoneType"]
    assert AuditEvent.objects.filter(verb="emergency.reviewed").count() == 1
