"""What changes when somebody is enrolled: the person, the episode, its groups and consents."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.enrolling.choices import places_of
from groups.enrolling.seats import free_seats
from groups.models import GroupMembership, TherapyGroup
from programs.models import Channel, ContactConsent, Enrollment, Order, Participant, Program

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class CannotEnroll(Exception):
    """Why not, in words, by the field of the plan where it can be put right."""

    def __init__(self, words: Mapping[str, Iterable[StrOrPromise]]) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Plan:
    """Everything about an enrollment to be; `public_id` is its own, so that it is made once."""

    public_id: uuid.UUID
    program: Program
    participant: Participant
    admitted_on: date
    admission: str
    planned_discharge_on: date | None
    ordered_minutes: int | None
    groups: Sequence[TherapyGroup]
    consents: Mapping[Channel, bool]


def enroll_participant(*, plan: Plan, now: datetime, by: User | None) -> Enrollment:
    """Enroll somebody new or known: episode, order, memberships, consents; all of it or nothing.

    The same plan sent twice makes one enrollment: the second call returns the first one's.
    Raises CannotEnroll with words where the database would refuse, or a group is full.
    """
    try:
        with transaction.atomic():
            _one_at_a_time(plan)
            made = Enrollment.objects.filter(public_id=plan.public_id, program=plan.program)
            return made.first() or _enroll(plan, now, by)
    except IntegrityError as refused:
        # Somebody else was quicker between our question and our answer.
        raise CannotEnroll(
            {NON_FIELD_ERRORS: [_("This could not be kept. Look at the page and try again.")]}
        ) from refused


def _one_at_a_time(plan: Plan) -> None:
    """Wait for the same plan, sent twice, to be done with the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [str(plan.public_id)])


def _enroll(plan: Plan, now: datetime, by: User | None) -> Enrollment:
    person, is_new = plan.participant, plan.participant.pk is None
    if is_new:
        _save(person)
    enrollment = _admit(plan)
    _order(enrollment, plan.ordered_minutes)
    _join(enrollment, plan.groups)
    _keep_consents(person, plan.consents, now)
    write_audit(
        "participant.enrolled",
        by=by,
        subject=enrollment,
        participant_id=person.public_id,
        program_id=plan.program.public_id,
        groups=len(plan.groups),
        is_new=is_new,
    )
    return enrollment


def _admit(plan: Plan) -> Enrollment:
    enrollment = Enrollment(
        public_id=plan.public_id,
        participant=plan.participant,
        program=plan.program,
        admitted_on=plan.admitted_on,
        admission=plan.admission,
        planned_discharge_on=plan.planned_discharge_on,
    )
    _save(enrollment, otherwise="admitted_on")
    return enrollment


def _save(row: models.Model, *, otherwise: str = NON_FIELD_ERRORS) -> None:
    """Save what the database would take; words of the whole row go to the field `otherwise`."""
    try:
        row.full_clean()
    except ValidationError as refused:
        words = dict(refused.message_dict)
        whole = words.pop(NON_FIELD_ERRORS, [])
        if whole:
            words[otherwise] = [*words.get(otherwise, []), *whole]
        raise CannotEnroll(words) from refused
    row.save()


def _order(enrollment: Enrollment, minutes: int | None) -> None:
    if minutes:
        Order.objects.create(
            enrollment=enrollment,
            effective_from=enrollment.admitted_on,
            minutes_per_week=minutes,
        )


def _join(enrollment: Enrollment, chosen: Sequence[TherapyGroup]) -> None:
    """Take a place in each group; the groups are locked, so that the last seat is taken once."""
    keys = [group.pk for group in chosen]
    groups = list(TherapyGroup.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    stay = (enrollment.admitted_on, enrollment.planned_discharge_on)
    places = places_of(keys, since=stay[0])
    full = [
        group.name
        for group in groups
        if not free_seats(group.capacity, places[group.pk], first_on=stay[0], last_on=stay[1])
    ]
    if full:
        words = [
            _("%(group)s is full on these dates. Choose another group.") % {"group": name}
            for name in full
        ]
        raise CannotEnroll({"groups": words})
    for group in groups:
        GroupMembership.objects.create(
            group=group, enrollment=enrollment, first_on=enrollment.admitted_on
        )


def _keep_consents(person: Participant, answers: Mapping[Channel, bool], now: datetime) -> None:
    """Keep each answer: yes gives a consent that is not on record, no withdraws one that is."""
    for channel, agrees in answers.items():
        standing = ContactConsent.objects.filter(
            participant=person, channel=channel, withdrawn_at=None
        )
        if not agrees:
            standing.update(withdrawn_at=now)
        elif not standing.exists():
            ContactConsent.objects.create(participant=person, channel=channel, given_at=now)
