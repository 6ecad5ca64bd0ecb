"""Stretches of dates: both ends included, an open end null, and what never began without a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Least

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DateSpan(Func):
    """A range of dates; an open end is null."""

    function = "daterange"
    output_field = DateRangeField()


class DayAfter(Func):
    """The date after a date."""

    template = "(%(expressions)s::date + 1)"
    output_field = models.DateField()


class DayBefore(Func):
    """The date before a date."""

    template = "(%(expressions)s::date - 1)"
    output_field = models.DateField()


def no_dates_or_more(first: str, last: str) -> Q:
    """Accept an open end, a last date on or after the first, or the date before it: no dates.

    What never began is not deleted: its last date is the day before its first.
    """
    return Q(**{last: None}) | Q(**{f"{last}__gte": DayBefore(F(first))})


def no_overlap(
    *same: str, first: str, last: str, name: str, message: StrOrPromise
) -> ExclusionConstraint:
    """Refuse two rows that agree in `same` and share a date between `first` and `last`.

    A row without dates overlaps nothing. One whose last date is earlier still is for its own
    CHECK to refuse; here it must not raise, hence the earlier of the two dates.
    """
    dates = DateSpan(Least(F(first), DayAfter(last)), DayAfter(last))
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (dates, RangeOperators.OVERLAPS),
        ],
        violation_error_message=message,
    )
