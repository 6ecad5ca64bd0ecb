"""The consents, agreements and documents of a person, under their record and its duplicates."""

from __future__ import annotations

from django.db.models import Q

from programs.models import Agreement, ContactConsent, Document, Participant
from programs.models.consent import AgreementQuerySet
from programs.models.document import DocumentQuerySet


def _of(person: Participant) -> Q:
    return Q(participant=person) | Q(participant__merged_into=person)


def consents_of(person: Participant):
    """Return the person's consents, the latest first, with who took and who withdrew them."""
    found = ContactConsent.objects.filter(_of(person)).order_by("-given_at", "-pk")
    return found.select_related("taken_by", "withdrawn_by")


def agreements_of(person: Participant) -> AgreementQuerySet:
    """Return the person's agreements, the latest first, with who took them and their paper."""
    found = Agreement.objects.filter(_of(person)).order_by("-given_on", "-pk")
    return found.select_related("taken_by", "revoked_by", "document")


def documents_of(person: Participant) -> DocumentQuerySet:
    """Return the person's documents, the latest first, also those taken off the record."""
    return Document.objects.filter(_of(person)).select_related("uploaded_by", "withdrawn_by")
