"""What changes about consents, agreements and documents."""

from programs.agreements.actions.agreements import AgreementFacts, add_agreement, revoke_agreement
from programs.agreements.actions.consents import (
    give_consent,
    give_consents,
    withdraw_consent,
    withdraw_consents,
)
from programs.agreements.actions.documents import Paper, add_document, withdraw_document

__all__ = [
    "AgreementFacts",
    "Paper",
    "add_agreement",
    "add_document",
    "give_consent",
    "give_consents",
    "revoke_agreement",
    "withdraw_consent",
    "withdraw_consents",
    "withdraw_document",
]
