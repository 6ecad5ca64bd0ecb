"""Which directors are told of an emergency elsewhere, and of a file that left in one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.emergency.actions import open_record
from programs.disclosing.actions import Held, Statement, state_disclosure, take_disclosure
from programs.models import Basis, Disclosure, Participant, Program, Recipient, Role
from reminders.models import StaffNotice
from reminders.notices.links import link_of
from tests import build
from tests.build import NOW
from tests.build_trust import a_disclosure, an_emergency_access

pytestmark = pytest.mark.django_db
WHY = "Fainted in the hall, no pulse."


@pytest.fixture
def elsewhere(clinic) -> Program:
    return build.a_program(code="day", name="Day Care PHP")


@pytest.fixture
def person(elsewhere: Program) -> Participant:
    person = build.a_participant(first_name="Marta", last_name="Quill")
    return build.an_enrollment(elsewhere, person).participant


def told() -> set[tuple[User, Program]]:
    return {(each.user, each.program) for each in StaffNotice.objects.all()}


def opened(person: Participant, program: Program, by: User):
    return open_record(person=person, program=program, reason=WHY, now=NOW, by=by)


def test_of_another_programs_record_ones_own_directors_are_told_too(
    program, elsewhere, person, director, facilitator
):
    theirs = build.a_colleague(elsewhere, Role.DIRECTOR)
    both = build.a_colleague(elsewhere, Role.DIRECTOR)
    build.an_assignment(both, program, Role.DIRECTOR)
    build.a_colleague(build.a_program(code="third"), Role.DIRECTOR)
    access = opened(person, elsewhere, facilitator)
    assert told() == {(theirs, elsewhere), (both, elsewhere), (director, program)}
    assert AuditEvent.objects.get(verb="emergency.opened").detail == {"told": 3}
    links = {
        each.user: link_of(each) for each in StaffNotice.objects.filter(about=access.public_id)
    }
    for who, where in ((theirs, elsewhere), (director, program)):
        here = reverse("emergency:review", args=[where.public_id])
        assert links[who] == settings.SITE_URL + here


def test_every_program_of_theirs_is_told_but_nobody_where_it_is_of_their_own(
    program, elsewhere, person, director, facilitator
):
    third = build.a_program(code="third")
    other = build.a_colleague(third, Role.DIRECTOR)
    build.an_assignment(facilitator, third, Role.FACILITATOR)
    opened(person, elsewhere, facilitator)
    assert told() == {(director, program), (other, third)}
    opened(build.an_enrollment(program).participant, program, facilitator)
    assert told() == {(director, program), (other, third)}
    assert StaffNotice.objects.filter(user=director).count() == 2


def test_a_director_sees_who_of_theirs_opened_one_elsewhere_and_not_whose(
    client_of, program, elsewhere, person, director, facilitator
):
    here = reverse("emergency:review", args=[program.public_id])
    client = client_of(director)
    began = timezone.now()
    an_emergency_access(elsewhere, person, user=facilitator, reason=WHY, started_at=began)
    page = client.get(here).content.decode()
    assert "Opened in other programs by staff of this one" in page
    assert facilitator.display_name in page
    for word in ("Quill", "no pulse", "Day Care", str(person.public_id)):
        assert word not in page


def test_what_is_opened_where_one_works_is_of_no_other_program(
    client_of, program, elsewhere, person, director, facilitator, clinician
):
    began = timezone.now()
    facilitator.assignments.update(started_at=began - timedelta(days=9))
    build.an_assignment(facilitator, elsewhere, Role.FACILITATOR)
    an_emergency_access(elsewhere, person, user=facilitator, started_at=timezone.now())
    # Before they came, and after they had left.
    an_emergency_access(elsewhere, person, user=clinician, started_at=began - timedelta(days=1))
    left = build.a_colleague(program, Role.CLINICIAN)
    left.assignments.update(ended_at=timezone.now())
    an_emergency_access(elsewhere, person, user=left, started_at=timezone.now())
    page = client_of(director).get(reverse("emergency:review", args=[program.public_id]))
    assert "Opened in other programs" not in page.content.decode()


def left_in_an_emergency(program: Program, by: User) -> Disclosure:
    urgent = Statement(
        Recipient.PROVIDER, Basis.EMERGENCY, "Emergency care", "Dr. Hale", "Fainted", "St. Anne"
    )
    return state_disclosure(
        what="summary:discharge",
        path="/summary/",
        statement=urgent,
        held=Held([build.an_enrollment(program).participant], {}),
        program=program,
        now=NOW,
        by=by,
    )


def test_of_a_file_that_left_in_an_emergency_every_other_director_is_told(
    program, elsewhere, director, clinician
):
    second = build.a_colleague(program, Role.DIRECTOR)
    build.a_colleague(program, Role.DIRECTOR, is_active=False)
    build.a_colleague(elsewhere, Role.DIRECTOR)
    disclosure = left_in_an_emergency(program, director)
    assert told() == set(), "stated, and nothing has left"
    take_disclosure(disclosure=disclosure, body=b"x", now=NOW, by=director)
    notice = StaffNotice.objects.get()
    assert (notice.user, notice.kind, notice.about) == (second, "opened", disclosure.public_id)
    assert (notice.status, notice.try_at) == ("planned", NOW)
    assert AuditEvent.objects.get(verb="disclosure.taken").detail["told"] == 1
    list_of_it = reverse("disclosures:disclosures", args=[program.public_id])
    assert link_of(notice) == settings.SITE_URL + list_of_it


def test_of_what_leaves_on_another_ground_nobody_is_told(program, director, clinician):
    ordinary = a_disclosure(program, build.an_enrollment(program).participant, by=clinician)
    take_disclosure(disclosure=ordinary, body=b"x", now=NOW, by=clinician)
    assert told() == set()
    assert "told" not in AuditEvent.objects.get(verb="disclosure.taken").detail


def test_nobody_is_told_of_what_the_trail_could_not_be_told_of(
    program, director, clinician, audit_fails
):
    person = build.an_enrollment(program).participant
    disclosure = a_disclosure(
        program,
        person,
        by=clinician,
        recipient="provider",
        recipient_name="Dr. Hale",
        basis="emergency",
        emergency="Fainted",
        affiliation="St. Anne",
    )
    with pytest.raises(IntegrityError):
        take_disclosure(disclosure=disclosure, body=b"x", now=NOW, by=clinician)
    assert told() == set()
    disclosure.refresh_from_db()
    assert disclosure.taken_at is None
