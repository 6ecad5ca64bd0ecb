"""Two browsers open the same link in the same moment, on real connections: one of them gets in."""

from __future__ import annotations

import pytest

from accounts.actions import InvitationClosed, accept_invitation, invite_user
from accounts.models import AuditEvent, User
from accounts.passwords.actions import ResetClosed, reset_password
from accounts.passwords.links import token_for
from tests import build
from tests.at_once import at_once
from tests.build import NOW

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = "four plain words together", "another phrase of five words"


def one_of(results: list[object], closed: type[Exception], verb: str, user: User) -> None:
    """Check that one act was done, and the other refused."""
    assert sorted(isinstance(each, closed) for each in results) == [False, True]
    winner = FIRST if not isinstance(results[0], closed) else SECOND
    user.refresh_from_db()
    assert user.check_password(winner)
    assert AuditEvent.objects.filter(verb=verb).count() == 1


def test_an_invitation_is_accepted_once():
    user = User.objects.create_user("new@clinic.example", name="Nia Webb")
    token = invite_user(user=user, now=NOW, by=None).token
    acts = [
        lambda password=password: accept_invitation(token=token, password=password, now=NOW)
        for password in (FIRST, SECOND)
    ]
    results = at_once(*acts, words=(InvitationClosed,))
    one_of(results, InvitationClosed, "user.accepted_invitation", user)


def test_a_link_to_a_new_password_is_used_once():
    user = build.a_user()
    token = token_for(user, NOW)
    acts = [
        lambda password=password: reset_password(token=token, password=password, now=NOW)
        for password in (FIRST, SECOND)
    ]
    results = at_once(*acts, words=(ResetClosed,))
    one_of(results, ResetClosed, "user.reset_password", user)
