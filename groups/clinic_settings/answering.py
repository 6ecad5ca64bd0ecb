"""How a page of the settings answers: with its form again, or back at the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.keeping import NotKept
from groups.clinic_settings.forms import SettingsForm
from programs.models import Program


def is_kept(form: SettingsForm, keep: Callable[[], object]) -> bool:
    """Keep what the form asks for; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return False
    try:
        keep()
    except NotKept as refused:
        form.add_refusal(refused)
        return False
    return True


def back(request: HttpRequest, program: Program, words: str) -> HttpResponse:
    """Lead back to the settings, which say that it is done."""
    messages.success(request, words)
    return redirect("clinic:settings", program.public_id)


def refused(request: HttpRequest, program: Program, why: NotKept) -> HttpResponse:
    """Lead back to the settings, which say why it is not done."""
    for words in why.words.values():
        messages.error(request, " ".join(map(str, words)))
    return redirect("clinic:settings", program.public_id)


def form_page(
    request: HttpRequest, template: str, program: Program, form: SettingsForm, **shown: Any
) -> HttpResponse:
    """Show the form, with its mistakes where there are some."""
    return render(request, template, {"program": program, "form": form, **shown})
