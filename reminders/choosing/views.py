"""The page on which staff choose what they are told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from programs.access import Access, needs
from reminders.choosing.actions import choose_notices
from reminders.choosing.forms import ChoosingForm
from reminders.choosing.page import choosing_page, kinds_for
from reminders.notices.readers import readers_of


@sensitive_post_parameters("mobile")
@require_http_methods(["GET", "POST"])
@needs("notices.own")
def choose(request: HttpRequest) -> HttpResponse:
    """Show and save one's own choices; or show what they would come to."""
    access: Access = request.access  # type: ignore[attr-defined]
    user = access.user
    reader = readers_of([user.pk])[user.pk]
    form = ChoosingForm(request.POST or None, kinds=kinds_for(access), reader=reader)
    is_shown_first = "show" in request.POST
    if form.is_valid() and not is_shown_first:
        choices, hours = form.choices(), form.hours()
        choose_notices(choices=choices, hours=hours, now=timezone.now(), by=user)
        messages.success(request, _("Kept. You are told as you chose."))
        return redirect("notices:choose")
    shown = form.chosen() if form.is_bound and form.is_valid() else reader
    page = choosing_page(access, form, reader=shown)
    return render(request, "reminders/choosing.html", {"page": page, "form": form})
