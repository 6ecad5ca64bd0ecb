"""Which papers are missing for the people of a census, in the few letters of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.agreements.missing import Missing, missing_paperwork
from programs.authorizing.coverage import Coverage, coverage_words
from programs.authorizing.on_record import coverage_of
from programs.models import Enrollment


@dataclass(frozen=True)
class Paper:
    """A missing paper: in full, and as short as a table's cell wants it."""

    label: str | Promise
    short: str | Promise


SHORT = {
    Missing.PROGRAM_AGREEMENT: _("agreement"),
    Missing.REMINDERS: _("reminders"),
    Missing.OUTREACH: _("missed sessions"),
    Missing.FOLLOW_UP: _("follow-up"),
}


def missing_papers(enrollments: Sequence[Enrollment], day: date) -> dict[int, tuple[Paper, ...]]:
    """Return what is missing on the date for each of one program's enrollments, by its key.

    Four statements, however many there are.
    """
    if not enrollments:
        return {}
    people = [each.participant_id for each in enrollments]
    missing = missing_paperwork(people, day, zone=enrollments[0].program.zone)
    coverage = coverage_of(enrollments, day)
    return {
        each.pk: (
            *map(_paper, missing.get(each.participant_id, ())),
            *((_authorization(coverage[each.pk]),) if coverage[each.pk].is_missing else ()),
        )
        for each in enrollments
    }


def _paper(missing: Missing) -> Paper:
    return Paper(missing.label, SHORT.get(missing, missing.label))


def _authorization(coverage: Coverage) -> Paper:
    return Paper(coverage_words(coverage).rstrip("."), _("authorization"))
