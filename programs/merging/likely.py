"""Who may be on record already: those one may see, and whether there are others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programs.access import access_of
from programs.merging.likeness import Facts, Likeness, likeness
from programs.models import Enrollment, Participant, Program, Referral
from programs.models.sought import Folded, has_name, words_in

WORDS = {
    Likeness.SAME_NAME_AND_BORN: _("same name and birth date"),
    Likeness.SIMILAR_NAME_AND_BORN: _("similar name, same birth date"),
    Likeness.SAME_NAME: _("same name"),
    Likeness.FIRST_NAME_AND_BORN: _("same first name and birth date"),
    Likeness.REACHED_THE_SAME: _("similar last name, same phone or email"),
}
COMPARED_AT_MOST = 200
SHOWN_AT_MOST = 5


@dataclass(frozen=True)
class LikelyPerson:
    """Somebody on record, why it may be them, and in which programs of one's own they are."""

    person: Participant
    why: str
    programs: str


@dataclass(frozen=True)
class Likely:
    """Whom one may see, the likeliest first, and how many there are whom one may not."""

    visible: tuple[LikelyPerson, ...] = ()
    hidden_count: int = 0


@dataclass(frozen=True)
class Split:
    """The records that are likely the same, each with why: seen, and not seen."""

    programs: tuple[Program, ...]
    visible: dict[Participant, Likeness]
    hidden: dict[Participant, Likeness]


def facts_of(person: Participant) -> Facts:
    """Return what is compared of a record."""
    return Facts(
        first_name=person.first_name,
        last_name=person.last_name,
        preferred_name=person.preferred_name,
        birth_date=person.birth_date,
        phones=frozenset(str(each) for each in (person.phone, person.other_phone) if each),
        email=person.email,
    )


def likely_duplicates(facts: Facts, *, user: User) -> Likely:
    """Return who may be the person of these facts; at most six statements."""
    split = split_likely(facts, user=user)
    shown = sorted(split.visible, key=lambda person: (-split.visible[person], person.pk))
    shown = shown[:SHOWN_AT_MOST]
    where = _programs_of(shown, split.programs)
    return Likely(
        visible=tuple(
            LikelyPerson(
                person, str(WORDS[split.visible[person]]), ", ".join(where.get(person.pk, ()))
            )
            for person in shown
        ),
        hidden_count=len(split.hidden),
    )


def split_likely(facts: Facts, *, user: User | None, entered: Participant | None = None) -> Split:
    """Return the records that are kept of who is likely the same, by whether `user` may read them.

    `entered` is left out: it is the record that the facts are of.
    """
    found: dict[Participant, Likeness] = {}
    for record in _candidates(facts):
        alike, kept = likeness(facts, facts_of(record)), record.kept
        if alike and (entered is None or kept.pk != entered.kept.pk):
            found[kept] = max(alike, found.get(kept, Likeness.NONE))
    programs = access_of(user).programs_for("participants.read") if user and found else []
    readable = Participant.objects.of_programs(programs).filter(pk__in=[each.pk for each in found])
    seen = set(readable.values_list("pk", flat=True)) if programs else set()
    return Split(
        programs=tuple(programs),
        visible={each: why for each, why in found.items() if each.pk in seen},
        hidden={each: why for each, why in found.items() if each.pk not in seen},
    )


def _candidates(facts: Facts) -> Iterable[Participant]:
    """Return who is worth comparing; each arm of the question has an index that answers it."""
    last = Q()
    for word in words_in(facts.last_name):
        last |= has_name(word)
    if not last:
        return ()
    asked = Q()
    for given in facts.given:
        asked |= _has(given) & _has(facts.last_name)
    if facts.birth_date:
        asked |= Q(birth_date=facts.birth_date)
    if facts.phones or facts.email:
        reached = Q(phone__in=facts.phones) | Q(other_phone__in=facts.phones)
        asked |= last & (reached | (Q(email__iexact=facts.email) & ~Q(email="")))
    if not asked:
        return ()
    return Participant.objects.filter(asked).prefetch_related("merged_into")[:COMPARED_AT_MOST]


def _has(name: str) -> Q:
    return Q(folded_names__contains=Folded(Value(name)))


def _programs_of(
    people: Iterable[Participant], programs: Iterable[Program]
) -> dict[int, list[str]]:
    """Return in which of the programs each person is, or was, or wants to be, by name."""
    keys = [person.pk for person in people]
    names: dict[int, set[str]] = {}
    for rows in (Enrollment.objects, Referral.objects) if keys else ():
        theirs = Q(participant__in=keys) | Q(participant__merged_into__in=keys)
        found = rows.filter(theirs, program__in=programs).values_list(
            "participant_id", "participant__merged_into_id", "program__name"
        )
        for record, kept, name in found:
            names.setdefault(kept or record, set()).add(name)
    return {key: sorted(each) for key, each in names.items()}
