"""Every page that shows somebody leaves its line, and so does every refusal: all are walked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from programs.models import Participant, Role
from programs.on_trail import READINGS
from tests import build
from tests.source import expect_none
from tests.walking.addresses import Address, addresses, url_of
from tests.walking.walk import Walker
from tests.walking.world import standing

ABOUT_ONE = {"participant_id", "enrollment_id", "episode_id"}
# Whoever may open most comes first; the others are asked where they may not.
READERS = [Role.DIRECTOR, Role.CLINICIAN, Role.FACILITATOR, Role.ADMISSIONS, Role.BILLING]


@pytest.fixture(scope="module")
def walker(django_db_setup: None, django_db_blocker) -> Iterator[Walker]:
    with django_db_blocker.unblock(), standing() as world:
        yield Walker(world)


def read(walker: Walker, address: Address) -> tuple[str, list[AuditEvent], str] | None:
    """Open the page as the first who may; return its text, the lines it left, and who it was."""
    for role in READERS:
        url, before = url_of(walker.world, address, role), latest()
        with transaction.atomic():
            response = walker.respond(role, "GET", url)
            lines = list(AuditEvent.objects.filter(pk__gt=before))
            transaction.set_rollback(True)
        if response.status_code == 200:
            text = "" if response.streaming else response.content.decode(errors="replace")
            return text, lines, role
    return None


def latest() -> int:
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def pages() -> list[Address]:
    return [each for each in addresses() if each.needs]


def test_every_page_about_one_person_says_whose_it_was(walker: Walker):
    silent, opened = [], 0
    for address in pages():
        if not ABOUT_ONE & set(address.parts) or (found := read(walker, address)) is None:
            continue
        opened += 1
        _text, lines, role = found
        told = [each for each in lines if each.verb.rpartition(".")[2] in READINGS]
        is_told = [each for each in told if each.participant_id or "participants" in each.detail]
        if not is_told or any(each.by != walker.world.people[role] for each in told):
            silent.append(f"{address.name} by {role}: {[each.verb for each in lines]}")
    assert opened > 50
    expect_none(silent)


def test_every_page_that_names_somebody_says_that_it_did(walker: Walker):
    names = set(Participant.objects.values_list("last_name", flat=True))
    somebody = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    silent, naming = [], 0
    for address in pages():
        if ABOUT_ONE & set(address.parts) or (found := read(walker, address)) is None:
            continue
        text, lines, role = found
        if not somebody.search(text):
            continue
        naming += 1
        if not any(each.verb.rpartition(".")[2] in READINGS for each in lines):
            silent.append(f"{address.name} by {role}")
    assert naming > 10
    expect_none(silent)


@pytest.mark.django_db
class TestRefusals:
    def test_without_the_role(self, client_of, program, billing):
        person = build.an_enrollment(program).participant
        url = reverse("profile:profile", args=[program.public_id, person.public_id])
        assert client_of(billing).get(url).status_code == 403
        line = AuditEvent.objects.get(verb="request.refused")
        assert (line.by, line.participant_id) == (billing, person.public_id)
        assert line.program_id == program.public_id
        assert line.detail == {"page": "profile:profile", "status": 403, "method": "GET"}

    def test_in_another_program(self, client_of, program, stranger):
        enrollment = build.an_enrollment(program)
        url = reverse("rescue:person", args=[program.public_id, enrollment.public_id])
        assert client_of(stranger).get(url).status_code == 404
        line = AuditEvent.objects.get(verb="request.refused")
        assert (line.by, line.program_id) == (stranger, program.public_id)
        assert line.detail["status"] == 404
        assert line.detail["enrollment_id"] == str(enrollment.public_id)

    def test_a_form_without_its_token(self, program, director):
        client = Client(enforce_csrf_checks=True)
        client.force_login(director)
        url = reverse("people:people", args=[program.public_id])
        assert client.post(url, {"q": "Ada"}).status_code == 403
        line = AuditEvent.objects.get(verb="request.refused")
        assert (line.by, line.detail["method"]) == (director, "POST")
        assert "Ada" not in str(line.detail)

    @pytest.mark.parametrize("path", ["/no-such-page/", "/healthz?x=1"])
    def test_what_is_mistyped_or_open_is_no_refusal(self, client_of, director, path):
        client_of(director).get(path)
        assert not AuditEvent.objects.filter(verb="request.refused").exists()

    def test_the_wrong_method_is_no_refusal(self, client_of, program, director):
        url = reverse("people:people", args=[program.public_id])
        assert client_of(director).put(url).status_code == 405
        assert not AuditEvent.objects.exists()


@pytest.mark.django_db
class TestLists:
    def test_how_many_were_shown(self, client_of, program, director: User):
        for _ in range(3):
            build.an_enrollment(program)
        group = build.a_group(program)
        for enrollment in program.enrollments.all()[:2]:
            build.a_membership(group, enrollment)
        url = reverse("groups:group", args=[program.public_id, group.public_id])
        client_of(director).get(url)
        line = AuditEvent.objects.get(verb="people.read")
        assert (line.by, line.program_id) == (director, program.public_id)
        assert line.detail == {"page": "groups:group", "shown": 2}

    def test_nobody_shown_no_line(self, client_of, program, director):
        client_of(director).get(reverse("groups:groups", args=[program.public_id]))
        assert not AuditEvent.objects.exists()

    def test_what_the_trail_cannot_hold_nobody_reads(
        self, client_of, program, director, audit_fails: None
    ):
        group = build.a_group(program)
        build.a_membership(group, build.an_enrollment(program))
        url = reverse("groups:group", args=[program.public_id, group.public_id])
        with pytest.raises(IntegrityError, match="audit_fails"):
            client_of(director).get(url)
