"""The pages that change an episode: what they are called, ask for, and say beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from groups.enrolling.checks import Check
from groups.enrolling.choices import choices_of
from groups.episodes import forms, preview
from groups.episodes.away import cannot_come_back, cannot_extend
from groups.episodes.case import Case
from groups.episodes.onward import programs_for, target_of, transfer_preview
from groups.episodes.refusals import long_day
from programs.models import Admission, DischargeReason, Leave
from programs.person_frame import PersonFrame, person_frame
from programs.weeks import DAYS

Sent = Any


@dataclass(frozen=True)
class ChangePage:
    """Everything the template reads."""

    case: Case
    frame: PersonFrame
    form: forms.EpisodeForm
    title: str
    submit: str
    icon: str
    checks: tuple[Check, ...]
    lede: str = ""

    @property
    def is_stopped(self) -> bool:
        """Whether nothing that is filled in could help."""
        return not self.form.fields and any(check.stops for check in self.checks)

    @property
    def asks_why(self) -> bool:
        """Whether a reason is needed before it can be saved."""
        warns = any(check.tone == "warn" and check.icon == "armchair" for check in self.checks)
        return warns or "override" in self.form.errors


def _page(case: Case, form: forms.EpisodeForm, checks: tuple[Check, ...], **words: str):
    frame = person_frame(case.access, case.program, case.person, here="episodes:episode")
    return ChangePage(case=case, frame=frame, form=form, checks=checks, **words)


def discharge_form(case: Case, sent: Sent) -> forms.DischargeForm:
    """Return the form; the last day is suggested to be today, or the first where that is later."""
    last_on = max(case.today, case.enrollment.admitted_on)
    return forms.DischargeForm(sent, today=case.today, initial={"last_on": last_on})


def discharge_page(case: Case, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which somebody is discharged."""
    last_on, reason = form.read("last_on"), form.read("reason") or DischargeReason.COMPLETED
    checks = preview.discharge_preview(case, last_on, reason) if last_on else ()
    words = {"title": _("Discharge"), "submit": _("Discharge"), "icon": "log-out"}
    return _page(case, form, checks, **words)


def transfer_form(case: Case, sent: Sent, admission: str) -> forms.TransferForm:
    """Return the form with the groups of the chosen program, from the first day on."""
    target = target_of(case, sent)
    programs = programs_for(case, admission)
    first_on = case.program.week_of(case.today).moved(1).first_on
    first_on = max(first_on, case.enrollment.admitted_on + timedelta(days=1))
    may_enroll = target is not None and case.access.scope("participants.edit", target) is not None
    choices = choices_of(target, first_on=first_on, last_on=None) if target and may_enroll else []
    initial = {"first_on": first_on, "admission": admission}
    return forms.TransferForm(
        sent, today=case.today, initial=initial, programs=programs, choices=choices
    )


def transfer_page(case: Case, form: forms.TransferForm) -> ChangePage:
    """Return the page on which somebody goes on to another program."""
    checks = transfer_preview(case, form)
    title, icon = _onward_looks(form.read("admission"))
    return _page(case, form, checks, title=title, submit=title, icon=icon)


def _onward_looks(admission: str | None) -> tuple[str, str]:
    """Return what the step is called, and its icon."""
    if admission == Admission.STEP_UP:
        return _("Step up"), "arrow-up-right"
    if admission == Admission.STEP_DOWN:
        return _("Step down"), "arrow-down-right"
    return _("Transfer"), "arrow-right-left"


def leave_form(case: Case, sent: Sent) -> forms.LeaveForm:
    """Return the form of a leave; it is suggested to begin tomorrow."""
    first_on = max(case.today + timedelta(days=1), case.enrollment.admitted_on)
    return forms.LeaveForm(sent, today=case.today, initial={"first_on": first_on})


