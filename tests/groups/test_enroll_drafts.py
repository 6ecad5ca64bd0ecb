"""Drafts: kept while typing, one's own, gone once enrolled; the old ones are swept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from groups.enrolling.actions import discard_draft, keep_draft, sweep_drafts
from groups.enrolling.actions.drafts import NotYours
from programs.models import EnrollmentDraft, Program, Role
from tests import build
from tests.build import NOW
from tests.build_episodes import a_draft
from tests.groups.enrolling import filled

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    build.a_rule(program)
    return f"/enroll/{program.public_id}/"


def test_working_it_out_keeps_what_was_typed(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    client, data = client_of(administrator), filled(program, act="work_out", sms_consent="")
    for first_name in ("Lei", "Leila"):
        page = client.post(url, data | {"first_name": first_name}, headers={"HX-Request": "true"})
    assert "Kept as a draft at" in page.content.decode()
    draft = EnrollmentDraft.objects.get()
    assert (str(draft.public_id), draft.kept_by) == (data["proposed_id"], administrator)
    assert json.loads(draft.answers)["first_name"] == ["Leila"]
    assert "act" not in json.loads(draft.answers)
    events = AuditEvent.objects.filter(verb="draft.kept")
    assert [event.detail for event in events] == [{}]


def test_nothing_is_kept_of_an_empty_form(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    client = client_of(administrator)
    empty = {"first_name": "", "last_name": " ", "act": "work_out"}
    client.post(url, filled(program, **empty))
    page = client.post(url, filled(program, **empty | {"act": "keep"})).content.decode()
    assert "Nothing is filled in yet that could be kept." in page
    assert not EnrollmentDraft.objects.exists()


def test_a_draft_is_listed_opened_and_thrown_away(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    client = client_of(administrator)
    data = filled(program, act="keep", ordered_hours="many", email_consent="")
    answer = client.post(url, data)
    here = f"{url}drafts/{data['proposed_id']}/"
    assert answer["Location"] == here
    listed = client.get(url).content.decode()
    assert "1 draft" in listed
    assert "Leila Farah" in listed
    assert here in listed
    page = client.get(here).content.decode()
    for typed in ("Leila", "many", data["proposed_id"]):
        assert f'value="{typed}"' in page
    assert "There is a problem" not in page
    assert "<title>Enroll · Prairie Clinic</title>" in page
    assert "1 draft" not in page
    client.post(f"{here}discard/")
    assert not EnrollmentDraft.objects.exists()
    assert AuditEvent.objects.filter(verb="draft.discarded").count() == 1


def test_of_somebody_known_it_names_them(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    person = build.an_enrollment(
        program,
        build.a_participant(first_name="Zoë", last_name="Muñoz"),
        discharged_on="2026-11-03",
        discharge_reason="completed",
    ).participant
    client = client_of(administrator)
    data = filled(program, act="keep", participant=str(person.public_id))
    client.post(url, data)
    assert "Zoë Muñoz" in client.get(url).content.decode()
    page = client.get(f"{url}drafts/{data['proposed_id']}/").content.decode()
    assert "Someone else" in page


def test_the_draft_of_somebody_else_is_not_found(
    client_of: ClientOf, administrator: User, director: User, program: Program, url: str
) -> None:
    theirs, elsewhere = a_draft(program, director), a_draft(user=administrator)
    client = client_of(administrator)
    for draft in (theirs, elsewhere):
        assert client.get(f"{url}drafts/{draft.public_id}/").status_code == 404
        assert client.post(f"{url}drafts/{draft.public_id}/discard/").status_code == 404
    taken = filled(program, act="work_out", proposed_id=str(theirs.public_id))
    assert client.post(url, taken).status_code == 404
    assert EnrollmentDraft.objects.get(pk=theirs.pk).answers == "{}"
    assert "h-drafts" not in client.get(url).content.decode()


def test_a_clinician_has_none(client_of: ClientOf, clinician: User, program: Program) -> None:
    draft = a_draft(program, clinician)
    here = f"/enroll/{program.public_id}/drafts/{draft.public_id}/"
    assert client_of(clinician).get(here).status_code == 403
    assert client_of(clinician).post(f"{here}discard/").status_code == 403


def test_enrolling_ends_the_draft_and_it_does_not_come_back(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    client, data = client_of(administrator), filled(program)
    client.post(url, data | {"act": "work_out"})
    assert client.post(url, data).status_code == 302
    client.post(url, data | {"act": "work_out"})
    assert not EnrollmentDraft.objects.exists()


def test_another_program_takes_the_draft_along(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    other = build.a_program()
    build.an_assignment(administrator, other, Role.ADMISSIONS)
    client, data = client_of(administrator), filled(program, act="work_out")
    client.post(url, data)
    client.post(f"/enroll/{other.public_id}/", data)
    assert EnrollmentDraft.objects.get().program == other


def test_what_nobody_types_is_cut_and_null_characters_are_words(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    client = client_of(administrator)
    data = filled(program, act="work_out", first_name="\x00" + "x" * 5000, groups=["x"] * 300)
    assert client.post(url, data).status_code == 200
    answers = json.loads(EnrollmentDraft.objects.get().answers)
    assert (len(answers["first_name"][0]), len(answers["groups"])) == (1000, 100)
    assert client.get(f"{url}drafts/{data['proposed_id']}/").status_code == 200


def test_drafts_nobody_went_on_with_are_swept(program: Program, administrator: User) -> None:
    a_draft(program, administrator, kept_at=NOW - timedelta(days=31))
    kept = a_draft(program, administrator, kept_at=NOW - timedelta(days=29))
    assert sweep_drafts(now=NOW, by=None) == 1
    assert EnrollmentDraft.objects.get() == kept
    assert AuditEvent.objects.get().detail == {"count": 1}
    assert sweep_drafts(now=NOW, by=None) == 0
    assert AuditEvent.objects.count() == 1


def test_nothing_is_kept_or_thrown_away_when_the_trail_cannot_be(
    program: Program, administrator: User, audit_fails: None
) -> None:
    draft = a_draft(program, administrator)
    with pytest.raises(NotYours):
        keep_draft(public_id=uuid.uuid4(), program=program, answers={}, now=NOW, by=administrator)
    with pytest.raises(Exception, match="audit_fails"):
        discard_draft(draft=draft, by=administrator)
