"""Every request: history knows who acts, and no page of people stays in a cache."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pghistory.models
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.audit import current_address, write_audit
from accounts.middleware import HistoryContext, NoStore
from accounts.models import User
from programs.models import Closure, Participant
from tests import build

pytestmark = pytest.mark.django_db


def answer_after(step: Callable[[], object]) -> HistoryContext:
    def view(request: HttpRequest) -> HttpResponse:
        step()
        return HttpResponse()

    return HistoryContext(view)


@pytest.fixture
def acting() -> User:
    return build.a_user()


@pytest.fixture
def post(rf, acting: User) -> Callable[[Callable[[], object]], None]:
    """Do something as a signed-in person's POST does it."""

    def send(step: Callable[[], object]) -> None:
        request = rf.post("/", REMOTE_ADDR="192.0.2.7")
        request.user = acting
        answer_after(step)(request)

    return send


def last_version(row: models.Model) -> pghistory.models.Event:
    return row.events.order_by("pgh_id").last()


def in_bulk() -> None:
    Participant.objects.bulk_create(
        [Participant(chart_number="C-9", first_name="Ada", last_name="Nolan")]
    )


def by_update() -> None:
    Participant.objects.filter(chart_number="C-9").update(preferred_name="Addie")


def by_raw_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programs_participant SET email = 'ada@home.example'")


@pytest.mark.parametrize(
    ("step", "label"), [(in_bulk, "insert"), (by_update, "update"), (by_raw_sql, "update")]
)
def test_history_sees_every_way_of_writing(
    post: Callable, acting: User, step: Callable, label: str
):
    if step is not in_bulk:
        in_bulk()
    post(step)
    version = last_version(Participant.objects.get())
    assert version.pgh_label == label
    assert version.pgh_context == {"user": acting.pk}
    assert version.pgh_context_id is not None


def test_history_keeps_each_version_of_a_row(post: Callable):
    in_bulk()
    post(by_update)
    post(by_raw_sql)
    row = Participant.objects.get()
    versions = row.events.order_by("pgh_id")
    assert [each.preferred_name for each in versions] == ["", "Addie", "Addie"]
    assert [each.email for each in versions] == ["", "", "ada@home.example"]
    assert {each.public_id for each in versions} == {row.public_id}


def test_one_request_is_one_context(post: Callable):
    closures = [build.a_closure(), build.a_closure(site=build.a_site())]
    post(lambda: [Closure.objects.filter(pk=each.pk).update(reason="Snow") for each in closures])
    first, second = (last_version(each).pgh_context_id for each in closures)
    assert first == second
    post(lambda: Closure.objects.update(last_on=date(2026, 11, 30)))
    assert last_version(closures[0]).pgh_context_id != first


def test_outside_of_a_request_nobody_is_named():
    in_bulk()
    assert last_version(Participant.objects.get()).pgh_context is None


def test_nobody_signed_in_is_nobody(rf):
    request = rf.post("/")
    request.user = AnonymousUser()
    answer_after(in_bulk)(request)
    assert last_version(Participant.objects.get()).pgh_context == {"user": None}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_trail_knows_from_where(rf, acting: User, method: str):
    request = getattr(rf, method)("/", REMOTE_ADDR="192.0.2.7")
    request.user = acting
    lines = []
    answer_after(lambda: lines.append(write_audit("participant.read", by=acting)))(request)
    assert lines[0].address == "192.0.2.7"
    assert current_address.get() is None


def test_a_page_of_people_is_not_kept(client_of: Callable, facilitator: User):
    response = client_of(facilitator).get("/hours/", follow=True)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_a_page_that_says_how_long_it_keeps_is_left_alone(rf):
    kept = NoStore(lambda request: HttpResponse(headers={"Cache-Control": "max-age=60"}))
    assert kept(rf.get("/")).headers["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize("sent_from", ["http://[", "http://elsewhere.example/a", ""])
def test_a_fragment_asked_for_from_no_page_of_ours_leads_back_to_the_front_door(db, sent_from: str):
    """The header is the sender's: what is no address in it is no failure of ours."""
    sent = {"HX-Request": "true", "HX-Current-URL": sent_from}
    response = Client().get(reverse("home"), headers=sent)
    assert response["HX-Redirect"] == f"{reverse('account_login')}?next=%2F"
