"""The way in: a link that works once, for one person, for a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.actions import InvitationClosed, accept_invitation, invite_user
from accounts.models import AuditEvent, Invitation, User
from accounts.models.invitation import digest
from tests import build
from tests.build import NOW, PASSWORD
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def invited() -> User:
    """Someone who has an account and no password yet."""
    return User.objects.create_user("new@clinic.example", name="Nia Webb")


def test_an_invitation_ends_after_it_begins(invited: User):
    row = invite_user(user=invited, now=NOW, by=None).invitation
    with refused("invitation_expires_after_made"):
        Invitation.objects.filter(pk=row.pk).update(expires_at=NOW)
    explains(row, "invitation_expires_after_made", expires_at=NOW)


def test_inviting_keeps_only_a_digest_and_a_line_of_the_trail(invited: User):
    director = build.a_user()
    made = invite_user(user=invited, now=NOW, by=director)
    row = Invitation.objects.get()
    assert row.token_digest == digest(made.token)
    assert made.token not in str(vars(row))
    assert (row.made_at, row.expires_at, row.invited_by) == (NOW, NOW + WEEK, director)
    line = AuditEvent.objects.get()
    assert (line.verb, line.by, line.subject_id) == ("user.invited", director, invited.public_id)
    assert str(row) == f"invitation of {invited.pk}"


@pytest.mark.parametrize(
    ("at", "is_open"),
    [(NOW, True), (NOW + WEEK - MINUTE, True), (NOW + WEEK, False), (NOW + 2 * WEEK, False)],
)
def test_a_link_is_open_for_a_week(invited: User, at, is_open: bool):
    made = invite_user(user=invited, now=NOW, by=None)
    found = Invitation.objects.open_at(at).with_token(made.token)
    assert found.exists() is is_open


def test_a_secret_opens_its_own_link_only(invited: User):
    first = invite_user(user=invited, now=NOW, by=None)
    second = invite_user(user=build.a_user(), now=NOW, by=None)
    assert first.token != second.token
    assert Invitation.objects.with_token(first.token).get() == first.invitation
    assert not Invitation.objects.with_token(first.invitation.token_digest).exists()


def test_a_new_invitation_closes_the_one_before(invited: User):
    first = invite_user(user=invited, now=NOW, by=None)
    second = invite_user(user=invited, now=NOW + MINUTE, by=None)
    open_now = Invitation.objects.open_at(NOW + MINUTE)
    assert list(open_now) == [second.invitation]
    with pytest.raises(InvitationClosed):
        accept_invitation(token=first.token, password=PASSWORD, now=NOW + MINUTE)


def test_accepting_sets_the_password_and_closes_the_link(invited: User):
    token = invite_user(user=invited, now=NOW, by=None).token
    assert accept_invitation(token=token, password=PASSWORD, now=NOW) == invited
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)
    assert Invitation.objects.get().accepted_at == NOW
    assert AuditEvent.objects.filter(verb="user.accepted_invitation", by=invited).count() == 1
    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, password="another phrase of words", now=NOW)
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["short", "password123456", "new@clinic.example"])
def test_a_weak_password_changes_nothing(invited: User, password: str):
    token = invite_user(user=invited, now=NOW, by=None).token
    with pytest.raises(ValidationError):
        accept_invitation(token=token, password=password, now=NOW)
    invited.refresh_from_db()
    assert not invited.has_usable_password()
    assert Invitation.objects.open_at(NOW).exists()


def test_no_way_in_for_who_may_not_sign_in_any_more(invited: User):
    token = invite_user(user=invited, now=NOW, by=None).token
    User.objects.filter(pk=invited.pk).update(is_active=False)
    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, password=PASSWORD, now=NOW)


def test_an_unknown_link_is_closed():
    with pytest.raises(InvitationClosed):
        accept_invitation(token="never made", password=PASSWORD, now=NOW)


def test_nobody_is_invited_without_the_trail(invited: User, audit_fails: None):
    with pytest.raises(IntegrityError, match="audit_fails"):
        invite_user(user=invited, now=NOW, by=None)
    assert not Invitation.objects.exists()