def leave_page(case: Case, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which a leave begins."""
    first_on, last_on = form.read("first_on"), form.read("last_on")
    checks = preview.leave_preview(case, first_on, last_on) if first_on else ()
    words = {"title": _("Begin leave"), "submit": _("Begin leave"), "icon": "circle-pause"}
    return _page(case, form, checks, **words)


def back_form(case: Case, leave: Leave, sent: Sent) -> forms.BackForm:
    """Return the form of the day they are back; yesterday was the last day away."""
    last_on = max(case.today - timedelta(days=1), leave.first_on)
    return forms.BackForm(sent, today=case.today, initial={"last_on": last_on})


def back_page(case: Case, leave: Leave, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which somebody is back from leave."""
    last_on = form.read("last_on")
    words = cannot_come_back(leave, last_on, case.now) if last_on else {}
    checks = preview.leave_end_preview(case, leave, last_on, words) if last_on else ()
    said = {"title": _("Back from leave"), "submit": _("Back from leave"), "icon": "undo-2"}
    return _page(case, form, checks, lede=_since(leave), **said)


def longer_form(case: Case, leave: Leave, sent: Sent) -> forms.LongerForm:
    """Return the form of another last day; a week more is suggested."""
    later = leave.last_on + timedelta(days=DAYS) if leave.last_on else None
    return forms.LongerForm(sent, today=case.today, initial={"last_on": later})


def longer_page(case: Case, leave: Leave, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which a leave ends another day."""
    last_on = form.read("last_on")
    ends = cannot_come_back if is_shorter(leave, last_on) else cannot_extend
    words = ends(leave, last_on, case.now)
    checks = preview.leave_end_preview(case, leave, last_on, words)
    said = {"title": _("Change the leave"), "submit": _("Save"), "icon": "calendar-clock"}
    return _page(case, form, checks, lede=_since(leave), **said)


def is_shorter(leave: Leave, last_on: Any) -> bool:
    """Return whether the leave would end earlier than it does now."""
    return bool(last_on) and (leave.last_on is None or last_on < leave.last_on)


def call_off_leave_page(case: Case, leave: Leave, form: forms.EpisodeForm) -> ChangePage:
    """Return the page that asks whether a leave is not to be."""
    checks = preview.call_off_leave_preview(case, leave)
    words = {"title": _("Call the leave off"), "submit": _("Call off"), "icon": "ban"}
    return _page(case, form, checks, lede=_since(leave), **words)


def put_off_form(case: Case, sent: Sent) -> forms.PutOffForm:
    """Return the form of a later first day; a week later is suggested."""
    later = case.enrollment.admitted_on + timedelta(days=DAYS)
    return forms.PutOffForm(sent, today=case.today, initial={"admitted_on": later})


def put_off_page(case: Case, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which somebody begins later."""
    admitted_on = form.read("admitted_on")
    checks = preview.put_off_preview(case, admitted_on) if admitted_on else ()
    words = {"title": _("Put off the first day"), "submit": _("Put off"), "icon": "calendar-clock"}
    lede = _("First day %(day)s") % {"day": long_day(case.enrollment.admitted_on)}
    return _page(case, form, checks, lede=lede, **words)


def call_off_page(case: Case, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which an enrollment is called off."""
    words = {"title": _("Call the enrollment off"), "submit": _("Call off"), "icon": "ban"}
    lede = _("They were to begin %(day)s. The enrollment stays on record, without dates.")
    said = lede % {"day": long_day(case.enrollment.admitted_on)}
    return _page(case, form, preview.call_off_preview(case), lede=said, **words)


def reverse_page(case: Case, form: forms.EpisodeForm) -> ChangePage:
    """Return the page on which a discharge is taken back."""
    words = {
        "title": _("Take the discharge back"),
        "submit": _("Take it back"),
        "icon": "undo-2",
        "lede": _("The episode goes on as if nobody had been discharged."),
    }
    return _page(case, form, preview.reverse_preview(case), **words)


def _since(leave: Leave) -> str:
    words = _("Away from %(first)s on")
    if leave.last_on:
        words = _("Away from %(first)s to %(last)s")
    last = long_day(leave.last_on) if leave.last_on else ""
    return words % {"first": long_day(leave.first_on), "last": last}
