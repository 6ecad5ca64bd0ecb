"""The doorways to the skills diary: read it, add to it, print a card, enter one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.kept_form import keeps_form, take_kept_form
from attendance.diary.actions import add_skill_uses, withdraw_skill_use
from attendance.diary.forms import CardForm, EntryForm, skills_sent
from attendance.diary.here import LINE, Here, here_of
from attendance.diary.page import diary_page, on_record, suggested
from attendance.diary.paper import MOST_SKILLS, DiaryCard, card_pdf
from attendance.diary.reading import each_once, entry_of, skills_of, use_of
from groups.forms import WeekForm
from groups.week_switch import week_switch
from programs.access import needs
from programs.disclosing.grounds import TO_PARTICIPANT
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.weeks import Week

FORM = ["GET", "HEAD", "POST"]
Ids = uuid.UUID


@keeps_form
@sensitive_post_parameters("words")
@require_http_methods(FORM)
@needs(LINE)
def diary(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Show the diary, or add one entry to it."""
    here = here_of(request, program, participant_id, timezone.now())
    tracks = skills_of(program)
    ready = suggested(each_once([*here.skills, *(s for each in tracks for s in each.skills)]))
    form = EntryForm(request.POST or None, suggested=ready, tracks=tracks, today=here.today)
    if form.is_valid():
        try:
            add_skill_uses(**here.acting, entries=[form.entry()], today=here.today)
            messages.success(request, _("The entry is in the diary."))
            return redirect(here.back)
        except NotKept as refused:
            form.add_refusal(refused)
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    page = diary_page(program, here.person, here.uses, this_week=here.this_week)
    return _show(request, here, "diary/diary.html", form=form, page=page)


@keeps_form
@require_http_methods(FORM)
@needs(LINE)
def enter(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Enter a paper card: a whole week at once."""
    here = here_of(request, program, participant_id, timezone.now())
    week, sent = _week(request, here), request.POST or None
    form = CardForm(
        sent,
        skills=skills_sent(sent, most=MOST_SKILLS) if sent else _on_card(here),
        dates=week.dates,
        episodes=here.episodes,
        today=here.today,
    )
    if form.is_valid() and _added(request, here, form):
        return redirect(here.back)
    request.kept_form = take_kept_form(request)  # type: ignore[attr-defined]
    switch = week_switch(week, here.this_week)
    already = on_record([entry_of(use) for use in here.uses], week)
    shown = {"form": form, "week": week, "switch": switch, "already": already}
    return _show(request, here, "diary/enter.html", **shown)


@require_http_methods(FORM)
@needs(LINE)
@leaves(_lazy("Skills card for a week"), usually=TO_PARTICIPANT, is_discreet=True)
def card(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Hand out a card for a week with the person's skills, in their language."""
    here = here_of(request, program, participant_id, timezone.now())
    week = _week(request, here)
    request.leaving.holds([here.person.public_id])  # type: ignore[attr-defined]
    content = card_pdf(
        DiaryCard(week.dates, _on_card(here), here.now), language=here.person.language
    )
    _audit_read(here, "skills_diary_card")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="my-week-{week.first_on}.pdf"'
    return response


@require_http_methods(FORM)
@needs(LINE)
def withdraw(
    request: HttpRequest, program: Program, participant_id: Ids, use_id: Ids
) -> HttpResponse:
    """Ask, then take an entry off the record."""
    here = here_of(request, program, participant_id, timezone.now())
    use = use_of(here.access.user, here.person, program, use_id)
    if request.method == "POST":
        withdraw_skill_use(use=use, now=here.now, by=here.access.user)
        messages.success(request, _("The entry is off the record."))
        return redirect(here.back)
    return _show(request, here, "diary/withdraw.html", use=use)


def _added(request: HttpRequest, here: Here, form: CardForm) -> bool:
    """Add what the card says, and say how much; where it is refused, the form says why."""
    entries = form.entries()
    try:
        add_skill_uses(**here.acting, entries=entries, today=here.today)
    except NotKept as refused:
        for words in refused.words.values():
            form.add_error(None, [str(each) for each in words])
        return False
    said = ngettext("%(n)s entry is added.", "%(n)s entries are added.", len(entries))
    messages.success(request, said % {"n": len(entries)})
    return True


def _on_card(here: Here) -> tuple[str, ...]:
    """Return the skills of the card: the person's, else the first of the program's lessons."""
    every = here.skills or each_once(s for each in skills_of(here.program) for s in each.skills)
    return every[:MOST_SKILLS]


def _week(request: HttpRequest, here: Here) -> Week:
    """Return the week asked for; this one where none was, or none can be read."""
    form = WeekForm(request.GET)
    form.is_valid()
    return here.program.week_of(form.day(today=here.today))


def _show(request: HttpRequest, here: Here, template: str, **shown: Any) -> HttpResponse:
    _audit_read(here, "skills_diary")
    return render(request, template, {"frame": here.frame, "here": here, **shown})


def _audit_read(here: Here, page: str) -> None:
    write_audit(
        "participant.read",
        by=here.access.user,
        participant_id=here.person.public_id,
        program_id=here.program.public_id,
        page=page,
    )
