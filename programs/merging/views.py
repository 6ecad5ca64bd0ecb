"""Two records of one person: who may be on record already, and what a director does about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.limits import limited
from programs.access import needs
from programs.merging import page
from programs.merging.actions import merge_records, settle_report, unmerge_record
from programs.merging.forms import OTHER, THIS, FindForm, MergeForm, TypedForm
from programs.merging.likely import likely_duplicates
from programs.merging.refusals import why_not
from programs.models import DuplicateOutcome, Participant, Program
from programs.person_frame import person_frame
from programs.whose import participant_of

PROFILE = "profile:profile"


@sensitive_post_parameters()
@require_POST
@needs("participants.edit")
@limited("look_up")
def likely(request: HttpRequest, program: Program) -> HttpResponse:
    """Say who may be on record already, of what is typed so far; it leaves its count."""
    found = likely_duplicates(TypedForm(request.POST).facts(), user=request.user)  # type: ignore[arg-type]
    if found.visible or found.hidden_count:
        write_audit(
            "participants.compared",
            by=request.user,  # type: ignore[arg-type]
            program_id=program.public_id,
            found=len(found.visible),
            hidden=found.hidden_count,
        )
    shown = {"likely": found, "program": program}
    return render(request, "components/likely_duplicates.html", shown)


@require_safe
@needs("participants.merge")
def duplicates(request: HttpRequest, program: Program) -> HttpResponse:
    """Show the open reports, both records side by side."""
    cards = page.report_cards(request.access)  # type: ignore[attr-defined]
    return _reports(request, program, cards)


@require_POST
@needs("participants.merge")
def settle(request: HttpRequest, program: Program, report_id: uuid.UUID) -> HttpResponse:
    """Answer a report: one person, with the record that is kept, or two people."""
    access = request.access  # type: ignore[attr-defined]
    cards = page.report_cards(access, answered=report_id, data=request.POST)
    card = next((each for each in cards if each.report.public_id == report_id), None)
    if card is None:
        messages.info(request, _("This is answered already."))
        return redirect("merging:duplicates", program.public_id)
    if card.form.is_valid():
        outcome, keep = DuplicateOutcome(card.form.cleaned_data["outcome"]), card.form.kept_key()
        facts: dict[str, Any] = {"outcome": outcome, "kept": keep and card.record(keep)}
        try:
            now = timezone.now()
            settle_report(report=card.report, **facts, now=now, by=access.user, program=program)
            messages.success(request, _said(outcome))
            return redirect("merging:duplicates", program.public_id)
        except NotKept as refused:
            card.add_refusal(refused)
    return _reports(request, program, cards)


@sensitive_post_parameters("q")
@require_http_methods(["GET", "POST"])
@needs("participants.merge")
@limited("search", methods=("POST",))
def also(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Look for another record of the person."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    form, found, is_cut = FindForm(request.POST or None), None, False
    if form.is_valid():
        found, is_cut = page.others_like(access, person, form.cleaned_data["q"])
        write_audit(
            "participants.searched",
            by=access.user,
            program_id=program.public_id,
            found=len(found),
        )
    shown = {"form": form, "found": found, "is_cut": is_cut}
    return _page(request, "merging/also.html", program, person, **shown)


@require_http_methods(["GET", "POST"])
@needs("participants.merge")
def merge(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, other_id: uuid.UUID
) -> HttpResponse:
    """Show both records, and merge them once it is said which one is kept."""
    access = request.access  # type: ignore[attr-defined]
    one = participant_of(access, program, participant_id)
    other = page.other_record(access, other_id)
    sides = [page.side_of(each, page.seen_by(access, (one, other))) for each in (one, other)]
    labels = page.keep_labels(sides, (THIS, OTHER))
    form = MergeForm(request.POST or None, labels=labels, initial=THIS)
    if form.is_valid() and (kept := _merged(request, program, form, one, other)):
        return redirect(PROFILE, program.public_id, kept.public_id)
    if request.method == "GET":
        _audit_read(request, program, one, other)
    shown = {"form": form, "sides": sides, "refusals": why_not(other, one)}
    return _page(request, "merging/merge.html", program, one, **shown)


@require_http_methods(["GET", "POST"])
@needs("participants.merge")
def unmerge(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, record_id: uuid.UUID
) -> HttpResponse:
    """Ask, and then let a merged record stand on its own again."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    record = get_object_or_404(person.duplicates, public_id=record_id)
    if request.method == "POST":
        try:
            unmerge_record(record=record, now=timezone.now(), by=access.user, program=program)
            messages.success(request, _("Taken apart. Both records stand on their own again."))
        except NotKept as refused:
            messages.error(request, _words(refused))
        return redirect(PROFILE, program.public_id, person.public_id)
    return _page(request, "merging/unmerge.html", program, person, record=record)


def _merged(
    request: HttpRequest, program: Program, form: MergeForm, one: Participant, other: Participant
) -> Participant | None:
    """Merge as the form says and return the record that is kept; None with words on the form."""
    kept, gone = (one, other) if form.cleaned_data["kept"] == THIS else (other, one)
    try:
        now, by = timezone.now(), request.user
        merge_records(duplicate=gone, kept=kept, now=now, by=by, program=program)  # type: ignore[arg-type]
    except NotKept as refused:
        form.add_refusal(refused)
        return None
    messages.success(request, _said(DuplicateOutcome.MERGED))
    return kept


def _said(outcome: DuplicateOutcome) -> str:
    if outcome == DuplicateOutcome.DIFFERENT:
        return _("Noted: two people. They will not be reported again.")
    return _("Merged. On the person’s page the records can be taken apart again.")


def _words(refused: NotKept) -> str:
    return " ".join(str(word) for words in refused.words.values() for word in words)


def _audit_read(request: HttpRequest, program: Program, *people: Participant) -> None:
    for person in people:
        write_audit(
            "participant.read",
            by=request.user,  # type: ignore[arg-type]
            participant_id=person.public_id,
            program_id=program.public_id,
            page="merge",
        )


def _reports(request: HttpRequest, program: Program, cards: list[page.ReportCard]) -> HttpResponse:
    if cards:
        write_audit(
            "duplicates.read",
            by=request.user,  # type: ignore[arg-type]
            program_id=program.public_id,
            reports=len(cards),
        )
    shown = {"program": program, "cards": cards}
    with timezone.override(program.zone):
        return render(request, "merging/duplicates.html", shown)


def _page(
    request: HttpRequest, template: str, program: Program, person: Participant, **shown: Any
) -> HttpResponse:
    frame = person_frame(request.access, program, person, here=PROFILE)  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        return render(request, template, {"frame": frame, **shown})
