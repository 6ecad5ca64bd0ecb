"""A part (a check-in, a note, an absence) answers the script that saves it as it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# The empty form at the end of a sheet, which the controls of its parts belong to.
PARTS = "parts"


def is_part(request: HttpRequest) -> bool:
    """Say whether the script asks; without it the same address answers with pages."""
    return "X-Part" in request.headers


def part_answer(
    request: HttpRequest,
    template: str,
    shown: Mapping[str, object],
    *,
    version: object = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the words for the state line, and the version that is stored now, if any."""
    answer = render(request, template, shown, status=status)
    if version is not None:
        answer["X-Part-Version"] = str(version)
    return answer
