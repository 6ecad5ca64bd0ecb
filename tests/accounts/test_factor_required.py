"""Outside the demo a password alone opens nothing once the days of grace are over."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.factors.actions import ask_for_factor, take_away_factors
from accounts.factors.grace import grace
from accounts.models import AuditEvent, User
from tests import build
from tests.accounts.signing import verbs, with_app
from tests.build import NOW

SET_UP = "/my/sign-in/"
DAY = timedelta(days=1)


@pytest.fixture
def required(settings) -> None:
    settings.SECOND_FACTOR_DAYS = 7


@pytest.fixture
def board(program) -> str:
    return reverse("hours:board", args=[program.public_id])


def asked(user: User, days_ago: float) -> None:
    at = timezone.now() - days_ago * DAY
    User.objects.filter(pk=user.pk).update(factor_asked_at=at)


@pytest.mark.parametrize(
    ("days", "later", "is_over"),
    [
        (7, timedelta(0), False),
        (7, 7 * DAY - timedelta(seconds=1), False),
        (7, 7 * DAY, True),
        (0, timedelta(0), True),
    ],
)
def test_grace_is_over_after_so_many_days(days, later, is_over):
    found = grace(asked_at=NOW, days=days, now=NOW + later)
    assert (found.is_over, found.ends_at) == (is_over, NOW + days * DAY)


@pytest.mark.usefixtures("required")
def test_the_first_page_asks_and_says_until_when(client_of, director, board):
    page = client_of(director).get(board).content.decode()
    director.refresh_from_db()
    assert director.factor_asked_at
    assert "Set up a passkey or an app by" in page
    assert verbs() == ["factor.asked"]
    client_of(director).get(board)
    assert verbs() == ["factor.asked"]


@pytest.mark.usefixtures("required")
def test_after_grace_only_setting_up_and_going_are_open(client_of, director, board):
    asked(director, days_ago=7)
    client = client_of(director)
    assert client.get(board)["Location"] == SET_UP
    assert client.post(board)["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "Set up a passkey or an app to go on." in page
    assert client.get(reverse("account_change_password"))["Location"] == SET_UP
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith("/my/once-more/")
    assert client.post(reverse("account_logout"))["Location"] == "/sign-in/"


@pytest.mark.usefixtures("required")
def test_after_grace_a_fragment_leads_the_whole_page(client_of, director, board):
    asked(director, days_ago=8)
    response = client_of(director).get(board, headers={"hx-request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, SET_UP)


@pytest.mark.usefixtures("required")
def test_whoever_has_a_factor_is_looked_up_once(
    client_of, director, board, django_assert_num_queries, settings
):
    asked(with_app(director), days_ago=30)
    client = client_of(director)
    page = client.get(board)
    assert page.status_code == 200
    assert "Set up a passkey" not in page.content.decode()
    with CaptureQueriesContext(connection) as with_it:
        client.get(board)
    settings.SECOND_FACTOR_DAYS = None
    with django_assert_num_queries(len(with_it)):
        client.get(board)


@pytest.mark.usefixtures("required")
def test_who_sets_one_up_goes_on_at_once(client_of, director, board):
    asked(director, days_ago=8)
    client = client_of(director)
    assert client.get(board).status_code == 302
    with_app(director)
    assert client.get(board).status_code == 200


def test_with_no_days_it_is_asked_at_once(client_of, director, board, settings):
    settings.SECOND_FACTOR_DAYS = 0
    assert client_of(director).get(board)["Location"] == SET_UP


def test_the_demo_only_offers_it(client_of, director, board, settings):
    settings.SECOND_FACTOR_DAYS = None
    asked(director, days_ago=400)
    page = client_of(director).get(board)
    assert page.status_code == 200
    assert "Set up a passkey" not in page.content.decode()


@pytest.mark.usefixtures("required")
def test_pages_for_anybody_do_not_ask(client_of, director):
    asked(director, days_ago=8)
    assert client_of(director).get("/healthz").status_code == 200


def test_asking_twice_keeps_the_first_time(clinic):
    user = build.a_user()
    assert ask_for_factor(user=user, now=NOW, by=None) == NOW
    assert ask_for_factor(user=user, now=NOW + DAY, by=None) == NOW
    assert verbs() == ["factor.asked"]


def test_who_lost_all_of_them_has_grace_anew(clinic):
    user, director = with_app(build.a_user()), build.a_user()
    assert take_away_factors(user=user, now=NOW, by=director) == 2
    user.refresh_from_db()
    assert user.factor_asked_at == NOW
    line = AuditEvent.objects.get(verb="factor.all_removed")
    assert (line.by, line.detail) == (director, {"count": 2})


def test_the_command_takes_them_away_from_who_lost_them(clinic):
    user, said = with_app(build.a_user()), StringIO()
    call_command("take_away_factors", user.email.upper(), stdout=said)
    assert said.getvalue().startswith("2 taken away.")
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="Nobody here has the email"):
        call_command("take_away_factors", "nobody@clinic.example")


def test_who_found_the_phone_is_out_once_the_factors_are_gone(client, facilitator):
    client.force_login(with_app(facilitator))
    assert client.get("/my/sign-in/").status_code == 200
    take_away_factors(user=facilitator, now=NOW, by=None)
    assert client.get("/my/sign-in/").url.startswith("/sign-in/")
