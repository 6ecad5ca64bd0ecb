"""The doorways to a relapse prevention plan: read it, write its next version, take it home."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.kept_form import keeps_form, take_kept_form
from attendance.check_ins.whose import person_of
from attendance.models import RelapsePlan
from attendance.models.relapse_plan import PaperLanguage
from attendance.relapse.actions import SavedMeanwhile, save_plan
from attendance.relapse.changes import Change, changes
from attendance.relapse.content import PlanContent, content_of
from attendance.relapse.forms import (
    PlanForm,
    form_boxes,
    initial_of,
    rows_in,
    rows_of,
    with_one_more,
)
from attendance.relapse.page import plan_page
from attendance.relapse.paper import Card, pdf_of
from attendance.relapse.reading import latest_plan, plan_of, plans_of, version_before
from programs.access import Access, needs
from programs.disclosing.grounds import TO_PARTICIPANT
from programs.disclosing.leaving import leaves
from programs.models import Participant, Program
from programs.person_frame import PersonFrame, person_frame
from programs.weeks import local_date

LINE, PAGE = "relapse_plans.edit", "relapse:plan"
Ids = uuid.UUID
# What the list of versions says of each; none of their words.
LISTED = ("public_id", "number", "written_at", "written_by__name")


@dataclass(frozen=True)
class Here:
    """Whose plan it is, and who reads or writes it when."""

    access: Access
    program: Program
    person: Participant
    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now, self.program.zone)

    @property
    def frame(self) -> PersonFrame:
        return person_frame(self.access, self.program, self.person, here=PAGE)

    @property
    def acting(self) -> dict[str, Any]:
        """Whose plan an action changes, and who acts."""
        return {"person": self.person, "program": self.program, "by": self.access.user}

    @property
    def ids(self) -> list[Ids]:
        return [self.program.public_id, self.person.public_id]


@require_safe
@needs(LINE)
def plan(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Show the plan that holds now, and the versions before it."""
    here = _here(request, program, participant_id)
    return _show(request, here, latest_plan(here.person))


@require_safe
@needs(LINE)
def version(
    request: HttpRequest, program: Program, participant_id: Ids, plan_id: Ids
) -> HttpResponse:
    """Show one version, and what was new in it."""
    here = _here(request, program, participant_id)
    shown = plan_of(here.access.user, here.person, plan_id)
    return _show(request, here, shown, before=version_before(here.person, shown))


@keeps_form
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(LINE)
def edit(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Write the next version: the whole plan on one page."""
    here = _here(request, program, participant_id)
    if request.method == "POST" and "add" not in request.POST:
        return _save(request, here)
    if request.method == "POST":
        return _form(request, here, with_one_more(request.POST, today=here.today))
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    latest = latest_plan(here.person)
    content = content_of(latest) if latest else PlanContent(language=here.person.language)
    initial = initial_of(content, latest.public_id if latest else None)
    _audit_read(request, here, latest, "relapse_plan_edit")
    return _form(request, here, PlanForm(today=here.today, rows=rows_of(content), initial=initial))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LINE)
@leaves(_lazy("Relapse prevention plan"), usually=TO_PARTICIPANT, is_discreet=True)
def paper(
    request: HttpRequest, program: Program, participant_id: Ids, language: str
) -> HttpResponse:
    """Hand out the plan as one printed page, its headings in the language."""
    here = _here(request, program, participant_id)
    latest = latest_plan(here.person)
    if latest is None or language not in PaperLanguage.values:
        raise Http404
    request.leaving.holds([here.person.public_id])  # type: ignore[attr-defined]
    card = Card(
        name=here.person.preferred_name or here.person.first_name,
        number=latest.number,
        written_on=local_date(latest.written_at, program.zone),
        content=content_of(latest),
        made_at=here.now,
    )
    response = HttpResponse(pdf_of(card, language=language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="my-plan-{card.written_on}.pdf"'
    _audit_read(request, here, latest, "relapse_plan_paper")
    return response


def _here(request: HttpRequest, program: Program, participant_id: Ids) -> Here:
    access: Access = request.access  # type: ignore[attr-defined]
    person = person_of(access, program, participant_id, action=LINE)
    return Here(access, program, person, timezone.now())


def _show(request: HttpRequest, here: Here, shown: RelapsePlan | None, **also: Any) -> HttpResponse:
    every = list(plans_of(here.person).select_related("written_by").only(*LISTED))
    page = plan_page(here.program, here.person, shown, all_of_them=every, today=here.today, **also)
    _audit_read(request, here, shown, "relapse_plan")
    return render(request, "relapse/plan.html", {"frame": here.frame, "page": page})


def _save(request: HttpRequest, here: Here) -> HttpResponse:
    """Save the next version; what is refused is said, and what was typed stays."""
    form = PlanForm(request.POST, today=here.today, rows=rows_in(request.POST))
    if not form.is_valid():
        return _form(request, here, form)
    seen = form.cleaned_data["seen"]
    try:
        save_plan(**here.acting, content=form.content(), seen=seen, now=here.now)
    except SavedMeanwhile:
        return _form(request, here, form, theirs=_meanwhile(here, form, seen))
    except NotKept as refused:
        for field, words in refused.words.items():
            form.add_error(field if field in form.fields else None, list(map(str, words)))
        return _form(request, here, form)
    messages.success(request, _("The plan is saved as a new version."))
    return redirect(PAGE, *here.ids)


def _meanwhile(here: Here, form: PlanForm, seen: Ids | None) -> tuple[Change, ...]:
    """Let the form be saved on top of what somebody else wrote, and return what that was."""
    latest = latest_plan(here.person)
    before = plans_of(here.person).filter(public_id=seen).first() if seen else None
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["seen"] = str(latest.public_id) if latest else ""  # type: ignore[index]
    words = _("Somebody else has saved a version of this plan meanwhile. Yours is still here.")
    form.add_error(None, words)
    return changes(content_of(before), content_of(latest))


def _form(request: HttpRequest, here: Here, form: PlanForm, **said: Any) -> HttpResponse:
    shown = {
        "frame": here.frame,
        "form": form,
        "boxes": form_boxes(form),
        "cancel": reverse(PAGE, args=here.ids),
        **said,
    }
    return render(request, "relapse/edit.html", shown)


def _audit_read(request: HttpRequest, here: Here, shown: RelapsePlan | None, page: str) -> None:
    write_audit(
        "relapse_plan.read",
        by=here.access.user,
        subject=shown,
        participant_id=here.person.public_id,
        program_id=here.program.public_id,
        page=page,
    )
