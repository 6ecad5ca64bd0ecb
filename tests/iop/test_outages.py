"""What people read while something is away: words and 503; and what goes on without it."""

from __future__ import annotations

import errno
import json

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache, caches
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path, reverse
from kombu.exceptions import OperationalError as NotQueued

from attendance.kiosk.limits import TRIES, may_try_name
from iop.outages.cache import CacheThatMayBeAway
from iop.outages.telling import DATABASE, DISK, QUEUE, what_is_away
from iop.urls import urlpatterns as site_map
from tests import build

RECORDS, ROOM = "The records cannot be reached", "there is no room for it"
# Nobody listens here.
NOWHERE = "redis://127.0.0.1:1/0"


@login_not_required
def no_room(request):
    raise OSError(errno.ENOSPC, "No space left on device", "/var/lib/iop/a-name")


@login_not_required
def fault_of_ours(request):
    raise OSError(errno.ENOENT, "No such file")


@login_not_required
def reads(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("read")


@login_not_required
def writes(request):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        build.a_user()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
    return HttpResponse("written")


urlpatterns = [
    path("no-room/", no_room),
    path("fault/", fault_of_ours),
    path("reads/", reads),
    path("writes/", writes),
    *site_map,
]
handler500 = "iop.outages.views.server_error"
calm = Client(raise_request_exception=False)


@pytest.fixture
def database_away(transactional_db):
    """Have the next connections be refused."""
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    yield
    connection.close()
    connection.settings_dict.update(HOST=kept["HOST"], PORT=kept["PORT"])


@pytest.fixture
def away() -> CacheThatMayBeAway:
    """A cache whose Redis is not there, forgotten by nobody else."""
    found = CacheThatMayBeAway(NOWHERE, {})
    found.clear()
    return found


def _read_only() -> InternalError:
    error = InternalError()
    error.__cause__ = psycopg.errors.ReadOnlySqlTransaction()
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError(), DATABASE),
        (InterfaceError(), DATABASE),
        (_read_only(), DATABASE),
        (InternalError(), None),
        (OSError(errno.ENOSPC, ""), DISK),
        (OSError(errno.EDQUOT, ""), DISK),
        (OSError(errno.EFBIG, ""), DISK),
        (OSError(errno.ENOENT, ""), None),
        (NotQueued(), QUEUE),
        (RuntimeError(), None),
        (None, None),
    ],
)
def test_what_is_away(error, away):
    assert what_is_away(error) == away


@pytest.mark.urls("tests.iop.test_outages")
@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_without_its_database(method):
    answer = getattr(calm, method)("/reads/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert RECORDS in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.usefixtures("database_away")
def test_also_where_the_session_cannot_be_read():
    """Long before a view is found, in the middle of the middleware."""
    browser = Client(raise_request_exception=False)
    browser.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    answer = browser.get("/")
    assert answer.status_code == 503
    assert RECORDS in answer.text


@pytest.mark.usefixtures("database_away")
def test_machines_are_told_what_is_away():
    assert calm.get("/healthz").status_code == 200
    answer = calm.get("/readyz")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["database"])


@pytest.mark.urls("tests.iop.test_outages")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_only_reads():
    """A standby that nobody has promoted yet: what is read is shown, what is written is not."""
    assert calm.get("/reads/").text == "read"
    answer = calm.get("/writes/")
    assert answer.status_code == 503
    assert RECORDS in answer.text


@pytest.mark.urls("tests.iop.test_outages")
def test_a_disk_that_is_full(caplog):
    answer = calm.get("/no-room/")
    assert answer.status_code == 503
    assert ROOM in answer.text
    assert "a-name" not in answer.text
    assert "a-name" not in json.dumps([str(each.msg) for each in caplog.records])


@pytest.mark.urls("tests.iop.test_outages")
def test_a_fault_of_ours_stays_one():
    answer = calm.get("/fault/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text


def test_without_redis_each_process_goes_on_counting(away):
    assert away.get("tries", 0) == 0
    assert away.add("tries", 1, 60)
    assert not away.add("tries", 1, 60)
    assert away.incr("tries") == 2
    away.set("other", [1.5], 60)
    assert away.get_many(["tries", "other"]) == {"tries": 2, "other": [1.5]}
    assert away.has_key("other")
    assert away.touch("other", 60)
    assert away.delete("other")
    away.set_many({"a": 1, "b": 2})
    away.delete_many(["a"])
    assert (away.get("a"), away.get("b")) == (None, 2)
    with pytest.raises(ValueError, match="none"):
        away.incr("none")


def test_with_redis_back_it_is_asked_again(away):
    away.set("tries", 5, 60)
    away._cache, away._away_until = cache._connections[cache._alias]._cache, 0.0
    away.set("tries", 1, 60)
    assert away.get("tries") == 1


@pytest.mark.django_db
def test_limits_hold_and_pages_stand_without_redis(monkeypatch, away):
    monkeypatch.setattr(caches._connections, "default", away)
    assert [may_try_name("a-kiosk") for _ in range(TRIES + 1)] == [True] * TRIES + [False]
    answer = calm.get("/readyz")
    assert (answer.status_code, answer.json()["away"]) == (200, ["cache"])
    form = {"login": "nobody@clinic.example", "password": "not the right one"}
    statuses = [calm.post(reverse("account_login"), form).status_code for _ in range(2)]
    assert set(statuses) == {200}


def test_a_process_about_to_end_says_so(tmp_path, db):
    file = tmp_path / "draining"
    with override_settings(DRAIN_FILE=str(file)):
        assert calm.get("/readyz").status_code == 200
        file.touch()
        answer = calm.get("/readyz")
        assert (answer.status_code, answer.json()["failed"]) == (503, ["staying"])
        assert calm.get("/healthz").status_code == 200
