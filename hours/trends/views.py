"""The trends of a program's weeks, on a page and as files."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit import write_audit
from hours.trends.forms import TrendsForm
from hours.trends.page import trends_page
from hours.trends.pdf import pdf_of
from hours.trends.reading import trends_of
from hours.trends.span import Span
from hours.trends.table import Kind, file_of
from hours.trends.tables import Topic, table_of
from programs.access import needs
from programs.models import Program
from programs.table_file import file_answer
from programs.who_may import Scope


@require_safe
@needs("hours.read")
def trends(request: HttpRequest, program: Program) -> HttpResponse:
    """Show how the weeks have gone; not to those who see only their own people."""
    access = request.access  # type: ignore[attr-defined]
    if access.scope("hours.read", program) is not Scope.PROGRAM:
        raise PermissionDenied
    with timezone.override(program.zone):
        page = trends_page(
            program=program, form=TrendsForm(request.GET), access=access, now=timezone.now()
        )
        return render(request, "trends/trends.html", {"page": page})


@require_safe
@needs("hours.export")
def export(request: HttpRequest, program: Program, topic: Topic, kind: Kind) -> HttpResponse:
    """Hand out one table as a file, and put it on the trail."""
    form, now = TrendsForm(request.GET), timezone.now()
    span = form.span(program, now=now)
    if form.problems() or not span.weeks:
        return _back_to_the_page(request, program)
    table = table_of(topic, trends_of(span, as_of=now))
    _put_on_trail(request, span, topic=topic.value, kind=kind.value, rows=len(table.rows))
    return file_answer(file_of(table, kind), name=_name(topic, span), kind=kind)


@require_safe
@needs("hours.export")
def export_pdf(request: HttpRequest, program: Program) -> HttpResponse:
    """Hand out the whole page as a PDF, and put it on the trail."""
    form, now = TrendsForm(request.GET), timezone.now()
    span = form.span(program, now=now)
    if form.problems() or not span.weeks:
        return _back_to_the_page(request, program)
    content = pdf_of(trends_of(span, as_of=now), made_by=request.user, now=now)  # type: ignore[arg-type]
    _put_on_trail(request, span, kind="pdf")
    return file_answer(content, name=_name("trends", span), kind="pdf")


def _back_to_the_page(request: HttpRequest, program: Program) -> HttpResponse:
    """Lead to the page, which says what could not be read or that there is nothing."""
    page = reverse("trends:trends", args=[program.public_id])
    return redirect(f"{page}?{request.GET.urlencode()}")


def _name(what: str, span: Span) -> str:
    return f"{what}-{span.program.code}-{span.weeks[0].first_on}-{span.weeks[-1].last_on}"


def _put_on_trail(request: HttpRequest, span: Span, **detail: Any) -> None:
    write_audit(
        "trends.exported",
        by=request.user,  # type: ignore[arg-type]
        subject=span.program,
        program_id=span.program.public_id,
        first_on=span.weeks[0].first_on.isoformat(),
        last_on=span.weeks[-1].last_on.isoformat(),
        **detail,
    )
