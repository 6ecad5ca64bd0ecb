"""What every test may ask for: the database, the standing people, a browser signed in as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.database_roles import as_owner
from accounts.models import User
from accounts.signed_in.standing import seen_at
from programs.models import Clinic, Program, Role
from tests import build

# A busy machine is no failure; what fails is printed so that it can be drawn again.
hypothesis_settings.register_profile(
    "iop", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("iop")


# Of these a server of another make or version could think otherwise.
OF_SERVERS = re.compile(r"constraint|trigger|race|role|migrat|sweep|queue|clock|fault|seal|backup")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that rest on what the database and the queue themselves do."""
    for item in items:
        if "transactional_db" in getattr(item, "fixturenames", ()) or OF_SERVERS.search(
            item.path.stem
        ):
            item.add_marker("of_servers")


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment: None, django_db_blocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make this process's test database as the owner; the tests then act as the application.

    With `--reuse-db` it is kept for the next run, which then only migrates it.
    """
    is_kept = request.config.getvalue("reuse_db")
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(
            verbosity=0, interactive=False, serialized_aliases=set(), keepdb=is_kept
        )
    yield
    with django_db_blocker.unblock(), as_owner():
        teardown_databases(made, verbosity=0, keepdb=is_kept)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave no language behind: a request in Spanish sets it for the whole thread."""
    yield
    translation.deactivate()


@pytest.fixture
def clinic(db) -> Clinic:
    return build.a_clinic()


@pytest.fixture
def program(clinic: Clinic) -> Program:
    """The program in which the standing people work."""
    return build.a_program(code="evening-iop", name="Evening IOP")


@pytest.fixture
def facilitator(program: Program) -> User:
    return build.a_colleague(program, Role.FACILITATOR, name="Fay Marlow", credential="LPC")


@pytest.fixture
def clinician(program: Program) -> User:
    return build.a_colleague(program, Role.CLINICIAN, name="Cleo Ortiz", credential="LCSW")


@pytest.fixture
def administrator(program: Program) -> User:
    """The person at the front desk: the role is called admissions."""
    return build.a_colleague(program, Role.ADMISSIONS, name="Adam Reyes")


@pytest.fixture
def director(program: Program) -> User:
    return build.a_colleague(program, Role.DIRECTOR, name="Dina Osei")


@pytest.fixture
def billing(program: Program) -> User:
    return build.a_colleague(program, Role.BILLING, name="Bill Novak")


@pytest.fixture
def stranger(clinic: Clinic) -> User:
    """A director of another program, who may know nothing of this one."""
    elsewhere = build.a_program(code="day-php", name="Day PHP")
    return build.a_colleague(elsewhere, Role.DIRECTOR, name="Stella Kern")


@pytest.fixture
def audit_fails(db) -> None:
    """Have the database refuse every line of the audit trail, until the test is over."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "ALTER TABLE accounts_auditevent ADD CONSTRAINT audit_fails CHECK (false) NOT VALID"
        )
        cursor.execute(f"SET ROLE {settings.APP_ROLE}")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a function that gives a browser in which the person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        # As after the page that follows a sign-in: the next one writes nothing about it.
        session = client.session
        session.update(seen_at(session, timezone.now()))
        session.save()
        return client

    return signed_in
