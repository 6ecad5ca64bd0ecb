"""Who a participant is, and how they are reached: to read, and to change."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from programs.access import needs
from programs.models import Program
from programs.person_frame import person_frame
from programs.profile.actions import change_profile
from programs.profile.forms import ProfileForm
from programs.profile.page import profile_page
from programs.weeks import local_date
from programs.whose import participant_of

HERE = "profile:profile"


@require_safe
@needs("participants.read")
def profile(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Show all there is to know about a person, and put it on the trail that it was read."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    today = local_date(timezone.now(), program.zone)
    page = profile_page(access, program, person, today=today)
    write_audit(
        "participant.read",
        by=access.user,
        participant_id=person.public_id,
        program_id=program.public_id,
        page="profile",
    )
    frame = person_frame(access, program, person, here=HERE)
    with timezone.override(program.zone):
        return render(request, "profile/profile.html", {"frame": frame, "page": page})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("participants.edit")
def edit(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Change what is on record; only what differs is written."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    today = local_date(timezone.now(), program.zone)
    form = ProfileForm(request.POST or None, person=person, today=today)
    if form.is_valid():
        try:
            facts = form.changes()
            change_profile(person=person, facts=facts, today=today, program=program, by=access.user)
            messages.success(request, _("Saved."))
            return redirect(HERE, program.public_id, person.public_id)
        except NotKept as refused:
            form.add_refusal(refused)
    frame = person_frame(access, program, person, here=HERE)
    return render(request, "profile/edit.html", {"frame": frame, "form": form})
