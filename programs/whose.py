"""Whose record a page is about, and the pages there are about one person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programs.access import Access
from programs.models import Enrollment, Participant, Program
from programs.models.participant import ParticipantQuerySet
from programs.who_may import WHO_MAY


def readable_by(user: User) -> ParticipantQuerySet:
    """Return whose records the person may read, in whichever program; no further statement.

    Where they only lead groups or bill, nobody is found: their people are for other pages.
    """
    reading = user.assignments.filter(ended_at=None, role__in=WHO_MAY["participants.read"])
    return Participant.objects.of_programs(reading.values("program"))


def participant_of(access: Access, program: Program, public_id: uuid.UUID) -> Participant:
    """Return the participant as the program knows them, or raise Http404.

    A duplicate leads to the record that is kept: its page is the page of both.
    """
    people = Participant.objects.visible_to(access.user).of_program(program)
    person = people.select_related("merged_into").filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person.kept


def episodes_of(person: Participant, program: Program) -> list[Enrollment]:
    """Return the person's episodes in the program, also of duplicates, the latest first."""
    found = Enrollment.objects.of_person(person).filter(program=program)
    return list(found.select_related("participant", "program__site").order_by("-admitted_on"))


@dataclass(frozen=True)
class PersonPage:
    """A page about one person, and what one needs to open it."""

    label: Any
    view: str
    action: str
    icon: str


@dataclass(frozen=True)
class Tab:
    """One of some pages that belong together, as a link; `count` is of what waits there."""

    label: str
    icon: str
    url: str
    is_current: bool
    count: int = 0


PERSON_PAGES = (
    PersonPage(_("Hours"), "people:participant", "participants.name", "gauge"),
    PersonPage(_("Episode"), "episodes:episode", "participants.read", "route"),
    PersonPage(_("Plan of care"), "plan:plan", "orders.read", "clipboard-list"),
    PersonPage(_("Authorizations"), "authorizations:authorizations", "authorizations.read", "fuel"),
    PersonPage(_("Consents"), "agreements:agreements", "participants.read", "signature"),
    PersonPage(_("Check-ins"), "check_ins:over_time", "notes.read", "activity"),
    PersonPage(_("Notes"), "notes:of_person", "notes.read", "notebook-pen"),
    PersonPage(_("Curriculum"), "coverage:person", "coverage.read", "book-open-check"),
    PersonPage(_("Relapse plan"), "relapse:plan", "relapse_plans.edit", "shield-check"),
    PersonPage(_("Skills"), "diary:diary", "diaries.edit", "notebook-tabs"),
    PersonPage(_("Disclosures"), "disclosures:person", "disclosures.read", "send"),
    PersonPage(_("Who looked"), "trail:person", "audit.read", "footprints"),
    PersonPage(_("Person"), "profile:profile", "participants.read", "contact-round"),
)


def tabs_of(
    access: Access, program: Program, participant_id: uuid.UUID, *, here: str
) -> tuple[Tab, ...]:
    """Return the pages about the person that one may open; `here` is the view's name."""
    return tuple(
        Tab(
            label=str(page.label),
            icon=page.icon,
            url=reverse(page.view, args=[program.public_id, participant_id]),
            is_current=page.view == here,
        )
        for page in PERSON_PAGES
        if access.scope(page.action, program)
    )
