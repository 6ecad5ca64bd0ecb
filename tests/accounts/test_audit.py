"""The trail: what a line holds, and that no line is ever changed."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.actions import choose_theme
from accounts.audit import current_address, write_audit
from accounts.models import AuditEvent, Theme, User
from tests import build

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_about_whom_and_from_where():
    user, program, participant = build.a_user(), build.a_program(), build.a_participant()
    token = current_address.set("192.0.2.7")
    try:
        write_audit(
            "participant.read",
            by=user,
            subject=participant,
            participant_id=participant.public_id,
            program_id=program.public_id,
            rows=3,
        )
    finally:
        current_address.reset(token)
    line = AuditEvent.objects.get()
    assert (line.verb, line.by) == ("participant.read", user)
    assert (line.subject_kind, line.subject_id) == ("participant", participant.public_id)
    assert (line.participant_id, line.program_id) == (participant.public_id, program.public_id)
    assert (line.detail, line.address) == ({"rows": 3}, "192.0.2.7")
    assert line.at is not None
    assert str(line) == "participant.read participant"


def test_the_system_needs_no_user_and_no_subject():
    line = write_audit("weekly_hours.checked", by=None)
    line.refresh_from_db()
    assert (line.by, line.subject_kind, line.subject_id) == (None, "", None)
    assert (line.detail, line.address) == ({}, None)


def test_a_line_is_gone_with_what_it_tells_of():
    with transaction.atomic():
        write_audit("user.invited", by=None)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


def test_nothing_changes_that_the_trail_cannot_tell(audit_fails: None):
    user = build.a_user()
    with pytest.raises(IntegrityError, match="audit_fails"):
        choose_theme(theme=Theme.DARK, by=user)
    assert User.objects.get(pk=user.pk).theme == Theme.AUTO


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET verb = 'nothing'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
    ],
)
def test_no_line_is_changed_or_taken_away(statement: str):
    write_audit("user.invited", by=None, subject_of=str(uuid.uuid4()))
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get().verb == "user.invited"
