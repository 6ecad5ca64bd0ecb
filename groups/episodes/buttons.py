"""What can be done with an episode now: what the steps allow and the role does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from groups.episodes.case import Case
from groups.episodes.refusals import episode_after
from programs.models import STEPS, Enrollment, Leave, Standing


@dataclass(frozen=True)
class Button:
    """A way on: a link that looks like a button."""

    label: str
    icon: str
    url: str


def buttons_of(case: Case) -> tuple[Button, ...]:
    """Return the buttons, the likeliest first."""
    return (*_changes(case), *_after(case))


def enroll_again(case: Case) -> bool:
    """Return whether they could be enrolled again: no episode of theirs is open or to come."""
    if not case.may("participants.edit"):
        return False
    theirs = Enrollment.objects.of_person(case.person).begun()
    is_over = case.standing in (Standing.DISCHARGED, Standing.DECLINED)
    return is_over and not theirs.filter(discharged_on=None).exists()


def leave_buttons(case: Case, leave: Leave) -> tuple[Button, ...]:
    """Return what can be done with a leave: be back, stay away longer, not be away at all."""
    has_dates = leave.last_on is None or leave.last_on >= leave.first_on
    if not case.may("participants.edit") or not has_dates:
        return ()
    if leave.first_on > case.today:
        change = _button(case, "extend_leave", _("Change the last day"), "calendar-clock", leave)
        return (change, _button(case, "call_off_leave", _("Call off"), "ban", leave))
    if leave.last_on and leave.last_on < case.today:
        return ()
    back = _button(case, "end_leave", _("Back from leave"), "undo-2", leave)
    if leave.last_on is None:
        return (back,)
    return (back, _button(case, "extend_leave", _("Away longer"), "calendar-clock", leave))


def _changes(case: Case) -> Iterator[Button]:
    nexts, enrollment = STEPS[case.standing], case.enrollment
    if not case.may("participants.edit"):
        return
    if case.standing == Standing.SCHEDULED and enrollment.discharged_on is None:
        yield _button(case, "put_off", _("Put off the first day"), "calendar-clock")
        yield _button(case, "call_off", _("Call off"), "ban")
    elif Standing.DISCHARGED in nexts and enrollment.discharged_on is None:
        yield _button(case, "discharge", _("Discharge"), "log-out")
        yield _button(case, "transfer", _("Transfer"), "arrow-right-left")
        yield _button(case, "step_down", _("Step down"), "arrow-down-right")
        yield _button(case, "step_up", _("Step up"), "arrow-up-right")
    if Standing.ON_LEAVE in nexts and case.standing != Standing.DISCHARGED:
        yield _button(case, "begin_leave", _("Begin leave"), "circle-pause")


def _after(case: Case) -> Iterator[Button]:
    enrollment = case.enrollment
    if enrollment.discharged_on is None or case.standing == Standing.DECLINED:
        return
    if url := summary_url(case):
        yield Button(_("Discharge summary"), "file-text", url)
    if case.may("discharge.reverse") and episode_after(enrollment) is None:
        yield _button(case, "reverse", _("Take the discharge back"), "undo-2")


def summary_url(case: Case) -> str:
    """Return where the discharge summary is; nothing where this installation has none."""
    try:
        keys = [case.program.public_id, case.enrollment.public_id]
        return reverse("summary:discharge", args=keys)
    except NoReverseMatch:
        return ""


def _button(case: Case, view: str, label: str, icon: str, leave: Leave | None = None) -> Button:
    keys = [case.program.public_id, case.enrollment.public_id]
    if leave is not None:
        keys.append(leave.public_id)
    return Button(label, icon, reverse(f"episodes:{view}", args=keys))
