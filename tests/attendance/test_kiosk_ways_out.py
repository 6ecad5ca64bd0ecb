"""A browser that is a kiosk: every way out of it leads back, but the password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.kiosk.limits import forget_passwords
from attendance.kiosk.middleware import LET_THROUGH
from groups.models import GroupSession
from programs.models import Program, Role
from tests import build
from tests.attendance.kiosk import HERE, LEAVE, amara, in_kiosk, sheet_of, start_of, who, words
from tests.attendance.sheet import a_running_session
from tests.build import PASSWORD

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
WRONG = "This is not your password"
ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def kiosk(client_of: ClientOf, session: GroupSession, facilitator: User) -> Client:
    return in_kiosk(client_of(facilitator), session)


def every_address() -> list[tuple[str, str]]:
    """Return the name and an example of every address there is."""
    found: list[tuple[str, str]] = []

    def walk(resolver: URLResolver, prefix: str, path: str) -> None:
        for entry in resolver.url_patterns:
            here = path + str(entry.pattern)
            if isinstance(entry, URLResolver):
                space = f"{entry.namespace}:" if entry.namespace else prefix
                walk(entry, space, here)
            elif isinstance(entry, URLPattern):
                filled = here
                while "<" in filled:
                    before, _, rest = filled.partition("<")
                    part, _, after = rest.partition(">")
                    filled = before + (ID if part.startswith("uuid") else "some-text") + after
                found.append((f"{prefix}{entry.name}", f"/{filled}"))

    walk(get_resolver(), "", "")
    return found


def test_whatever_else_is_asked_for_leads_back(kiosk: Client):
    addresses = every_address()
    assert len(addresses) > 100
    for name, address in addresses:
        if name in LET_THROUGH:
            continue
        for ask in (kiosk.get, kiosk.post, kiosk.head, kiosk.put, kiosk.delete, kiosk.options):
            answer = ask(address)
            assert (answer.status_code, answer.headers["Location"]) == (302, HERE), address
            assert "no-store" in answer.headers["Cache-Control"]


def test_also_addresses_that_there_are_not(kiosk: Client):
    for address in ("/nowhere/", "/kiosk", "/kiosk/elsewhere/", "//", "/admin/", "/kiosk/../"):
        answer = kiosk.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, HERE), address


def test_nothing_is_written_from_within(kiosk: Client, session: GroupSession):
    person = amara(session)
    data = {"row": str(person.public_id), f"seen-{person.public_id}": "-", "act": "sign"}
    before = AuditEvent.objects.count()
    assert kiosk.post(sheet_of(session), data).headers["Location"] == HERE
    assert kiosk.post("/theme/", {"theme": "dark"}).headers["Location"] == HERE
    assert kiosk.post(start_of(session)).headers["Location"] == HERE
    assert AuditEvent.objects.count() == before


def test_what_a_script_asks_for(kiosk: Client, session: GroupSession):
    """A fragment's page is led to the kiosk; marks are told to wait, so that none is lost."""
    read = kiosk.get(sheet_of(session), headers={"HX-Request": "true"})
    assert (read.status_code, read.headers["HX-Redirect"]) == (200, HERE)
    assert read.content == b""
    for headers in ({"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors", "X-Part": "1"}):
        answer = kiosk.post(sheet_of(session), headers=headers)
        assert (answer.status_code, answer.content) == (503, b"")
        assert "HX-Redirect" not in answer.headers
        assert answer.headers["Retry-After"] == "60"
    news = kiosk.post(f"{sheet_of(session)}news/", headers={"Sec-Fetch-Mode": "cors"})
    assert (news.status_code, news.content) == (204, b"")
    answer = kiosk.get(sheet_of(session), headers={"Sec-Fetch-Mode": "navigate"})
    assert answer.headers["Location"] == HERE


def test_signing_in_while_signed_in_leads_back(kiosk: Client, facilitator: User, director: User):
    for who_else in (facilitator, director):
        data = {"login": who_else.email, "password": PASSWORD}
        answer = kiosk.post("/sign-in/", data, follow=True)
        assert answer.redirect_chain[-1][0] == HERE
    assert kiosk.get("/sign-in/?next=/today/", follow=True).redirect_chain[-1][0] == HERE


def test_signing_out_ends_it_and_needs_a_sign_in(kiosk: Client, session: GroupSession):
    kiosk.post("/sign-out/")
    for address in (HERE, sheet_of(session), "/"):
        answer = kiosk.get(address)
        assert answer.status_code == 302
        assert "/sign-in/" in answer.headers["Location"]


def test_static_files_and_others_are_as_they_were(client_of: ClientOf, kiosk: Client, clinician):
    assert client_of(clinician).get("/today/").status_code != 302
    assert Client().get("/healthz").status_code == 200
    middleware = list(settings.MIDDLEWARE)
    held = middleware.index("attendance.kiosk.middleware.HoldInKiosk")
    assert middleware.index("whitenoise.middleware.WhiteNoiseMiddleware") < held
    assert held < middleware.index("django.contrib.auth.middleware.LoginRequiredMiddleware")


# --- in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CLINICIAN, 302), (Role.DIRECTOR, 302), (Role.ADMISSIONS, 403), (Role.BILLING, 403)],
)
def test_who_may_start_it(client_of: ClientOf, session: GroupSession, role: Role, status: int):
    client = client_of(build.a_colleague(session.group.program, role))
    assert client.get(start_of(session)).status_code == 405
    assert client.post(start_of(session)).status_code == status
    assert AuditEvent.objects.filter(verb="kiosk.started").exists() is (status == 302)


