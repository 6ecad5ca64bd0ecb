"""What the profile shows: who they are, how they are reached, and what was merged into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.access import Access
from programs.models import Participant, Program


@dataclass(frozen=True)
class Fact:
    """A term, what is on record for it, and whether anything is."""

    term: str
    text: str
    is_known: bool = True


@dataclass(frozen=True)
class Section:
    """A panel of facts."""

    key: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ProfilePage:
    """Everything the template reads."""

    program: Program
    person: Participant
    sections: tuple[Section, ...]
    duplicates: tuple[Participant, ...]
    may_edit: bool
    may_merge: bool
    may_export: bool
    may_hold: bool


def profile_page(
    access: Access, program: Program, person: Participant, *, today: date
) -> ProfilePage:
    """Return the page; one query, for the records merged into this one."""
    return ProfilePage(
        program=program,
        person=person,
        sections=sections_of(person, program, today=today),
        duplicates=tuple(person.duplicates.order_by("merged_at", "pk")),
        may_edit=access.scope("participants.edit", program) is not None,
        may_merge=access.scope("participants.merge", program) is not None,
        may_export=access.scope("records.export", program) is not None,
        may_hold=access.scope("retention.manage", program) is not None,
    )


def sections_of(person: Participant, program: Program, *, today: date) -> tuple[Section, ...]:
    """Return who they are, how they are reached, and whom to call in an emergency."""
    return (
        Section("who", _("Who they are"), _who(person, today)),
        Section("reach", _("How they are reached"), _reach(person, program)),
        Section("emergency", _("In an emergency"), _emergency(person)),
    )


def age_on(born: date, day: date) -> int:
    """Return the completed years; who is born on February 29 turns on March 1."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _who(person: Participant, today: date) -> tuple[Fact, ...]:
    return (
        Fact(_("Full name"), f"{person.first_name} {person.last_name}"),
        _fact(_("Preferred name"), person.preferred_name),
        _fact(_("Pronouns"), person.pronouns),
        _fact(_("Born"), _born(person.birth_date, today) if person.birth_date else ""),
        Fact(_("Chart number"), person.chart_number),
    )


def _born(born: date, today: date) -> str:
    years = age_on(born, today)
    age = ngettext("%(years)s year old", "%(years)s years old", years) % {"years": years}
    return f"{date_format(born, 'DATE_FORMAT')}, {age}"


def _reach(person: Participant, program: Program) -> tuple[Fact, ...]:
    facts = [
        _fact(_("Phone"), person.phone.as_national if person.phone else ""),
        _fact(_("Other phone"), person.other_phone.as_national if person.other_phone else ""),
        _fact(_("Email"), person.email),
        Fact(_("Language"), str(person.get_language_display())),
    ]
    if person.timezone and person.timezone != program.site.timezone:
        facts.append(Fact(_("Time zone"), person.timezone.replace("_", " ")))
    return tuple(facts)


def _emergency(person: Participant) -> tuple[Fact, ...]:
    phone = person.emergency_phone
    return (
        _fact(_("Name"), person.emergency_name),
        _fact(_("Relationship"), person.emergency_relationship),
        _fact(_("Phone"), phone.as_national if phone else ""),
    )


def _fact(term: str, text: str) -> Fact:
    return Fact(term, text) if text else Fact(term, _("not on record"), is_known=False)
