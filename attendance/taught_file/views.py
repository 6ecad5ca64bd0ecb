"""What a program's sessions taught, as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from attendance.taught_file.written import lessons_csv
from programs.access import needs
from programs.models import Program
from programs.table_file import file_answer


@require_safe
@needs("curriculum.edit")
def lessons(request: HttpRequest, program: Program) -> HttpResponse:
    """Give what was taught as lessons.csv; it names no participant."""
    return file_answer(lessons_csv(program), name="lessons", kind="csv")
