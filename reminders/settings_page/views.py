"""The pages of the rule and the words."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.clinic_settings.answering import is_kept
from programs.access import needs
from programs.models import Program
from programs.weeks import local_date
from reminders.models import ReminderRule
from reminders.settings_page import actions
from reminders.settings_page.checking import look_over
from reminders.settings_page.forms import RuleForm
from reminders.settings_page.message import message_or_404
from reminders.settings_page.rule_words import meaning_of
from reminders.settings_page.words_page import message_page, words_form, words_page
from reminders.tabs import head_of

STEP, PREVIEW, SAVE, USUAL = "step", "preview", "save", "usual"


@require_http_methods(["GET", "POST"])
@needs("reminders.manage")
def rule(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what the reminder rule means, and save it."""
    stored = ReminderRule.objects.visible_to(request.user).by_program([program])[program.pk]  # type: ignore[arg-type]
    form = RuleForm(request.POST or None, rule=stored)

    def keep() -> None:
        wanted = form.rule(program)
        actions.change_reminder_rule(program=program, wanted=wanted, by=request.user)  # type: ignore[arg-type]

    if request.POST.get(STEP) == SAVE and is_kept(form, keep):
        messages.success(request, _("The rule is saved."))
        return redirect("reminders:rule", program.public_id)
    access, now = request.access, timezone.now()  # type: ignore[attr-defined]
    head = head_of("reminders:rule", access=access, program=program, now=now)
    said = form.rule(program) if form.is_valid() else stored
    tomorrow = local_date(now, program.zone) + timedelta(days=1)
    meaning = meaning_of(said, day=tomorrow, zone=program.zone)
    shown = {"page": head, "form": form, "meaning": meaning, "is_draft": form.is_valid()}
    return render(request, "reminders/settings/rule.html", shown | {"program": program})


@require_safe
@needs("reminders.manage")
def words(request: HttpRequest, program: Program) -> HttpResponse:
    """Show every message as it would be read."""
    access, now = request.access, timezone.now()  # type: ignore[attr-defined]
    head = head_of("reminders:words", access=access, program=program, now=now)
    page = words_page(program, head=head, now=now)
    return render(request, "reminders/settings/words.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("reminders.manage")
def template(request: HttpRequest, program: Program, **key: str) -> HttpResponse:
    """Show one message as it would be read, and save its words."""
    message, step = message_or_404(program, **key), request.POST.get(STEP)
    if step == USUAL:
        actions.use_usual_words(message=message, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The usual words hold again."))
        return redirect("reminders:words", program.public_id)
    form, is_own = words_form(request.POST or None, message)

    def keep() -> None:
        actions.keep_words(message=message, words=form.words(), by=request.user)  # type: ignore[arg-type]

    if step == SAVE and is_kept(form, keep):
        messages.success(request, _("The words are saved."))
        return redirect("reminders:words", program.public_id)
    if step == PREVIEW:
        is_kept(form, lambda: look_over(message, form.words()))
    page = message_page(message, form, now=timezone.now(), is_own=is_own)
    return render(request, "reminders/settings/template.html", {"page": page})
