"""What left the demo clinic: for its own work, to a payer with a release, and in an emergency."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import User
from iop.demo.folder import ZONE
from iop.demo.sign_ins import SIGN_INS
from programs.agreements.actions import AgreementFacts, add_agreement
from programs.disclosing.actions import Held, Statement, state_disclosure, take_disclosure
from programs.models import (
    Agreement,
    AgreementKind,
    Basis,
    Disclosure,
    Enrollment,
    HowTaken,
    Participant,
    Recipient,
)
from programs.weeks import local_date

DIRECTOR = SIGN_INS[0].email
PLAN = "Great Plains Health Plan"
OWN = Statement(Recipient.OWN, Basis.INTERNAL, "Treatment team")
CLAIM = Statement(Recipient.PAYER, Basis.CONSENT, "Claim of last month", PLAN)
THEIRS = Statement(Recipient.PARTICIPANT, Basis.PARTICIPANT, "The participant asked for it")
URGENT = Statement(
    Recipient.PROVIDER,
    Basis.EMERGENCY,
    "Emergency care",
    "Dr. R. Hale",
    "Found unconscious in the lobby; the hospital asks what has been taken.",
    "St. Anne Hospital, emergency department",
)
# What left by which page, as what, how many days ago.
SUMMARY, CENSUS = "summary:discharge", "census:csv"


def let_things_leave(now: datetime) -> None:
    """State and take a few files of people in care, over the last three weeks; once."""
    if Disclosure.objects.exists():
        return
    by = User.objects.get(email=DIRECTOR)
    day = local_date(now, ZONE)
    in_force = Enrollment.objects.begun().covering(day).select_related("participant", "program")
    episodes = list(in_force.order_by("admitted_on", "participant__chart_number")[:4])
    first, second, third = episodes[:3]
    released = _release(first, now, by)
    _leave(SUMMARY, first, CLAIM, now - timedelta(days=19), by, {first.participant_id: released})
    _leave(SUMMARY, second, URGENT, now - timedelta(days=6), by)
    _leave(SUMMARY, third, THEIRS, now - timedelta(days=3), by)
    mine = [each for each in episodes if each.program_id == first.program_id]
    people = [each.participant.kept for each in mine]
    _leave(CENSUS, first, OWN, now - timedelta(days=2), by, people=people)


def _release(episode: Enrollment, now: datetime, by: User) -> Agreement:
    given = local_date(now - timedelta(days=20), ZONE)
    facts = AgreementFacts(
        kind=AgreementKind.RELEASE,
        given_on=given,
        taken_how=HowTaken.SIGNED,
        recipient=PLAN,
        purpose="Payment for treatment",
        scope="Dates, attendance and the summary of the episode",
        expires_on=given + timedelta(days=365),
    )
    return add_agreement(
        person=episode.participant.kept,
        facts=facts,
        paper=None,
        public_id=uuid.uuid4(),
        program=episode.program,
        now=now - timedelta(days=20),
        by=by,
    )


def _leave(
    what: str,
    episode: Enrollment,
    statement: Statement,
    at: datetime,
    by: User,
    agreements: Mapping[int, Agreement] | None = None,
    *,
    people: Sequence[Participant] = (),
) -> None:
    ids = [episode.program.public_id, *([] if people else [episode.public_id])]
    path = reverse(what, args=ids)
    stated = state_disclosure(
        what=what,
        path=path,
        statement=statement,
        held=Held(people or [episode.participant.kept], agreements or {}),
        program=episode.program,
        now=at,
        by=by,
    )
    take_disclosure(disclosure=stated, body=path.encode(), now=at, by=by)
