"""Patient, EpisodeOfCare and Consent."""

from __future__ import annotations

from datetime import date
from typing import Any

from programs.models import Agreement, AgreementKind, ContactConsent, Enrollment, Participant

Resource = dict[str, Any]
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
LOINC = "http://loinc.org"
# "Privacy policy acknowledgment" is the nearest code; what it is in our words stands beside it.
CONSENT_CATEGORY = {"system": LOINC, "code": "57016-8"}


def ref(public_id: object) -> dict[str, str]:
    """Return a reference to another resource of the same bundle."""
    return {"reference": f"urn:uuid:{public_id}"}


def without_gaps(resource: Resource) -> Resource:
    """Return the resource without empty elements, which FHIR does not allow."""
    return {key: value for key, value in resource.items() if value not in ("", None, [], {})}


def patient(person: Participant) -> Resource:
    """Return the Patient: names, how they are reached, whom to call."""
    preferred = {"use": "usual", "text": person.preferred_name} if person.preferred_name else None
    official = {"use": "official", "family": person.last_name, "given": [person.first_name]}
    phones = [str(each) for each in (person.phone, person.other_phone) if each]
    telecom = [{"system": "phone", "value": each} for each in phones]
    if person.email:
        telecom.append({"system": "email", "value": person.email})
    return without_gaps(
        {
            "resourceType": "Patient",
            "id": str(person.public_id),
            "identifier": [{"type": {"text": "Chart number"}, "value": person.chart_number}],
            "active": True,
            "name": [each for each in (official, preferred) if each],
            "telecom": telecom,
            "birthDate": person.birth_date.isoformat() if person.birth_date else None,
            "contact": _contact(person),
            "communication": [{"language": _language(person.language), "preferred": True}],
        }
    )


def _language(code: str) -> Resource:
    return {"coding": [{"system": "urn:ietf:bcp:47", "code": code}]}


def _contact(person: Participant) -> list[Resource]:
    contact = without_gaps(
        {
            "relationship": [{"text": person.emergency_relationship}]
            if person.emergency_relationship
            else [],
            "name": {"text": person.emergency_name} if person.emergency_name else None,
            "telecom": [{"system": "phone", "value": str(person.emergency_phone)}]
            if person.emergency_phone
            else [],
        }
    )
    return [contact] if contact else []


def episode_of_care(stay: Enrollment, patient_id: object, today: date) -> Resource:
    """Return the EpisodeOfCare; one that was called off before it began is cancelled."""
    period = {"start": stay.admitted_on.isoformat()}
    if stay.discharged_on and stay.discharged_on >= stay.admitted_on:
        period["end"] = stay.discharged_on.isoformat()
    return {
        "resourceType": "EpisodeOfCare",
        "id": str(stay.public_id),
        "status": _status(stay, today),
        "type": [{"text": str(stay.program.get_level_of_care_display())}],
        "patient": ref(patient_id),
        "managingOrganization": {"display": stay.program.name},
        "period": period,
    }


def _status(stay: Enrollment, today: date) -> str:
    if stay.discharged_on and stay.discharged_on < stay.admitted_on:
        return "cancelled"
    if stay.discharged_on and stay.discharged_on < today:
        return "finished"
    return "planned" if stay.admitted_on > today else "active"


def consent_to_contact(given: ContactConsent, patient_id: object) -> Resource:
    """Return the Consent to be contacted in one way for one purpose; a refusal is rejected."""
    status = "inactive" if given.withdrawn_at else "active"
    if given.is_refusal:
        status = "rejected"
    words = f"{given.get_channel_display()}: {given.get_purpose_display()}"
    return _consent(given.public_id, patient_id, status, words, given.given_at.isoformat())


def agreement(signed: Agreement, patient_id: object, today: date) -> Resource:
    """Return the Consent that an agreement is; a release says to whom, what for, and how long."""
    is_over = signed.revoked_at or (signed.expires_on and signed.expires_on < today)
    words = str(signed.get_kind_display())
    given = signed.given_on.isoformat()
    made = _consent(signed.public_id, patient_id, "inactive" if is_over else "active", words, given)
    if signed.kind == AgreementKind.RELEASE:
        period = {"start": given}
        if signed.expires_on:
            period["end"] = signed.expires_on.isoformat()
        role = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                            "code": "IRCP"}]}  # fmt: skip
        made["provision"] = {
            "type": "permit",
            "period": period,
            "actor": [{"role": role, "reference": {"display": signed.recipient}}],
            "code": [{"text": signed.scope}],
        }
    return made


def _consent(key: object, patient_id: object, status: str, words: str, given: str) -> Resource:
    return {
        "resourceType": "Consent",
        "id": str(key),
        "status": status,
        "scope": {"coding": [{"system": SCOPE, "code": "patient-privacy"}]},
        "category": [{"coding": [CONSENT_CATEGORY], "text": words}],
        "patient": ref(patient_id),
        "dateTime": given,
        "policyRule": {"text": "42 CFR Part 2"},
    }
