"""The whole record: nothing of it is forgotten, nobody else is in it, and FHIR's rules hold."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent
from hours.record_export.fhir.bundle import bundle_of
from hours.record_export.record import whole_record
from hours.record_export.sections import LEFT_OUT, PARTS
from programs.models import Disclosure, EmergencyAccess, Enrollment, Participant
from tests import build, build_curriculum, build_episodes, build_records
from tests.build_trust import an_emergency_access, stated

CARRIED = {"Participant", "Enrollment", "CheckIn", "Outreach", "RelapsePlan"}


def test_every_table_about_a_participant_is_a_part_or_left_out_with_a_reason() -> None:
    about = {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if field.related_model and field.related_model.__name__ in CARRIED
    }
    told = {part.model for part in PARTS} | set(LEFT_OUT) | {"programs.Participant"}
    assert about == told
    assert all(LEFT_OUT.values())


@pytest.fixture
def stay(program) -> Enrollment:
    person = build.a_participant(
        first_name="Ada",
        last_name="Nolan",
        chart_number="HS-0042",
        birth_date="1990-03-09",
        safe_contact="Ask for Bo",
        emergency_name="Bo Nolan",
        email="ada@example.org",
        language="es",
    )
    stay = build.an_enrollment(program, person, admitted_on="2026-11-02")
    group = build.a_group(program, name="Core skills")
    build.a_membership(group, stay)
    session = build.a_session(group, "2026-11-23")
    build.a_record(session, person, "09:05-10:00", "10:20-12:00")
    missed = build.a_session(group, "2026-11-24")
    record = build.a_record(missed, person, absence="excused")
    type(record).objects.filter(pk=record.pk).update(reason="A cold")
    build_records.a_participant_note(session, person, response="Spoke of her sister")
    build_records.a_participant_note(missed, person, response="A draft that nobody signed")
    build_records.a_check_in(session, person)
    build_records.signed_notes(session)
    build_episodes.a_goal(stay, text="Sleep by eleven")
    build_episodes.a_release(person, recipient="Dr. Vale")
    build.a_consent(person)
    build_curriculum.a_relapse_plan(person)
    coming = timezone.localdate() + timedelta(days=3)
    build.a_session(group, coming)
    return Enrollment.objects.get(pk=stay.pk)


def test_it_holds_what_was_written_and_by_whom(stay, program) -> None:
    record = whole_record(stay.participant, program, now=build.NOW)
    text = json.dumps(record.as_json(), ensure_ascii=False)
    for words in (
        *("Ada", "HS-0042", "Ask for Bo", "Spoke of her sister", "Sleep by eleven", "Dr. Vale"),
        *("A cold", "Core skills, 2026-11-23T09:00-06:00", "2026-11-23T09:05-06:00"),
    ):
        assert words in text, words
    # No key of ours, and nothing encrypted.
    assert "gAAAA" not in text
    assert not re.search(r'"(id|participant_id|Enrollment)":', text)


def test_nobody_else_and_no_other_program_is_in_it(stay, program) -> None:
    group = build.a_group(program, name="Evening")
    other = build.a_participant(first_name="Zoe", last_name="Quill")
    build.a_record(build.a_session(group, "2026-11-20"), other, absence="excused")
    elsewhere = build.a_program(code="morning-iop", name="Morning IOP")
    again = build.an_enrollment(
        elsewhere,
        stay.participant,
        admitted_on="2026-08-03",
        discharged_on="2026-09-01",
        discharge_reason="completed",
    )
    build_episodes.a_goal(again, text="Kept elsewhere")
    for text in (
        json.dumps(whole_record(stay.participant, program, now=build.NOW).as_json()),
        json.dumps(bundle_of(stay.participant, program, now=build.NOW)),
    ):
        assert "Zoe" not in text
        assert "Quill" not in text
        assert "Kept elsewhere" not in text
        assert "Morning IOP" not in text


def test_what_directors_say_of_a_colleague_is_not_in_it(stay, program) -> None:
    opened = an_emergency_access(program, stay.participant, reason="Fainted in the hall")
    later = opened.ends_at + timedelta(days=1)
    EmergencyAccess.objects.filter(pk=opened.pk).update(
        reviewed_at=later, reviewed_by=build.a_user(), review_note="Talk to her about it"
    )
    text = json.dumps(whole_record(stay.participant, program, now=build.NOW).as_json())
    assert "Fainted in the hall" in text
    assert "Talk to her" not in text


def test_a_note_that_nobody_signed_is_not_in_it(client_of, stay, program, director) -> None:
    text = json.dumps(whole_record(stay.participant, program, now=build.NOW).as_json())
    assert "Spoke of her sister" in text
    assert "A draft that nobody signed" not in text
    ids = [program.public_id, stay.participant.public_id]
    page = client_of(director).get(reverse("record:record", args=ids)).content.decode()
    assert "Notes are in it once they are signed." in page


def test_a_duplicates_rows_are_in_it_too(stay, program) -> None:
    twin = build.a_participant(first_name="Adah", last_name="Nolan")
    build.a_leave(twin, "2026-11-23", "2026-11-24", reason="A funeral")
    Participant.objects.filter(pk=twin.pk).update(merged_into=stay.participant, merged_at=build.NOW)
    assert "A funeral" in json.dumps(
        whole_record(stay.participant, program, now=build.NOW).as_json()
    )


def test_statements_do_not_grow_with_the_record(
    stay, program, django_assert_max_num_queries
) -> None:
    group = build.a_group(program, name="More")
    for day in range(2, 12):
        session = build.a_session(group, f"2026-11-{day:02}")
        build.a_record(session, stay.participant, "09:00-12:00")
        build_records.a_check_in(session, stay.participant)
    with django_assert_max_num_queries(len(PARTS) + 1):
        whole_record(stay.participant, program, now=build.NOW)


# FHIR R4 (4.0.1), hl7.org/fhir/R4: required elements, and the codes of the required value sets.
REQUIRED = {
    "Patient": set(),
    "EpisodeOfCare": {"status", "patient"},
    "Group": {"type", "actual"},
    "Appointment": {"status", "participant"},
    "Encounter": {"status", "class"},
    "Consent": {"status", "scope", "category", "policyRule"},
}
CODES = {
    "EpisodeOfCare": {
        *("planned", "waitlist", "active", "onhold", "finished", "cancelled", "entered-in-error"),
    },
    "Appointment": {
        *("proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow"),
        *("entered-in-error", "checked-in", "waitlist"),
    },
    "Encounter": {
        *("planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled"),
    },
    "Consent": {
        *("draft", "proposed", "active", "rejected", "inactive", "entered-in-error"),
    },
}
FHIR_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")


def assert_fhir(node: object) -> None:
    """No element is empty, and none is null."""
    assert node not in ("", None, [], {})
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    for each in children:
        assert_fhir(each)


def test_the_bundle_keeps_to_fhir(stay, program) -> None:
    bundle = bundle_of(stay.participant, program, now=timezone.now())
    assert_fhir(bundle)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    resources = [entry["resource"] for entry in bundle["entry"]]
    assert {each["resourceType"] for each in resources} == set(REQUIRED)
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    for each in resources:
        kind = each["resourceType"]
        assert FHIR_ID.fullmatch(each["id"])
        assert REQUIRED[kind] <= set(each)
        assert each.get("status") in CODES.get(kind, {None})
    references = re.findall(r'"reference": "([^"]+)"', json.dumps(bundle))
    assert references
    assert set(references) <= set(urls)


def test_the_bundle_says_who_came_when(stay, program) -> None:
    bundle = bundle_of(stay.participant, program, now=timezone.now())
    found = [entry["resource"] for entry in bundle["entry"]]
    (met,) = [each for each in found if each["resourceType"] == "Encounter"]
    assert met["length"]["value"] == 55 + 100
    assert met["period"] == {
        "start": "2026-11-23T09:05:00-06:00",
        "end": "2026-11-23T12:00:00-06:00",
    }
    assert met["episodeOfCare"] == [{"reference": f"urn:uuid:{stay.public_id}"}]
    booked = [each["status"] for each in found if each["resourceType"] == "Appointment"]
    assert sorted(booked) == ["booked", "fulfilled", "noshow"]
    (release,) = [each for each in found if "provision" in each]
    assert release["provision"]["actor"][0]["reference"]["display"] == "Dr. Vale"


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("json", "application/json"),
        ("fhir", "application/fhir+json"),
    ],
)
def test_a_director_takes_it_out_once_it_is_stated(
    client_of, stay, program, director, kind: str, content_type: str
) -> None:
    client, ids = client_of(director), [program.public_id, stay.participant.public_id]
    assert client.get(reverse("record:record", args=ids)).status_code == 200
    url = reverse(f"record:{kind}", args=ids)
    assert "Nolan" not in url
    asked = client.get(url)
    assert asked.status_code == 200
    assert not asked.get("Content-Disposition")
    way = {"way": "participant:participant", "purpose": "Asked for it"}
    answer = client.get(stated(client, url, **way))
    assert answer["Content-Type"] == content_type
    assert "Nolan" not in answer["Content-Disposition"]
    if kind == "pdf":
        pages = PdfReader(io.BytesIO(answer.content)).pages
        text = " ".join(page.extract_text() for page in pages)
        assert "Spoke of her sister" in text
        assert "42 CFR part 2" in text
    else:
        assert "Nolan" in json.dumps(json.loads(answer.content))
    disclosure = Disclosure.objects.get()
    assert disclosure.taken_at
    assert AuditEvent.objects.filter(verb="record.exported").count() == 1


def test_nobody_else_does(client_of, stay, program, clinician, administrator) -> None:
    ids = [program.public_id, stay.participant.public_id]
    for user in (clinician, administrator):
        for name in ("record", "pdf", "json", "fhir"):
            assert client_of(user).get(reverse(f"record:{name}", args=ids)).status_code == 403
