"""What the list of exceptions shows: those asked for, the open ones first, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F, QuerySet

from groups.exceptions_page.forms import ListForm, ReviewForm
from groups.exceptions_page.rows import Row, rows_of
from groups.models import ScheduleException
from programs.models import Program

A_PAGE = 25


@dataclass(frozen=True)
class ExceptionsPage:
    """One page of the list. `before` and `after` are the queries of the pages beside it."""

    program: Program
    form: ListForm
    rows: tuple[Row, ...]
    open_ones: int
    found: int
    is_filtered: bool
    query: str
    number: int
    pages: int
    before: str
    after: str
    problem: ReviewForm | None


def exceptions_page(
    *,
    program: Program,
    exceptions: QuerySet[ScheduleException],
    form: ListForm,
    page: str,
    refused: Mapping[int, ReviewForm],
) -> ExceptionsPage:
    """Return the page that the address asks for, or the nearest there is.

    `exceptions` are those that the reader may see, all of them of the program.
    """
    form.is_valid()
    shown = Paginator(_in_order(form.narrowed(exceptions)), A_PAGE).get_page(page)
    return ExceptionsPage(
        program=program,
        form=form,
        rows=rows_of(list(shown), program, refused=refused),
        open_ones=exceptions.filter(reviewed_at=None).count(),
        found=shown.paginator.count,
        is_filtered=bool(form.query()),
        query=form.query(shown.number),
        number=shown.number,
        pages=shown.paginator.num_pages,
        before=form.query(shown.number - 1) or "?" if shown.has_previous() else "",
        after=form.query(shown.number + 1) if shown.has_next() else "",
        problem=next(iter(refused.values()), None),
    )


def _in_order(found: QuerySet[ScheduleException]) -> QuerySet[ScheduleException]:
    """Return the open ones, the newest first, and then what was reviewed, the latest first."""
    related = (
        "session__group",
        "session__room",
        "membership__group",
        "participant",
        "user",
        "made_by",
        "reviewed_by",
        "change",
    )
    ordered = found.order_by(F("reviewed_at").desc(nulls_first=True), "-made_at", "pk")
    return ordered.select_related(*related).defer("change__before")
