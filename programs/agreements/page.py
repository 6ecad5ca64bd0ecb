"""What the page of a person's consents, agreements and documents shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.access import Access
from programs.agreements.consent_grid import (
    ChannelConsents,
    PastConsent,
    State,
    consent_grid,
    history,
    how_and_who,
)
from programs.agreements.missing import missing_paperwork
from programs.agreements.papers import agreements_of, consents_of, documents_of
from programs.models import Agreement, AgreementKind, Document, Participant, Program
from programs.models.document import ContentType
from programs.person_frame import PersonFrame, person_frame
from programs.weeks import local_date

KIND_ICONS = {
    AgreementKind.PROGRAM: "handshake",
    AgreementKind.TELEHEALTH: "video",
    AgreementKind.RELEASE: "share-2",
}
TYPE_ICONS = {ContentType.PDF: "file-text"}
HERE = "agreements:agreements"


@dataclass(frozen=True)
class AgreementRow:
    """An agreement: what it says, whether it holds, and its paper."""

    public_id: uuid.UUID
    kind: str
    icon: str
    state: State
    recipient: str
    lines: tuple[tuple[str, str], ...]
    document_id: uuid.UUID | None
    is_document_gone: bool
    may_revoke: bool


@dataclass(frozen=True)
class DocumentRow:
    """A document: what it is, and who brought it or took it off."""

    public_id: uuid.UUID
    name: str
    icon: str
    facts: str
    reason: str


@dataclass(frozen=True)
class AgreementsPage:
    """Everything somebody agreed to, and the papers on record of them."""

    frame: PersonFrame
    may_edit: bool
    missing: tuple[str, ...]
    channels: tuple[ChannelConsents, ...]
    history: tuple[PastConsent, ...]
    in_force: tuple[AgreementRow, ...]
    ended: tuple[AgreementRow, ...]
    documents: tuple[DocumentRow, ...]
    off_record: tuple[DocumentRow, ...]


def agreements_page(
    access: Access, program: Program, person: Participant, *, now: datetime
) -> AgreementsPage:
    """Return the page for those who may read the person's record."""
    zone, today = program.zone, local_date(now, program.zone)
    consents = list(consents_of(person))
    agreements = [agreement_row(each, today, zone) for each in agreements_of(person)]
    documents = list(documents_of(person))
    missing = missing_paperwork([person.pk], today, zone=zone)[person.pk]
    return AgreementsPage(
        frame=person_frame(access, program, person, here=HERE),
        may_edit=access.scope("participants.edit", program) is not None,
        missing=tuple(str(each.label) for each in missing),
        channels=consent_grid(person, consents, zone),
        history=history(consents, zone),
        in_force=tuple(row for row in agreements if row.may_revoke),
        ended=tuple(row for row in agreements if not row.may_revoke),
        documents=_document_rows((each for each in documents if not each.withdrawn_at), zone),
        off_record=_document_rows((each for each in documents if each.withdrawn_at), zone),
    )


def holds(agreement: Agreement, today: date) -> bool:
    """Whether a loaded agreement is in force; as `in_force` says it of rows in the database."""
    is_over = agreement.expires_on is not None and agreement.expires_on < today
    return agreement.given_on <= today and agreement.revoked_at is None and not is_over


def agreement_row(agreement: Agreement, today: date, zone: ZoneInfo) -> AgreementRow:
    """Return the agreement in words."""
    document = agreement.document
    is_there = document is not None and document.withdrawn_at is None
    return AgreementRow(
        public_id=agreement.public_id,
        kind=agreement.get_kind_display(),
        icon=KIND_ICONS[AgreementKind(agreement.kind)],
        state=_state(agreement, today),
        recipient=agreement.recipient,
        lines=tuple(_lines(agreement, zone)),
        document_id=document.public_id if document and is_there else None,
        is_document_gone=document is not None and not is_there,
        may_revoke=holds(agreement, today),
    )


def _state(agreement: Agreement, today: date) -> State:
    if agreement.revoked_at:
        return State(_("Revoked"), "ban", "lost")
    if holds(agreement, today):
        return State(_("In force"), "check", "ok")
    if agreement.given_on > today:
        return State(_("Not yet in force"), "hourglass", "calm")
    return State(_("Expired"), "hourglass", "calm")


def _lines(agreement: Agreement, zone: ZoneInfo) -> Iterable[tuple[str, str]]:
    """Yield each term with what is on record for it."""
    if agreement.purpose:
        yield _("What for"), agreement.purpose
    if agreement.scope:
        yield _("What may be told"), agreement.scope
    how, given = agreement.get_taken_how_display(), _day(agreement.given_on)
    yield _("Given"), how_and_who(how=how, who=agreement.taken_by, on=given)
    if expires := _expiry(agreement):
        yield _("Expires"), expires
    if agreement.revoked_at:
        how, day = agreement.get_revoked_how_display(), local_date(agreement.revoked_at, zone)
        yield _("Revoked"), how_and_who(how=how, who=agreement.revoked_by, on=_day(day))


def _expiry(agreement: Agreement) -> str:
    """Return the day or the event, or both where it is whichever comes first."""
    day = _day(agreement.expires_on) if agreement.expires_on else ""
    if day and agreement.expires_when:
        words = _("%(day)s, or earlier: %(event)s")
        return words % {"day": day, "event": agreement.expires_when}
    return day or agreement.expires_when


def _document_rows(documents: Iterable[Document], zone: ZoneInfo) -> tuple[DocumentRow, ...]:
    return tuple(_document_row(each, zone) for each in documents)


def _document_row(document: Document, zone: ZoneInfo) -> DocumentRow:
    if document.withdrawn_at:
        at, who = document.withdrawn_at, document.withdrawn_by
    else:
        at, who = document.uploaded_at, document.uploaded_by
    kind = ContentType(document.content_type)
    facts = [document.get_kind_display(), f"{kind.label}, {_size(document.size_bytes)}"]
    facts.append(how_and_who(how="", who=who, on=_day(local_date(at, zone))))
    return DocumentRow(
        public_id=document.public_id,
        name=document.name,
        icon=TYPE_ICONS.get(kind, "file-image"),
        facts=" · ".join(facts),
        reason=document.withdrawn_reason,
    )


def _size(size_bytes: int) -> str:
    """Return a size as people know it: at least 1 KB, megabytes with one digit."""
    if size_bytes >= 1024 * 1024:
        return f"{size_bytes / 1024 / 1024:.1f} MB"
    return f"{max(1, round(size_bytes / 1024))} KB"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
