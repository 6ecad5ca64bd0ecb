"""The accounting of disclosures: what was told to whom, when, what for and on what ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.papers.content import Column, Content, Fact, Section, Table
from attendance.papers.wording import stamp
from programs.disclosing.accounted import Rule, accounted
from programs.disclosing.notice import notice_words
from programs.disclosing.reading import label_of
from programs.models import Clinic, Disclosure, Participant, Program, Recipient
from programs.weeks import local_date


@dataclass(frozen=True)
class Request:
    """Whose accounting it is, by which program, and who makes it when."""

    program: Program
    person: Participant
    by: User
    now: datetime


def accounting_paper(asked: Request, disclosures: Iterable[Disclosure]) -> Content:
    """Return the paper, in the present language."""
    program, zone = asked.program, asked.program.zone
    today = local_date(asked.now, zone)
    told = accounted(disclosures, today, zone)
    return Content(
        title=_("Accounting of disclosures"),
        clinic=Clinic.objects.values_list("name", flat=True).first() or "",
        program=f"{program.name} · {program.site.name}",
        about=_("As of %(day)s") % {"day": date_format(today, "DATE_FORMAT")},
        name=f"{asked.person.first_name} {asked.person.last_name}",
        loud="",
        facts=tuple(Fact(rule.citation, str(rule.words)) for rule in told),
        sections=tuple(_section(rule, found, program) for rule, found in told.items()),
        made=_("Made by %(name)s, %(moment)s")
        % {"name": asked.by.display_name, "moment": stamp(asked.now, zone)},
        made_at=asked.now,
        notice=notice_words(),
    )


def _section(rule: Rule, found: list[Disclosure], program: Program) -> Section:
    columns = (
        Column(_("When"), 27),
        Column(_("To whom"), 58),
        Column(_("What"), 45),
        Column(_("What for, and on what ground"), 56),
    )
    rows = tuple(_row(each, program) for each in found)
    empty = "" if rows else _("Nothing.")
    heading = f"{rule.heading} ({rule.citation})"
    return Section(heading, table=Table(columns, rows) if rows else None, empty=empty)


def _row(disclosure: Disclosure, program: Program) -> tuple[str, ...]:
    day = local_date(disclosure.taken_at or disclosure.stated_at, program.zone)
    kind = Recipient(disclosure.recipient).label
    whom = (disclosure.recipient_name, disclosure.affiliation, str(kind))
    return (
        date_format(day, "DATE_FORMAT"),
        ", ".join(filter(None, whom)),
        label_of(disclosure),
        f"{disclosure.purpose}. {disclosure.get_basis_display()}",
    )
