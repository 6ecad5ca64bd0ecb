"""The doorway to the close of a week."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hours.concluding.actions import close_week
from hours.concluding.forms import week_in_address
from hours.concluding.refusals import NotClosed
from programs.access import needs
from programs.models import Program


@require_POST
@needs("weeks.close")
def close(request: HttpRequest, program: Program, week_on: str) -> HttpResponse:
    """Close a week that is over, before the clock does."""
    week = week_in_address(program, week_on)
    if week is None:
        raise Http404
    try:
        close_week(program=program, week=week, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except NotClosed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("The week is closed. What changes from here on is shown beside it.")
        )
    return redirect(f"{reverse('hours:board', args=[program.public_id])}?week={week.first_on}")
