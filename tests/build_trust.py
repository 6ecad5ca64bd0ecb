"""Builders of what trust rests on: emergencies, reviews, lines of the trail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client

from accounts.models import AuditEvent, User
from programs.models import (
    DisclosedPerson,
    Disclosure,
    EmergencyAccess,
    Participant,
    Program,
    TrailReview,
)
from tests.build import NOW, a_participant, a_program, a_user, on


def an_emergency_access(
    program: Program | None = None, participant: Participant | None = None, **fields: Any
) -> EmergencyAccess:
    """An hour that began at NOW, or at `started_at`, which nobody has reviewed."""
    started_at = fields.pop("started_at", NOW)
    defaults = {
        "reason": "Found unconscious in the hall.",
        "started_at": started_at,
        "ends_at": started_at + timedelta(minutes=60),
    }
    return EmergencyAccess.objects.create(
        program=program or a_program(),
        participant=participant or a_participant(),
        **{"user": fields.pop("user", None) or a_user(), **defaults, **fields},
    )


def a_trail_review(program: Program | None = None, **fields: Any) -> TrailReview:
    """A sign-off of November."""
    defaults = {"first_on": on("2026-11-01"), "last_on": on("2026-11-22"), "lines": 12}
    return TrailReview.objects.create(
        program=program or a_program(),
        **{
            "reviewed_by": fields.pop("reviewed_by", None) or a_user(),
            "reviewed_at": NOW,
            **defaults,
            **fields,
        },
    )


def a_line(at: datetime, by: User | None, verb: str, **fields: Any) -> AuditEvent:
    """A line of the trail that was written then."""
    if (program := fields.pop("program", None)) is not None:
        fields["program_id"] = program.public_id
    if (person := fields.pop("person", None)) is not None:
        fields["participant_id"] = person.public_id
    return AuditEvent.objects.create(at=at, by=by, verb=verb, **fields)


def a_disclosure(program: Program | None = None, *people: Participant, **fields: Any) -> Disclosure:
    """A census stated at NOW for our own work, with these people in it, not taken yet."""
    program = program or a_program()
    defaults = {
        "what": "census:csv",
        "path": f"/census/{program.public_id}/census.csv",
        "recipient": "own",
        "basis": "internal",
        "purpose": "Treatment team",
        "stated_at": NOW,
        "people": len(people),
    }
    agreement = fields.pop("agreement", None)
    disclosure = Disclosure.objects.create(
        program=program, **{"by": fields.pop("by", None) or a_user(), **defaults, **fields}
    )
    DisclosedPerson.objects.bulk_create(
        DisclosedPerson(disclosure=disclosure, participant=each, agreement=agreement)
        for each in people
    )
    return disclosure


def stated(client: Client, url: str, **statement: str) -> str:
    """State that the file stays in the clinic, or what is said; return where it is then taken."""
    answer = client.post(url, {"way": "own:internal", "purpose": "Treatment team", **statement})
    assert answer.status_code == 303, answer.status_code
    return answer["Location"]


def taken_out(client: Client, url: str, **statement: str) -> HttpResponseBase:
    """State that the file stays in the clinic, or what is said, and return what then comes.

    Where nothing is asked, it is what the address answers anyway: a refusal, or where it leads.
    """
    answer = client.post(url, {"way": "own:internal", "purpose": "Treatment team", **statement})
    return client.get(answer["Location"]) if answer.status_code == 303 else answer