def test_only_for_a_session_of_ones_own(
    client_of: ClientOf, program: Program, session: GroupSession, stranger: User
):
    other = build.a_colleague(program, Role.FACILITATOR)
    assert client_of(other).post(start_of(session)).status_code == 403
    assert client_of(stranger).post(start_of(session)).status_code == 404
    assert Client().post(start_of(session)).status_code == 302
    assert not AuditEvent.objects.filter(verb="kiosk.started").exists()


def test_only_while_its_sheet_is_open(
    client_of: ClientOf, session: GroupSession, facilitator: User
):
    build.a_sign_off(session, facilitator)
    client = client_of(facilitator)
    answer = client.post(start_of(session), follow=True)
    assert "the kiosk stays closed" in words(answer)
    assert "kiosk" not in client.session


def test_it_is_on_the_trail_and_clears_what_was_shown(
    client_of: ClientOf, session: GroupSession, facilitator: User
):
    answer = client_of(facilitator).post(start_of(session))
    assert answer.headers["Location"] == HERE
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    event = AuditEvent.objects.get(verb="kiosk.started")
    assert (event.by, event.subject_id) == (facilitator, session.public_id)
    assert event.detail == {}


def test_an_ordinary_browser_has_no_kiosk(client_of: ClientOf, facilitator: User, billing: User):
    client = client_of(facilitator)
    for address in (HERE, LEAVE):
        assert client.get(address).headers["Location"] == "/"
    assert client.get("/kiosk/answers/").headers["Location"] == HERE
    assert client.get("/kiosk/thanks/").headers["Location"] == HERE
    assert client_of(billing).get(HERE).status_code == 403


# --- and out ------------------------------------------------------------------------------------


def test_the_password_leads_back_to_the_sheet(
    kiosk: Client, session: GroupSession, facilitator: User
):
    assert "Your password closes the check-in" in words(kiosk.get(LEAVE))
    answer = kiosk.post(LEAVE, {"password": PASSWORD})
    assert answer.headers["Location"] == sheet_of(session)
    assert kiosk.get(sheet_of(session)).status_code == 200
    event = AuditEvent.objects.get(verb="kiosk.left")
    assert (event.by, event.subject_id) == (facilitator, session.public_id)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter your password"),
        ("wrong", WRONG),
        (PASSWORD.upper(), WRONG),
        (f" {PASSWORD}", WRONG),
        ("\0", "Null characters are not allowed"),
        ("a" * 1_000_000, WRONG),
    ],
    ids=["blank", "another", "in-capitals", "with-a-space", "nul", "megabyte"],
)
def test_a_wrong_password_does_not(kiosk: Client, typed: str, said: str):
    answer = kiosk.post(LEAVE, {"password": typed})
    assert answer.status_code == 422
    assert said in words(answer)
    assert kiosk.get("/").headers["Location"] == HERE
    assert not AuditEvent.objects.filter(verb="kiosk.left").exists()


def test_somebody_elses_password_does_not(kiosk: Client, program: Program):
    build.a_colleague(program, Role.DIRECTOR, password="another wall of words")
    assert WRONG in words(kiosk.post(LEAVE, {"password": "another wall of words"}))


def test_after_five_wrong_ones_one_has_to_wait(
    kiosk: Client, session: GroupSession, facilitator: User
):
    for _try in range(5):
        assert WRONG in words(kiosk.post(LEAVE, {"password": "wrong"}))
    answer = kiosk.post(LEAVE, {"password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait five minutes" in words(answer)
    assert kiosk.get("/").headers["Location"] == HERE
    forget_passwords(facilitator.pk)  # as five minutes do
    assert kiosk.post(LEAVE, {"password": PASSWORD}).headers["Location"] == sheet_of(session)


def test_a_right_one_begins_to_count_anew(kiosk: Client, session: GroupSession):
    for _try in range(4):
        kiosk.post(LEAVE, {"password": "wrong"})
    kiosk.post(LEAVE, {"password": PASSWORD})
    in_kiosk(kiosk, session)
    assert WRONG in words(kiosk.post(LEAVE, {"password": "wrong"}))


def test_who_has_no_password_signs_out(kiosk: Client, facilitator: User):
    facilitator.set_unusable_password()
    facilitator.save(update_fields=["password"])
    kiosk.force_login(facilitator)
    store = kiosk.session
    store["kiosk"] = {"id": "a", "program": ID, "session": ID}
    store.save()
    page = words(kiosk.get(LEAVE))
    assert "You sign in without a password" in page
    assert 'action="/sign-out/"' in page
    assert "password" not in page.partition("<form")[2]
    assert kiosk.post(LEAVE, {"password": "!"}).status_code == 422


def test_whoever_lost_the_role_may_still_leave(
    kiosk: Client, session: GroupSession, facilitator: User
):
    session.facilitations.update(is_former=True)
    answer = kiosk.get(HERE)
    assert answer.status_code == 409
    assert "The check-in is closed" in words(answer)
    assert kiosk.post(HERE, who()).status_code == 409
    assert kiosk.post(LEAVE, {"password": PASSWORD}).headers["Location"] == sheet_of(session)
    assert kiosk.get(sheet_of(session)).status_code == 403
