"""A colleague's account: the end of their work in one step, back again, a link, a lost phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite_user
from accounts.models import AuditEvent, Invitation, User
from attendance.ending.actions import CannotEnd, end_work
from attendance.ending.reasons import EndReason
from groups.feeds.actions import make_feed
from groups.models import CalendarFeed
from programs.models import Program, Role, StaffAssignment
from reminders.models import ReminderStatus
from tests import build, build_reminders

pytestmark = pytest.mark.django_db
NOT_THERE = 404


@pytest.fixture
def address(program: Program, facilitator: User) -> Callable[[str], str]:
    def of(view: str, user: User = facilitator) -> str:
        return reverse(f"ending:{view}", args=[program.public_id, user.public_id])

    return of


@pytest.fixture
def page(client_of, director, address) -> Callable[[], str]:
    client = client_of(director)
    return lambda: " ".join(client.get(address("account")).content.decode().split())


def end(user: User, program: Program, by: User, **more):
    more = {"reason": EndReason.LEFT, "now": timezone.now(), **more}
    return end_work(user=user, program=program, by=by, **more)


def a_factor(user: User) -> Authenticator:
    return Authenticator.objects.create(user=user, type="totp", data={"secret": "none"})


# --- the end ----------------------------------------------------------------------------------


def test_everything_ends_at_once(client_of, director, facilitator, program, address):
    now = timezone.now()
    feed = make_feed(program=None, now=now, by=facilitator)
    invite_user(user=facilitator, now=now - timedelta(hours=1), by=director)
    notice = build_reminders.a_notice(facilitator, program)
    factor = a_factor(facilitator)
    theirs = client_of(facilitator)
    ics = reverse("feeds:ics", args=[feed.secret])
    assert theirs.get("/my/sessions/").status_code == 200
    assert Client().get(ics).status_code == 200

    answer = client_of(director).post(address("end"), {"end-reason": "left"}, follow=True)
    assert "They are signed out everywhere." in answer.content.decode()

    assert theirs.get("/my/sessions/")["Location"].startswith("/sign-in/")
    assert Client().get(ics).status_code == NOT_THERE
    assert not Invitation.objects.open_at(timezone.now()).exists()
    notice.refresh_from_db()
    assert notice.status == ReminderStatus.SKIPPED
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    facilitator.refresh_from_db()
    assert not facilitator.is_active
    event = AuditEvent.objects.get(verb="staff.work_ended")
    assert event.by == director
    assert event.subject_id == facilitator.public_id
    assert event.program_id == program.public_id
    assert event.detail == {"reason": "left", "roles": 1, "notices": 1, "is_closed": True}
    signs_in = {"login": facilitator.email, "password": build.PASSWORD}
    assert Client().post("/sign-in/", signs_in).status_code == 200


def test_who_works_elsewhere_keeps_the_account(client_of, director, facilitator, program):
    other = build.a_program(code="day", name="Day")
    build.an_assignment(facilitator, other, Role.FACILITATOR)
    own = make_feed(program=None, now=timezone.now(), by=facilitator).feed
    here = build_reminders.a_notice(facilitator, program)
    there = build_reminders.a_notice(facilitator, other)
    theirs = client_of(facilitator)
    ended = end(facilitator, program, director)
    assert (ended.is_closed, ended.notices) == (False, 1)
    assert theirs.get(reverse("hours:board", args=[program.public_id])).status_code == NOT_THERE
    assert theirs.get("/my/sessions/").status_code == 200
    assert CalendarFeed.objects.get(pk=own.pk).revoked_at is None
    here.refresh_from_db()
    there.refresh_from_db()
    assert [here.status, there.status] == [ReminderStatus.SKIPPED, ReminderStatus.PLANNED]


def test_what_they_lead_and_owe_is_shown_before(page, facilitator, program):
    now = timezone.now()
    group = build.a_group(program, name="Process B")
    ahead = build.a_session(group, (now + timedelta(days=3)).date())
    build.a_facilitation(ahead, facilitator)
    html = page()
    assert "Process B" in html
    assert "the account closes now" in html
    assert "What they still lead and owe stays in their name" in html


def test_nobody_ends_their_own_work(client_of, director, program, address):
    answer = client_of(director).post(address("end", director), {"end-reason": "left"})
    assert answer.status_code == 422
    assert "Nobody ends their own work." in answer.content.decode()
    assert StaffAssignment.objects.current().filter(user=director).exists()


def test_a_second_time_is_refused(director, facilitator, program):
    end(facilitator, program, director)
    with pytest.raises(CannotEnd, match="no role in this program any more"):
        end(facilitator, program, director)


def test_a_reason_is_asked_for(client_of, director, facilitator, address):
    answer = client_of(director).post(address("end"), {})
    assert answer.status_code == 422
    assert "Choose why it ends" in answer.content.decode()
    assert StaffAssignment.objects.current().filter(user=facilitator).exists()


def test_all_of_it_or_nothing(audit_fails, director, facilitator, program, client_of):
    theirs = client_of(facilitator)
    with pytest.raises(DatabaseError), transaction.atomic():
        end(facilitator, program, director)
    facilitator.refresh_from_db()
    assert facilitator.is_active
    assert facilitator.check_password(build.PASSWORD)
    assert StaffAssignment.objects.current().filter(user=facilitator).exists()
    assert theirs.session.session_key


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 403) for who in ("facilitator", "clinician", "administrator", "billing")),
        ("director", 200),
        ("stranger", 404),
    ],
)
def test_who_may(request, client_of, program, who, status, address):
    client = client_of(request.getfixturevalue(who))
    former = reverse("ending:former", args=[program.public_id])
    assert [client.get(each).status_code for each in (address("account"), former)] == [status] * 2


def test_a_colleague_of_another_program_is_not_found(client_of, director, stranger, address):
    assert client_of(director).get(address("account", stranger)).status_code == NOT_THERE


# --- back again, a link, a lost phone ---------------------------------------------------------


def link_in(html: str) -> str:
    found = re.search(r"http://testserver(/welcome/[\w-]+/)", html)
    assert found
    return found[1]


def test_who_left_can_be_taken_back(client_of, director, facilitator, program, address):
    end(facilitator, program, director)
    client = client_of(director)
    former = client.get(reverse("ending:former", args=[program.public_id])).content.decode()
    assert "Fay Marlow" in former
    answer = client.post(address("back"), {"back-role": "clinician"})
    welcome = link_in(answer.content.decode())
    fresh = Client()
    fresh.post(welcome, {"password1": "four plain words together"})
    assert fresh.get(reverse("hours:board", args=[program.public_id])).status_code == 200
    facilitator.refresh_from_db()
    assert facilitator.is_active
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert {"user.reopened", "staff.assigned", "user.invited"} <= set(verbs)


def test_a_session_of_before_does_not_come_back(client_of, director, facilitator, program, address):
    theirs = client_of(facilitator)
    end(facilitator, program, director)
    client_of(director).post(address("back"), {"back-role": "facilitator"})
    assert theirs.get("/my/sessions/")["Location"].startswith("/sign-in/")


def test_a_link_is_shown_once_where_no_email_goes_out(client_of, director, address):
    client = client_of(director)
    html = client.post(address("link")).content.decode()
    assert link_in(html)
    assert "/welcome/" not in client.get(address("account")).content.decode()


def test_a_link_goes_to_its_owner_by_email(client_of, director, facilitator, address, settings):
    settings.EMAIL_URL = "smtp://mail.example"
    facilitator.language = "es"
    facilitator.save()
    html = client_of(director).post(address("link"), follow=True).content.decode()
    assert "The link is on its way to them by email." in html
    assert "/welcome/" not in html
    assert mail.outbox[0].to == [facilitator.email]
    assert link_in(str(mail.outbox[0].body))


def test_a_lost_phone(client_of, director, facilitator, program, address, settings):
    settings.EMAIL_URL = "smtp://mail.example"
    a_factor(facilitator)
    theirs = client_of(facilitator)
    theirs.get("/my/sessions/")
    session = theirs.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=2)).isoformat()
    session.save()
    theirs.get("/my/sessions/")
    client_of(director).post(address("factors"), {"factor-reason": "lost"})
    assert not Authenticator.objects.filter(user=facilitator).exists()
    assert theirs.get("/my/sessions/")["Location"].startswith("/sign-in/")
    assert "removed" in mail.outbox[0].body
    event = AuditEvent.objects.get(verb="staff.factors_removed")
    assert (event.by, event.detail) == (director, {"reason": "lost", "count": 1})


@pytest.fixture
def elsewhere(facilitator) -> Program:
    """A program that the director does not direct, where the facilitator works now."""
    other = build.a_program(code="quiet-house", name="Quiet House")
    build.an_assignment(facilitator, other, Role.FACILITATOR)
    return other


def assert_out_of_reach(client: Client, user: User, address: Callable[[str], str]) -> None:
    """Neither a link is made nor a factor removed, and the page offers neither, in words."""
    a_factor(user)
    html = client.get(address("account")).content.decode()
    assert "works in a program that you do not direct" in html
    assert address("link") not in html
    assert address("factors") not in html
    assert "Quiet House" not in html
    answer = client.post(address("link"), follow=True).content.decode()
    assert "has to do it together with you" in answer
    assert "/welcome/" not in answer
    refused = client.post(address("factors"), {"factor-reason": "lost"})
    assert refused.status_code == 422
    assert "has to do it together with you" in refused.content.decode()
    assert Authenticator.objects.filter(user=user).exists()
    assert not Invitation.objects.exists()


def test_who_works_elsewhere_too_is_out_of_reach(
    client_of, director, facilitator, elsewhere, address
):
    theirs = client_of(facilitator)
    assert_out_of_reach(client_of(director), facilitator, address)
    assert theirs.get("/my/sessions/").status_code == 200


def test_who_works_only_elsewhere_by_now_is_out_of_reach(
    client_of, director, facilitator, program, elsewhere, address
):
    end(facilitator, program, director)
    client = client_of(director)
    assert_out_of_reach(client, facilitator, address)
    Authenticator.objects.all().delete()
    answer = client.post(address("back"), {"back-role": "facilitator"}, follow=True)
    assert "sign in as before" in answer.content.decode()
    assert StaffAssignment.objects.current().filter(user=facilitator, program=program).exists()
    assert_out_of_reach(client, facilitator, address)


def test_who_directs_both_programs_may(client_of, director, facilitator, elsewhere, address):
    build.an_assignment(director, elsewhere, Role.CLINICIAN)
    assert_out_of_reach(client_of(director), facilitator, address)
    build.an_assignment(director, elsewhere, Role.DIRECTOR)
    client = client_of(director)
    assert link_in(client.post(address("link")).content.decode())
    client.post(address("factors"), {"factor-reason": "lost"})
    assert not Authenticator.objects.filter(user=facilitator).exists()


def test_a_closed_account_that_still_has_a_role_elsewhere_stays_closed(
    client_of, director, facilitator, program, elsewhere, address
):
    StaffAssignment.objects.filter(program=program, user=facilitator).update(
        ended_at=timezone.now()
    )
    User.objects.filter(pk=facilitator.pk).update(is_active=False)
    answer = client_of(director).post(address("back"), {"back-role": "facilitator"})
    assert answer.status_code == 422
    assert "has to do it together with you" in answer.content.decode()
    facilitator.refresh_from_db()
    assert not facilitator.is_active
    assert not StaffAssignment.objects.current().filter(user=facilitator, program=program).exists()


def test_who_works_nowhere_is_taken_back_first(client_of, director, facilitator, program, address):
    StaffAssignment.objects.filter(user=facilitator).update(ended_at=timezone.now())
    answer = client_of(director).post(address("link"), follow=True).content.decode()
    assert "Take them back first." in answer
    assert not Invitation.objects.exists()


def test_one_s_own_factors_are_not_removed_here(client_of, director, address):
    a_factor(director)
    answer = client_of(director).post(address("factors", director), {"factor-reason": "lost"})
    assert answer.status_code == 422
    assert Authenticator.objects.filter(user=director).exists()
