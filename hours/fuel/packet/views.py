"""Asks for the dates of a review packet, and hands it out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from hours.fuel.packet.content import Wanted, packet_of
from hours.fuel.packet.forms import PacketForm
from hours.fuel.packet.pdf import pdf_of
from hours.fuel.packet.span import approved_of, usual_authorization, usual_span
from programs.access import needs
from programs.disclosing.leaving import leaves
from programs.models import Enrollment, Program
from programs.person_frame import person_frame
from programs.table_file import file_answer
from programs.weeks import local_date

MADE = "authorization.packet_made"


@require_safe
@needs("authorizations.packet")
def packet(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Ask from when to when; what cannot be made says which field, and what would be right."""
    episode = _episode(request, program, enrollment_id)
    form = _form(request, episode, timezone.now())
    person = episode.participant.kept
    access = request.access  # type: ignore[attr-defined]
    _put_on_trail(request, episode, "participant.read", page="packet")
    shown = {
        "frame": person_frame(access, program, person, here="authorizations:authorizations"),
        "form": form,
        "pdf_url": reverse("fuel:packet_pdf", args=[program.public_id, episode.public_id]),
        "back": reverse("fuel:person", args=[program.public_id, person.public_id]),
    }
    return render(request, "fuel/packet.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("authorizations.packet")
@leaves(_("Packet for a utilization review"))
def packet_pdf(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> HttpResponse:
    """Hand out the packet, and put it on the trail; a bad address leads to the page to say so."""
    episode, now = _episode(request, program, enrollment_id), timezone.now()
    form = _form(request, episode, now)
    if not form.is_valid():
        form_url = reverse("fuel:packet", args=[program.public_id, enrollment_id])
        return redirect(f"{form_url}?{request.GET.urlencode() or 'first_on='}")
    request.leaving.holds([episode.participant.public_id])  # type: ignore[attr-defined]
    asked = Wanted(
        enrollment=episode,
        first_on=form.cleaned_data["first_on"],
        last_on=form.cleaned_data["last_on"],
        authorization=form.chosen(),
        access=request.access,  # type: ignore[attr-defined]
        now=now,
    )
    with timezone.override(program.zone):
        content = pdf_of(packet_of(asked))
    _put_on_trail(request, episode, MADE, first_on=f"{asked.first_on}", last_on=f"{asked.last_on}")
    return file_answer(content, name="review-packet", kind="pdf")


def _episode(request: HttpRequest, program: Program, enrollment_id: uuid.UUID) -> Enrollment:
    """Return an episode of the program that has begun, or raise Http404."""
    today = local_date(timezone.now(), program.zone)
    begun = Enrollment.objects.visible_to(request.user).begun()  # type: ignore[arg-type]
    episodes = begun.filter(program=program, admitted_on__lte=today)
    people = episodes.select_related("participant__merged_into", "program__site")
    return get_object_or_404(people, public_id=enrollment_id)


def _form(request: HttpRequest, episode: Enrollment, now: datetime) -> PacketForm:
    """Return the form, filled in with what is usual where nothing is asked for."""
    today, authorizations = local_date(now, episode.program.zone), approved_of(episode)
    usual = usual_authorization(authorizations, today=today)
    first_on, last_on = usual_span(episode, usual, today=today)
    return PacketForm(
        request.GET or None,
        enrollment=episode,
        authorizations=authorizations,
        today=today,
        initial={
            "first_on": first_on,
            "last_on": last_on,
            "authorization": str(usual.public_id) if usual else "",
        },
    )


def _put_on_trail(request: HttpRequest, episode: Enrollment, verb: str, **detail: Any) -> None:
    write_audit(
        verb,
        by=request.user,  # type: ignore[arg-type]
        subject=episode,
        participant_id=episode.participant.kept.public_id,
        program_id=episode.program.public_id,
        **detail,
    )
