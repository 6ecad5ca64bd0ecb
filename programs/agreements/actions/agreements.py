"""What changes about agreements: one is given, with its paper, or revoked."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.agreements.actions.documents import MADE_ALREADY, Paper, add_document
from programs.agreements.files import none_left_behind
from programs.agreements.papers import agreements_of
from programs.models import Agreement, AgreementKind, Document, HowTaken, Participant, Program


@dataclass(frozen=True)
class AgreementFacts:
    """What an agreement says; a release of information says all of it."""

    kind: AgreementKind
    given_on: date
    taken_how: str
    recipient: str = ""
    purpose: str = ""
    scope: str = ""
    expires_on: date | None = None
    expires_when: str = ""


def add_agreement(
    *,
    person: Participant,
    facts: AgreementFacts,
    paper: Paper | Document | None,
    public_id: uuid.UUID,
    program: Program,
    now: datetime,
    by: User | None,
) -> Agreement:
    """Keep the agreement with its paper, one on record or one to be kept with it: all or nothing.

    The same `public_id` sent twice makes one agreement. Raises NotKept.
    """
    with none_left_behind() as written, transaction.atomic():
        kept = Participant.objects.select_for_update(no_key=True).get(pk=person.pk)
        if known := agreements_of(kept).filter(public_id=public_id).first():
            return _the_same(known, facts)
        agreement = Agreement(public_id=public_id, participant=kept, taken_by=by, **asdict(facts))
        if isinstance(paper, Paper):
            paper = add_document(
                person=kept, paper=paper, public_id=uuid.uuid4(), program=program, now=now, by=by
            )
            written.append(paper.stored_name)
        agreement.document = paper
        keep(agreement, otherwise="given_on")
        _audit("agreement.added", agreement, program, by, how=agreement.taken_how)
    return agreement


@transaction.atomic
def revoke_agreement(
    *, agreement: Agreement, how: str, program: Program, now: datetime, by: User | None
) -> bool:
    """Keep that the agreement holds no longer, from this moment; return whether that is news."""
    stored = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if stored.revoked_at:
        return False
    stored.revoked_at, stored.revoked_by, stored.revoked_how = now, by, HowTaken(how)
    stored.save(update_fields=["revoked_at", "revoked_by", "revoked_how"])
    _audit("agreement.revoked", stored, program, by, how=how)
    return True


def _the_same(known: Agreement, facts: AgreementFacts) -> Agreement:
    """Return the agreement that the form has made already; another one needs another form."""
    if any(getattr(known, name) != value for name, value in asdict(facts).items()):
        raise NotKept({NON_FIELD_ERRORS: [MADE_ALREADY]})
    return known


def _audit(verb: str, agreement: Agreement, program: Program, by: User | None, *, how: str) -> None:
    write_audit(
        verb,
        by=by,
        subject=agreement,
        participant_id=agreement.participant.public_id,
        program_id=program.public_id,
        kind=agreement.kind,
        how=how,
        given_on=agreement.given_on.isoformat(),
        has_document=agreement.document_id is not None,
    )
