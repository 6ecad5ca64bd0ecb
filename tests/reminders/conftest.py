"""What the tests of reminders share: somebody to remind, and a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from groups.models import GroupSession
from programs.models import Enrollment, Program
from tests import build
from tests.build import MONDAY
from tests.reminders.gateway_sink import GatewaySink
from tests.reminders.smtp_sink import SmtpSink


@dataclass
class Expected:
    """Somebody who agreed to email and is expected on the Monday at 17:30."""

    enrollment: Enrollment
    session: GroupSession

    @property
    def participant(self):
        return self.enrollment.participant


@pytest.fixture
def site(clinic):
    return build.a_site(reminder_sender="Appointment desk", callback_phone="+14025550100")


@pytest.fixture
def program(site) -> Program:
    return build.a_program(site, code="evening-iop", name="Evening IOP")


@pytest.fixture
def expected(program: Program) -> Expected:
    return expect_someone(program)


@pytest.fixture
def smtp(settings) -> Iterator[SmtpSink]:
    """A mail server that the application is set to use."""
    sink = SmtpSink().start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{sink.port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.SEND_TIMEOUT_SECONDS = 5
    settings.DEFAULT_FROM_EMAIL = "reminders@desk.example"
    yield sink
    sink.stop()


@pytest.fixture
def gateway_sink() -> Iterator[GatewaySink]:
    """A gateway for text messages; a test says in which form the application speaks to it."""
    sink = GatewaySink().start()
    yield sink
    sink.stop()


@pytest.fixture
def texting(gateway_sink, settings) -> GatewaySink:
    """A gateway that the application is set to use, by signed JSON."""
    settings.SMS_URL = f"webhook+http://key-1:secret@127.0.0.1:{gateway_sink.port}/messages"
    return gateway_sink


def expect_someone(program: Program, day=MONDAY, starts="17:30", **fields) -> Expected:
    """Return somebody who agreed to email and is a member of a group that meets then."""
    person = build.a_participant(**{"email": "someone@mail.example", **fields})
    build.a_consent(person, channel="email")
    group = build.a_group(program)
    enrollment = build.an_enrollment(program, person)
    build.a_membership(group, enrollment)
    return Expected(enrollment, build.a_session(group, day, starts, "20:40"))
