"""The doorway to the order of lessons that lets the most people finish."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.keeping import NotKept
from attendance.proposing.forms import PlanForm
from attendance.proposing.page import proposal_page
from attendance.proposing.using import keys_of
from groups.models import TherapyGroup
from groups.rotation.actions import apply_plan
from programs.access import needs
from programs.models import Program

INVALID, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@needs("curriculum.edit")
def proposal(request: HttpRequest, program: Program, group_id: uuid.UUID) -> HttpResponse:
    """Propose the best order for a group's coming sessions, or let it be the plan."""
    groups = TherapyGroup.objects.visible_to(request.user).filter(program=program)  # type: ignore[arg-type]
    related = groups.select_related("program__site", "teaches")
    group = get_object_or_404(related, public_id=group_id)
    now = timezone.now()
    if request.method != "POST":
        return _page(request, group, now)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, group, now, problems=form.problems(), status=INVALID)
    if refused := _use(request, group, form, now):
        return _page(request, group, now, problems=refused, status=CONFLICT)
    messages.success(request, _("The proposed plan is saved."))
    return redirect("rotation:rotation", program.public_id, group.public_id)


def _use(request: HttpRequest, group: TherapyGroup, form: PlanForm, now: datetime) -> list[str]:
    """Let the sent plan be the group's; return what stopped it, in words."""
    try:
        apply_plan(
            group=group,
            teaches=keys_of(group, form.pairs()),
            seen=form.cleaned_data["seen"],
            by=request.user,  # type: ignore[arg-type]
            is_fixed=True,
            now=now,
        )
    except NotKept as refused:
        return [str(word) for words in refused.words.values() for word in words]
    return []


def _page(
    request: HttpRequest,
    group: TherapyGroup,
    now: datetime,
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    page = proposal_page(
        group=group,
        access=request.access,  # type: ignore[attr-defined]
        now=now,
        also_fixed=sent.get("fixed") == "1",
        problems=problems or [],
    )
    return render(request, "proposal/proposal.html", {"page": page}, status=status)
