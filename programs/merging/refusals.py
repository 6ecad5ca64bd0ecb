"""Why two records cannot be merged, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.models import Enrollment, Participant

Span = tuple[date, date | None]


def why_not(duplicate: Participant, kept: Participant) -> list[str]:
    """Return why the duplicate cannot point at the record that is kept; nothing where it can."""
    if duplicate.pk == kept.pk:
        return [_("This is the same record. Choose another one.")]
    if duplicate.merged_into_id:
        return [
            _("The record %(number)s is merged already. Take it apart first.")
            % {"number": duplicate.chart_number}
        ]
    if kept.merged_into_id:
        return [
            _("The record %(number)s is a duplicate itself. Keep the one that it leads to.")
            % {"number": kept.chart_number}
        ]
    if duplicate.duplicates.exists():
        return [
            _("Other records lead to %(number)s. Keep that one, or take the others apart first.")
            % {"number": duplicate.chart_number}
        ]
    return [_both(span) for span in shared_dates(spans_of(duplicate), spans_of(kept))]


def spans_of(person: Participant) -> list[Span]:
    """Return from when to when the person was in care, also under duplicates."""
    episodes = Enrollment.objects.of_person(person).begun().order_by("admitted_on")
    return list(episodes.values_list("admitted_on", "discharged_on"))


def shared_dates(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """Return the dates that an episode of the one shares with one of the other."""
    shared = []
    for (first, last), (begins, ends) in product(one, list(other)):
        start, end = max(first, begins), min(last or date.max, ends or date.max)
        if start <= end:
            shared.append((start, None if end == date.max else end))
    return shared


def _both(span: Span) -> str:
    first, last = span
    if last is None:
        return _(
            "Both records are enrolled from %(first)s on. One person is in one program at a time:"
            " end or correct one of the enrollments first."
        ) % {"first": date_format(first, "DATE_FORMAT")}
    return _(
        "Both records are enrolled from %(first)s to %(last)s. One person is in one program at a"
        " time: correct one of the enrollments first."
    ) % {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
