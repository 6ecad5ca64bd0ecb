"""Each person's pages in their own language: chosen in the account menu, held from then on."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, PageLanguage, User
from tests import build
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
CHOOSE = "/language/"
SPANISH_DEVICE = {"Accept-Language": "es"}


def language_of(client: Client, url: str, **headers: str) -> str:
    page = client.get(url, headers=headers)
    found = re.search(r'<html[^>]* lang="(\w+)"', page.content.decode())
    assert page.status_code == 200
    assert found
    assert page["Content-Language"] == found[1]
    return found[1]


@pytest.fixture
def board(program) -> str:
    return reverse("hours:board", args=[program.public_id])


def test_spanish_is_chosen_and_stays(client_of, director, program, board):
    client = client_of(director)
    answer = client.post(CHOOSE, {"language": "es", "next": board})
    assert answer["Location"] == board
    director.refresh_from_db()
    assert director.language == PageLanguage.SPANISH
    session = build.a_session(build.a_group(program))
    sheet = reverse("sheet:sheet", args=[program.public_id, session.public_id])
    pages = {
        board: ("Horas semanales", "Weekly hours"),
        sheet: ("Saltar al contenido", "Skip to the page"),
        reverse("enroll:enroll", args=[program.public_id]): (
            "Inscribir a alguien",
            "Enroll someone",
        ),
    }
    for url, (said, unsaid) in pages.items():
        html = client.get(url).content.decode()
        assert language_of(client, url) == "es"
        assert said in html, url
        assert unsaid not in html, url
    event = AuditEvent.objects.get(verb="user.chose_language")
    assert (event.by, event.detail) == (director, {"language": "es"})


def test_the_next_request_is_in_the_language_of_whoever_makes_it(
    client_of, director, clinician, board
):
    """One thread serves them all: nobody's language stays behind."""
    director.language = PageLanguage.SPANISH
    director.save()
    one, other = client_of(director), client_of(clinician)
    assert [language_of(each, board) for each in (one, other, one, other)] == ["es", "en"] * 2
    assert language_of(Client(), "/sign-in/") == "en"


def test_one_s_own_choice_goes_before_the_device(client_of, director, board):
    client = client_of(director)
    assert language_of(client, board, **SPANISH_DEVICE) == "es"
    client.post(CHOOSE, {"language": "en"})
    assert language_of(client, board, **SPANISH_DEVICE) == "en"
    client.post(CHOOSE, {"language": "auto"})
    assert language_of(client, board, **SPANISH_DEVICE) == "es"


def test_before_sign_in_the_device_chooses(client, clinic):
    assert language_of(client, "/sign-in/", **SPANISH_DEVICE) == "es"


def test_another_language_is_not_chosen(client_of, director):
    client_of(director).post(CHOOSE, {"language": "fr"})
    director.refresh_from_db()
    assert director.language == PageLanguage.AUTO


def test_a_stranger_chooses_nothing(client):
    assert client.post(CHOOSE, {"language": "es"})["Location"].startswith("/sign-in/")


def test_the_menu_shows_what_is_chosen(client_of, director, board):
    director.language = PageLanguage.SPANISH
    director.save()
    html = client_of(director).get(board).content.decode()
    assert re.search(r'name="language" value="es" aria-pressed="true">Español<', html)
    assert re.search(r'name="language" value="en" aria-pressed="false">English<', html)


def test_only_known_languages_are_kept(db):
    user = build.a_user()
    with refused("user_language_known"):
        User.objects.filter(pk=user.pk).update(language="fr")
    explains(user, "user_language_known", language="fr")


def test_an_own_language_costs_no_statement(
    client_of, director, board, django_assert_max_num_queries
):
    client = client_of(director)
    client.get(board)
    with django_assert_max_num_queries(200) as auto:
        client.get(board)
    director.language = PageLanguage.SPANISH
    director.save()
    with django_assert_max_num_queries(len(auto.captured_queries)):
        client.get(board)
