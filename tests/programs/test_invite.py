"""The invite command: the way into a new installation."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import audit
from accounts.models import AuditEvent, Invitation, User
from programs.actions import assign_role
from programs.models import Role, StaffAssignment
from tests import build


def invite(email="dina@clinic.example", role="director", program="evening-iop", **more) -> str:
    out = StringIO()
    call_command("invite", email, role=role, program=program, stdout=out, **more)
    return out.getvalue()


def link_in(printed: str) -> str:
    """The path of the link that was printed."""
    return re.findall(r"http://testserver(/welcome/\S+/)", printed)[0]


def test_lets_a_new_person_in_to_the_program_in_the_role(program):
    printed = invite(name="Dina Osei")
    assert "dina@clinic.example may sign in as Program director in Evening IOP" in printed
    client = Client()
    client.post(link_in(printed), {"password1": "four plain words together"})
    assert get_user(client) == User.objects.get(name="Dina Osei")
    assert client.get("/", follow=True).status_code == 200


def test_leaves_a_trail(program):
    invite()
    events = AuditEvent.objects.order_by("pk")
    assert [event.verb for event in events] == ["user.added", "staff.assigned", "user.invited"]
    assigned = events[1]
    assert (assigned.program_id, assigned.detail) == (program.public_id, {"role": "director"})


def test_a_link_works_once(program):
    path = link_in(invite())
    assert Client().post(path, {"password1": "four plain words together"}).status_code == 302
    assert Client().get(path).status_code == 410


def test_again_for_the_same_person_makes_a_new_link_and_no_second_assignment(program):
    first, second = link_in(invite()), link_in(invite(email="Dina@Clinic.example"))
    assert User.objects.count() == StaffAssignment.objects.count() == 1
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_a_second_role_is_added_to_the_first(program, director):
    invite(email=director.email, role="clinician")
    assert set(director.assignments.values_list("role", flat=True)) == {"director", "clinician"}


def test_only_the_digest_of_a_link_is_kept(program):
    token = link_in(invite()).split("/")[2]
    assert token not in Invitation.objects.get().token_digest


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"role": "boss"}, "Known roles: admissions, clinician, facilitator, director, billing."),
        ({"program": "night"}, "No program has the code 'night'. Known codes: evening-iop."),
        ({"email": "dina"}, "dina cannot be invited: Enter a valid email address."),
    ],
)
def test_says_what_would_be_right_and_changes_nothing(program, asked, said):
    with pytest.raises(CommandError, match=re.escape(said)):
        invite(**asked)
    assert not User.objects.exists()
    assert not AuditEvent.objects.exists()


def test_before_there_is_a_program_says_to_import_a_clinic(db):
    with pytest.raises(CommandError, match="Import a clinic first"):
        invite()


def test_does_not_invite_back_one_who_left(program, director):
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="may not sign in any more"):
        invite(email=director.email)
    assert not Invitation.objects.exists()


def test_assigning_twice_is_assigning_once(program, director):
    for _ in range(2):
        assign_role(user=director, program=program, role=Role.BILLING, by=director)
    assert AuditEvent.objects.filter(verb="staff.assigned").count() == 1


def test_an_ended_assignment_is_followed_by_a_new_one(program, director):
    director.assignments.update(ended_at=build.NOW.replace(year=2100))
    assign_role(user=director, program=program, role=Role.DIRECTOR, by=None)
    assert director.assignments.count() == 2


def test_nothing_changes_when_the_trail_cannot_be_written(program, director, monkeypatch):
    monkeypatch.setattr(audit.AuditEvent, "save", _break)
    with pytest.raises(RuntimeError):
        assign_role(user=director, program=program, role=Role.BILLING, by=director)
    assert director.assignments.count() == 1


def _break(*args, **fields):
    raise RuntimeError("the disk is full")
