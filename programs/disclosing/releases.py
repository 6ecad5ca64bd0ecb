"""Which releases of information are in force for people, and whom none covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from programs.models import Agreement, AgreementKind, Participant

# By participant, the releases in force.
Releases = dict[int, list[Agreement]]


@dataclass(frozen=True)
class Choice:
    """One recipient that releases name: how many of the people, and what one of them says."""

    recipient: str
    people: int
    purpose: str
    scope: str


@dataclass(frozen=True)
class Covered:
    """The agreement that covers each person, and who has none."""

    by_person: dict[int, Agreement]
    lacking: tuple[Participant, ...]


def releases_of(people: Iterable[Participant], day: date) -> Releases:
    """Return each person's releases in force that day, those on record of duplicates too."""
    pks = [person.pk for person in people]
    found: Releases = defaultdict(list)
    theirs = Q(participant__in=pks) | Q(participant__merged_into__in=pks)
    releases = Agreement.objects.in_force(day).filter(theirs, kind=AgreementKind.RELEASE)
    for each in releases.select_related("participant").order_by("-given_on", "-pk"):
        found[each.participant.merged_into_id or each.participant_id].append(each)
    return dict(found)


def same_name(one: str, other: str) -> bool:
    """Whether two recipients are one, but for capitals and spaces."""
    return one.casefold().split() == other.casefold().split()


def covered_by(people: Sequence[Participant], releases: Releases, recipient: str) -> Covered:
    """Return who may be told of to the recipient: the latest release that names them."""
    found = {
        person.pk: each
        for person in people
        for each in reversed(releases.get(person.pk, []))
        if same_name(each.recipient, recipient)
    }
    return Covered(found, tuple(person for person in people if person.pk not in found))


def choices_in(releases: Releases) -> tuple[Choice, ...]:
    """Return the recipients that the releases name, those of most people first."""
    named: dict[tuple[str, ...], dict[int, Agreement]] = defaultdict(dict)
    for person, own in releases.items():
        for each in own:
            named[tuple(each.recipient.casefold().split())].setdefault(person, each)
    choices = [_choice(list(found.values())) for found in named.values()]
    return tuple(sorted(choices, key=lambda each: (-each.people, each.recipient.casefold())))


def _choice(found: list[Agreement]) -> Choice:
    first, is_one = found[0], len(found) == 1
    return Choice(
        recipient=" ".join(first.recipient.split()),
        people=len(found),
        purpose=first.purpose if is_one else "",
        scope=first.scope if is_one else "",
    )
