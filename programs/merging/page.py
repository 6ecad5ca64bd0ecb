"""What a director sees of two records that may be of one person, or are to become one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.keeping import NotKept
from programs.access import Access
from programs.matches import Match, first_matches
from programs.merging.forms import SettleForm
from programs.models import DuplicateReport, Enrollment, Participant, Program, Referral

SHOWN_AT_MOST = 50
FOUND_AT_MOST = 20
ENTERED, KNOWN = "entered", "known"


@dataclass(frozen=True)
class Side:
    """One of two records: its facts, or nothing but that it is not for one's eyes."""

    record: Participant
    title: str
    lines: tuple[tuple[str, str], ...]
    is_seen: bool


@dataclass(frozen=True)
class ReportCard:
    """An open report with both records side by side, and the form that answers it."""

    report: DuplicateReport
    sides: tuple[Side, Side]
    form: SettleForm

    def record(self, key: str) -> Participant:
        """Return the record that the form calls by this key."""
        return self.sides[0 if key == ENTERED else 1].record

    def add_refusal(self, refused: NotKept) -> None:
        """Say why not, as far as both records are for the reader's eyes."""
        if all(side.is_seen for side in self.sides):
            self.form.add_refusal(refused)
        else:
            words = _("These two cannot be one record now. Ask the director of the other program.")
            self.form.add_error(None, words)


def report_cards(
    access: Access, *, answered: uuid.UUID | None = None, data: object = None
) -> list[ReportCard]:
    """Return the open reports of people whom this person may merge; `data` is of the one answered.

    A fixed number of statements, whatever the number of reports.
    """
    people = ("entered__merged_into", "known__merged_into", "program")
    reports = list(DuplicateReport.objects.open().select_related(*people))
    records = [record for each in reports for record in (each.entered.kept, each.known.kept)]
    mine = _among(records, access.programs_for("participants.merge"))
    asked = [each for each in reports if {each.entered.kept.pk, each.known.kept.pk} & mine]
    seen = seen_by(access, records)
    return [
        _card(each, seen, data if each.public_id == answered else None)
        for each in asked[:SHOWN_AT_MOST]
        if each.entered.kept != each.known.kept
    ]


def seen_by(access: Access, records: Iterable[Participant]) -> dict[int, list[str]]:
    """Return the programs in which this person may read each record; none of it is not seen."""
    programs = access.programs_for("participants.read")
    keys = {record.pk for record in records}
    found: dict[int, list[str]] = {}
    for rows in (Enrollment.objects, Referral.objects):
        theirs = Q(participant__in=keys) | Q(participant__merged_into__in=keys)
        for each in rows.filter(theirs, program__in=programs).select_related(
            "participant", "program"
        ):
            names = found.setdefault(each.participant.merged_into_id or each.participant_id, [])
            names += [each.program.name] if each.program.name not in names else []
    return found


def side_of(record: Participant, seen: dict[int, list[str]]) -> Side:
    """Return the record's side as this person may see it."""
    if record.pk not in seen:
        words = _("A person in a program that is not yours")
        return Side(record, words, (), is_seen=False)
    born = date_format(record.birth_date, "DATE_FORMAT") if record.birth_date else ""
    facts = (
        (_("Chart number"), record.chart_number),
        (_("Preferred name"), record.preferred_name),
        (_("Born"), born),
        (_("Phone"), record.phone.as_national if record.phone else ""),
        (_("Email"), record.email),
        (_("Programs"), ", ".join(sorted(seen[record.pk]))),
    )
    lines = tuple((term, text or _("not on record")) for term, text in facts)
    return Side(record, f"{record.first_name} {record.last_name}", lines, is_seen=True)


def other_record(access: Access, public_id: uuid.UUID) -> Participant:
    """Return the record that is kept, if this person may merge this one, or raise Http404."""
    people = Participant.objects.of_programs(access.programs_for("participants.merge"))
    found = people.select_related("merged_into").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found.kept


def others_like(access: Access, person: Participant, text: str) -> tuple[list[Match], bool]:
    """Return whom the text finds that this person may merge, without the record itself."""
    people = Participant.objects.of_programs(access.programs_for("participants.merge"))
    others = people.exclude(Q(pk=person.pk) | Q(merged_into=person))
    return first_matches(others.found_by(text), at_most=FOUND_AT_MOST)


def keep_labels(sides: Iterable[Side], keys: Iterable[str]) -> dict[str, str]:
    """Return the choices of the record that is kept."""
    return {
        key: f"{side.title}, {side.record.chart_number}" if side.is_seen else _("The other record")
        for key, side in zip(keys, sides, strict=True)
    }


def _among(records: Collection[Participant], programs: Collection[Program]) -> set[int]:
    keys = {record.pk for record in records}
    found = Participant.objects.of_programs(programs).filter(pk__in=keys)
    return set(found.values_list("pk", flat=True))


def _card(report: DuplicateReport, seen: dict[int, list[str]], data: object) -> ReportCard:
    sides = (side_of(report.entered.kept, seen), side_of(report.known.kept, seen))
    form = SettleForm(
        data,
        labels=keep_labels(sides, (ENTERED, KNOWN)),
        initial=KNOWN,
        must_ask=not all(side.is_seen for side in sides),
        auto_id=f"{report.public_id}_%s",
    )
    return ReportCard(report, sides, form)
