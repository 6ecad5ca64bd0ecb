"""The list of what left, as a page: emergencies first, a page of lines at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.access import Access
from programs.disclosing.forms import ListForm
from programs.disclosing.reading import about, label_of, left_of, only_people
from programs.models import Basis, Disclosure, Participant, Program, Recipient

PER_PAGE = 50
ICONS = {
    Recipient.OWN: "house",
    Recipient.PARTICIPANT: "user-round",
    Recipient.PAYER: "landmark",
    Recipient.PROVIDER: "stethoscope",
    Recipient.SERVICE: "handshake",
    Recipient.COURT: "scale",
    Recipient.AUDITOR: "clipboard-list",
    Recipient.OTHER: "send",
}


@dataclass(frozen=True)
class Line:
    """One thing that left."""

    what: str
    who: str
    who_url: str
    whom: str
    icon: str
    purpose: str
    basis: str
    emergency: str
    is_emergency: bool
    taken_at: datetime
    by: str


@dataclass(frozen=True)
class ListPage:
    """One page of what left; `urgent` stands above it on the first."""

    urgent: tuple[Line, ...]
    lines: tuple[Line, ...]
    count: int
    number: int
    pages: int
    before: str
    after: str
    url: str


@dataclass(frozen=True)
class PersonDisclosures:
    """What left about one person, and what stayed for our own work."""

    left: tuple[Line, ...]
    own: tuple[Line, ...]
    accounting_url: str


def list_page(program: Program, form: ListForm, *, access: Access, number: str) -> ListPage:
    """Return the page asked for of what the form asks for."""
    found = form.narrowed(left_of(program, access.user), program)
    pages = Paginator(found.exclude(basis=Basis.EMERGENCY), PER_PAGE)
    shown = pages.get_page(number)
    urgent = list(found.filter(basis=Basis.EMERGENCY)) if shown.number == 1 else []
    rows = list(shown.object_list)
    people = only_people([*urgent, *rows])
    may_read = access.scope("participants.read", program) is not None

    def lines(disclosures: Sequence[Disclosure]) -> tuple[Line, ...]:
        return tuple(_line(each, people.get(each.pk), program, may_read) for each in disclosures)

    return ListPage(
        urgent=lines(urgent),
        lines=lines(rows),
        count=pages.count,
        number=shown.number,
        pages=pages.num_pages,
        before=form.address(page=shown.number - 1) if shown.has_previous() else "",
        after=form.address(page=shown.number + 1) if shown.has_next() else "",
        url=reverse("disclosures:disclosures", args=[program.public_id]),
    )


def person_page(program: Program, person: Participant, *, access: Access) -> PersonDisclosures:
    """Return everything that left with the person in it."""
    found = list(about(left_of(program, access.user), person))
    own = [each for each in found if each.recipient == Recipient.OWN]
    left = [each for each in found if each.recipient != Recipient.OWN]
    return PersonDisclosures(
        left=tuple(_line(each, None, program, False) for each in left),
        own=tuple(_line(each, None, program, False) for each in own),
        accounting_url=reverse("accounting:accounting", args=[program.public_id, person.public_id]),
    )


def _line(
    disclosure: Disclosure, person: Participant | None, program: Program, may_read: bool
) -> Line:
    recipient = Recipient(disclosure.recipient)
    named = ", ".join(filter(None, (disclosure.recipient_name, disclosure.affiliation)))
    url = ""
    if person and may_read:
        url = reverse("disclosures:person", args=[program.public_id, person.public_id])
    return Line(
        what=label_of(disclosure),
        who=_who(disclosure, person),
        who_url=url,
        whom=f"{recipient.label}: {named}" if named else str(recipient.label),
        icon=ICONS[recipient],
        purpose=disclosure.purpose,
        basis=disclosure.get_basis_display(),
        emergency=disclosure.emergency,
        is_emergency=disclosure.basis == Basis.EMERGENCY,
        taken_at=disclosure.taken_at or disclosure.stated_at,
        by=disclosure.by.display_name,
    )


def _who(disclosure: Disclosure, person: Participant | None) -> str:
    if person:
        return _("%(first)s %(last)s") % {
            "first": person.preferred_name or person.first_name,
            "last": person.last_name,
        }
    count = disclosure.people
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}
