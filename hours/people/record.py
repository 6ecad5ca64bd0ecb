"""What is on record of one person: the episode, the groups, leaves, how they may be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.kind_looks import KindLook, kind_look
from groups.models import GroupMembership
from groups.readable import readable_groups
from groups.slots import slots_of
from hours.wording import hours
from programs.access import Access
from programs.models import (
    Channel,
    ConsentPurpose,
    ContactConsent,
    DischargeReason,
    Enrollment,
    Leave,
    Order,
    Participant,
    Program,
)


@dataclass(frozen=True)
class Line:
    """A term and what is on record for it."""

    term: str
    text: str


@dataclass(frozen=True)
class Consent:
    """One way of being reached, and whether they agreed to it."""

    label: str
    text: str
    is_given: bool


@dataclass(frozen=True)
class GroupLine:
    """A group they belong to, when it meets, and its page where one may open it."""

    name: str
    look: KindLook
    slots: tuple[str, ...]
    note: str
    public_id: object | None


@dataclass(frozen=True)
class Contact:
    """Who they are and how they are reached: for those who may read more than a name."""

    lines: tuple[Line, ...]
    consents: tuple[Consent, ...]


def episode_lines(access: Access, enrollment: Enrollment) -> tuple[Line, ...]:
    """Return the enrollment's facts as far as one may read them; leaves without their reasons."""
    program = enrollment.program
    lines = [
        Line(
            _("Admitted"),
            _("%(day)s, %(how)s")
            % {
                "day": _day(enrollment.admitted_on),
                "how": str(enrollment.get_admission_display()).lower(),
            },
        )
    ]
    if enrollment.discharge_reason == DischargeReason.NEVER_STARTED:
        lines.append(Line(_("Discharged"), str(enrollment.get_discharge_reason_display())))
    elif enrollment.discharged_on:
        lines.append(Line(_("Discharged"), _day(enrollment.discharged_on)))
    elif enrollment.planned_discharge_on:
        lines.append(Line(_("Planned discharge"), _day(enrollment.planned_discharge_on)))
    if access.scope("orders.read", program):
        lines.append(Line(_("Ordered hours"), _ordered(enrollment)))
    if access.scope("participants.read", program):
        lines.append(Line(_("Leave"), _leaves(enrollment)))
    return tuple(lines)


def _ordered(enrollment: Enrollment) -> str:
    order = Order.objects.filter(enrollment=enrollment).order_by("-effective_from").first()
    if order is None:
        return _("none; the program’s rule holds")
    return _("%(hours)s a week, from %(day)s") % {
        "hours": hours(order.minutes_per_week),
        "day": _day(order.effective_from),
    }


def _leaves(enrollment: Enrollment) -> str:
    leaves = Leave.objects.lasting(enrollment.admitted_on)
    leaves = leaves.filter(participant=enrollment.participant_id)
    said = [
        _("%(first)s to %(last)s") % {"first": _day(each.first_on), "last": _day(each.last_on)}
        if each.last_on
        else _("since %(first)s") % {"first": _day(each.first_on)}
        for each in leaves.order_by("first_on")
    ]
    return "; ".join(said) or _("none")


def contact_of(person: Participant) -> Contact:
    """Return name, birth date, phone, email and language, and what they agreed to."""
    born = (
        date_format(person.birth_date, "DATE_FORMAT") if person.birth_date else _("not on record")
    )
    return Contact(
        lines=(
            Line(_("Full name"), f"{person.first_name} {person.last_name}"),
            Line(_("Chart number"), person.chart_number),
            Line(_("Born"), born),
            Line(_("Phone"), person.phone.as_national if person.phone else _("none")),
            Line(_("Email"), person.email or _("none")),
            Line(_("Language"), str(person.get_language_display())),
        ),
        consents=_consents(person),
    )


def _consents(person: Participant) -> tuple[Consent, ...]:
    latest: dict[str, ContactConsent] = {
        each.channel: each
        for each in ContactConsent.objects.filter(
            Q(participant=person) | Q(participant__merged_into=person),
            purpose=ConsentPurpose.REMINDERS,
        ).order_by("given_at")
    }
    return tuple(_consent(channel, latest.get(channel)) for channel in Channel)


def _consent(channel: Channel, on_record: ContactConsent | None) -> Consent:
    if on_record is None:
        return Consent(str(channel.label), _("no agreement on record"), is_given=False)
    if on_record.withdrawn_at:
        when = {"day": date_format(on_record.withdrawn_at, "DATE_FORMAT")}
        return Consent(str(channel.label), _("withdrawn %(day)s") % when, is_given=False)
    when = {"day": date_format(on_record.given_at, "DATE_FORMAT")}
    return Consent(str(channel.label), _("agreed %(day)s") % when, is_given=True)


def groups_of(
    access: Access, program: Program, person: Participant, *, today: date
) -> tuple[GroupLine, ...]:
    """Return the groups they belong to or will, by name."""
    episodes = Enrollment.objects.of_person(person).filter(program=program)
    held = GroupMembership.objects.lasting(today).filter(enrollment__in=episodes)
    held = held.select_related("group")
    memberships: Sequence[GroupMembership] = list(held.order_by("group__name", "first_on"))
    keys = [each.group_id for each in memberships]
    slots = slots_of(keys, today=today)
    readable = set()
    if access.scope("groups.read", program):
        own = readable_groups(access, program, today=today)
        readable = set(own.filter(pk__in=keys).values_list("pk", flat=True))
    return tuple(
        GroupLine(
            name=each.group.name,
            look=kind_look(each.group.kind),
            slots=slots.get(each.group_id, ()),
            note=_stay(each, today),
            public_id=each.group.public_id if each.group_id in readable else None,
        )
        for each in memberships
    )


def _stay(membership: GroupMembership, today: date) -> str:
    if membership.first_on > today:
        return _("from %(day)s") % {"day": _day(membership.first_on)}
    if membership.last_on:
        return _("until %(day)s") % {"day": _day(membership.last_on)}
    return ""


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
