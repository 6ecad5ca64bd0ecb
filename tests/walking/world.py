"""One populated clinic: two programs at two sites, everybody who may walk through, all rows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from programs.models import EmergencyAccess, Program, Role
from tests import build
from tests.walking.care import care_for
from tests.walking.furnishing import Marks, Part, furnish
from tests.walking.house import keep_for, keep_house

# Who walks, besides the five roles: somebody whose assignment has ended, somebody whose account
# is closed, and a browser in which nobody is signed in.
FORMER, CLOSED, NOBODY = "former colleague", "closed account", "signed out"
SIGNED_OUT = (CLOSED, NOBODY)
WALKERS = (*(role.value for role in Role), FORMER, CLOSED, NOBODY)


@dataclass
class World:
    """What stands there: `mine` is led by the facilitator and the clinician who walk."""

    people: dict[str, User]
    mine: Part
    theirs: Part
    other: Part
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        return self.mine.program

    @property
    def parts(self) -> dict[str, Part]:
        return {"mine": self.mine, "theirs": self.theirs, "other": self.other}


def a_world() -> World:
    """Build it all; the caller rolls it back."""
    now = timezone.now()
    build.a_clinic()
    program = build.a_program(code="walked-iop", name="Walked IOP")
    elsewhere = build.a_program(build.a_site(name="Far site"), code="far-iop", name="Far IOP")
    people = _people(program)
    colleague = build.a_colleague(program, Role.FACILITATOR, credential="LPC")
    director = build.a_colleague(elsewhere, Role.DIRECTOR)
    stranger = build.a_colleague(elsewhere, Role.FACILITATOR, credential="LPC")
    leaders = [people["facilitator"], people["clinician"]]
    mine = Part(program, leaders, Marks("quill"), now)
    theirs = Part(program, [colleague], Marks("thistle"), now)
    other = Part(elsewhere, [stranger], Marks("otter"), now)
    for part, head, since in (
        (mine, people["director"], 300),
        (theirs, people["director"], 200),
        (other, director, 300),
    ):
        furnish(part)
        care_for(part, head)
        keep_house(part, head, since=since)
    world = World(people, mine, theirs, other)
    world.own = _what_is_ones_own(world, stranger)
    return world


def _people(program: Program) -> dict[str, User]:
    """Return who walks: one person of each role, and those who may go nowhere."""
    now = timezone.now()
    people = {role.value: build.a_colleague(program, role, credential="LPC") for role in Role}
    people[FORMER] = build.a_user()
    build.an_assignment(people[FORMER], program, Role.DIRECTOR, started_at=now, ended_at=now)
    people[CLOSED] = build.a_colleague(program, Role.DIRECTOR)
    return people


def _what_is_ones_own(world: World, stranger: User) -> dict[str, dict[str, Any]]:
    """Return each walker's own draft, calendar address, upload and open emergency access."""
    own = {}
    for name, user in (*world.people.items(), ("stranger", stranger)):
        part = world.other if name == "stranger" else world.mine
        own[name] = keep_for(part, user) | {"access": _an_access(part, user)}
    return own


def _an_access(part: Part, user: User) -> EmergencyAccess:
    return EmergencyAccess.objects.create(
        program=part.program,
        participant=part.rows["discharged"].participant,
        user=user,
        reason=part.marks.remark,
        started_at=part.ago(minutes=5),
        ends_at=part.now + (part.now - part.ago(minutes=50)),
    )


def close_account(world: World) -> None:
    """Close the account of who has one to lose, once they are signed in."""
    User.objects.filter(pk=world.people[CLOSED].pk).update(is_active=False)


class OwnCache(LocMemCache):
    """A cache of this process alone: emptied before each step, it limits nobody."""

    def ping(self) -> bool:
        """Answer, as the cache of the house does."""
        return True


# What fails inside a page is raised, not answered with 500.
OWN = {
    "CACHES": {"default": {"BACKEND": "tests.walking.world.OwnCache"}},
    "DEBUG_PROPAGATE_EXCEPTIONS": True,
    # However slow the machine: nobody is locked out half way.
    "IOP_IDLE_MINUTES": 600,
}


@contextmanager
def standing(*, urls: str = "iop.urls") -> Iterator[World]:
    """Stand a world for as long as it is walked through, and leave nothing of it behind."""
    logging.disable(logging.CRITICAL)
    try:
        with TemporaryDirectory() as folder:
            places = {
                "DOCUMENTS_ROOT": Path(folder, "documents"),
                "UPLOADS_ROOT": Path(folder, "uploads"),
                "ROOT_URLCONF": urls,
            }
            with override_settings(**OWN, **places), transaction.atomic():
                yield a_world()
                transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
