"""A disclosure is stated, then taken: once, with the fingerprint of what went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from programs.disclosing.urgent import tell_directors
from programs.models import Agreement, Basis, DisclosedPerson, Disclosure, Participant, Program


class TakenAlready(Exception):
    """One statement lets one file out."""


@dataclass(frozen=True)
class Statement:
    """To whom, what for and on what ground, as somebody states it."""

    recipient: str
    basis: str
    purpose: str
    recipient_name: str = ""
    emergency: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class Held:
    """Who is in the file, and by participant the release that covers them."""

    people: Sequence[Participant]
    agreements: Mapping[int, Agreement]

    def rows(self, disclosure: Disclosure) -> list[DisclosedPerson]:
        """Return a row for each person, not saved yet."""
        return [
            DisclosedPerson(
                disclosure=disclosure, participant=each, agreement=self.agreements.get(each.pk)
            )
            for each in self.people
        ]


@transaction.atomic
def state_disclosure(
    *,
    what: str,
    path: str,
    statement: Statement,
    held: Held,
    program: Program,
    now: datetime,
    by: User,
) -> Disclosure:
    """Keep the statement with everybody in the file, and the release of each. Raises NotKept."""
    about = {"what": what, "path": path, "people": len(held.people), **asdict(statement)}
    disclosure = Disclosure(program=program, by=by, stated_at=now, **about)
    keep(disclosure)
    DisclosedPerson.objects.bulk_create(held.rows(disclosure))
    said = {"recipient": str(statement.recipient), "basis": str(statement.basis)}
    is_emergency = statement.basis == Basis.EMERGENCY
    _put_on_trail(
        "disclosure.stated",
        disclosure,
        by,
        people=len(held.people),
        **said,
        is_emergency=is_emergency,
    )
    return disclosure


@transaction.atomic
def take_disclosure(*, disclosure: Disclosure, body: bytes, now: datetime, by: User) -> None:
    """Note that the file went out, and its fingerprint; once. Raises TakenAlready.

    Of one that left in an emergency the program's directors are told at once.
    """
    fingerprint = sha256(body).hexdigest()
    taken = Disclosure.objects.filter(pk=disclosure.pk, taken_at=None).update(
        taken_at=now, sha256=fingerprint
    )
    if not taken:
        raise TakenAlready
    told = {}
    if disclosure.basis == Basis.EMERGENCY:
        told = {"told": tell_directors(disclosure, now)}
    said = {"people": disclosure.people, "sha256": fingerprint}
    _put_on_trail("disclosure.taken", disclosure, by, **said, **told)


def _put_on_trail(verb: str, disclosure: Disclosure, by: User, **detail: object) -> None:
    people = list(disclosure.disclosed.values_list("participant__public_id", flat=True)[:2])
    write_audit(
        verb,
        by=by,
        subject=disclosure,
        participant_id=people[0] if len(people) == 1 else None,
        program_id=disclosure.program.public_id,
        what=disclosure.what,
        **detail,
    )
