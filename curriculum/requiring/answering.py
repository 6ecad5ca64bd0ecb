"""How the pages of the requirements answer: with a form again, or back at what is required."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.keeping import NotKept
from curriculum.requiring.page import HERE
from programs.models import Program
from programs.plan.boxes import RecordForm


def answer(
    request: HttpRequest, program: Program, form: RecordForm, keep: Callable[[], str], **shown: Any
) -> HttpResponse:
    """Keep what the form asks for and go back, saying so; where it is refused, show it again.

    `shown` holds the `template` and what else stands on the page.
    """
    if form.is_valid():
        try:
            messages.success(request, keep())
            return redirect(HERE, program.public_id)
        except NotKept as refused:
            form.add_refusal(refused)
    template = f"requiring/{shown.pop('template')}.html"
    return render(request, template, {"program": program, "form": form, **shown})


def done_or_why(
    request: HttpRequest, program: Program, do: Callable[[], object], words: str
) -> HttpResponse:
    """Do it and go back, saying that it is done, or why not."""
    try:
        do()
        messages.success(request, words)
    except NotKept as refused:
        for why in refused.words.values():
            messages.error(request, " ".join(map(str, why)))
    return redirect(HERE, program.public_id)
